import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../../src/agent/events/agent-log.ts';
import { v1 } from '../../../../src/agent/control/messages.ts';
import { InfoExchange } from '../../../../src/agent/status/info-exchange.ts';

describe('the clock of another node', () => {
  let now = 1_800_000_000_000;
  const exchange = new InfoExchange(
    () => undefined,
    { now: () => 0, after: () => () => undefined },
    silentLog,
    () => now,
  );
  const hear = (time: number): void => exchange.receive(2, v1.NodeInfo.encode({ time }).finish());

  it('is compared by what its messages carry, however late some of them come', () => {
    expect(exchange.clocksAhead().get(2)).toBeUndefined();
    hear(0);
    expect(exchange.clocksAhead().get(2)).toBeUndefined();
    for (const lateMs of [900, 40, 3000, 700]) hear(now + 5000 - lateMs);
    expect(exchange.clocksAhead().get(2)).toBe(4960);
  });

  it('is known soon after it is set, forward at once', () => {
    hear(now + 7000);
    expect(exchange.clocksAhead().get(2)).toBe(7000);
    for (let count = 0; count < 8; count++) hear((now += 1000) - 60_000);
    expect(exchange.clocksAhead().get(2)).toBe(-60_000);
  });
});
