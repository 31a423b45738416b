import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { descend, type Output } from '../../src/lab/world/lab-process.ts';
import { waitFor } from '../../src/lab/world/wait.ts';

const BOOT_MS = 120_000;
const COMMAND_MS = 120_000;

/** A Debian tree with systemd as its first process, in namespaces of its own: a machine, as far as services can tell. */
export class BootedTree {
  readonly tree: string;
  #unshare: ChildProcess | undefined;
  #pid = 0;

  /** @param base a prepared tree, of which a copy is made beside it */
  constructor(base: string) {
    const tree = join(mkdtempSync(`${base}-running-`), 'tree');
    this.tree = tree;
    execFileSync('cp', ['-a', '--reflink=auto', base, tree]);
  }

  write(path: string, text: string, mode = 0o644): void {
    const place = join(this.tree, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text, { mode });
  }

  /** Starts it, and returns when systemd has done what it has to do at a start. */
  async boot(): Promise<void> {
    // It ends with these tests, whatever way they end.
    const argv = ['--pdeathsig', 'KILL', 'bash', 'deploy/debian-tree.sh', 'boot', this.tree];
    const unshare = spawn('setpriv', argv, { stdio: 'ignore', detached: true });
    this.#unshare = unshare;
    await this.until('systemd to have started', async () => {
      this.#pid = descend(unshare.pid, 1) ?? 0;
      const { stdout } = await this.run(['systemctl', 'is-system-running']);
      return ['running', 'degraded'].includes(stdout.trim());
    });
  }

  /** As by the power switch, after an orderly shutdown. */
  async shutDown(): Promise<void> {
    const unshare = this.#unshare;
    if (unshare === undefined || unshare.exitCode !== null) return;
    const ended = new Promise((resolve) => unshare.once('exit', resolve));
    // A container's systemd ends on SIGRTMIN+3 as after `systemctl halt` (systemd(1)).
    await this.run(['kill', '-s', 'RTMIN+3', '1']);
    const timer = setTimeout(() => unshare.kill('SIGKILL'), BOOT_MS);
    await ended;
    clearTimeout(timer);
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

  /** Runs shell text inside, and gives what it writes. @throws where it fails */
  async shell(script: string): Promise<string> {
    const { code, stdout, stderr } = await this.run(['sh', '-c', script]);
    if (code !== 0) throw new Error(`${script}: status ${code ?? 'unknown'}\n${stdout}\n${stderr}`);
    return stdout.trim();
  }

  async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const options = { timeoutMs: BOOT_MS, everyMs: 300, diagnose: () => `in ${this.tree}` };
    await waitFor(what, async () => ((await holds()) ? true : undefined), options);
  }
}

const PATH = '/usr/sbin:/usr/bin:/sbin:/bin';
