import { type ChildProcess, execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { descend, type Output } from '../../src/lab/world/lab-process.ts';
import { waitFor } from '../../src/lab/world/wait.ts';

/** Limits only end what hangs: a machine with thirty programs for each processor starts systemd in a minute or two. */
const WAIT_MS = 420_000;
const COMMAND_MS = 420_000;

export interface TreePlaces {
  /** A prepared tree, and the folder for copies of it. */
  readonly base: string;
  readonly running: string;
}

/** What deploy/test-systemd.sh has prepared for these tests; undefined where it has not. */
export interface Prepared {
  readonly releases: readonly string[];
  /** Paths of the packages of build 1 and build 2. */
  readonly packages: readonly string[];
  placesOf(release: string): TreePlaces;
}

export function prepared(): Prepared | undefined {
  const { ISTHMUS_TREES: trees, ISTHMUS_RUNNING: running, ISTHMUS_RELEASES: releases } = process.env;
  if (trees === undefined || running === undefined || releases === undefined) {
    process.stderr.write('skipped: npm run test:systemd prepares the trees and packages of these tests\n');
    return undefined;
  }
  const folder = join(running, 'packages');
  return {
    releases: releases.trim().split(' '),
    packages: readdirSync(folder)
      .toSorted()
      .map((name) => join(folder, name)),
    placesOf: (release) => ({ base: join(trees, `${release}-systemd`), running }),
  };
}

/** A Debian tree with systemd as its first process, in namespaces of its own: a machine, as far as services can tell. */
export class BootedTree {
  readonly tree: string;
  #unshare: ChildProcess | undefined;
  #pid = 0;

  constructor({ base, running }: TreePlaces) {
    const tree = join(mkdtempSync(join(running, 'machine-')), 'tree');
    this.tree = tree;
    execFileSync('cp', ['-a', '--reflink=auto', base, tree]);
    // Addresses of interfaces follow from it: copies of one machine would have the same ones on both ends of a cable.
    writeFileSync(join(tree, 'etc/machine-id'), `${randomBytes(16).toString('hex')}\n`);
  }

  /** Writes a file while it is off, or before anything reads it. */
  write(path: string, text: string, mode = 0o644): void {
    const place = join(this.tree, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text, { mode });
  }

  /** Puts files into root's home. */
  copyIn(paths: readonly string[]): void {
    for (const path of paths) cpSync(path, join(this.tree, 'root', basename(path)));
  }

  /** Starts it, and returns when systemd has done what it has to do at a start. */
  async boot(): Promise<void> {
    await this.switchOn();
    await this.until('systemd to have started', async () => {
      const { stdout } = await this.run(['systemctl', 'is-system-running']);
      return ['running', 'degraded'].includes(stdout.trim());
    });
  }

  /** Starts it, and returns while systemd is still starting it: as soon as it answers. */
  async switchOn(): Promise<void> {
    // It ends with these tests, whatever way they end.
    const argv = ['--pdeathsig', 'KILL', 'bash', 'deploy/debian-tree.sh', 'boot', this.tree];
    const unshare = spawn('setpriv', argv, { stdio: 'ignore', detached: true });
    this.#unshare = unshare;
    await this.until('systemd to answer', async () => {
      this.#pid = descend(unshare.pid, 1) ?? 0;
      return (await this.run(['systemctl', 'show', '-P', 'Version'])).stdout.trim() !== '';
    });
  }

  /** An orderly shutdown, and then the switch. */
  async shutDown(): Promise<void> {
    const unshare = this.#unshare;
    if (unshare === undefined || unshare.exitCode !== null || unshare.signalCode !== null) return;
    const ended = new Promise((resolve) => unshare.once('exit', resolve));
    // A container's systemd ends on SIGRTMIN+3 as after `systemctl halt` (systemd(1)).
    await this.run(['kill', '-s', 'RTMIN+3', '1']);
    const timer = setTimeout(() => unshare.kill('SIGKILL'), WAIT_MS);
    await ended;
    clearTimeout(timer);
  }

  /** Every process ends at once, and what is plugged in loses its other end. */
  async cutPower(): Promise<void> {
    const unshare = this.#unshare;
    if (unshare === undefined || unshare.exitCode !== null || unshare.signalCode !== null) return;
    const ended = new Promise((resolve) => unshare.once('exit', resolve));
    // Its only child is the machine's first process, which ends with it.
    unshare.kill('SIGKILL');
    await ended;
    await waitFor('every process to have ended', async () => (existsSync(`/proc/${this.#pid}`) ? undefined : true), {
      timeoutMs: WAIT_MS,
    });
  }

  /** A cable between two machines that are on. It is gone when either is off. */
  plug(name: string, other: BootedTree, otherName: string): void {
    // The kernel takes its time to remove the end of a cable whose other end went with its machine.
    const former = ['-t', String(other.#pid), '-n', 'ip', 'link', 'delete', otherName];
    spawnSync('nsenter', former, { stdio: 'ignore' });
    const ends = ['netns', String(this.#pid), 'type', 'veth', 'peer', 'name', otherName, 'netns', String(other.#pid)];
    execFileSync('ip', ['link', 'add', name, ...ends], { stdio: 'pipe' });
  }

  remove(): void {
    this.#unshare?.kill('SIGKILL');
    rmSync(dirname(this.tree), { recursive: true, force: true, maxRetries: 5, retryDelay: 500 });
  }

  /** Runs a program inside; it may fail. */
  run(argv: readonly string[]): Promise<Output> {
    const enter = ['-t', String(this.#pid), '-a', '-r', '-w', '/usr/bin/env', '-i', `PATH=${PATH}`, 'HOME=/root'];
    const words = [...enter, 'DEBIAN_FRONTEND=noninteractive', 'LC_ALL=C.UTF-8', ...argv];
    return new Promise((resolve) => {
      execFile('nsenter', words, { timeout: COMMAND_MS, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
        resolve({ stdout, stderr, code, signal: null });
      });
    });
  }

  /** Runs shell text in root's home, and gives what it writes. @throws where it fails */
  async shell(script: string): Promise<string> {
    const { code, stdout, stderr } = await this.run(['sh', '-ec', `cd /root; ${script}`]);
    if (code !== 0) throw new Error(`${script}: status ${code ?? 'unknown'}\n${stdout}\n${stderr}`);
    return stdout.trim();
  }

  /** The main process of a unit that runs. @throws where it does not: a signal to 0 would be one to whoever sends it */
  async mainPid(unit: string): Promise<string> {
    const pid = await this.shell(`systemctl show -P MainPID ${unit}`);
    if (!/^[1-9]\d*$/.test(pid)) throw new Error(`${unit} has no main process: ${pid}`);
    return pid;
  }

  /** Waits until it holds; where it does not, the error shows what the machine's journal says. */
  async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const options = { timeoutMs: WAIT_MS, everyMs: 300, diagnose: () => this.#diagnose() };
    await waitFor(what, async () => ((await holds()) ? true : undefined), options);
  }

  async #diagnose(): Promise<string> {
    const { stdout } = await this.run(['sh', '-c', DIAGNOSIS]);
    return `in ${this.tree}\n${stdout}`;
  }
}

const PATH = '/usr/sbin:/usr/bin:/sbin:/bin';
const DIAGNOSIS = 'systemctl list-jobs --no-pager; journalctl -n 40 --no-pager -o short-monotonic; isthmus status 2>&1';
