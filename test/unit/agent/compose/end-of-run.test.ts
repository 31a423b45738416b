import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { ChangeWatch } from '../../../../src/agent/status/change-watch.ts';
import { untilEnd } from '../../../../src/agent/compose/end-of-run.ts';
import type { EventInput } from '../../../../src/agent/events/event-log.ts';

describe('the end of a run', () => {
  it('is the first signal; a second one does not cut it short', async () => {
    const signals = new EventEmitter();
    const end = untilEnd(
      signals,
      () => undefined,
      () => undefined,
    );
    signals.emit('SIGTERM');
    signals.emit('SIGINT');
    expect(await end).toEqual({ reason: 'stopped by SIGTERM', failed: false });
    expect(signals.listenerCount('SIGINT')).toBe(1);
  });

  it('is a fault that nothing caught, which is reported', async () => {
    const signals = new EventEmitter();
    const faults: unknown[] = [];
    const end = untilEnd(
      signals,
      () => undefined,
      (fault) => faults.push(fault),
    );
    const fault = new Error('a bug');
    signals.emit('unhandledRejection', fault);
    expect(await end).toEqual({ reason: 'a fault of the program: a bug', failed: true });
    expect(faults).toEqual([fault]);
  });

  it('is not SIGHUP, which reloads each time', async () => {
    const signals = new EventEmitter();
    let reloads = 0;
    const end = untilEnd(
      signals,
      () => (reloads += 1),
      () => undefined,
    );
    signals.emit('SIGHUP');
    signals.emit('SIGHUP');
    signals.emit('SIGINT');
    await end;
    expect(reloads).toBe(2);
  });
});

describe('the watch for changes', () => {
  it('makes an event of each change, not of the first value and not of the same one', () => {
    const events: EventInput[] = [];
    const watch = new ChangeWatch({ add: (event) => void events.push(event) });
    const update = (value: string) =>
      watch.observe({ subject: 'link', name: 'ring0', value, code: 'link-ok', reason: '' });
    expect(['ok', 'ok', 'silent', 'silent', 'ok'].map(update)).toEqual([false, false, true, false, true]);
    expect(events.map(({ from, to }) => [from, to])).toEqual([
      ['ok', 'silent'],
      ['silent', 'ok'],
    ]);
  });
});
