import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Event } from '../../../../src/agent/control/messages.ts';
import { EventLog, noEventStore } from '../../../../src/agent/events/event-log.ts';
import { reportStart, withEndBefore } from '../../../../src/agent/events/start-report.ts';
import { RunMark } from '../../../../src/agent/files/run-mark.ts';
import { readServiceEnd, serviceEndIn, writeServiceEnd } from '../../../../src/agent/files/service-end.ts';
import { StatePaths } from '../../../../src/agent/files/state-paths.ts';
import { readGuardNote, writeGuardNote } from '../../../../src/frr/guard/guard-note.ts';

const AT = Date.parse('2026-11-30T16:06:31.250Z');
const NOTE = { time: AT, pid: 77, ok: true, tookMs: 12.4, reason: 'the agent was gone', end: '' };

let places = new StatePaths('gw1', '', '');
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'isthmus-'));
  places = new StatePaths('gw1', folder, folder);
});
afterEach(() => rmSync(places.runDirectory, { recursive: true }));

function eventsOf(mark: RunMark): readonly Event[] {
  const events = new EventLog('gw1', () => AT + 40_000, noEventStore);
  reportStart('gw1', mark.before(), events);
  return events.last(0);
}

describe('the run before', () => {
  it('is nothing to report when there was none, and when it was stopped', async () => {
    const mark = new RunMark(places);
    expect(mark.before()).toBeUndefined();
    await mark.begin();
    await mark.stopped();
    expect(mark.before()).toBeUndefined();
    // A second signal.
    await mark.stopped();
    expect(eventsOf(mark).map(({ code, reason }) => [code, reason])).toEqual([
      ['node-starting', 'the agent has started'],
    ]);
  });

  it('ended unexpectedly when nobody stopped it, and was last seen when it wrote something', async () => {
    const mark = new RunMark(places, 0);
    await mark.begin(77);
    writeFileSync(places.history, '');
    utimesSync(places.run, 0, 0);
    utimesSync(places.history, AT / 1000, AT / 1000);
    expect(mark.before()?.text).toBe(
      'the agent before it (process 77) ended unexpectedly, last seen at 2026-11-30T16:06:31Z: it crashed, or was killed',
    );
  });

  it('ended with its machine, which has booted since', async () => {
    const mark = new RunMark(places, AT + 60_000);
    await mark.begin(77);
    for (const path of [places.run, places.history]) {
      writeFileSync(path, '{"pid":77}');
      utimesSync(path, AT / 1000, AT / 1000);
    }
    expect(mark.before()?.text).toBe(
      'the agent before it (process 77) ended unexpectedly, last seen at 2026-11-30T16:06:31Z: ' +
        'its machine was reset or lost power, and booted at 2026-11-30T16:07:31Z',
    );
    expect(new RunMark(places, AT - 1).before()?.text).toContain('it crashed, or was killed');
  });

  it('ended as its guard and the service manager saw it', async () => {
    const mark = new RunMark(places);
    await mark.begin(77);
    writeServiceEnd(places.lock, {
      time: AT + 900,
      text: 'the service manager reports: signal, main process killed KILL',
    });
    expect(mark.before()?.text).toBe(
      'the agent before it (process 77) ended unexpectedly, at 2026-11-30T16:06:32Z: ' +
        'the service manager reports: signal, main process killed KILL',
    );
    writeGuardNote(places.lock, { ...NOTE, end: 'killed by SIGKILL' });
    expect(mark.before()?.text).toBe(
      'the agent before it (process 77) ended unexpectedly, at 2026-11-30T16:06:31Z: ' +
        'killed by SIGKILL; the service manager reports: signal, main process killed KILL',
    );
    expect(eventsOf(mark)[0]?.reason).toBe('the agent was gone: killed by SIGKILL; the guard withdrew in 12 ms');
    await mark.begin(78);
    expect(readServiceEnd(places.lock)).toBeUndefined();
  });

  it('ended when its guard found it gone, which is an event of that time', async () => {
    const mark = new RunMark(places);
    await mark.begin(77);
    writeGuardNote(places.lock, NOTE);
    const events = eventsOf(mark);
    expect(events.map(({ code, severity, time }) => [code, severity, time])).toEqual([
      ['guard-withdrew', 'error', AT],
      ['agent-ended-unexpectedly', 'error', AT + 40_000],
      ['node-starting', 'info', AT + 40_000],
    ]);
    expect(events[0]).toMatchObject({
      to: 'withdrawn by the guard',
      reason: 'the agent was gone; the guard withdrew in 12 ms',
    });
    expect(events[2]?.reason).toContain('process 77) ended unexpectedly, at 2026-11-30T16:06:31Z');
  });

  it('says that its guard could not withdraw', async () => {
    const mark = new RunMark(places);
    await mark.begin(77);
    writeGuardNote(places.lock, { ...NOTE, ok: false });
    expect(eventsOf(mark)[0]).toMatchObject({ code: 'guard-withdrew', to: 'NOT WITHDRAWN' });
  });

  it('is not what the note of another run tells', async () => {
    const mark = new RunMark(places);
    await mark.begin(78);
    writeGuardNote(places.lock, NOTE);
    expect(mark.before()?.guard).toBeUndefined();
    await mark.begin(79);
    expect(readGuardNote(places.lock)).toBeUndefined();
  });

  it('tells why it could not go on', async () => {
    const mark = new RunMark(places);
    await mark.begin(77);
    await mark.failed('instance internet: the worker has ended', AT, 77);
    expect(mark.before()?.text).toBe(
      'the agent before it (process 77) ended by itself at 2026-11-30T16:06:31Z: instance internet: the worker has ended',
    );
  });

  it.each(['', '{"pid":', 'null', '7'])('ended unexpectedly too where its mark is %j', (text) => {
    writeFileSync(places.run, text);
    expect(new RunMark(places).before()?.text).toContain('the agent before it ended unexpectedly');
  });

  it('delays nobody where its disk stalls, and is written in order when the disk is there again', async () => {
    // The kernel lets a writer of such a file wait until there is a reader.
    execFileSync('mkfifo', [places.run]);
    const mark = new RunMark(places);
    const written = [mark.begin(77), mark.failed('the worker has ended', AT, 77)];
    const reader = openSync(places.run, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      await Promise.all(written);
      expect(readFileSync(reader, 'utf8')).toMatch(/^\{"pid":77\}\n\{"pid":77,"failure"/);
    } finally {
      closeSync(reader);
    }
  });

  it('is part of why the node is in its state, for ten minutes', () => {
    const before = { text: 'the agent before it ended', guard: undefined };
    expect(withEndBefore('serves', before, 599_000)).toBe('serves; the agent before it ended');
    expect(withEndBefore('serves', before, 600_001)).toBe('serves');
    expect(withEndBefore('serves', undefined, 1)).toBe('serves');
  });
});

describe('the note of a guard', () => {
  it.each(['', '{}', 'null', '{"time":1,"pid":2,"ok":true,"tookMs":"x","reason":""}'])(
    'is none when it is %j',
    (text) => {
      writeFileSync(`${places.lock}.guard`, text);
      expect(readGuardNote(places.lock)).toBeUndefined();
    },
  );

  it('goes nowhere without a fence', () => {
    writeGuardNote('', NOTE);
    expect(readGuardNote('')).toBeUndefined();
  });
});

describe('the end of a service', () => {
  it.each([
    [{}, undefined],
    [{ SERVICE_RESULT: 'success', EXIT_CODE: 'exited', EXIT_STATUS: '0' }, undefined],
    [{ SERVICE_RESULT: 'signal', EXIT_CODE: 'killed', EXIT_STATUS: 'KILL' }, 'signal, main process killed KILL'],
    [{ SERVICE_RESULT: 'exit-code', EXIT_CODE: 'exited', EXIT_STATUS: '1' }, 'exit-code, main process exited 1'],
    [
      { SERVICE_RESULT: 'watchdog', EXIT_CODE: 'killed', EXIT_STATUS: 'KILL' },
      'its main loop was blocked for longer than WatchdogSec (watchdog), main process killed KILL',
    ],
    [{ SERVICE_RESULT: 'oom-kill' }, 'the kernel killed for want of memory (oom-kill)'],
  ])('is what ExecStopPost is told: %j', (env, text) => {
    expect(serviceEndIn(env)).toBe(text === undefined ? undefined : `the service manager reports: ${text}`);
  });

  it('is that of the run, not that of a start that failed after it', () => {
    writeServiceEnd(places.lock, { time: AT, text: 'first' });
    writeServiceEnd(places.lock, { time: AT + 1, text: 'second' });
    expect(readServiceEnd(places.lock)).toEqual({ time: AT, text: 'first' });
  });

  it.each(['', 'x', '12', '12 half a line'])('is unknown where the note is %j', (text) => {
    writeFileSync(`${places.lock}.service`, text);
    expect(readServiceEnd(places.lock)).toBeUndefined();
  });
});
