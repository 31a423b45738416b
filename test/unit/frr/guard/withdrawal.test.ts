import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BgpAnnouncer } from '../../../../src/frr/bgp-announcer.ts';
import { Withdrawal } from '../../../../src/frr/guard/withdrawal.ts';
import { SimulatedBgpd } from '../simulated-bgpd.ts';

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

/** The simulated bgpd, behind a real UNIX socket. */
async function listen(bgpd: SimulatedBgpd, path: string): Promise<Server> {
  const answer = async (command: string): Promise<Buffer> => {
    try {
      const shown = command.startsWith('show ') ? await bgpd.show(command) : '';
      if (!command.startsWith('show ')) await bgpd.configure([command]);
      return Buffer.concat([Buffer.from(shown), Buffer.from([0, 0, 0, 0])]);
    } catch (error) {
      return Buffer.concat([Buffer.from(`% ${String(error)}\n`), Buffer.from([0, 0, 0, 1])]);
    }
  };
  const server = createServer((socket) => {
    socket.on('data', (data) => {
      for (const command of data.toString().split('\0').filter(Boolean)) {
        void answer(command).then((bytes) => socket.write(bytes));
      }
    });
  });
  await new Promise<void>((done) => void server.listen(path, done));
  return server;
}

describe("the guard's withdrawal", () => {
  let folder: string;
  let bfdd: SimulatedDaemon;
  let bgpd: SimulatedDaemon;
  const path = (name: string): string => join(folder, `${name}.vty`);
  const order = (name: string, ...commands: string[]) => ({
    socketPath: path(name),
    steps: [{ method: 'bfd-shutdown', commands: ['configure terminal', ...commands, 'end'] }] as const,
    verifyMs: 500,
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
    await vi.waitFor(() => expect(withdrawal.open).toBe(1));
    rmSync(path('bfdd'), { force: true });
    bfdd = await SimulatedDaemon.open(path('bfdd'));
    await withdrawal.prepare();
    expect(withdrawal.open).toBe(2);
    withdrawal.setOrders([order('bfdd', 'bfd')]);
    expect(withdrawal.open).toBe(1);
    await vi.waitFor(() => expect(bgpd.sockets[0]?.destroyed).toBe(true));
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

  it('takes the next method when FRR refuses one, and says why', async () => {
    const withdrawal = new Withdrawal();
    const { socketPath } = order('bfdd');
    const steps = [
      { method: 'bfd-shutdown', commands: ['configure terminal', 'bfd', 'peer 10.0.0.1', 'shutdown', 'end'] },
      { method: 'bfd-remove', commands: ['configure terminal', 'bfd', 'no peer 10.0.0.1', 'end'] },
    ] as const;
    withdrawal.setOrders([{ socketPath, steps, verifyMs: 500 }]);
    bfdd.refuses = 'shutdown';
    expect(await withdrawal.run()).toBe(true);
    expect(bfdd.commands).toContain('no peer 10.0.0.1');
    expect(withdrawal.withoutEffect).toEqual(['bfd-shutdown: FRR refused: shutdown: % refused']);
    bfdd.refuses = '';
    expect(await withdrawal.run()).toBe(true);
    expect(withdrawal.withoutEffect).toEqual([]);
  });

  it.each([
    { methods: ['bgp-prefix', 'bgp-shutdown'], shut: [true, true], done: true },
    { methods: ['bgp-prefix'], shut: [false, false], done: false },
  ] as const)('goes on when bgpd has forgotten to tell a neighbour: $methods', async ({ methods, shut, done }) => {
    const told = new SimulatedBgpd();
    for (const peer of ['10.0.0.1', '2001:db8:a::1']) told.add(peer);
    const options = {
      upstream: 'core',
      asn: 64512,
      neighbors: [{ peer: '10.0.0.1' }, { peer: '2001:db8:a::1' }],
      prefixes: ['11.64.0.0/29', '64:ff9b::/97'].map((prefix) => ({ prefix, rank: 0 })),
      methods,
      verifyMs: 40,
    };
    const announcer = new BgpAnnouncer(options, told);
    await announcer.announce('announced');
    await announcer.observe();
    const server = await listen(told, path('told'));
    const withdrawal = new Withdrawal();
    try {
      const socketPath = path('told');
      withdrawal.setOrders(announcer.guardOrders().map(({ steps, verifyMs }) => ({ socketPath, steps, verifyMs })));
      expect(await withdrawal.run()).toBe(true);
      expect([...told.networks]).toEqual([]);
      expect([...told.neighbors.values()].map((one) => one.shut)).toEqual([false, false]);
      await announcer.announce('announced');
      told.remembered.add('64:ff9b::/97');
      expect(await withdrawal.run()).toBe(done);
      expect(withdrawal.withoutEffect).toEqual(['bgp-prefix: a prefix is still advertised to a neighbour after 40 ms']);
      expect([...told.networks]).toEqual([]);
      expect([...told.neighbors.values()].map((one) => one.shut)).toEqual(shut);
    } finally {
      withdrawal.setOrders([]);
      server.close();
    }
  });
});
