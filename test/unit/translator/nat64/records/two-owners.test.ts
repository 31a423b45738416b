import { describe, expect, it } from 'vitest';
import { RecordKind } from '../../../../../src/translator/nat64/records/session-record.ts';
import { mergeTcpStates, nextTcpState, TcpState } from '../../../../../src/translator/nat64/tables/tcp-state.ts';
import { formatIp } from '../../oracle-address.ts';
import { FLAGS, tcp, udp } from '../../packets.ts';
import { Bench, OPTIONS } from '../bench-of-one.ts';

const SERVER = '198.51.100.7';
const IN_SYNC = 1;
const DIFFERS = 2;

function nodes(count: number, slots = 4): Bench[] {
  const benches = Array.from({ length: count }, (_, index) => new Bench({ slot: index + 1, slots }));
  for (const [index, bench] of benches.entries()) {
    for (let slot = 1; slot <= count; slot++) if (slot !== index + 1) bench.translator.setPeerAlive(slot, true);
  }
  return benches;
}

function packet(client: number): Uint8Array {
  return udp({ src: `2001:db8::${client.toString(16)}`, dst: `64:ff9b::${SERVER}` }, 5000, 53);
}

/** Everybody hears everybody, until nobody has anything to say. */
function exchange(benches: readonly Bench[]): void {
  for (let round = 0; round < 6; round++) {
    for (const bench of benches) bench.translator.requestMark();
    const logs = benches.map((bench) => bench.records());
    for (const [from, log] of logs.entries()) {
      for (const [to, bench] of benches.entries()) if (to !== from) bench.apply(log);
    }
    for (const bench of benches) bench.wait(500);
  }
}

function kindsOf(records: Uint8Array): number[] {
  return Array.from({ length: records.length / 64 }, (_, index) => records[64 * index]);
}

function versionsOf(bench: Bench): string[] {
  const { sessions } = bench.translator.store;
  const all: string[] = [];
  for (let slot = 0; slot < sessions.used; slot++) {
    if (sessions.isLive(slot)) all.push(`owner ${sessions.owner[slot]} version ${sessions.version[slot]}`);
  }
  return all;
}

