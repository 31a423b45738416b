import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildPackage, hashes, lintian } from './build-package.ts';

const { version }: { version: string } = JSON.parse(readFileSync('package.json', 'utf8'));
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };
const architecture = ARCHITECTURES[process.arch] ?? process.arch;

let folder = '';

function isthmus(...words: string[]): string {
  const program = join(folder, 'root/usr/lib/isthmus/package');
  const argv = [join(program, 'lib/program/isthmus-main.js'), ...words];
  // Nothing of this machine helps it: neither a module nor Node.js.
  return execFileSync(join(program, 'bin/node'), argv, { encoding: 'utf8', cwd: '/', env: {} });
}

/** The first line of a program's output that is wanted. */
async function lineOf(program: ChildProcessWithoutNullStreams, wanted: (line: string) => boolean): Promise<string> {
  for await (const line of createInterface({ input: program.stdout })) if (wanted(line)) return line;
  throw new Error('the program ended without the line');
}

describe('the Debian package', () => {
  let first = '';
  let deb = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'isthmus-package-test-'));
    first = join(folder, 'first');
    deb = buildPackage(architecture, first);
    execFileSync('dpkg-deb', ['-x', join(first, deb), join(folder, 'root')]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is the same, byte for byte, when the commit is built again', () => {
    const second = join(folder, 'second');
    buildPackage(architecture, second);
    const probe = `isthmus-probe_${version}-1_all.deb`;
    expect(readdirSync(first).toSorted()).toEqual([deb, deb.replace('.deb', '.tar.gz'), probe].toSorted());
    expect(hashes(second)).toEqual(hashes(first));
  });

  it('has no error that lintian knows', () => {
    expect(lintian(join(first, deb))).not.toMatch(/^E:/m);
  });

  it('has a probe beside it, which runs on any Node.js, without root', async () => {
    // Where another user can read it.
    const root = mkdtempSync('/var/tmp/isthmus-probe-');
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    chmodSync(root, 0o755);
    const probe = join(first, `isthmus-probe_${version}-1_all.deb`);
    execFileSync('dpkg-deb', ['-x', probe, root]);
    expect(lintian(probe)).not.toMatch(/^E:/m);
    const program = join(root, 'usr/lib/isthmus-probe/isthmus-probe.mjs');
    expect(execFileSync(process.execPath, [program, '--version'], { encoding: 'utf8' })).toContain(
      `${version} (build 1`,
    );
    const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    const alone = { ...nobody, cwd: '/', env: { PATH: process.env['PATH'] ?? '' } };
    const far = spawn(process.execPath, [program, 'serve', '--address', '127.0.0.1', '--port', '17007'], alone);
    onTestFinished(() => void far.kill());
    await lineOf(far, (line) => line.includes('"ready"'));
    const flows = ['--udp', '2', '--tcp', '2', '--new', '5', '--no-ping'];
    const near = spawn(process.execPath, [program, 'run', '127.0.0.1', '--port', '17007', ...flows], alone);
    onTestFinished(() => void near.kill());
    await lineOf(near, (line) => line.includes('"live"'));
    near.stdin.write('account\n');
    const account: unknown = JSON.parse(await lineOf(near, (line) => line.includes('"account"')));
    expect(account).toMatchObject({
      lost: 0,
      tcp: 2,
      tcpBroken: 0,
      refused: 0,
      pingFailure: 'switched off (--no-ping)',
    });
  });

  it('runs with nothing but what it brings', () => {
    const commit = execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], { encoding: 'utf8' }).trim();
    expect(isthmus('--version')).toContain(`${version} (build 1, ${architecture}, commit ${commit}`);
    const drills: { name: string }[] = JSON.parse(isthmus('drill', 'list', '--json'));
    expect(drills.map(({ name }) => `${name}.yaml`).toSorted()).toEqual(readdirSync('deploy/drills').toSorted());
    const page = join(folder, 'root/usr/lib/isthmus/package/lib/program/page');
    expect(readdirSync(page).toSorted()).toEqual(['icon.svg', 'index.html', 'page.js', 'style.css']);
    const examples = join(folder, 'root/usr/share/doc/isthmus/examples');
    for (const name of readdirSync(examples)) {
      expect(isthmus('config', 'check', join(examples, name))).toContain('no mistake');
    }
  });

  it('has what a machine needs beside the program', () => {
    const files = [
      'usr/bin/isthmus',
      ...['isthmus.service', 'isthmus@.service', 'isthmus-netns@.service', 'frr@.service.d/isthmus.conf'].map(
        (name) => `usr/lib/systemd/system/${name}`,
      ),
      ...['sysusers.d/isthmus.conf', 'tmpfiles.d/isthmus.conf', 'sysctl.d/60-isthmus.conf'].map(
        (name) => `usr/lib/${name}`,
      ),
      'etc/logrotate.d/isthmus',
      'etc/needrestart/conf.d/isthmus.conf',
      'usr/share/man/man5/isthmus-cluster.yaml.5.gz',
      ...['bash-completion/completions/isthmus', 'zsh/vendor-completions/_isthmus'].map((name) => `usr/share/${name}`),
      'usr/share/fish/vendor_completions.d/isthmus.fish',
      'usr/share/isthmus/config.schema.json',
      ...[
        'README.md',
        'SECURITY.md',
        'copyright',
        'changelog.gz',
        'changelog.Debian.gz',
        'docs/getting-started.md',
      ].map((name) => `usr/share/doc/isthmus/${name}`),
    ];
    expect(files.filter((name) => !existsSync(join(folder, 'root', name)))).toEqual([]);
  });

  it('completes names of commands, options, nodes and instances', () => {
    const root = join(folder, 'root');
    const config = join(root, 'usr/share/doc/isthmus/examples/pair.yaml');
    expect(isthmus('completion', 'names', 'node', '--config', config)).toBe('gw1\ngw2\n');
    expect(isthmus('completion', 'names', 'instance', '--config', config)).toBe('internet\n');
    const script = `source ${root}/usr/share/bash-completion/completions/isthmus
      compopt() { :; }
      isthmus() { [ "$*" = 'completion names node' ] && printf 'gw1\\ngw2\\n'; }
      complete_words() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _isthmus; echo "\${COMPREPLY[*]}"; }
      complete_words isthmus config c
      complete_words isthmus status --w
      complete_words isthmus status --node gw
      complete_words isthmus sessions --protocol ''
      cd ${root}/usr/share/doc/isthmus/examples; complete_words isthmus config check pair.`;
    const lines = execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split('\n');
    expect(lines).toEqual(['check', '--watch', 'gw1 gw2', 'tcp udp icmp', 'pair.yaml']);
  });

  it('has a page of the manual for every command, which man can set', () => {
    const folder8 = join(folder, 'root/usr/share/man/man8');
    const pages = readdirSync(folder8);
    expect(pages).toEqual(expect.arrayContaining(['isthmus.8.gz', 'isthmus-status.8.gz', 'isthmus-config-check.8.gz']));
    const commands = [...readFileSync('docs/cli.md', 'utf8').matchAll(/^## isthmus (.+)$/gm)].map(
      ([, name = '']) => name,
    );
    const leaves = commands.filter((name) => !commands.some((other) => other.startsWith(`${name} `)));
    expect(pages.length).toBe(leaves.length + 1);
  });
});
