import { describe, expect, it } from 'vitest';
import { COUNTERS } from '../../../../../src/translator/counters.ts';
import { udp } from '../../packets.ts';
import { Bench, OPTIONS } from '../bench-of-one.ts';

const CLIENTS = 50;
const PORTS = 1000;
const SESSIONS = CLIENTS * PORTS;
/** What the worker's loop gives to timers in one turn. */
const BUDGET = 512;
const LIMITS = { ...OPTIONS.limits, sessions: SESSIONS + 1000, bibEntries: SESSIONS + 1000 };
const POOL4 = OPTIONS.pool4.map((entry) => ({ ...entry, prefix: '192.0.2.0/24' }));

function count(bench: Bench, name: string): number {
  return bench.translator.counters.values[COUNTERS.findIndex((row) => row.name === name)] ?? Number.NaN;
}

describe('a table of sessions that all end at once', () => {
  it('is worked off a bounded part at a time, with packets in between', () => {
    const bench = new Bench({ limits: LIMITS, pool4: POOL4, slots: 1 });
    for (let number = 0; number < SESSIONS; number++) {
      const src = `2001:db8::${(1 + (number % CLIENTS)).toString(16)}`;
      bench.send(udp({ src, dst: '64:ff9b::198.51.100.7' }, 1000 + Math.floor(number / CLIENTS), 53));
    }
    expect(bench.translator.sessionCount).toBe(SESSIONS);
    bench.nowMs += OPTIONS.timeouts.udp + 1;
    let most = 0;
    let turns = 0;
    const seen = new Set<string>();
    for (let more = true; more; turns++) {
      const before = count(bench, 'sessionsExpired');
      more = bench.translator.tick(bench.nowMs, BUDGET);
      most = Math.max(most, count(bench, 'sessionsExpired') - before);
      // The log's outbox is emptied in the same turns: an ended session's slot is free when its end is written.
      bench.translator.takeRecords(new Uint8Array(64 * BUDGET), 0, BUDGET, bench.nowMs);
      const fresh = bench.send(udp({ src: '2001:db8:9::9', dst: '64:ff9b::198.51.100.8' }, 5000 + (turns % 50), 53));
      seen.add(fresh.verdict);
    }
    expect(most).toBeLessThanOrEqual(BUDGET);
    expect(turns).toBeGreaterThanOrEqual(SESSIONS / BUDGET);
    expect([...seen]).toEqual(['translated']);
    expect(bench.translator.sessionCount).toBe(50);
  }, 30_000);
});
