import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runEvents } from '../../../src/cli/events-run.ts';
import { runClusterHistory } from '../../../src/cli/history-run.ts';
import { noEventsText } from '../../../src/cli/no-events.ts';
import { windowOf } from '../../../src/cli/time-window.ts';

const OLDEST = Date.parse('2026-11-30T12:00:00Z');
const SINCE = Date.parse('2026-11-30T13:00:00Z');
const UNTIL = Date.parse('2026-11-30T13:10:00Z');

describe('an empty answer', () => {
  let folder = '';
  const printed: string[] = [];
  const explained: string[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'isthmus-'));
    printed.length = 0;
    explained.length = 0;
    vi.spyOn(console, 'log').mockImplementation((line: unknown) => void printed.push(String(line)));
    vi.spyOn(console, 'error').mockImplementation((line: unknown) => void explained.push(String(line)));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
    vi.restoreAllMocks();
    process.exitCode = undefined;
  });

  function store(...times: readonly number[]): void {
    const lines = times.map((time) => {
      const event = { time, node: 'gw1', code: 'node-active', severity: 'info', subject: 'node', name: 'gw1' };
      return JSON.stringify({ ...event, from: '', to: `at ${time - OLDEST}`, reason: '' });
    });
    writeFileSync(join(folder, 'gw1.events'), `${lines.join('\n')}\n`);
  }

  const NONE =
    'isthmus: no events from 2026-11-30T13:00:00.000Z to 2026-11-30T13:10:00.000Z; the oldest known is of 2026-11-30T12:00:00.000Z';

  it.each([
    ['events', runEvents],
    ['history', runClusterHistory],
  ])('of %s says that there is nothing in that time, and since when anything is known', async (_name, run) => {
    store(OLDEST + 1000, OLDEST);
    const places = { stateDir: folder, runDir: folder };
    await run({ ...places, since: SINCE, until: UNTIL });
    expect([printed, explained.at(-1)]).toEqual([[], NONE]);
    await run({ ...places, since: SINCE, until: UNTIL, json: true });
    expect(explained.filter((line) => line === NONE)).toHaveLength(1);
    await run({ ...places, since: OLDEST });
    expect(printed.map((line) => /at \d+/.exec(line)?.[0])).toEqual(['at 0', 'at 1000']);
    expect(explained.filter((line) => line.includes('no events'))).toHaveLength(1);
  });

  it('names the end of the time that was given, or that nothing is known at all', () => {
    const known = 'the oldest known is of 2026-11-30T12:00:00.000Z';
    expect(noEventsText(windowOf({ since: SINCE }), OLDEST)).toBe(`no events from 2026-11-30T13:00:00.000Z; ${known}`);
    expect(noEventsText(windowOf({ until: UNTIL }), OLDEST)).toBe(`no events to 2026-11-30T13:10:00.000Z; ${known}`);
    expect(noEventsText(windowOf({}), undefined)).toBe('no events: none is known');
  });
});
