import { expect, it } from 'vitest';
import { EventLog, noEventStore } from '../../../../src/agent/events/event-log.ts';

it('shows the events that were added last in order of time, also one that was added with an earlier time', async () => {
  let now = 100;
  const log = new EventLog('gw1', () => now, noEventStore);
  const add = (name: string, time?: number): void => {
    const input = { code: 'peer-up', subject: 'peer', name, to: 'up', reason: name } as const;
    log.add(time === undefined ? input : { ...input, time });
  };
  add('first');
  now = 200;
  add('second');
  add('before', 150);
  add('third');
  const names = (count: number): string[] => log.last(count).map(({ name }) => name);
  expect(names(0)).toEqual(['first', 'before', 'second', 'third']);
  expect(names(3)).toEqual(['before', 'second', 'third']);
  const followed: string[] = [];
  const stop = new AbortController();
  for await (const { name } of log.follow(0, stop.signal)) {
    followed.push(name);
    if (followed.length === 4) stop.abort();
  }
  expect(followed).toEqual(names(0));
});
