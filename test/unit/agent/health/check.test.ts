import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CheckRules, PeriodicCheck } from '../../../../src/agent/health/check.ts';
import type { Finding } from '../../../../src/agent/health/finding.ts';
import { RiseFall } from '../../../../src/agent/health/rise-fall.ts';
import type { Clock } from '../../../../src/replication/clock.ts';
import { SimulatedClock } from '../simulated-clock.ts';

const RULES: CheckRules = { effect: 'withdraw', intervalMs: 100, timeoutMs: 50, rise: 2, fall: 3 };

describe('rise and fall', () => {
  it('changes its mind only after so many results in a row, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }),
        (rise, fall, results) => {
          const judge = new RiseFall(rise, fall);
          let expected = results[0] ?? false;
          for (const [index, ok] of results.entries()) {
            judge.take(ok);
            // An oracle that looks back instead of counting.
            const needed = expected ? fall : rise;
            const last = results.slice(Math.max(1, index + 1 - needed), index + 1);
            if (last.length === needed && last.every((one) => one !== expected)) expected = ok;
            expect(judge.passes).toBe(expected);
          }
        },
      ),
      { seed: 11 },
    );
  });

  it('believes the first result, and passes before it', () => {
    const judge = new RiseFall(5, 5);
    expect([judge.passes, judge.known]).toEqual([true, false]);
    judge.take(false);
    expect([judge.passes, judge.known]).toEqual([false, true]);
    const patient = new RiseFall(1, 2);
    patient.take(false, false);
    expect([patient.passes, patient.known]).toEqual([true, true]);
    patient.take(false, false);
    expect(patient.passes).toBe(false);
  });
});

/** A clock that has jumped: timers come late by what was lost. */
class StarvedClock implements Clock {
  readonly real = new SimulatedClock();
  lostMs = 0;

  now(): number {
    return this.real.now() + this.lostMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    return this.real.after(delayMs, callback);
  }
}

/** A probe whose findings a test lays down; 'hang' never ends by itself. */
class Script {
  readonly name = 'thing';
  readonly looks: number[] = [];
  next: Finding | 'hang' | Error = { result: 'ok', text: 'fine' };
  /** Certain before the look ends. */
  early: Finding | undefined;
  release: (() => void) | undefined;
  stopped = 0;
  readonly #clock: SimulatedClock;

  constructor(clock: SimulatedClock) {
    this.#clock = clock;
  }

