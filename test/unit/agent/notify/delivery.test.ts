import { describe, expect, it } from 'vitest';
import { Delivery } from '../../../../src/agent/notify/delivery.ts';
import type { Event } from '../../../../src/agent/control/messages.ts';
import { SimulatedClock } from '../simulated-clock.ts';

const event = (name: string): Event => ({
  time: 0,
  node: 'gw1',
  severity: 'warning',
  subject: 'check',
  name,
  from: '',
  to: '',
  reason: '',
  code: 'check-failed',
});

/** A target that says no so often, or does not answer at all until it is let go. */
class Target {
  readonly told: string[] = [];
  attempts: number[] = [];
  failing = 0;
  stopped = false;
  #clock: SimulatedClock;
  hold: Promise<void> | undefined;

  constructor(clock: SimulatedClock) {
    this.#clock = clock;
  }

  async tell(body: string): Promise<void> {
    this.attempts.push(this.#clock.now());
    await this.hold;
    if (this.failing > 0) {
      this.failing -= 1;
      throw new Error('the pager is off');
    }
    const { name }: { name: string } = JSON.parse(body);
    this.told.push(name);
  }

  stop(): void {
    this.stopped = true;
  }
}

function delivery(options: { retries?: number; queue?: number } = {}) {
  const clock = new SimulatedClock();
  const target = new Target(clock);
  const changes: string[] = [];
  const made = new Delivery(target, { retries: 3, queue: 3, ...options }, clock, (text) => void changes.push(text));
  return { clock, target, changes, delivery: made };
}

const NOTHING = { failure: '', delivered: 0, failedAttempts: 0, lostFromQueue: 0, lostAfterAttempts: 0, waiting: 0 };

describe('events on their way to a target', () => {
  it('get there in order, one at a time', async () => {
    const { clock, target, delivery: to } = delivery();
    for (const name of ['a', 'b', 'c']) to.add(event(name));
    await clock.advance(1);
    expect(target.told).toEqual(['a', 'b', 'c']);
    expect(to.status).toEqual({ ...NOTHING, delivered: 3 });
  });

  it('are tried again after 1, 2 and 4 s, with one change to failing and one back', async () => {
    const { clock, target, changes, delivery: to } = delivery();
    target.failing = 3;
    to.add(event('a'));
    await clock.advance(100);
    expect(to.status).toMatchObject({ failure: 'the pager is off', waiting: 1 });
    await clock.advance(10_000);
    expect(target.attempts).toEqual([0, 1000, 3000, 7000]);
    expect(target.told).toEqual(['a']);
    expect(changes).toEqual(['the pager is off', '']);
  });

  it('are lost and counted after the last attempt, and the next one has its own', async () => {
    const { clock, target, changes, delivery: to } = delivery({ retries: 1 });
    target.failing = 3;
    to.add(event('a'));
    to.add(event('b'));
    await clock.advance(60_000);
    expect(target.told).toEqual(['b']);
    expect(to.status).toEqual({ ...NOTHING, delivered: 1, failedAttempts: 3, lostAfterAttempts: 1 });
    expect(changes).toEqual(['the pager is off', '']);
  });

  it('pause for a minute at most', async () => {
    const { clock, target, delivery: to } = delivery({ retries: 20 });
    target.failing = 10;
    to.add(event('a'));
    await clock.advance(600_000);
    const pauses = target.attempts.slice(1).map((at, index) => at - (target.attempts[index] ?? 0));
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000]);
  });

  it('give way, the oldest that is not under way first, where more wait than may', async () => {
    const { clock, target, delivery: to } = delivery();
    let letGo: () => void = () => undefined;
    target.hold = new Promise((resolve) => {
      letGo = resolve;
    });
    for (const name of ['a', 'b', 'c', 'd', 'e']) to.add(event(name));
    await clock.advance(1);
    expect(to.status).toMatchObject({ waiting: 3, lostFromQueue: 2 });
    letGo();
    await clock.advance(1);
    expect(target.told).toEqual(['a', 'd', 'e']);
  });

  it('get there also when all before them have, or are lost', async () => {
    const { clock, target, delivery: to } = delivery({ retries: 0 });
    to.add(event('a'));
    await clock.advance(1000);
    target.failing = 1;
    to.add(event('b'));
    await clock.advance(1000);
    to.add(event('c'));
    await clock.advance(1000);
    expect(target.told).toEqual(['a', 'c']);
    expect(to.status).toEqual({ ...NOTHING, delivered: 2, failedAttempts: 1, lostAfterAttempts: 1 });
  });

  it('fail for nobody to hear of it where the target goes during the attempt', async () => {
    const { clock, target, changes, delivery: to } = delivery();
    let letGo: () => void = () => undefined;
    target.hold = new Promise((resolve) => {
      letGo = resolve;
    });
    target.failing = 1;
    to.add(event('a'));
    await clock.advance(1);
    to.stop();
    letGo();
    await clock.advance(100_000);
    expect([changes, to.status.failedAttempts, target.attempts.length]).toEqual([[], 0, 1]);
  });

  it('are not tried any more once the target is gone', async () => {
    const { clock, target, delivery: to } = delivery();
    target.failing = 100;
    to.add(event('a'));
    await clock.advance(500);
    to.stop();
    to.add(event('b'));
    await clock.advance(100_000);
    expect(target.attempts).toEqual([0]);
    expect(target.stopped).toBe(true);
  });
});
