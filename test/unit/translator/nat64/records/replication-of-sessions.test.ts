import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIp } from '../../oracle-address.ts';
import { tcp, udp, FLAGS } from '../../packets.ts';
import { Bench } from '../bench-of-one.ts';

const IN_SYNC = 1;

function pair(): [Bench, Bench] {
  const one = new Bench({ slot: 1 });
  const two = new Bench({ slot: 2 });
  one.translator.setPeerAlive(2, true);
  two.translator.setPeerAlive(1, true);
  return [one, two];
}

function client(index: number, port: number): Uint8Array {
  return udp({ src: `2001:db8::${index.toString(16)}`, dst: '64:ff9b::198.51.100.7' }, port, 53);
}

describe('a replica', () => {
  it('translates answers to what its owner has sent', () => {
    const [one, two] = pair();
    const [packet] = one.send(tcp({ src: '2001:db8::5', dst: '64:ff9b::198.51.100.7' }, 4000, 80, FLAGS.syn)).out;
    two.apply(one.records());
    const back = { src: '198.51.100.7', dst: formatIp(packet.slice(12, 16)) };
    const answer = two.send(tcp(back, 80, (packet[20] << 8) | packet[21], FLAGS.syn | FLAGS.ack));
    expect(answer.verdict).toBe('translated');
    expect(formatIp(answer.out[0].slice(24, 40))).toBe('2001:db8::5');
  });

  it('is proven by the mark, and a lost record is found by it', () => {
    const [one, two] = pair();
    for (let index = 1; index <= 20; index++) one.send(client(index, 5000));
    const records = one.records();
    two.apply(records.slice(64));
    expect(two.summary(1).sync).not.toBe(IN_SYNC);
    one.translator.requestSnapshot();
    two.apply(one.records());
    expect(two.summary(1)).toEqual({ sessions: 20, sync: IN_SYNC });
  });

  it('forgets after a snapshot what the owner no longer has', () => {
    const [one, two] = pair();
    one.send(client(1, 5000));
    two.apply(one.records());
    one.wait(400_000);
    one.records();
    one.send(client(2, 5000));
    one.translator.requestSnapshot();
    two.apply(one.records());
    expect(two.summary(1)).toEqual({ sessions: 1, sync: IN_SYNC });
    expect(two.translator.sessionCount).toBe(1);
  });

  it('does not expire while its owner lives, and does after', () => {
    const [one, two] = pair();
    one.send(client(1, 5000));
    two.apply(one.records());
    two.wait(1_000_000);
    expect(two.translator.sessionCount).toBe(1);
    two.translator.setPeerAlive(1, false);
    two.wait(200_000);
    expect(two.translator.sessionCount).toBe(0);
  });
});

describe('a takeover', () => {
  it('makes the sessions the new owner’s, also for the old one when it is back', () => {
    const [one, two] = pair();
    for (let index = 1; index <= 50; index++) one.send(client(index, 5000));
    two.apply(one.records());
    two.translator.setPeerAlive(1, false);
    two.translator.takeOver(1);
    two.wait(1000);
    const again = new Bench({ slot: 1 });
    again.translator.setPeerAlive(2, true);
    two.records();
    two.translator.requestSnapshot();
    again.apply(two.records());
    expect(again.summary(2)).toEqual({ sessions: 50, sync: IN_SYNC });
  });
});

describe('replica sets', () => {
  it('equal their owners after any work', () => {
    const step = fc.record({
      node: fc.nat(1),
      client: fc.integer({ min: 1, max: 30 }),
      port: fc.integer({ min: 1, max: 3 }),
      waitMs: fc.constantFrom(0, 0, 0, 1000, 310_000),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const nodes = pair();
        for (const { node, client: index, port, waitMs } of steps) {
          nodes[node].send(client(index, port));
          for (const bench of nodes) bench.wait(waitMs);
          const records = nodes.map((bench) => bench.records());
          nodes[1].apply(records[0]);
          nodes[0].apply(records[1]);
        }
        for (let round = 0; round < 3; round++) {
          for (const bench of nodes) bench.translator.requestMark();
          const records = nodes.map((bench) => bench.records());
          nodes[1].apply(records[0]);
          nodes[0].apply(records[1]);
        }
        expect(nodes[0].summary(2).sync).toBe(IN_SYNC);
        expect(nodes[1].summary(1).sync).toBe(IN_SYNC);
        expect(nodes[0].summary(1).sessions).toBe(nodes[1].summary(1).sessions);
        expect(nodes[0].translator.sessionCount).toBe(nodes[1].translator.sessionCount);
      }),
      { numRuns: 100 },
    );
  });
});

describe('with records held back', () => {
  const KIND = 0;
  const CREATE = 1;
  const MARK = 7;

  function kinds(records: Uint8Array): number[] {
    return Array.from({ length: records.length / 64 }, (_, index) => records[64 * index + KIND]).filter(
      (kind) => kind !== MARK,
    );
  }

  it('a query and its answer never cost a record', () => {
    const one = new Bench({ slot: 1, holdBackMs: 2000 });
    const [query] = one.send(client(1, 5000)).out;
    const back = { src: '198.51.100.7', dst: formatIp(query.slice(12, 16)) };
    one.wait(50);
    expect(one.send(udp(back, 53, (query[20] << 8) | query[21])).verdict).toBe('translated');
    const said: number[] = [];
    for (let minute = 0; minute < 10; minute++) {
      said.push(...kinds(one.records()));
      one.wait(60_000);
    }
    expect(said).toEqual([]);
    expect(one.translator.sessionCount).toBe(0);
  });

  it('what lasts is told with the first packet after the time, once, and is in sync', () => {
    const [, two] = pair();
    const one = new Bench({ slot: 1, holdBackMs: 2000 });
    const send = (afterMs: number): number[] => {
      one.wait(afterMs);
      one.send(client(1, 5000));
      const records = one.records();
      two.apply(records);
      return kinds(records);
    };
    expect([send(0), send(1999), send(1), send(5)]).toEqual([[], [], [CREATE], []]);
    one.translator.requestMark();
    two.apply(one.records());
    expect(two.summary(1)).toEqual({ sessions: 1, sync: IN_SYNC });
  });

  it('a snapshot says only what was told, and a connection is told at once', () => {
    const [, two] = pair();
    const one = new Bench({ slot: 1, holdBackMs: 2000 });
    one.send(client(1, 5000));
    one.send(tcp({ src: '2001:db8::5', dst: '64:ff9b::198.51.100.7' }, 4000, 80, FLAGS.syn));
    one.translator.requestSnapshot();
    one.translator.requestMark();
    const records = one.records();
    two.apply(records);
    expect(kinds(records).filter((kind) => kind === CREATE).length).toBe(2);
    expect(two.summary(1)).toEqual({ sessions: 1, sync: IN_SYNC });
  });
});
