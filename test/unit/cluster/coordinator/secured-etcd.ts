import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const USER = { name: 'root', password: 'a password of the test' };

/** A real etcd of one member that asks for a certificate of its authority, and for a password. */
export class SecuredEtcd {
  readonly folder = mkdtempSync(join(tmpdir(), 'isthmus-etcd-tls-'));
  #process: ChildProcess | undefined;
  #port = 0;

  get endpoint(): string {
    return `127.0.0.1:${this.#port}`;
  }

  read(name: string): Buffer {
    return readFileSync(join(this.folder, name));
  }

  /** Returns when it answers, with a user and his password. */
  async start(): Promise<void> {
    this.#port = await freePort();
    this.#makeAuthority('ca');
    this.#makeAuthority('stranger');
    this.#makeCertificate('server');
    this.#makeCertificate('client');
    await this.run();
    this.ctl('user', 'add', `${USER.name}:${USER.password}`);
    this.ctl('user', 'grant-role', USER.name, 'root');
    this.ctl('auth', 'enable');
  }

  /** Starts the member, with what it had before. */
  async run(): Promise<void> {
    const argv = [
      `--data-dir=${join(this.folder, 'data')}`,
      `--listen-client-urls=https://${this.endpoint}`,
      `--advertise-client-urls=https://${this.endpoint}`,
      '--listen-peer-urls=unix://peer:1',
      '--initial-advertise-peer-urls=unix://peer:1',
      '--initial-cluster=default=unix://peer:1',
      '--client-cert-auth',
      `--trusted-ca-file=${join(this.folder, 'ca.crt')}`,
      `--cert-file=${join(this.folder, 'server.crt')}`,
      `--key-file=${join(this.folder, 'server.key')}`,
    ];
    rmSync(join(this.folder, 'peer:1'), { force: true });
    const process = spawn('/usr/bin/etcd', argv, { cwd: this.folder, stdio: ['ignore', 'ignore', 'pipe'] });
    this.#process = process;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      process.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes('serving client requests on')) resolve();
      });
      process.once('exit', () => reject(new Error(said)));
    });
  }

  async kill(): Promise<void> {
    const process = this.#process;
    if (process === undefined || process.exitCode !== null) return;
    const ended = once(process, 'exit');
    process.kill('SIGKILL');
    await ended;
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs etcdctl as the user. */
  ctl(...args: readonly string[]): string {
    const files = ['--cacert=ca.crt', '--cert=client.crt', '--key=client.key'];
    const who = args[0] === 'user' || args[1] === 'enable' ? [] : [`--user=${USER.name}:${USER.password}`];
    const argv = [`--endpoints=https://${this.endpoint}`, ...files, ...who, ...args];
    return execFileSync('/usr/bin/etcdctl', argv, {
      cwd: this.folder,
      env: { ETCDCTL_API: '3' },
      stdio: ['ignore', 'pipe', 'pipe'],
    }).toString();
  }

  #makeAuthority(name: string): void {
    this.#openssl(`req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=${name}`, [
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.crt`,
    ]);
  }

  /** Without a common name: etcd would take it for a user's. */
  #makeCertificate(name: string): void {
    this.#openssl(`req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /O=${name}`, [
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
    ]);
    writeFileSync(join(this.folder, 'extensions'), 'subjectAltName=IP:127.0.0.1\n');
    const signed = ['-in', `${name}.csr`, '-out', `${name}.crt`, '-extfile', 'extensions'];
    this.#openssl('x509 -req -days 2 -CA ca.crt -CAkey ca.key -CAcreateserial', signed);
  }

  #openssl(command: string, args: readonly string[]): void {
    execFileSync('openssl', [...command.split(' '), ...args], { cwd: this.folder, stdio: 'ignore' });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
