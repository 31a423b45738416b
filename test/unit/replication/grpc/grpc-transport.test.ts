import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { makeTlsAuthority } from '../../../../src/cluster/tls-authority.ts';
import { systemClock } from '../../../../src/replication/clock.ts';
import { type GrpcPeer, GrpcTransport } from '../../../../src/replication/grpc/grpc-transport.ts';
import type { TlsIdentity } from '../../../../src/replication/grpc/tls-identity.ts';

const QUEUE = 100;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'isthmus-grpc-'));
  for (const cluster of ['ours', 'theirs']) {
    const nodes = ['gw1', 'gw2', 'gw3', 'stranger'];
    await makeTlsAuthority({ directory: join(directory, cluster), cluster, nodes, force: false });
  }
});

afterAll(async () => rm(directory, { recursive: true, force: true }));

async function identityOf(node: string, cluster = 'ours'): Promise<TlsIdentity> {
  const read = (file: string): Promise<Buffer> => readFile(join(directory, cluster, node, file));
  return { ca: await read('ca.crt'), certificate: await read('node.crt'), key: await read('node.key') };
}

const running: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});

/** A transport, and what came to it, as text. */
interface Node {
  readonly transport: GrpcTransport;
  readonly came: string[];
  readonly changes: string[];
  readonly refused: string[];
}

async function start(self: GrpcPeer, peers: readonly GrpcPeer[], identity: TlsIdentity): Promise<Node> {
  const [came, changes, refused]: [string[], string[], string[]] = [[], [], []];
  const transport = new GrpcTransport({
    self,
    peers,
    identity,
    queueFrames: QUEUE,
    clock: systemClock,
    random: () => 0.5,
    onChange: (link, connected, reason) => changes.push(`${link} ${connected ? 'up' : `down: ${reason}`}`),
    onRefused: (reason) => refused.push(reason),
  });
  running.push(transport);
  await transport.start((link, frame) => came.push(`${transport.links[link].name} ${Buffer.from(frame).toString()}`));
  return { transport, came, changes, refused };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const place = probe.address();
  await new Promise((resolve) => {
    probe.close(resolve);
  });
  if (typeof place !== 'object' || place === null) throw new Error('no port');
  return place.port;
}

async function places(): Promise<[GrpcPeer, GrpcPeer]> {
  const place = async (slot: number): Promise<GrpcPeer> => {
    return { name: `gw${slot}`, slot, address: '127.0.0.1', port: await freePort() };
  };
  return [await place(1), await place(2)];
}

async function until(what: string, condition: () => boolean): Promise<void> {
  const look = (): void => {
    if (!condition()) throw new Error(`waited 20 s for ${what}`);
  };
  await vi.waitFor(look, { timeout: 20_000, interval: 20 });
}

const frame = (text: string): Buffer => Buffer.from(text.padEnd(8));

async function pair(): Promise<{ one: Node; two: Node; gw1: GrpcPeer; gw2: GrpcPeer }> {
  const [gw1, gw2] = await places();
  const one = await start(gw1, [gw2], await identityOf('gw1'));
  const two = await start(gw2, [gw1], await identityOf('gw2'));
  await until('both connected', () => [one, two].every(({ transport }) => transport.links[0].connected));
  return { one, two, gw1, gw2 };
}

it('carries frames both ways, whole and in order', async () => {
  const { one, two } = await pair();
  for (let index = 0; index < 50; index++) {
    expect(one.transport.links[0].send(frame(`a${index}`))).toBe(true);
    expect(two.transport.links[0].send(frame(`b${index}`))).toBe(true);
  }
  await until('all frames', () => one.came.length + two.came.length === 100);
  expect(two.came).toEqual(Array.from({ length: 50 }, (_, index) => `grpc:gw1 ${frame(`a${index}`).toString()}`));
  expect(one.came).toEqual(Array.from({ length: 50 }, (_, index) => `grpc:gw2 ${frame(`b${index}`).toString()}`));
});

it('calls again, until the other node is back', async () => {
  const { one, two, gw1, gw2 } = await pair();
  await one.transport.close();
  expect(one.transport.links[0].send(frame('x'))).toBe(false);
  await until('the loss to be seen', () => !two.transport.links[0].connected);
  expect(two.transport.links[0].send(frame('x'))).toBe(false);
  await until('calls in vain', () => two.transport.links[0].streamStatus().failures > 1);
  expect(two.transport.links[0].streamStatus().reason).toMatch(/ECONNREFUSED|No connection/);
  const again = await start(gw1, [gw2], await identityOf('gw1'));
  await until('both connected', () => again.transport.links[0].connected && two.transport.links[0].connected);
  expect(two.transport.links[0].streamStatus().connects).toBe(2);
  expect(two.changes.map((text) => text.slice(0, 13))).toEqual(['grpc:gw1 up', 'grpc:gw1 down', 'grpc:gw1 up']);
  two.transport.links[0].send(frame('back'));
  await until('the frame', () => again.came.length === 1);
});

