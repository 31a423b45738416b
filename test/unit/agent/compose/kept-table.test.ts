import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LiveStand } from './live-stand.ts';

const KEPT = 'keepTable: 5m\n';

let stand: LiveStand;
beforeEach(() => {
  stand = new LiveStand();
});
afterEach(() => stand.remove());

const path = (): string => stand.places.table('internet');
const files = (): string[] => (existsSync(dirname(path())) ? readdirSync(dirname(path())) : []);

/** A run that has left its table. */
async function leaves(...sessions: number[]): Promise<void> {
  const live = stand.instance('', KEPT);
  stand.table.push(...sessions);
  await live.start();
  await live.stop();
  stand.calls.length = 0;
}

describe('the table of a single node', () => {
  it('is stored when the instance ends, and is in the next one before anything leads to it', async () => {
    await leaves(4, 7, 9);
    expect(stand.story).toEqual(['table-retained internet: 3 sessions for the next start']);
    expect(files()).toEqual(['gw1.internet.table']);
    const next = stand.instance('', KEPT);
    await next.start(async () => void stand.calls.push('fill'));
    expect(stand.calls).toEqual(['start', 'restore', 'owned', 'fill']);
    expect(stand.restored).toEqual([4, 7, 9]);
    expect(stand.story[1]).toBe('table-restored internet: 3 sessions of the previous run');
    // A killed agent must never come back to an old table.
    expect(files()).toEqual([]);
  });

  it('is not there at the first start', async () => {
    await stand.instance('', KEPT).start();
    expect([stand.calls, stand.story]).toEqual([['start'], []]);
  });

  it.each([
    ['the file does not say so', () => stand.instance()],
    ['there is none', () => stand.siit(KEPT)],
  ])('is not stored where %s', async (_, make) => {
    const live = make();
    let filled = false;
    await live.start(async () => {
      filled = true;
    });
    await live.stop();
    expect([filled, stand.story, files()]).toEqual([true, [], []]);
  });

  it('is left for the next start by one that cannot run', async () => {
    await leaves(4);
    stand.startFailure = new Error('the route exists');
    const next = stand.instance('', KEPT);
    await expect(next.start()).rejects.toThrow('the route exists');
    expect(files()).toEqual(['gw1.internet.table']);
    // It is not complete: the one that was left is not replaced.
    stand.table.length = 0;
    await next.stop();
    stand.startFailure = undefined;
    stand.restored.length = 0;
    await stand.instance('', KEPT).start();
    expect(stand.restored).toEqual([4]);
  });

  it('is left for the next start where the worker does not take it', async () => {
    await leaves(4);
    stand.restoreFailure = new Error('the worker has ended');
    await expect(stand.instance('', KEPT).start()).rejects.toThrow('the worker has ended');
    expect(files()).toEqual(['gw1.internet.table']);
  });

  it('of another configuration is thrown away, with an event, and the instance starts without it', async () => {
    await leaves(4);
    const other = stand.instance(', portBlockSize: 64', KEPT);
    await other.start();
    expect([stand.calls, files()]).toEqual([['start'], []]);
    expect(stand.story.at(-1)).toBe(
      `table-not-restored internet: ${path()} belongs to another configuration of this instance`,
    );
  });

  it('belongs to the options that the instance has when it ends', async () => {
    const live = stand.instance('', KEPT);
    await live.start();
    const fresh = stand.instance(', portBlockSize: 64', KEPT);
    await live.reconfigure(fresh.options);
    await live.stop();
    await fresh.start();
    expect(stand.story.at(-1)).toBe('table-restored internet: 0 sessions of the previous run');
  });

  it('that cannot be stored does not keep the agent from ending', async () => {
    const live = stand.instance('', KEPT);
    await live.start();
    writeFileSync(dirname(path()), 'a file in the place of the folder');
    await live.stop();
    expect(stand.calls).toEqual(['start', 'stop']);
    expect(stand.story).toEqual([expect.stringMatching(/^table-not-retained internet: E/)]);
    rmSync(dirname(path()));
    mkdirSync(dirname(path()));
  });

  it('is stored once', async () => {
    await leaves(4);
    const next = stand.instance('', KEPT);
    await next.start();
    await next.stop();
    stand.table.push(5);
    await next.stop();
    expect(stand.story.filter((text) => text.startsWith('table-retained'))).toHaveLength(2);
  });
});
