import { beforeEach, describe, expect, it } from 'vitest';
import type { AnnouncementPart } from '../../../../src/agent/compose/parts.ts';
import { AnnouncementDriver } from '../../../../src/agent/state/announcement-driver.ts';
import { AnnouncementError, type Wanted } from '../../../../src/frr/announcer.ts';
import { SimulatedClock } from '../simulated-clock.ts';

/** FRR as the driver sees it: each transaction takes some time, and may fail. */
class SimulatedAnnouncements implements AnnouncementPart {
  readonly offersBackup = true;
  readonly calls: Wanted[] = [];
  readonly #clock: SimulatedClock;
  takesMs = 0;
  failure: Error | undefined;
  /** What FRR shows; none: there is no upstream. */
  observed: ('announced' | 'withdrawn' | 'unknown')[] = [];

  constructor(clock: SimulatedClock) {
    this.#clock = clock;
  }

  async start(): Promise<void> {}
  setCovered(): void {}
  setStalled(): void {}
  async stop(): Promise<void> {}
  untilProven = async (): Promise<boolean> => true;

  async announce(wanted: Exclude<Wanted, 'withdrawn'>): Promise<void> {
    await this.#call(wanted);
  }

  async withdraw(): Promise<void> {
    await this.#call('withdrawn');
  }

  status(): ReturnType<AnnouncementPart['status']> {
    return this.observed.map((observed, index) => ({
      upstream: 'core',
      wanted: 'announced',
      kind: 'bfd',
      peer: `10.0.0.${index}`,
      interface: '',
      observed,
      state: '',
      detail: '',
      provenAt: 0,
      provenMs: 0,
      gateProblem: '',
    }));
  }

  async #call(wanted: Wanted): Promise<void> {
    this.calls.push(wanted);
    if (this.takesMs > 0) await new Promise<void>((resolve) => void this.#clock.after(this.takesMs, resolve));
    if (this.failure !== undefined) throw this.failure;
  }
}

let clock: SimulatedClock;
let frr: SimulatedAnnouncements;
let driver: AnnouncementDriver;
let events: string[];
beforeEach(() => {
  clock = new SimulatedClock();
  frr = new SimulatedAnnouncements(clock);
  events = [];
  driver = new AnnouncementDriver(frr, clock, {
    add: ({ code, to, reason }) => void events.push(`${code}|${to}|${reason}`),
  });
});

/** The agent's iterations, each 100 ms. */
async function wantFor(wanted: Wanted, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 100) {
    driver.want(wanted);
    await clock.advance(100);
  }
}

describe('what is wanted of the announcements', () => {
  it('is done once, however often it is said', async () => {
    await wantFor('announced', 3000);
    expect(frr.calls).toEqual(['announced']);
    await wantFor('backup', 3000);
    await wantFor('withdrawn', 3000);
    expect([frr.calls, events]).toEqual([['announced', 'backup', 'withdrawn'], []]);
  });

  it('is done at the first call too where that is nothing to be announced', async () => {
    await clock.advance(5000);
    await wantFor('withdrawn', 1000);
    expect(frr.calls).toEqual(['withdrawn']);
  });

  it('is tried again each second where it fails, which is one event until it changes', async () => {
    frr.failure = new Error('FRR is deaf');
    await wantFor('announced', 3500);
    expect(frr.calls).toHaveLength(4);
    expect(events).toEqual(['announcement-failed|not announced|FRR is deaf']);
    frr.failure = new Error('FRR has ended');
    await wantFor('announced', 2000);
    expect(events).toHaveLength(2);
    frr.failure = undefined;
    await wantFor('announced', 2000);
    const calls = frr.calls.length;
    await wantFor('announced', 5000);
    expect(frr.calls.length).toBe(calls);
    frr.failure = new Error('FRR has ended');
    await wantFor('backup', 1000);
    expect(events).toHaveLength(3);
  });

  it('is tried again when a whole second has passed', async () => {
    frr.failure = new Error('FRR is deaf');
    driver.want('announced');
    await clock.advance(999);
    driver.want('announced');
    await clock.advance(1);
    expect(frr.calls).toHaveLength(1);
    driver.want('announced');
    expect(frr.calls).toHaveLength(2);
  });

  it('is done at once where it has changed, whatever failed before', async () => {
    frr.failure = new Error('FRR is deaf');
    await wantFor('announced', 200);
    await wantFor('withdrawn', 100);
    expect(frr.calls).toEqual(['announced', 'withdrawn']);
    expect(events.at(-1)).toBe('announcement-failed|not announced|FRR is deaf');
  });

  it.each([
    [new Error('FRR is deaf'), 'withdrawal-unverified'],
    [new AnnouncementError('FRR is deaf'), 'withdrawal-unverified'],
    [new AnnouncementError('packets go on', { code: 'withdrawal-ineffective' }), 'withdrawal-ineffective'],
  ])('is an alarm where it was a withdrawal: %s', async (failure, code) => {
    frr.failure = failure;
    await wantFor('withdrawn', 500);
    expect(events).toEqual([`${code}|NOT WITHDRAWN|${failure.message}`]);
  });

  it('that comes during a transaction is done after it', async () => {
    frr.takesMs = 500;
    driver.want('announced');
    await clock.advance(100);
    driver.want('withdrawn');
    driver.want('backup');
    await clock.advance(300);
    expect(frr.calls).toEqual(['announced']);
    await clock.advance(2000);
    expect(frr.calls).toEqual(['announced', 'backup']);
    driver.want('backup');
    await clock.advance(2000);
    expect(frr.calls).toHaveLength(2);
  });
});

describe('a withdrawal that is waited for', () => {
  it('ends when FRR shows it, after what is under way', async () => {
    frr.takesMs = 500;
    driver.want('announced');
    let done = false;
    const withdrawn = (async (): Promise<void> => {
      await driver.withdraw();
      done = true;
    })();
    await clock.advance(900);
    expect([done, frr.calls]).toEqual([false, ['announced', 'withdrawn']]);
    await clock.advance(200);
    await withdrawn;
    expect(frr.calls).toEqual(['announced', 'withdrawn']);
    await driver.withdraw();
    expect(frr.calls).toHaveLength(2);
  });

  it('ends where it fails, which is an event and not an error', async () => {
    frr.failure = new Error('FRR is deaf');
    await driver.withdraw();
    expect(events).toEqual(['withdrawal-unverified|NOT WITHDRAWN|FRR is deaf']);
    frr.failure = undefined;
    await driver.withdraw();
    expect(frr.calls).toEqual(['withdrawn', 'withdrawn']);
  });
});

describe('whether the node attracts traffic', () => {
  it('follows from what FRR shows', () => {
    frr.observed = ['withdrawn', 'unknown'];
    expect(driver.announcing).toBe(false);
    frr.observed = ['withdrawn', 'announced'];
    expect(driver.announcing).toBe(true);
  });

  it('follows from what was done where there is nothing to show', async () => {
    expect(driver.announcing).toBe(false);
    await wantFor('announced', 100);
    expect(driver.announcing).toBe(true);
    await wantFor('backup', 100);
    expect(driver.announcing).toBe(true);
    await wantFor('withdrawn', 100);
    expect(driver.announcing).toBe(false);
    frr.failure = new Error('x');
    await wantFor('announced', 100);
    expect(driver.announcing).toBe(false);
  });
});