it.each([
  ['a node of another authority', 'gw2', 'theirs', 'unproven'],
  ['a certificate that is not of a peer', 'stranger', 'ours', 'notANode'],
])('refuses %s', async (_, name, cluster, reason) => {
  const [gw1, gw2] = await places();
  const one = await start(gw1, [gw2], await identityOf('gw1'));
  // It trusts the one it calls, and is not trusted.
  const { ca } = await identityOf('gw1');
  const bad = await start(gw2, [gw1], { ...(await identityOf(name, cluster)), ca });
  await until('a refusal', () => one.refused.includes(reason));
  await until('a failure', () => bad.transport.links[0].streamStatus().failures > 0);
  expect(one.transport.links[0].connected).toBe(false);
  expect([...one.transport.connectionsRefused().keys()]).toEqual([reason]);
  expect(bad.transport.links[0].send(frame('x'))).toBe(false);
  expect(one.came).toEqual([]);
});

it('refuses a peer that should wait to be called', async () => {
  const [gw1, gw2] = await places();
  const gw3 = { ...gw1, name: 'gw3', slot: 3 };
  // It listens for the third node; the first one has a lower slot than it, and calls all the same.
  const two = await start(gw2, [gw1, gw3], await identityOf('gw2'));
  const one = await start({ ...gw1, slot: 9 }, [gw2], await identityOf('gw1'));
  await until('a refusal', () => two.refused.includes('notANode'));
  expect([two.transport.links[0].connected, one.transport.links[0].connected]).toEqual([false, false]);
});

it('says where it cannot listen', async () => {
  const [gw1, gw2] = await places();
  await start(gw1, [gw2], await identityOf('gw1'));
  const error = `gRPC cannot listen on 127.0.0.1:${gw1.port}: listen EADDRINUSE`;
  await expect(start(gw1, [gw2], await identityOf('gw1'))).rejects.toThrow(error);
  const six = start({ ...gw1, address: '2001:db8::dead' }, [gw2], await identityOf('gw1'));
  await expect(six).rejects.toThrow(`gRPC cannot listen on [2001:db8::dead]:${gw1.port}: `);
});

it('does not send to a server of another authority, nor to another node than it called', async () => {
  const [gw1, gw2] = await places();
  await start(gw1, [gw2], { ...(await identityOf('gw1', 'theirs')), ca: (await identityOf('gw2')).ca });
  const two = await start(gw2, [gw1], await identityOf('gw2'));
  await until('a failure', () => two.transport.links[0].streamStatus().failures > 0);
  const [gw3, gw4] = await places();
  await start(gw3, [{ ...gw4, name: 'gw2' }], await identityOf('stranger'));
  const called = await start({ ...gw4, name: 'gw2' }, [gw3], await identityOf('gw2'));
  await until('a failure', () => called.transport.links[0].streamStatus().failures > 0);
  expect(called.transport.links[0].streamStatus().reason).toContain('its certificate is that of stranger');
  expect(two.transport.links[0].connected).toBe(false);
});

it('counts who comes without TLS, without a certificate, or with nonsense', async () => {
  const [gw1, gw2] = await places();
  const one = await start(gw1, [gw2], await identityOf('gw1'));
  const plain = connect(gw1.port, gw1.address, () => plain.write('GET / HTTP/1.1\r\n\r\n'));
  plain.on('error', () => undefined).on('data', () => undefined);
  const anonymous = connectTls({ host: gw1.address, port: gw1.port, rejectUnauthorized: false, ALPNProtocols: ['h2'] });
  anonymous.on('error', () => undefined).on('data', () => undefined);
  await until('both refused', () => one.refused.length === 2);
  expect(one.transport.connectionsRefused().get('unproven')).toBe(2);
});

/** Passes bytes between two ports, until it is told to stop reading. */
async function relay(to: GrpcPeer): Promise<{ readonly port: number; stall(): void; server: Server }> {
  const sockets: Socket[] = [];
  const server = createServer((inner) => {
    const outer = connect(to.port, to.address);
    for (const socket of [inner, outer]) socket.on('error', () => undefined);
    inner.pipe(outer).pipe(inner);
    sockets.push(inner, outer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const place = server.address();
  if (typeof place !== 'object' || place === null) throw new Error('no port');
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  running.push({ close });
  const stall = (): void => {
    for (const socket of sockets) socket.unpipe().pause();
  };
  return { port: place.port, stall, server };
}

it('refuses frames when the queue is full, and gives a connection up on which nothing comes', async () => {
  const [gw1, gw2] = await places();
  const one = await start(gw1, [gw2], await identityOf('gw1'));
  const between = await relay(gw1);
  const two = await start(gw2, [{ ...gw1, port: between.port }], await identityOf('gw2'));
  await until('both connected', () => [one, two].every(({ transport }) => transport.links[0].connected));
  between.stall();
  const [link] = two.transport.links;
  const log = Buffer.alloc(50_000);
  log[5] = 1;
  let taken = 0;
  await until('a refusal', () => {
    for (let times = 0; times < 20 && link.send(log); times++) taken++;
    return link.streamStatus().refusedFull > 0;
  });
  // Beside the queue, what the sockets and HTTP/2 take before they are full.
  expect(taken).toBeLessThan(QUEUE + 500);
  const heartbeat = Buffer.from(log);
  heartbeat[5] = 3;
  expect(link.send(heartbeat)).toBe(true);
  await until('the end', () => !link.connected);
  expect(two.changes[1]).toContain('down');
});
