import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMBERS = ['one', 'two', 'three'];

/**
 * A real etcd of three members that speak over UNIX sockets in a folder of their own: nothing of it is on any network.
 */
export class EtcdCluster {
  readonly folder = mkdtempSync(join(tmpdir(), 'isthmus-etcd-'));
  readonly #processes = new Map<string, ChildProcess>();

  get endpoints(): string[] {
    return MEMBERS.map((name) => `unix:${this.folder}/${name}:1`);
  }

  start(): void {
    for (const name of MEMBERS) this.startMember(name, 'new');
  }

  startMember(name: string, state: 'new' | 'existing' = 'existing'): void {
    mkdirSync(join(this.folder, name), { recursive: true, mode: 0o700 });
    for (const socket of [`${name}:1`, `${name}:2`]) rmSync(join(this.folder, socket), { force: true });
    const peers = MEMBERS.map((member) => `${member}=unix://${member}:2`).join(',');
    const argv = [
      `--name=${name}`,
      `--data-dir=${join(this.folder, name)}`,
      `--listen-client-urls=unix://${name}:1`,
      `--advertise-client-urls=unix://${name}:1`,
      `--listen-peer-urls=unix://${name}:2`,
      `--initial-advertise-peer-urls=unix://${name}:2`,
      `--initial-cluster=${peers}`,
      `--initial-cluster-state=${state}`,
      '--heartbeat-interval=50',
      '--election-timeout=500',
    ];
    const stdio = process.env['ETCD_LOG'] === undefined ? 'ignore' : 'inherit';
    this.#processes.set(name, spawn('/usr/bin/etcd', argv, { cwd: this.folder, stdio }));
  }

  async kill(name: string): Promise<void> {
    const child = this.#processes.get(name);
    this.#processes.delete(name);
    if (child === undefined || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** As a member behind a cut network: it neither answers nor refuses. */
  freeze(name: string, frozen: boolean): void {
    this.#processes.get(name)?.kill(frozen ? 'SIGSTOP' : 'SIGCONT');
  }

  async stop(): Promise<void> {
    for (const name of MEMBERS) await this.kill(name);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
