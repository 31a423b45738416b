import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { basePackages, packagesOf, programsCalledIn, programsIn } from './programs-called.ts';

/** What each list of `prepare.sh` is for, as folders of sources. */
const LAB = ['demo', 'drills', 'gateway', 'routers', 'topology', 'traffic', 'world'].map((name) => `src/lab/${name}`);
const PRODUCT = ['linux', 'fastpath', 'dataplane', 'frr', 'agent', 'cli'].map((name) => `src/${name}`);
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  demo: [...LAB, ...PRODUCT],
  bench: [...LAB, ...PRODUCT, 'src/lab/bench'],
  test: ['src', 'test'],
};

/** Node.js is what the user brings; systemd's programs run only where it does, or in a tree that has them. */
const BROUGHT = new Set(['node', 'systemd-analyze', 'systemctl']);
/** What stands first in an array and is no program there: columns of a table, a command of FRR's, kinds of words. */
const WORDS = new Set(['time', 'route', 'shutdown', 'file', 'open']);

/** Names programs to look for among those that run, and starts none of them. */
const NAMES_ALONE = new Set(['src/agent/doctor/other-translators.ts']);

function listOf(kind: string, osRelease = '/etc/os-release'): string[] {
  const env = { ...process.env, ISTHMUS_OS_RELEASE: osRelease };
  return execFileSync('bash', ['deploy/prepare.sh', kind, '--list'], { encoding: 'utf8', env }).trim().split('\n');
}

/** Packages of the trees of other machines, in which these tests run most of their programs. */
const TREES = { folder: 'test/systemd/', script: 'deploy/test-systemd.sh' };

function listOfTrees(): string[] {
  const lists = readFileSync(TREES.script, 'utf8').matchAll(/^(?:machine|around)="(?:\$machine )?(.*)"$/gm);
  return [...lists].flatMap(([, words = '']) => words.split(' '));
}

function isDebian(): boolean {
  const found = spawnSync('dpkg-query', ['--version']).status === 0;
  if (!found) process.stderr.write('skipped: dpkg says which package a program belongs to, and there is none\n');
  return found;
}

describe('the lists of prepare.sh', () => {
  it.runIf(isDebian()).each(Object.keys(SOURCES))('%s: has the package of every program that is called', (kind) => {
    const installed = new Set([...basePackages(), ...listOf(kind)]);
    const calls = programsCalledIn(SOURCES[kind] ?? []).filter(
      ({ program, file }) => !BROUGHT.has(program) && !WORDS.has(program) && !NAMES_ALONE.has(file),
    );
    const packages = packagesOf([...new Set(calls.map(({ program }) => program))]);
    const missing = calls
      .map((call) => ({ ...call, packages: packages.get(call.program) ?? [] }))
      .filter((call) => call.packages.length > 0 && !call.packages.some((name) => installed.has(name)))
      .filter(({ file, packages: names }) => {
        return !file.startsWith(TREES.folder) || !names.some((name) => listOfTrees().includes(name));
      });
    expect(calls.length).toBeGreaterThan(20);
    expect(missing).toEqual([]);
  });

  it.runIf(isDebian())('finds programs where they stand in a source', () => {
    const source = `
      spawn('openssl', ['x']);
      machine.run(['tayga', '-d']);
      machine.run([...inside, 'ethtool', '-k']);
      const path = '/usr/lib/frr/zebra';
      run(['sh', '-c', 'ss -Hlnu6 | socat - x; nft list ruleset']);
      ['not-a-program-of-anybody'];`;
    const found = programsIn(source, 'x').map(({ program }) => program);
    const expected = ['openssl', 'tayga', 'ethtool', '/usr/lib/frr/zebra', 'sh', 'ss', 'socat', 'nft'];
    expect(found.toSorted()).toEqual(expected.toSorted());
    expect([...packagesOf(['ss', '/usr/lib/frr/zebra', 'sh'])]).toEqual([
      ['ss', ['iproute2']],
      ['/usr/lib/frr/zebra', ['frr']],
      ['sh', ['dash']],
    ]);
    expect(basePackages().has('coreutils')).toBe(true);
    expect(basePackages().has('tayga')).toBe(false);
  });

  it.each([
    ['VERSION_ID="12"\nID=debian\n', false],
    ['VERSION_ID="13"\nID=debian\n', true],
    ['VERSION_ID="24.04"\nID=ubuntu\n', false],
    ['ID=debian\n', false],
  ])('have promtool where it is a package of its own: %j', (text, expected) => {
    const file = join(mkdtempSync(join(tmpdir(), 'isthmus-release-')), 'os-release');
    writeFileSync(file, text);
    expect(listOf('test', file).includes('promtool')).toBe(expected);
    rmSync(dirname(file), { recursive: true });
  });

  it('begin with what the lab needs', () => {
    for (const kind of ['bench', 'test']) expect(listOf(kind)).toEqual(expect.arrayContaining(listOf('demo')));
    expect(listOf('test')).toEqual(expect.arrayContaining(listOf('bench')));
  });
});
