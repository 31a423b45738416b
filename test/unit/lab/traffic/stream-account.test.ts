import { describe, expect, it } from 'vitest';
import { StreamAccount } from '../../../../src/drills/probe/stream-account.ts';

/** Sends one packet at each time; those named by their place are answered. */
function account(times: readonly number[], answered: readonly number[]): StreamAccount {
  const flow = new StreamAccount();
  const numbers = times.map((at) => flow.sent(at));
  for (const place of answered) flow.answered(numbers[place] ?? NaN, 0);
  return flow;
}

describe('the account of a steady flow', () => {
  it('knows no outage when all was answered', () => {
    expect(account([0, 5, 10], [0, 1, 2]).upTo(15)).toEqual({ sent: 3, lost: 0, outageMs: 0 });
  });

  it('counts an outage from the first packet that was lost to the next one that was answered', () => {
    expect(account([0, 5, 10, 15, 20], [0, 3, 4]).upTo(25)).toEqual({ sent: 5, lost: 2, outageMs: 10 });
  });

  it('takes the longest of several outages', () => {
    expect(account([0, 5, 10, 15, 20, 25, 30], [1, 5, 6]).upTo(30)).toMatchObject({ lost: 4, outageMs: 15 });
  });

  it('lets an outage without an end last until the account is closed', () => {
    expect(account([0, 5, 10], [0]).upTo(200)).toEqual({ sent: 3, lost: 2, outageMs: 195 });
  });

  it('does not count what was sent after the time, which may still be on its way', () => {
    expect(account([0, 5, 10], [0, 1]).upTo(9)).toEqual({ sent: 2, lost: 0, outageMs: 0 });
  });

  it('takes a sender that stood still for one that sent nothing, not for an outage', () => {
    expect(account([0, 500, 505], [0, 1, 2]).upTo(505)).toEqual({ sent: 3, lost: 0, outageMs: 0 });
  });

  it('forgets at a mark, and does not take a late answer from before it for one of a packet after it', () => {
    const flow = account([0, 5], []);
    flow.mark();
    const first = flow.sent(10);
    flow.sent(15);
    flow.answered(0, 20);
    flow.answered(1, 20);
    expect(flow.upTo(20)).toEqual({ sent: 2, lost: 2, outageMs: 10 });
    flow.answered(first, 20);
    flow.answered(99, 20);
    expect(flow.upTo(20)).toEqual({ sent: 2, lost: 1, outageMs: 5 });
  });

  it('takes an answer that came too late for none: a packet that waited in a queue for seconds served nobody', () => {
    const flow = new StreamAccount(1000);
    const numbers = [0, 10, 20].map((at) => flow.sent(at));
    for (const [place, at] of [500, 1011, 1020].entries()) flow.answered(numbers[place] ?? NaN, at);
    expect(flow.upTo(1100)).toEqual({ sent: 3, lost: 1, outageMs: 10 });
  });
});