  async check(tell: (finding: Finding) => void): Promise<Finding> {
    this.looks.push(this.#clock.now());
    if (this.early !== undefined) tell(this.early);
    const { next } = this;
    if (next instanceof Error) throw next;
    if (next !== 'hang') return next;
    await new Promise<void>((resolve) => {
      this.release = resolve;
    });
    return { result: 'ok', text: 'at last' };
  }

  async stop(): Promise<void> {
    this.stopped++;
  }
}

async function started(rules: Partial<CheckRules> = {}, first: Script['next'] = { result: 'ok', text: 'fine' }) {
  const clock = new SimulatedClock();
  const probe = new Script(clock);
  probe.next = first;
  const check = new PeriodicCheck(probe, { ...RULES, ...rules }, clock);
  expect(check.known).toBe(false);
  await check.start();
  await clock.advance(10);
  return { clock, probe, check };
}

describe('a periodic check', () => {
  it('looks at its pace, fails after `fall` bad looks with the last reason, and rises again', async () => {
    const { clock, probe, check } = await started();
    expect(check.latest).toEqual({ name: 'thing', ok: true, result: 'ok', effect: 'withdraw', text: 'fine' });
    probe.next = { result: 'failed', text: 'broken' };
    await clock.advance(200);
    expect([check.latest.ok, check.latest.text, check.lastFailed]).toEqual([true, 'fine', true]);
    await clock.advance(100);
    expect(check.latest).toEqual({ name: 'thing', ok: false, result: 'failed', effect: 'withdraw', text: 'broken' });
    probe.next = { result: 'ok', text: 'well again' };
    await clock.advance(100);
    expect([check.latest.ok, check.latest.text]).toEqual([false, 'broken']);
    await clock.advance(100);
    expect([check.latest.ok, check.latest.text]).toEqual([true, 'well again']);
    expect(probe.looks).toEqual([0, 100, 200, 300, 400, 500]);
  });

  it('is pending until its first look has ended, where that may take the node out', async () => {
    const pending = async (rules: Partial<CheckRules>): Promise<boolean[]> => {
      const { clock, probe, check } = await started(rules, 'hang');
      const before = check.pending;
      probe.release?.();
      await clock.advance(10);
      return [before, check.pending];
    };
    expect(await pending({})).toEqual([true, false]);
    expect(await pending({ shared: true })).toEqual([true, false]);
    expect(await pending({ effect: 'degrade' })).toEqual([false, false]);
    expect(await pending({ armedByPass: true })).toEqual([false, false]);
  });

  it('knows what its first look tells before it has ended, and later looks by their end alone', async () => {
    const clock = new SimulatedClock();
    const probe = new Script(clock);
    const check = new PeriodicCheck(probe, { ...RULES, fall: 1 }, clock);
    probe.early = { result: 'ok', text: 'half of it is well' };
    probe.next = 'hang';
    await check.start();
    await clock.advance(10);
    expect([check.known, check.pending, check.latest.text]).toEqual([true, false, 'half of it is well']);
    probe.release?.();
    probe.next = { result: 'failed', text: 'broken' };
    probe.early = { result: 'ok', text: 'the same half' };
    await clock.advance(100);
    expect(check.latest).toMatchObject({ ok: false, text: 'broken' });
  });

  it('takes an error for a failure', async () => {
    const { check } = await started({}, new Error('no such thing'));
    expect(check.latest).toMatchObject({ ok: false, text: 'no such thing' });
  });

  it.each(['EINVAL', 'EMFILE', 'ENOBUFS'])(
    'takes %s of the probe itself for no failure, however often',
    async (code) => {
      const { clock, probe, check } = await started();
      probe.next = Object.assign(new Error(`send ${code}`), { code });
      await clock.advance(1000);
      expect([check.latest.ok, check.latest.result, check.lastFailed]).toEqual([true, 'unknown', false]);
      expect(check.latest.text).toBe(`unknown: send ${code}; last known: fine`);
      probe.next = { result: 'failed', text: 'broken' };
      await clock.advance(300);
      expect(check.latest).toMatchObject({ ok: false, result: 'failed', text: 'broken' });
      probe.next = new Error('wrapped', { cause: Object.assign(new Error('again'), { code }) });
      await clock.advance(1000);
      expect(check.latest).toMatchObject({ ok: false, result: 'unknown' });
    },
  );

  it('does not keep a node from starting when its first look cannot tell', async () => {
    const { check } = await started({}, { result: 'unknown', text: 'no descriptors' });
    expect([check.known, check.pending, check.latest.ok]).toEqual([true, false, true]);
  });

  it('counts a look that hangs as one failure and begins no other one meanwhile', async () => {
    const { clock, probe, check } = await started({ fall: 1 });
    probe.next = 'hang';
    await clock.advance(1000);
    expect(check.latest).toMatchObject({ ok: false, text: 'no result within 50 ms' });
    expect(probe.looks).toHaveLength(2);
    probe.release?.();
    probe.next = { result: 'ok', text: 'fine' };
    await clock.advance(10);
    expect(check.latest.ok).toBe(false);
    await clock.advance(100);
    expect(check.latest.ok).toBe(true);
  });

  it('takes no result at all for unknown, where the probe has a limit of its own and says by itself what is silent', async () => {
    const { clock, probe, check } = await started({ fall: 1, ownLimit: true });
    probe.next = 'hang';
    await clock.advance(1000);
    expect(check.latest).toMatchObject({ ok: true, result: 'unknown' });
    expect(check.latest.text).toContain('no result within 50 ms');
    probe.release?.();
    probe.next = { result: 'failed', text: 'no answer' };
    await clock.advance(200);
    expect(check.latest).toMatchObject({ ok: false, result: 'failed' });
  });

  it('takes a bad result that came late, since nothing was given the processor, for no result', async () => {
    const clock = new StarvedClock();
    const probe = new Script(clock.real);
    const check = new PeriodicCheck(probe, { ...RULES, fall: 1 }, clock);
    await check.start();
    await clock.real.advance(10);
    probe.next = 'hang';
    await clock.real.advance(100);
    clock.lostMs = 5000;
    await clock.real.advance(60);
    expect(check.latest.ok).toBe(true);
    await clock.real.advance(200);
    expect(check.latest).toMatchObject({ ok: false, text: 'no result within 50 ms' });
  });

  it('takes nothing out before it has passed once, if it is to be armed', async () => {
    const { clock, probe, check } = await started({ armedByPass: true }, { result: 'failed', text: 'no answer' });
    expect(check.latest.ok).toBe(true);
    await clock.advance(200);
    expect(check.latest).toMatchObject({ ok: false, effect: 'degrade' });
    expect(check.latest.text).toContain('it has never passed');
    probe.next = { result: 'ok', text: 'fine' };
    await clock.advance(200);
    probe.next = { result: 'failed', text: 'no answer' };
    await clock.advance(300);
    expect(check.latest).toEqual({ name: 'thing', ok: false, result: 'failed', effect: 'withdraw', text: 'no answer' });
  });

  it('lets a finding be weaker than the rule, and looks no more after the stop', async () => {
    const { clock, probe, check } = await started({}, { result: 'failed', text: 'half', effect: 'degrade' });
    expect([check.latest.ok, check.latest.text]).toEqual([true, 'no successful probe yet']);
    await clock.advance(200);
    expect(check.latest.ok).toBe(false);
    expect([check.latest.effect, check.lastFailed]).toEqual(['degrade', false]);
    await check.stop();
    await clock.advance(1000);
    expect([probe.looks.length, probe.stopped]).toEqual([3, 1]);
  });
});
