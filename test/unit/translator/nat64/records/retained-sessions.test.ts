import { describe, expect, it } from 'vitest';
import { formerSlot } from '../../../../../src/translator/nat64/records/retained-sessions.ts';
import { formatIp } from '../../oracle-address.ts';
import { FLAGS, tcp, udp } from '../../packets.ts';
import { Bench, OPTIONS } from '../bench-of-one.ts';
import { allSessions } from '../tables/walked.ts';

const CLIENT = { src: '2001:db8::5', dst: '64:ff9b::198.51.100.7' };

/** Everything that a life would leave to the next one. */
function retainedOf(bench: Bench): Uint8Array {
  const pages: Uint8Array[] = [];
  for (let from = 0; from >= 0;) {
    const { records, next } = bench.translator.retainedPage(from, bench.nowMs);
    pages.push(records);
    from = next;
  }
  return Buffer.concat(pages);
}

/** A new life of the same node, whose clock has begun anew. */
function nextLife(kept: Uint8Array, agedMs: number, slot = 1): { bench: Bench; restored: number } {
  const bench = new Bench({ slot, slots: 4 });
  bench.nowMs = 5000;
  const restored = bench.translator.restore(kept, agedMs, bench.nowMs);
  bench.translator.takeOver(formerSlot(slot));
  return { bench, restored };
}

const rowsOf = (bench: Bench) => allSessions(bench.translator.store, bench.nowMs);

describe('the sessions of a previous incarnation', () => {
  it('are translated as before, in both directions, and are the node’s own', () => {
    for (const slot of [1, 3]) {
      const before = new Bench({ slot });
      const [syn] = before.send(tcp(CLIENT, 4000, 80, FLAGS.syn)).out;
      const back = { src: '198.51.100.7', dst: formatIp(syn.slice(12, 16)) };
      const port = (syn[20] << 8) | syn[21];
      before.send(tcp(back, 80, port, FLAGS.syn | FLAGS.ack));
      expect(rowsOf(before)).toMatchObject([{ state: 'established' }]);

      const { bench, restored } = nextLife(retainedOf(before), 2000, slot);
      expect(restored).toBe(1);
      const answer = bench.send(tcp(back, 80, port, FLAGS.ack));
      expect(answer.verdict).toBe('translated');
      expect(formatIp(answer.out[0].slice(24, 40))).toBe(CLIENT.src);
      const [again] = bench.send(tcp(CLIENT, 4000, 80, FLAGS.ack)).out;
      expect([formatIp(again.slice(12, 16)), (again[20] << 8) | again[21]]).toEqual([back.dst, port]);
      bench.wait(1000);
      expect(rowsOf(bench)).toMatchObject([{ state: 'established', owner: slot }]);
      bench.records();
      expect(bench.summary(slot).sessions).toBe(1);
      expect(bench.summary(formerSlot(slot)).sessions).toBe(0);
    }
  });

  it('have lost the time that has gone by, and are left out when it was all of it', () => {
    const before = new Bench();
    before.send(udp(CLIENT, 4000, 53));
    before.wait(250_000);
    before.send(udp(CLIENT, 4001, 53));
    const kept = retainedOf(before);
    expect(kept).toHaveLength(2 * 64);
    expect(rowsOf(nextLife(kept.slice(), 0).bench).map(({ expiresInMs }) => expiresInMs)).toEqual([50_000, 300_000]);
    const { bench, restored } = nextLife(kept.slice(), 60_000);
    expect(restored).toBe(1);
    expect(rowsOf(bench)).toMatchObject([{ clientPort: 4001, expiresInMs: 240_000 }]);
  });

  it('are as old as they are, and nothing is known of what they have carried', () => {
    const before = new Bench();
    before.send(udp(CLIENT, 4000, 53));
    before.wait(40_000);
    const { bench } = nextLife(retainedOf(before), 20_000);
    expect(rowsOf(before)).toMatchObject([{ ageMs: 40_000, packetsOut: 1 }]);
    expect(rowsOf(bench)).toMatchObject([{ ageMs: 60_000, packetsOut: 0, bytesOut: 0 }]);
    bench.wait(3000);
    expect(rowsOf(bench)).toMatchObject([{ ageMs: 63_000 }]);
  });

  it('keep their ports from new clients', () => {
    const before = new Bench();
    for (let index = 1; index <= 200; index++) before.send(udp({ ...CLIENT, src: `2001:db8::${index}` }, 4000, 53));
    const { bench, restored } = nextLife(retainedOf(before), 0);
    expect(restored).toBe(200);
    for (let index = 1; index <= 200; index++) bench.send(udp({ ...CLIENT, src: `2001:db8:1::${index}` }, 4000, 53));
    const rows = rowsOf(bench);
    expect(rows).toHaveLength(400);
    expect(new Set(rows.map(({ pool4, pool4Port }) => `${pool4} ${pool4Port}`)).size).toBe(400);
  });

  it('come in pages that hold each once, without those that have ended', () => {
    const before = new Bench({ limits: { ...OPTIONS.limits, sessions: 20_000, bibEntries: 20_000 } });
    for (let port = 1; port <= 9000; port++) before.send(udp(CLIENT, port, 53));
    const kept = retainedOf(before);
    expect(kept).toHaveLength(9000 * 64);
    before.wait(400_000);
    expect(retainedOf(before)).toHaveLength(0);
  });

  it('are read with suspicion: what is no session changes nothing', () => {
    const before = new Bench();
    before.send(udp(CLIENT, 4000, 53));
    const kept = retainedOf(before);
    for (const [field, value] of [
      [0, 4],
      [0, 8],
      [2, 99],
      [3, 1],
    ] as const) {
      const wrong = kept.slice();
      wrong[field] = value;
      const { bench, restored } = nextLife(wrong, 0);
      expect(restored).toBe(0);
      expect(bench.translator.sessionCount).toBe(0);
    }
    expect(nextLife(kept.subarray(0, 63), 0).restored).toBe(0);
  });
});
