import { describe, expect, it } from 'vitest';
import { tryWithdrawal, type TriedAnnouncements } from '../../../src/frr/withdrawal-trial.ts';

/** A router that sends one packet each 20 ms, and stops `detectionMs` after it was withdrawn from; undefined: never. */
class SimulatedUpstream implements TriedAnnouncements {
  readonly calls: string[] = [];
  readonly #detectionMs: number | undefined;
  readonly #everyMs: number;
  #nowMs = 0;
  #withdrawnMs: number | undefined;
  #resumedMs: number | undefined;
  countable = true;
  /** How long its sessions take to come up; undefined: there are none. */
  backMs: number | undefined = 700;
  failing = false;

  constructor(detectionMs: number | undefined, everyMs = 20) {
    this.#detectionMs = detectionMs;
    this.#everyMs = everyMs;
  }

  readonly time = {
    now: () => this.#nowMs,
    sleep: async (ms: number) => {
      this.#nowMs += ms;
    },
  };

  async holdOut(upstream: string): Promise<void> {
    this.calls.push(`hold ${upstream}`);
    this.#withdrawnMs = this.#nowMs;
    if (this.failing) throw new Error('FRR does not show it');
  }

  async resume(upstream: string): Promise<void> {
    this.calls.push(`resume ${upstream}`);
    this.#resumedMs ??= this.#nowMs;
  }

  countArrivals(): number | undefined {
    if (!this.countable) return undefined;
    const end =
      this.#withdrawnMs === undefined || this.#detectionMs === undefined
        ? this.#nowMs
        : Math.min(this.#nowMs, this.#withdrawnMs + this.#detectionMs);
    return Math.floor(end / this.#everyMs);
  }

  status() {
    const other = { upstream: 'edge', observed: 'announced' as const, state: 'up' };
    if (this.backMs === undefined) return [other];
    const up = this.#resumedMs !== undefined && this.#nowMs - this.#resumedMs >= this.backMs;
    return [other, { upstream: 'core', observed: 'announced' as const, state: up ? 'up' : 'down' }];
  }
}

describe('a trial of a withdrawal', () => {
  it('measures when the last packet came, how many came, and when it was announced again', async () => {
    const upstream = new SimulatedUpstream(300);
    const result = await tryWithdrawal('core', upstream, upstream.time);
    expect(result).toEqual({ verdict: 'stopped', stoppedMs: 300, packets: 15, announcedMs: 700 });
    expect(upstream.calls.slice(0, 2)).toEqual(['hold core', 'resume core']);
  });

  it('finds a router that goes on, and announces again', async () => {
    const upstream = new SimulatedUpstream(undefined);
    expect(await tryWithdrawal('core', upstream, upstream.time)).toEqual({ verdict: 'goes on', packetsPerSecond: 50 });
    expect(upstream.calls).toEqual(['hold core', 'resume core']);
  });

  it.each([
    [29_990, 29_990],
    [30_000, undefined],
    [undefined, undefined],
  ])('waits 30 s for sessions that take %s ms to come up', async (backMs, announcedMs) => {
    const upstream = new SimulatedUpstream(300);
    upstream.backMs = backMs;
    expect(await tryWithdrawal('core', upstream, upstream.time)).toMatchObject({ verdict: 'stopped', announcedMs });
    const untilQuietMs = 1000 + 300 + 1000;
    expect(upstream.time.now()).toBe(untilQuietMs + (announcedMs ?? 30_000));
  });

  it('gives a router 15 s to stop', async () => {
    const inTime = new SimulatedUpstream(14_000);
    expect(await tryWithdrawal('core', inTime, inTime.time)).toMatchObject({ verdict: 'stopped', stoppedMs: 14_000 });
    const late = new SimulatedUpstream(14_100);
    expect(await tryWithdrawal('core', late, late.time)).toMatchObject({ verdict: 'goes on' });
    expect(late.time.now()).toBe(1000 + 15_000);
  });

  it('measures nothing where nothing arrives, or nothing can be counted, and withdraws nothing then', async () => {
    const idle = new SimulatedUpstream(300, 5000);
    expect(await tryWithdrawal('core', idle, idle.time)).toMatchObject({ verdict: 'not measured' });
    const old = new SimulatedUpstream(300);
    old.countable = false;
    expect(await tryWithdrawal('core', old, old.time)).toEqual({
      verdict: 'not measured',
      reason: 'the kernel cannot count what arrives',
    });
    expect(old.time.now()).toBe(0);
    expect([...idle.calls, ...old.calls]).toEqual([]);
  });

  it('announces again when the withdrawal itself fails', async () => {
    const upstream = new SimulatedUpstream(300);
    upstream.failing = true;
    await expect(tryWithdrawal('core', upstream, upstream.time)).rejects.toThrow('FRR does not show it');
    expect(upstream.calls).toEqual(['hold core', 'resume core']);
  });
});
