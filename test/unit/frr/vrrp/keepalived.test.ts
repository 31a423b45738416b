import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AnnouncementError } from '../../../../src/frr/announcer.ts';
import { Keepalived, parseKeepalivedDump } from '../../../../src/frr/vrrp/keepalived.ts';

const DUMP = JSON.stringify([
  { data: { iname: 'V4', state: 2, ifp_ifname: 'lan0', effective_priority: 110, more: [] }, stats: {} },
  { data: { iname: 'V6', state: 1, effective_priority: 90 } },
]);
const INSTANCES = [
  { name: 'V4', interface: 'lan0', state: 'MASTER', priority: 110 },
  { name: 'V6', interface: '', state: 'BACKUP', priority: 90 },
];

describe('a dump of keepalived', () => {
  it('has each instance with its state by name', () => {
    expect(parseKeepalivedDump(DUMP)).toEqual(INSTANCES);
    const states = [0, 3].map((state) => ({ data: { iname: 'V', state, effective_priority: 1 } }));
    expect(parseKeepalivedDump(JSON.stringify(states)).map(({ state }) => state)).toEqual(['INIT', 'FAULT']);
  });

  it.each(['', '[{"data":', '{}', '[{}]', '[{"data":{"iname":"V","state":4,"effective_priority":1}}]'])(
    'is not: %s',
    (text) => expect(() => parseKeepalivedDump(text)).toThrow(/JSON|Invalid|expected/),
  );
});

/** A process of that name, which signal 0 does not disturb; a test writes the dump in its place. */
describe('a keepalived that runs', () => {
  let folder: string;
  let child: ChildProcess;
  let asked: string[][];
  const file = (name: string): string => join(folder, name);
  const keepalived = (run: () => Promise<string>): Keepalived =>
    new Keepalived(
      file('pid'),
      async (command) => {
        asked.push([...command]);
        return run();
      },
      file('dump.json'),
    );

  beforeEach(async () => {
    asked = [];
    folder = mkdtempSync(join(tmpdir(), 'isthmus-keepalived-'));
    copyFileSync('/bin/sleep', file('keepalived'));
    child = spawn(file('keepalived'), ['300']);
    await once(child, 'spawn');
    writeFileSync(file('pid'), `${child.pid ?? 0}\n`);
  });
  afterEach(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  it('is asked by its signal, and read when it has written', async () => {
    const one = keepalived(async () => {
      writeFileSync(file('dump.json'), DUMP);
      return '0\n';
    });
    expect(one.pid).toBe(child.pid);
    expect(await one.read()).toEqual(INSTANCES);
    expect(asked).toEqual([['keepalived', '--signum=JSON']]);
  });

  it('is not read by what it wrote before, nor by half of what it writes', async () => {
    writeFileSync(file('dump.json'), '[]');
    utimesSync(file('dump.json'), 1, 1);
    const one = keepalived(async () => {
      setTimeout(() => writeFileSync(file('dump.json'), DUMP.slice(0, 50)), 30);
      setTimeout(() => writeFileSync(file('dump.json'), DUMP), 90);
      return '0';
    });
    expect(await one.read()).toEqual(INSTANCES);
  });

  it('that writes nothing is an error after a second, and its signal is asked for once', async () => {
    writeFileSync(file('dump.json'), DUMP);
    const one = keepalived(async () => '0');
    await expect(one.read()).rejects.toThrow(`keepalived writes no ${file('dump.json')} when it is asked`);
    await expect(one.read()).rejects.toThrow(AnnouncementError);
    expect(asked).toHaveLength(1);
  });

  it('whose signal nobody knows is an error', async () => {
    const one = keepalived(async () => {
      throw new Error('no such option');
    });
    await expect(one.read()).rejects.toThrow('keepalived cannot be asked: no such option');
  });

  it('that has ended is an error', async () => {
    writeFileSync(file('pid'), '');
    const one = keepalived(async () => '0');
    expect(one.pid).toBeUndefined();
    await expect(one.read()).rejects.toThrow(`keepalived does not run (${file('pid')})`);
    expect(asked).toEqual([]);
  });
});