describe('a session that two nodes speak for', () => {
  it('is after a while one node’s on all three, by the higher version', () => {
    const [one, two, three] = nodes(3);
    one.send(packet(1));
    exchange([one, two, three]);
    two.translator.takeOver(1);
    two.wait(10);
    three.translator.takeOver(1);
    three.wait(10);
    two.send(packet(1));
    exchange([one, two, three]);
    const [said] = versionsOf(one);
    expect(versionsOf(two)).toEqual([said]);
    expect(versionsOf(three)).toEqual([said]);
    // Equal claims: the lower slot's.
    expect(said).toBe('owner 2 version 3');
    for (const slot of [1, 2, 3]) {
      for (const bench of [one, two, three])
        if (bench.translator.store.self !== slot) expect(bench.summary(slot).sync).toBe(IN_SYNC);
    }
  });

  it('is counted by a node that owned it and does no more, for the node that owns it now', () => {
    const [one, two, three] = nodes(3);
    one.send(packet(1));
    one.send(packet(2));
    exchange([one, two, three]);
    const yielded = (): number[][] => [one, two, three].map((bench) => [1, 2, 3].map((slot) => bench.yielded(slot)));
    expect(yielded()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    two.translator.takeOver(1);
    two.wait(10);
    exchange([one, two, three]);
    // What the third one sees is a change of owner too, but not of a session of its own.
    expect(yielded()).toEqual([
      [0, 2, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    one.translator.takeOver(2);
    one.wait(10);
    exchange([one, two, three]);
    expect(yielded()).toEqual([
      [0, 2, 0],
      [2, 0, 0],
      [0, 0, 0],
    ]);
  });

  it('is not talked about for ever: a claim that is repeated does not grow', () => {
    const [one, two] = nodes(2);
    one.send(packet(1));
    two.apply(one.records());
    two.translator.takeOver(1);
    two.wait(10);
    exchange([one, two]);
    const before = [versionsOf(one), versionsOf(two)];
    exchange([one, two]);
    expect([versionsOf(one), versionsOf(two)]).toEqual(before);
  });

  it('goes to the node that knew more of it, when a successor of its dead owner knew less', () => {
    const [one, two, three] = nodes(3);
    one.send(tcp({ src: '2001:db8::5', dst: `64:ff9b::${SERVER}` }, 4000, 80, FLAGS.syn));
    const create = one.records();
    two.apply(create);
    three.apply(create);
    for (const flags of [FLAGS.syn, FLAGS.ack]) {
      one.send(tcp({ src: '2001:db8::5', dst: `64:ff9b::${SERVER}` }, 4000, 80, flags));
      one.translator.store.log.change(0, 2);
      three.apply(one.records());
    }
    for (const bench of [two, three]) bench.translator.setPeerAlive(1, false);
    two.translator.takeOver(1);
    two.wait(10);
    exchange([two, three]);
    expect(versionsOf(two)).toEqual(versionsOf(three));
    expect(versionsOf(two)[0]).toContain('owner 3');
    expect(two.summary(3).sync).toBe(IN_SYNC);
  });
});

describe('a session that is given away while there is news of it', () => {
  it('is never said otherwise under one version: a snapshot on the way agrees with the digest', () => {
    const [one, , three] = nodes(3);
    one.send(tcp({ src: '2001:db8::5', dst: `64:ff9b::${SERVER}` }, 4000, 80, FLAGS.syn));
    three.apply(one.records());
    one.translator.store.sessions.state[0] = TcpState.trans;
    one.translator.store.log.change(0, 2);
    one.translator.store.log.handOver(0, 2);
    one.translator.requestSnapshot();
    for (let round = 0; round < 4; round++) {
      one.translator.requestMark();
      three.apply(one.records());
      for (const bench of [one, three]) bench.wait(3000);
    }
    expect(three.summary(1).sync).toBe(IN_SYNC);
  });

  it('is given away after the news', () => {
    const [one, two] = nodes(2);
    one.send(packet(1));
    one.translator.store.log.handOver(0, 2);
    exchange([one, two]);
    expect([versionsOf(one), versionsOf(two)]).toEqual([['owner 2 version 3'], ['owner 2 version 3']]);
  });
});

describe('a port that two nodes have given to two clients', () => {
  /** Slot 1 was started again without its table while 2 and 3 hold what it had. */
  function split(first: number, second: number): { benches: Bench[]; port: number } {
    const pool4 = [{ prefix: '192.0.2.5/32', ports: [2000, 2002], protocols: ['udp'], clients: [] }] as const;
    const make = (slot: number): Bench => new Bench({ slot, slots: 3, pool4 });
    const [old, two, three] = [make(1), make(2), make(3)];
    const [out] = old.send(packet(first)).out;
    const create = old.records();
    for (const bench of [two, three]) {
      bench.apply(create);
      bench.translator.takeOver(1);
      bench.wait(10);
    }
    const again = make(1);
    again.send(packet(second));
    const benches = [again, two, three];
    for (const [index, bench] of benches.entries()) {
      for (const slot of [1, 2, 3]) if (slot !== index + 1) bench.translator.setPeerAlive(slot, true);
    }
    return { benches, port: (out[20] << 8) | out[21] };
  }

  it.each([
    [1, 2],
    [2, 1],
  ])('is the lower client’s on all nodes (%i and %i)', (first, second) => {
    const { benches, port } = split(first, second);
    for (let round = 0; round < 3; round++) {
      exchange(benches);
      for (const bench of benches) bench.translator.requestSnapshot();
    }
    exchange(benches);
    for (const bench of benches) {
      const [answer] = bench.send(udp({ src: SERVER, dst: '192.0.2.5' }, 53, port)).out;
      expect(formatIp(answer.slice(24, 40))).toBe('2001:db8::1');
      for (const slot of [1, 2, 3]) {
        if (slot !== bench.translator.store.self) expect(bench.summary(slot).sync).toBe(IN_SYNC);
      }
    }
  });
});

describe('a hint', () => {
  it('that leads to a hand-over leaves the owner’s set as it was said', () => {
    const [one, two] = nodes(2);
    const client = { src: '2001:db8::5', dst: `64:ff9b::${SERVER}` };
    const [out] = one.send(tcp(client, 4000, 80, FLAGS.syn)).out;
    two.apply(one.records());
    for (const bench of [one, two]) bench.wait(4000);
    const back = { src: SERVER, dst: formatIp(out.slice(12, 16)) };
    expect(two.send(tcp(back, 80, (out[20] << 8) | out[21], FLAGS.syn | FLAGS.ack)).verdict).toBe('translated');
    one.apply(two.records());
    one.translator.requestSnapshot();
    two.apply(one.records());
    exchange([one, two]);
    expect([two.summary(1).sync, one.summary(2).sync]).toEqual([IN_SYNC, IN_SYNC]);
    expect(versionsOf(one)).toEqual(['owner 2 version 4']);
    expect(versionsOf(two)).toEqual(['owner 2 version 4']);
  });

  it('with the end of a connection keeps it, when the session is given away with it and an older record of the owner was on its way', () => {
    const [one, two] = nodes(2);
    const client = { src: '2001:db8::5', dst: `64:ff9b::${SERVER}` };
    const [out] = one.send(tcp(client, 4000, 80, FLAGS.syn)).out;
    const back = { src: SERVER, dst: formatIp(out.slice(12, 16)) };
    const port = (out[20] << 8) | out[21];
    one.send(tcp(back, 80, port, FLAGS.syn | FLAGS.ack));
    exchange([one, two]);
    for (const bench of [one, two]) bench.wait(4000);
    two.send(tcp(back, 80, port, FLAGS.fin | FLAGS.ack));
    const hint = two.records();
    one.translator.requestSnapshot();
    two.apply(one.records());
    one.apply(hint);
    one.translator.requestSnapshot();
    two.apply(one.records());
    exchange([one, two]);
    for (const { translator } of [one, two]) expect(translator.store.sessions.state[0]).toBe(TcpState.v4Fin);
    expect(versionsOf(one)).toEqual(versionsOf(two));
    expect(versionsOf(one)[0]).toMatch(/^owner 2/);
    expect([two.summary(1).sync, one.summary(2).sync]).toEqual([IN_SYNC, IN_SYNC]);
  });

  it('joins what both have seen of a connection', () => {
    const { v4Fin, v6Fin, bothFin, established, v6Init, v4Init, trans } = TcpState;
    expect(mergeTcpStates(v4Fin, v6Fin)).toBe(bothFin);
    expect(mergeTcpStates(v6Fin, established)).toBe(v6Fin);
    expect(mergeTcpStates(v6Init, v4Init)).toBe(established);
    expect(mergeTcpStates(established, v6Init)).toBe(established);
    expect(mergeTcpStates(trans, established)).toBe(established);
    for (const state of Object.values(TcpState)) expect(mergeTcpStates(state, state)).toBe(state);
  });

  it('gives, for any packets that two nodes see each a part of, no state before those of either', () => {
    const order = [
      [TcpState.v4Init, TcpState.v6Init],
      [TcpState.established],
      [TcpState.v4Fin, TcpState.v6Fin],
      [TcpState.bothFin],
    ];
    const rank = (state: number): number => order.findIndex((states) => states.some((one) => one === state));
    for (const flags of [FLAGS.syn, FLAGS.fin, FLAGS.ack]) {
      for (const start of [TcpState.v6Init, TcpState.established, TcpState.v4Fin]) {
        for (const side of [true, false]) {
          const there = nextTcpState(start, side, flags);
          expect(rank(mergeTcpStates(start, there))).toBeGreaterThanOrEqual(Math.max(rank(start), rank(there)));
        }
      }
    }
  });
});

describe('a mark that does not agree', () => {
  it('is a difference with the next one that does not, when no session has moved', () => {
    const [one, two] = nodes(2);
    one.send(packet(1));
    exchange([one, two]);
    expect(two.summary(1).sync).toBe(IN_SYNC);
    one.send(packet(2));
    const log = one.records();
    two.apply(log.slice(64));
    expect(two.summary(1).sync).toBe(IN_SYNC);
    for (let mark = 0; mark < 2; mark++) {
      one.wait(300);
      two.apply(one.records());
    }
    expect(two.summary(1).sync).toBe(DIFFERS);
  });

  it('inside a snapshot says that its end is lost, and a replica is no longer taken for whole', () => {
    const [one, two] = nodes(2);
    one.send(packet(1));
    exchange([one, two]);
    one.translator.requestSnapshot();
    const begin = one.records().slice(0, 128);
    expect(kindsOf(begin)).toEqual([RecordKind.mark, RecordKind.snapshotBegin]);
    two.apply(begin);
    one.send(packet(2));
    one.records();
    one.wait(300);
    two.apply(one.records());
    expect(two.summary(1).sync).not.toBe(IN_SYNC);
  });
});

describe('the end of a snapshot', () => {
  it('looks at a large table a part in each tick, and no mark is judged before it is done', () => {
    const limits = { ...OPTIONS.limits, sessions: 20_000, bibEntries: 20_000 };
    const [one, two] = [new Bench({ slot: 1, limits }), new Bench({ slot: 2, limits })];
    one.translator.setPeerAlive(2, true);
    two.translator.setPeerAlive(1, true);
    for (let client = 1; client <= 9000; client++) one.send(packet(client));
    for (let log = one.records(); log.length > 0; log = one.records()) two.apply(log);
    expect(two.summary(1)).toEqual({ sessions: 9000, sync: IN_SYNC });
    // All of them end, and nobody hears of it.
    one.wait(400_000);
    while (one.records().length > 0);
    one.translator.requestSnapshot();
    two.apply(one.records());
    expect(two.summary(1).sessions).toBeGreaterThan(0);
    expect(two.summary(1).sync).not.toBe(DIFFERS);
    two.wait(10);
    one.wait(300);
    two.apply(one.records());
    expect(two.summary(1)).toEqual({ sessions: 0, sync: IN_SYNC });
  });
});
