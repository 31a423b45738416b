import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeTlsAuthority } from '../../../../src/cluster/tls-authority.ts';
import { BackOff } from '../../../../src/replication/grpc/back-off.ts';
import { GrpcLink, type PeerStream } from '../../../../src/replication/grpc/grpc-link.ts';
import { PeerDialer } from '../../../../src/replication/grpc/peer-dialer.ts';
import { PeerServer } from '../../../../src/replication/grpc/peer-server.ts';
import type { TlsIdentity } from '../../../../src/replication/grpc/tls-identity.ts';
import { SimulatedClock } from '../simulated-network.ts';

/** A peer that has not accepted the stream by then is called again; who has proven nothing by then is cut off. */
const PATIENCE_MS = 5000;
const FIRST_WAIT_MS = 100;
const WITHIN = { timeout: 20_000, interval: 5 };

let directory: string;
const running: (() => unknown)[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'isthmus-grpc-ends-'));
  await makeTlsAuthority({ directory, cluster: 'ours', nodes: ['gw1', 'gw2'], force: false });
});
afterAll(async () => rm(directory, { recursive: true, force: true }));
afterEach(async () => {
  await Promise.all(running.splice(0).map((close) => close()));
});

async function identityOf(node: string): Promise<TlsIdentity> {
  const read = (file: string): Promise<Buffer> => readFile(join(directory, node, file));
  return { ca: await read('ca.crt'), certificate: await read('node.crt'), key: await read('node.key') };
}

/** Takes connections and says nothing. */
async function silentServer(): Promise<{ readonly port: number; readonly sockets: Socket[]; readonly server: Server }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  running.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const place = server.address();
  if (typeof place !== 'object' || place === null) throw new Error('no port');
  return { port: place.port, sockets, server };
}

async function dialerTo(port: number): Promise<{
  readonly clock: SimulatedClock;
  readonly link: GrpcLink;
  readonly dialer: PeerDialer;
  readonly changes: string[];
}> {
  const [clock, link] = [new SimulatedClock(), new GrpcLink({ name: 'gw1', slot: 1 }, 10)];
  const changes: string[] = [];
  const dialer = new PeerDialer(link, {
    peer: 'gw1',
    target: `127.0.0.1:${port}`,
    identity: await identityOf('gw2'),
    clock,
    backOff: new BackOff(FIRST_WAIT_MS, 3000, () => 0),
    onFrame: () => undefined,
    onChange: (connected, reason) => changes.push(connected ? 'up' : `down: ${reason}`),
  });
  running.push(() => dialer.close());
  return { clock, link, dialer, changes };
}

interface Door {
  readonly clock: SimulatedClock;
  readonly server: PeerServer;
  readonly port: number;
  readonly streams: PeerStream[];
  readonly ends: string[];
  readonly refused: string[];
}

/** @param addresses those of nodes; all others are strangers */
async function doorOf(node: string, addresses: readonly string[] = ['127.0.0.1']): Promise<Door> {
  const clock = new SimulatedClock();
  const [streams, ends, refused]: [PeerStream[], string[], string[]] = [[], [], []];
  const server = new PeerServer({
    identity: await identityOf(node),
    clock,
    addresses,
    expects: (name) => name === 'gw2',
    onStream: (_name, stream) => streams.push(stream),
    onFrame: () => undefined,
    onEnd: (name, _stream, reason) => ends.push(`${name}: ${reason}`),
    onRefused: (reason) => refused.push(reason),
  });
  running.push(() => server.close());
  return { clock, server, port: await server.listen('127.0.0.1', 0), streams, ends, refused };
}

const quiet = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
};

describe('a call to a peer', () => {
  it('that is not accepted within five seconds is given up, and made again after a wait', async () => {
    const { port, sockets } = await silentServer();
    const { clock, link, dialer, changes } = await dialerTo(port);
    dialer.dial();
    await vi.waitFor(() => expect(sockets).toHaveLength(1), WITHIN);
    clock.advance(PATIENCE_MS - 1);
    await quiet();
    expect(link.streamStatus()).toMatchObject({ failures: 0, reason: 'no connection yet' });
    clock.advance(1);
    await vi.waitFor(() => expect(link.streamStatus().failures).toBe(1), WITHIN);
    expect(link.streamStatus()).toMatchObject({ connected: false, connects: 0, reason: 'Cancelled on client' });
    clock.advance(FIRST_WAIT_MS - 1);
    await quiet();
    expect(sockets).toHaveLength(1);
    clock.advance(1);
    await vi.waitFor(() => expect(sockets).toHaveLength(2), WITHIN);
    expect(changes).toEqual([]);
  });

  it('that the node itself ends is no failure, and is not made again', async () => {
    const { port, sockets } = await silentServer();
    const { clock, link, dialer, changes } = await dialerTo(port);
    dialer.dial();
    await vi.waitFor(() => expect(sockets).toHaveLength(1), WITHIN);
    dialer.close();
    clock.advance(PATIENCE_MS);
    await quiet();
    dialer.dial();
    clock.advance(PATIENCE_MS);
    await quiet();
    expect([sockets.length, changes, link.streamStatus().failures]).toEqual([1, [], 0]);
  });

  it('that was accepted stays beyond the five seconds; when it ends the next one follows soon', async () => {
    const door = await doorOf('gw1');
    const { clock, link, dialer, changes } = await dialerTo(door.port);
    dialer.dial();
    await vi.waitFor(() => expect(link.connected).toBe(true), WITHIN);
    clock.advance(2 * PATIENCE_MS);
    door.clock.advance(2 * PATIENCE_MS);
    await quiet();
    expect([link.connected, changes, door.refused]).toEqual([true, ['up'], []]);
    door.streams[0]?.end();
    await vi.waitFor(() => expect(link.connected).toBe(false), WITHIN);
    expect(changes).toEqual(['up', 'down: the peer ended the stream']);
    expect(link.streamStatus()).toMatchObject({ connects: 1, failures: 0, reason: 'the peer ended the stream' });
    clock.advance(FIRST_WAIT_MS);
    await vi.waitFor(() => expect(link.connected).toBe(true), WITHIN);
    expect(changes.at(-1)).toBe('up');
  });

  it('that was accepted begins the waits anew', async () => {
    const { port, server, sockets } = await silentServer();
    const { clock, link, dialer } = await dialerTo(port);
    server.on('connection', (socket: Socket) => socket.destroy());
    const failed = async (count: number): Promise<void> =>
      vi.waitFor(() => expect(link.streamStatus().failures).toBe(count), WITHIN);
    dialer.dial();
    for (const [index, waitMs] of [100, 200, 400].entries()) {
      await failed(index + 1);
      clock.advance(waitMs - 1);
      await quiet();
      expect(sockets).toHaveLength(index + 1);
      clock.advance(1);
      await vi.waitFor(() => expect(sockets).toHaveLength(index + 2), WITHIN);
    }
  });
});

