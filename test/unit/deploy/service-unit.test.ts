import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildProgram } from '../../../src/cli/program.ts';
import { GUARD_LIMITS } from '../../../src/frr/guard/guard-protocol.ts';

const UNIT = readFileSync(resolve(import.meta.dirname, '../../../deploy/systemd/isthmus@.service'), 'utf8');

/** The values of a setting, in order. */
function settings(key: string): string[] {
  return UNIT.split('\n').flatMap((line) => (line.startsWith(`${key}=`) ? [line.slice(key.length + 1)] : []));
}

function hasSystemd(): boolean {
  return spawnSync('systemd-analyze', ['--version']).status === 0;
}

describe('the unit file', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'isthmus-unit-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.runIf(hasSystemd())('is one that systemd accepts', () => {
    const path = join(folder, 'isthmus@gw1.service');
    // systemd looks whether programs exist; this one is installed by a package.
    writeFileSync(path, UNIT.replaceAll('/usr/bin/isthmus', process.execPath));
    expect(execFileSync('systemd-analyze', ['verify', '--man=no', path], { encoding: 'utf8', stdio: 'pipe' })).toBe('');
    writeFileSync(path, `${UNIT.replaceAll('/usr/bin/isthmus', process.execPath)}\n[Service]\nWatchdogSec=soon\n`);
    const { stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', path], { encoding: 'utf8' });
    expect(stderr).toContain('soon');
  });

  it.each(['ExecStartPre', 'ExecStart', 'ExecReload', 'ExecStopPost'])(
    'gives %s words that the program knows',
    (key) => {
      expect(settings(key).length).toBeGreaterThan(0);
      for (const line of settings(key)) {
        // Outside the unit's own mount namespace others see what it makes.
        const outside = '+/usr/bin/nsenter --target 1 --mount ';
        const [program = '', name, ...words] = line.replace(outside, '').split(' ');
        expect(program).toBe('/usr/bin/isthmus');
        expect(line.startsWith(outside)).toBe(name === 'namespaces');
        const command = buildProgram().commands.find((one) => one.name() === name);
        const known = command?.options.map(({ long }) => long);
        const options = words.filter((word) => word.startsWith('--'));
        expect(known).toEqual(expect.arrayContaining(options));
        expect(words[words.indexOf('--node') + 1]).toBe('%i');
        const needed = command?.options.filter(({ mandatory }) => mandatory).map(({ long }) => long) ?? [];
        expect(options).toEqual(expect.arrayContaining(needed));
      }
    },
  );

  it('lets the agent see the daemons of FRR, and the namespace that they are in', () => {
    // They run as another user: proc(5), ptrace access mode.
    expect(settings('CapabilityBoundingSet').join(' ').split(' ')).toContain('CAP_SYS_PTRACE');
    expect(settings('ProtectProc')).toEqual(['invisible']);
  });

  it('lets the guard outlive the agent, and gives it the time to end a hung one first', () => {
    expect(settings('Type')).toEqual(['notify']);
    expect(settings('KillMode')).toEqual(['process']);
    const [watchdog] = settings('WatchdogSec').map((text) => Number(text) * 1000);
    expect(watchdog).toBeGreaterThan(GUARD_LIMITS.alone.hangMs + GUARD_LIMITS.killMs);
  });
});
