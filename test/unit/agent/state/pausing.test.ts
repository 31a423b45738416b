import { describe, expect, it } from 'vitest';
import { EventLog, noEventStore } from '../../../../src/agent/events/event-log.ts';
import type { DrainRecord } from '../../../../src/agent/files/drain-file.ts';
import { Pausing } from '../../../../src/agent/state/pausing.ts';
import { SimulatedClock } from '../simulated-clock.ts';

function stand(stored?: DrainRecord) {
  const clock = new SimulatedClock();
  const events = new EventLog('gw1', () => clock.now(), noEventStore);
  const store = {
    record: stored,
    load: () => stored,
    save: async (record: DrainRecord | undefined): Promise<void> => {
      store.record = record;
    },
  };
  return { clock, events, store, pausing: new Pausing({ node: 'gw1', store, events, clock, now: () => 7 }) };
}

describe('a pause', () => {
  it('lasts until it is ended, over restarts, and leaves events', async () => {
    const { pausing, store, events } = stand();
    expect(pausing.reason).toBeUndefined();
    expect(await pausing.pause('new router')).toMatchObject({ done: true, code: 'node-paused' });
    expect([pausing.reason, store.record]).toEqual(['new router', { reason: 'new router', since: 7 }]);
    expect(stand(store.record).pausing.reason).toBe('new router');
    expect(await pausing.resume()).toMatchObject({ done: true, code: 'node-resumed' });
    expect([pausing.reason, store.record]).toEqual([undefined, undefined]);
    expect(await pausing.resume()).toMatchObject({ done: false, code: 'not-paused' });
    expect(events.last(0).map(({ code }) => code)).toEqual(['node-paused', 'node-resumed']);
  });

  it('is in force though no reason is given', async () => {
    const { pausing } = stand();
    await pausing.pause('');
    expect(pausing.reason).toBe('paused by the operator');
  });

  it('is in force, and reported as not stored, where the disk fails or stalls', async () => {
    const { pausing, store, clock } = stand();
    store.save = () => Promise.reject(new Error('ENOSPC'));
    expect(await pausing.pause('x')).toMatchObject({
      done: false,
      code: 'pause-not-stored',
      text: expect.stringContaining('ENOSPC'),
    });
    store.save = () => new Promise(() => undefined);
    const ending = pausing.resume();
    await clock.advance(3000);
    expect(await ending).toMatchObject({ done: false, code: 'pause-not-stored' });
    expect(pausing.reason).toBeUndefined();
  });
});
