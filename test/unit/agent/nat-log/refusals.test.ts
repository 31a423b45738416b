import { describe, expect, it } from 'vitest';
import { EventLog, noEventStore } from '../../../../src/agent/events/event-log.ts';
import { Refusals } from '../../../../src/agent/nat-log/refusals.ts';

const SECOND = 1000;
const CLIENT = '2001:db8::1';

interface Stand {
  readonly events: EventLog;
  readonly at: (second: number) => void;
  readonly refuse: (packets: number, reason?: 'clientLimit' | 'poolExhausted', instance?: string) => void;
  readonly told: () => string[];
}

function stand(): Stand {
  let nowMs = 0;
  const events = new EventLog('gw1', () => nowMs, noEventStore);
  const refusals = new Refusals((event) => events.add(event));
  return {
    events,
    at: (second) => {
      nowMs = second * SECOND;
      refusals.check(nowMs);
    },
    refuse: (packets, reason = 'clientLimit', instance = 'internet') => {
      refusals.note({ kind: 'refusal', instance, reason, packets, client: CLIENT }, nowMs);
    },
    told: () => events.last(0).map(({ time, code, reason }) => `${time / SECOND} ${code}: ${reason}`),
  };
}

describe('clients that are refused', () => {
  it('are an event at first, one each ten minutes with a count, and one when that has ended', () => {
    const { at, refuse, told } = stand();
    for (let second = 0; second <= 660; second++) {
      at(second);
      refuse(2);
    }
    for (let second = 661; second < 800; second++) at(second);
    const limit = 'the limit of a client was reached';
    expect(told()).toEqual([
      `0 client-limit-reached: ${limit} for 2 packets, the last one from ${CLIENT}`,
      `600 client-limit-reached: ${limit} for 1200 packets in the last 10 min, the last one from ${CLIENT}`,
      `720 client-limit-ended: ${limit}: refused 1322 packets within 660 s, the last one from ${CLIENT}; none for 60 s`,
    ]);
    at(900);
    refuse(1);
    expect(told().at(-1)).toBe(`900 client-limit-reached: ${limit} for 1 packet, the last one from ${CLIENT}`);
  });

  it('are one condition for each instance and reason, which other events of the instance do not end', () => {
    const { at, refuse, events, told } = stand();
    for (let second = 0; second < 50; second++) {
      at(second);
      refuse(1);
      refuse(1, 'poolExhausted');
      refuse(1, 'clientLimit', 'other');
      events.add({
        code: 'pool-low',
        subject: 'instance',
        name: 'internet',
        to: 'pool has space',
        reason: `${second}`,
      });
    }
    at(200);
    const codes = told().map((line) => line.split(/[ :]/)[1]);
    const count = (code: string): number => codes.filter((one) => one === code).length;
    expect(['client-limit-reached', 'pool-exhausted', 'client-limit-ended', 'pool-available'].map(count)).toEqual([
      2, 1, 2, 1,
    ]);
  });
});
