import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ISTHMUS } from '../../src/lab/programs.ts';
import { labTest } from './needs-root.ts';

const SECRET = `${'0a'.repeat(32)}\n`;
/** As nobody: a user without groups. */
const AS_USER = ['--reuid=65534', '--regid=65534', '--clear-groups'];

/** A checkout below a folder of root's is not there for anybody else. */
function userReads(): boolean {
  const may = labTest && spawnSync('setpriv', [...AS_USER, 'test', '-r', ISTHMUS]).status === 0;
  if (!may) process.stdout.write(`commands of another user are not tried: only root reads ${ISTHMUS}\n`);
  return may;
}

/** Every command that reads or changes something of a node, by a user who may do neither. */
describe.runIf(userReads())('a user without groups', () => {
  let folder: string;
  let server: Server;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'isthmus-user-'));
    chmodSync(folder, 0o755);
    for (const name of ['run', 'etc', 'idle']) mkdirSync(join(folder, name), { mode: 0o755 });
    mkdirSync(join(folder, 'state'), { mode: 0o700 });
    writeFileSync(join(folder, 'etc/secret'), SECRET, { mode: 0o600 });
    const text = readFileSync('deploy/examples/pair.yaml', 'utf8');
    const file = text.replace(/^secretFile: .*$/m, `secretFile: ${folder}/etc/secret`);
    writeFileSync(join(folder, 'etc/cluster.yaml'), file);
    // What an agent has: a socket of root alone, and a lock.
    server = createServer();
    await new Promise<void>((resolve) => void server.listen(join(folder, 'run/gw1.sock'), resolve));
    chmodSync(join(folder, 'run/gw1.sock'), 0o600);
    writeFileSync(join(folder, 'run/gw1.lock'), '1\n', { mode: 0o600 });
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** @returns what the command printed, and its exit status */
  function run(line: string): readonly [text: string, status: number | null] {
    const words = line.split(' ').map((word) => word.replaceAll('@', folder));
    const argv = [...AS_USER, process.execPath, ISTHMUS, ...words];
    const { stdout, stderr, status } = spawnSync('setpriv', argv, { encoding: 'utf8' });
    return [stdout + stderr, status];
  }

  it('is told by every command which group to join, and not that no agent runs', () => {
    const questions = [
      'status',
      'stats',
      'events',
      'history',
      'sessions',
      'bib',
      'pool',
      'explain 2001:db8::1 192.0.2.1',
    ];
    const changes = ['reload', 'drain', 'undrain', 'sessions end --client 2001:db8::1', 'pool take 1'];
    for (const command of [...questions, ...changes]) {
      const [text, status] = run(`${command} --run-dir @/run`);
      expect([command, text]).toEqual([command, expect.stringContaining('join the group isthmus to look')]);
      expect([command, text]).toEqual([command, expect.not.stringMatching(/no agent|\n +at /)]);
      expect([command, status]).toEqual([command, 1]);
    }
  }, 600_000);

  it('is told that the stored events are not theirs', () => {
    for (const command of ['events', 'history', 'status']) {
      const [text] = run(`${command} --run-dir @/idle --state-dir @/state`);
      expect([command, text]).toEqual([command, expect.stringContaining(`you may not read ${folder}/state: join`)]);
    }
  }, 300_000);

  it('gets one sentence without an advice that would replace the secret', () => {
    const commands = [
      'config check @/etc/cluster.yaml --node gw1',
      'agent --config @/etc/cluster.yaml --node gw1 --run-dir @/run',
      'doctor --config @/etc/cluster.yaml --node gw1 --run-dir @/run',
      'namespaces --config @/etc/cluster.yaml --node gw1',
      'withdraw --config @/etc/cluster.yaml --node gw1 --run-dir @/run',
      'config init-secret @/etc/secret',
      'config init-secret @/etc/new',
      'config init-tls @/etc/cluster.yaml --out @/etc/tls',
    ];
    for (const command of commands) {
      const [text, status] = run(command);
      expect([command, text.trim().split('\n').length]).toEqual([command, 1]);
      expect([command, text]).toEqual([command, expect.not.stringMatching(/isthmus config init-|--force/)]);
      expect([command, status === 0]).toEqual([command, false]);
    }
    expect(readFileSync(join(folder, 'etc/secret'), 'utf8')).toBe(SECRET);
  }, 600_000);
});
