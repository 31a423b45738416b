import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const SUITES = ['package', 'getting-started'];

/** deploy/test-systemd.sh with programs around it that do nothing but what a test says. */
describe('npm run test:systemd', () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'isthmus-test-systemd-'));
    mkdirSync(join(folder, 'deploy'));
    cpSync('deploy/test-systemd.sh', join(folder, 'deploy/test-systemd.sh'));
    program('bin/id', 'echo 0');
    program('bin/unshare', '');
    program('bin/apt-get', '');
    program('bin/dpkg', 'echo amd64');
    program('bin/node', '');
    program('deploy/prepare.sh', '');
    // RELEASE and TREE are its second and third words where it makes one, the tree the second where it runs a program.
    program('deploy/debian-tree.sh', '[ "$1" = run ] || mkdir -p "$3/etc" "$3/usr/sbin"');
    program('node_modules/.bin/vitest', '');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function program(path: string, text: string): void {
    const place = join(folder, path);
    mkdirSync(dirname(place), { recursive: true });
    // Each call leaves a line, with the release and what vitest is given.
    const line = path.endsWith('vitest') ? `echo "$ISTHMUS_RELEASES $*" >>${folder}/suites\n` : '';
    writeFileSync(place, `#!/bin/bash\n${line}${text}\n`);
    chmodSync(place, 0o755);
  }

  function run(words: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
    const PATH = `${folder}/bin:${process.env['PATH'] ?? ''}`;
    const settings = { PATH, ISTHMUS_TREES: join(folder, 'trees'), ...env };
    const argv = [join(folder, 'deploy/test-systemd.sh'), ...words];
    const { status, stdout, stderr } = spawnSync('bash', argv, { encoding: 'utf8', env: settings });
    return { status, stdout, stderr };
  }

  function suites(): string[] {
    const path = join(folder, 'suites');
    if (!existsSync(path)) return [];
    return readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.replace(/ .*test\/systemd\/(\S+)\.test\.ts.*/, ' $1'));
  }

  it('runs each suite on each release, and leaves the trees for the next time', () => {
    expect(run()).toMatchObject({ status: 0 });
    expect(suites()).toEqual(['bookworm', 'trixie'].flatMap((release) => SUITES.map((name) => `${release} ${name}`)));
    program('deploy/debian-tree.sh', 'exit 1');
    expect(run(['trixie'])).toMatchObject({ status: 0 });
    expect(suites().slice(4)).toEqual(['trixie package', 'trixie getting-started']);
  });

  it('is no failure where the archive is out of reach, and tries the other release', () => {
    program(
      'deploy/debian-tree.sh',
      `[ "$1" = run ] && exit; mkdir -p "$3/etc" "$3/usr/sbin"
       [ $2 = trixie ] || { echo "E: Failed getting release file http://deb.debian.org" >&2; exit 1; }`,
    );
    const { status, stdout } = run();
    expect(stdout).toContain('Failed getting release file');
    expect(stdout).toContain('test-systemd: skipped: bookworm: the archive did not give its packages');
    expect({ status, suites: suites() }).toEqual({ status: 0, suites: ['trixie package', 'trixie getting-started'] });
  });

  it.each([
    ['the archive answers as if there were no network', '"E: Failed to fetch http://deb.debian.org"; exit 100', 0],
    ['there is no package of a name', '"E: Unable to locate package frrr"; exit 100', 1],
    ['a package cannot be installed', '"E: Sub-process /usr/bin/dpkg returned an error code (1)"; exit 100', 1],
    ['the time is over', '""; exit 124', 0],
  ])('where %s: status', (_, words, expected) => {
    program('deploy/debian-tree.sh', `mkdir -p "$3/etc" "$3/usr/sbin"; [ "$1" = make ] || { echo ${words}; }`);
    expect(run(['trixie']).status).toBe(expected);
    expect(suites()).toEqual([]);
  });

  it('is no failure on a machine that has no control groups in namespaces', () => {
    program('bin/unshare', 'exit 1');
    const { status, stdout } = run();
    expect(stdout).toContain('test-systemd: skipped: this machine mounts no control groups');
    expect({ status, suites: suites() }).toEqual({ status: 0, suites: [] });
  });

  it('runs a suite that failed once more as a whole, in continuous integration alone', () => {
    const failsFirst = `[ "$(grep -c "trixie.*package.test.ts" ${folder}/suites)" != 1 ]`;
    program('node_modules/.bin/vitest', failsFirst);
    expect(run(['trixie'])).toMatchObject({ status: 1 });
    expect(suites()).toEqual(['trixie package', 'trixie getting-started']);
    rmSync(join(folder, 'suites'));
    const { status, stdout } = run(['trixie'], { CI: '1' });
    expect(stdout).toContain('test-systemd: trixie, test/systemd/package.test.ts: once more');
    expect(status).toBe(0);
    expect(suites()).toEqual(['trixie package', 'trixie package', 'trixie getting-started']);
  });

  it('fails where a suite fails twice, and runs the others all the same', () => {
    program('node_modules/.bin/vitest', '[[ "$ISTHMUS_RELEASES $*" != bookworm*package.test.ts* ]]');
    expect(run([], { CI: '1' })).toMatchObject({ status: 1 });
    expect(suites().slice(0, 2)).toEqual(['bookworm package', 'bookworm package']);
    expect(suites().slice(2)).toEqual(['bookworm getting-started', 'trixie package', 'trixie getting-started']);
  });

  it('ends a suite that hangs, and fails', () => {
    program('node_modules/.bin/vitest', 'exec sleep 1000');
    const { status, stdout } = run(['trixie'], { ISTHMUS_SUITE_SECONDS: '1' });
    expect(stdout).toContain('package.test.ts: not finished after 1 s');
    expect(status).toBe(1);
  });
});

describe('.ci/run', () => {
  it('ends with it, in a time that it may take', () => {
    const last = readFileSync('.ci/run', 'utf8').trim().split('\n').at(-1);
    expect(last).toMatch(/^timeout --kill-after=\d+ \d+ npm run test:systemd$/);
  });
});
