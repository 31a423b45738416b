import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Withdrawal } from '../../../../src/frr/guard/withdrawal.ts';

/** A daemon on a real UNIX socket, which refuses some commands. */
class SimulatedDaemon {
  readonly commands: string[] = [];
  readonly sockets: Socket[] = [];
  readonly #server: Server;
  refuses = '';

  private constructor() {
    this.#server = createServer((socket) => {
      this.sockets.push(socket);
      socket.on('error', () => undefined);
      socket.on('data', (data) => {
        for (const command of data.toString().split('\0').filter(Boolean)) {
          this.commands.push(command);
          const refused = this.refuses !== '' && command.startsWith(this.refuses);
          socket.write(
            Buffer.concat([Buffer.from(refused ? '% refused\n' : ''), Buffer.from([0, 0, 0, refused ? 1 : 0])]),
          );
        }
      });
    });
  }

  static async open(path: string): Promise<SimulatedDaemon> {
    const daemon = new SimulatedDaemon();
    await new Promise<void>((done) => void daemon.#server.listen(path, done));
    return daemon;
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.#server.close();
  }
}

describe("the guard's withdrawal", () => {
  let folder: string;
  let bfdd: SimulatedDaemon;
  let bgpd: SimulatedDaemon;
  const path = (name: string): string => join(folder, `${name}.vty`);
  const order = (name: string, ...commands: string[]) => ({
    socketPath: path(name),
    commands: ['configure terminal', ...commands, 'end'],
  });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'isthmus-withdrawal-'));
    [bfdd, bgpd] = await Promise.all([SimulatedDaemon.open(path('bfdd')), SimulatedDaemon.open(path('bgpd'))]);
  });
  afterEach(() => {
    bfdd.close();
    bgpd.close();
    rmSync(folder, { recursive: true });
  });

  it('is done when FRR has carried out every command', async () => {
    const withdrawal = new Withdrawal();
    withdrawal.setOrders([order('bfdd', 'bfd', 'peer 10.0.0.1', 'shutdown'), order('bgpd', 'router bgp 65001')]);
    expect(await withdrawal.run()).toBe(true);
    expect(bfdd.commands).toEqual(['enable', 'configure terminal', 'bfd', 'peer 10.0.0.1', 'shutdown', 'end']);
    expect(bgpd.commands).toEqual(['enable', 'configure terminal', 'router bgp 65001', 'end']);
  });

  it('is not done when a command was refused, and the commands behind it are sent all the same', async () => {
    const withdrawal = new Withdrawal();
    withdrawal.setOrders([order('bfdd', 'bfd', 'peer 10.0.0.1', 'shutdown', 'exit', 'peer 10.0.0.2', 'shutdown')]);
    bfdd.refuses = 'peer 10.0.0.1';
    expect(await withdrawal.run()).toBe(false);
    expect(bfdd.commands.slice(-4)).toEqual(['exit', 'peer 10.0.0.2', 'shutdown', 'end']);
    bfdd.refuses = '';
    expect(await withdrawal.run()).toBe(true);
  });

  it('is done where what was to be removed is not there', async () => {
    const withdrawal = new Withdrawal();
    withdrawal.setOrders([order('bfdd', 'bfd', 'no peer 10.0.0.1')]);
    bfdd.refuses = 'no peer';
    expect(await withdrawal.run()).toBe(true);
  });

  it('is carried out by one daemon while another one does not run', async () => {
    const withdrawal = new Withdrawal();
    withdrawal.setOrders([order('zebra', 'a'), order('bgpd', 'router bgp 65001')]);
    expect(await withdrawal.run()).toBe(false);
    expect(bgpd.commands).toContain('router bgp 65001');
  });

  it('has its connections open beforehand, again after a restart of FRR, and none that no order names', async () => {
    const withdrawal = new Withdrawal();
    withdrawal.setOrders([order('bfdd', 'bfd'), order('bgpd', 'router bgp 65001')]);
    expect(withdrawal.open).toBe(0);
    await withdrawal.prepare();
    expect(withdrawal.open).toBe(2);
    await withdrawal.prepare();
    expect(bfdd.sockets).toHaveLength(1);
    bfdd.close();
    await expect.poll(() => withdrawal.open).toBe(1);
    rmSync(path('bfdd'), { force: true });
    bfdd = await SimulatedDaemon.open(path('bfdd'));
    await withdrawal.prepare();
    expect(withdrawal.open).toBe(2);
    withdrawal.setOrders([order('bfdd', 'bfd')]);
    expect(withdrawal.open).toBe(1);
    await expect.poll(() => bgpd.sockets[0]?.destroyed).toBe(true);
  });

  it('runs once for all who ask at the same time', async () => {
    const withdrawal = new Withdrawal();
    withdrawal.setOrders([order('bfdd', 'bfd')]);
    expect(await Promise.all([withdrawal.run(), withdrawal.run()])).toEqual([true, true]);
    expect(bfdd.commands.filter((command) => command === 'bfd')).toHaveLength(1);
  });

  it('writes the files of virtual addresses whole, unless another agent runs the node', async () => {
    const file = join(folder, 'track');
    const fenced = new Withdrawal(() => true);
    fenced.setOrders([{ file, text: '-254' }]);
    expect(await fenced.run()).toBe(false);
    expect(existsSync(file)).toBe(false);
    const withdrawal = new Withdrawal();
    withdrawal.setOrders([{ file, text: '-254' }]);
    expect(await withdrawal.run()).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('-254');
    expect(existsSync(`${file}.new`)).toBe(false);
  });
});