describe('a visitor', () => {
  it('who has proven nothing within five seconds is cut off', async () => {
    const { clock, port, refused } = await doorOf('gw1');
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    running.push(() => socket.destroy());
    await once(socket, 'connect');
    await quiet();
    clock.advance(PATIENCE_MS - 1);
    await quiet();
    expect([refused, socket.destroyed]).toEqual([[], false]);
    socket.resume();
    clock.advance(1);
    await vi.waitFor(() => expect(refused).toEqual(['unproven']), WITHIN);
    await vi.waitFor(() => expect(socket.closed).toBe(true), WITHIN);
  });

  it('of the address of a node is one of 256 at a time, and the next is sent away', async () => {
    const { port, refused } = await doorOf('gw1');
    const sockets: Socket[] = [];
    const visit = async (): Promise<void> => {
      const socket = connect(port, '127.0.0.1').on('error', () => undefined);
      sockets.push(socket);
      await once(socket, 'connect');
    };
    running.push(() => {
      for (const socket of sockets) socket.destroy();
    });
    for (let count = 0; count < 256; count++) await visit();
    await quiet();
    expect(refused).toEqual([]);
    await visit();
    await vi.waitFor(() => expect(refused).toEqual(['tooMany']), WITHIN);
  });

  it('of another address is one of eight, and of 128 of all; nodes come in beside them', async () => {
    const door = await doorOf('gw1');
    const sockets: Socket[] = [];
    running.push(() => {
      for (const socket of sockets) socket.destroy();
    });
    const visitFrom = async (localAddress: string, times: number): Promise<void> => {
      for (let count = 0; count < times; count++) {
        const socket = connect({ port: door.port, host: '127.0.0.1', localAddress }).on('error', () => undefined);
        sockets.push(socket.resume());
        await once(socket, 'connect');
      }
      await quiet();
    };
    await visitFrom('127.0.0.2', 8);
    expect(door.refused).toEqual([]);
    await visitFrom('127.0.0.2', 2);
    await vi.waitFor(() => expect(door.refused).toEqual(['tooMany', 'tooMany']), WITHIN);
    for (let host = 3; host < 3 + 15; host++) await visitFrom(`127.0.0.${host}`, 8);
    expect(door.refused).toHaveLength(2);
    for (let host = 100; host < 120; host++) await visitFrom(`127.0.0.${host}`, 8);
    await vi.waitFor(() => expect(door.refused).toHaveLength(2 + 20 * 8), WITHIN);
    const { link, dialer } = await dialerTo(door.port);
    dialer.dial();
    await vi.waitFor(() => expect(link.connected).toBe(true), WITHIN);
    // Those that have ended, or were cut off, leave room.
    door.clock.advance(PATIENCE_MS);
    await vi.waitFor(() => expect(door.refused.filter((reason) => reason === 'unproven')).toHaveLength(128), WITHIN);
    await visitFrom('127.0.0.2', 8);
    expect(door.refused).toHaveLength(2 + 20 * 8 + 128);
    expect(link.connected).toBe(true);
  });

  it('who has proven that it is a node is no stranger any more', async () => {
    const door = await doorOf('gw1', []);
    for (let count = 1; count <= 9; count++) {
      const { link, dialer } = await dialerTo(door.port);
      dialer.dial();
      await vi.waitFor(() => expect(link.connected).toBe(true), WITHIN);
    }
    expect(door.refused).toEqual([]);
  });

  it('whose stream ends has ended once, and the stream ends on both sides', async () => {
    const door = await doorOf('gw1');
    const { link, dialer } = await dialerTo(door.port);
    dialer.dial();
    await vi.waitFor(() => expect(door.streams).toHaveLength(1), WITHIN);
    await vi.waitFor(() => expect(link.connected).toBe(true), WITHIN);
    dialer.close();
    link.close();
    await vi.waitFor(() => expect(door.ends).toHaveLength(1), WITHIN);
    await quiet();
    expect(door.ends).toEqual([expect.stringMatching(/^gw2: ./)]);
    expect(door.refused).toEqual([]);
  });

  it('is gone when the door closes, which waits for nobody', async () => {
    const door = await doorOf('gw1');
    const silent = connect(door.port, '127.0.0.1').on('error', () => undefined);
    await once(silent, 'connect');
    silent.resume();
    await quiet();
    await door.server.close();
    await vi.waitFor(() => expect(silent.closed).toBe(true), WITHIN);
    const late = connect(door.port, '127.0.0.1');
    const [error] = await once(late, 'error');
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  });
});
