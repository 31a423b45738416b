import { describe, expect, it } from 'vitest';
import { ServiceNotice, watchdogMs } from '../../../../src/agent/compose/service-notice.ts';
import { SimulatedClock } from '../simulated-clock.ts';

describe('the service manager', () => {
  it('is fed while the agent turns, and not when it has stopped turning', async () => {
    const clock = new SimulatedClock();
    const sent: string[] = [];
    let turned = 0;
    const notice = new ServiceNotice((message) => sent.push(message.split('\n')[0] ?? '') > 0, clock, 3000);
    notice.ready(() => turned);
    for (; turned < 6000; turned += 100) await clock.advance(100);
    const fed = sent.filter((message) => message === 'WATCHDOG=1').length;
    expect(sent[0]).toBe('READY=1');
    expect(fed).toBeGreaterThanOrEqual(6);
    await clock.advance(30_000);
    expect(sent.filter((message) => message === 'WATCHDOG=1').length).toBeLessThanOrEqual(fed + 2);
    notice.stopping('SIGTERM');
    expect(sent.at(-1)).toBe('STOPPING=1');
  });

  it('watches only the process that it means', () => {
    expect(watchdogMs({ WATCHDOG_USEC: '5000000', WATCHDOG_PID: '7' }, 7)).toBe(5000);
    expect(watchdogMs({ WATCHDOG_USEC: '5000000', WATCHDOG_PID: '7' }, 8)).toBe(0);
    expect(watchdogMs({}, 8)).toBe(0);
  });
});
