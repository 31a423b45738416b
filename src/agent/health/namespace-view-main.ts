/*
 * The thread behind NamespaceThread: it is in a network namespace, as are the sockets that it opens. An error of a
 * request is its answer; an error of the thread itself ends it, and the next request starts another one.
 */
import { createSocket, type Socket } from 'node:dgram';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { dropCapabilities } from '../../linux/capabilities.ts';
import { EchoSocket } from '../../linux/echo-socket.ts';
import { InterfaceQuery } from '../../linux/interface-state.ts';
import { RouteLookup } from '../../linux/route-lookup.ts';
import { enterNetworkNamespace } from '../../linux/thread.ts';
import { parseIpv4 } from '../../net/ipv4-address.ts';
import { parseIpv6 } from '../../net/ipv6-address.ts';
import { isOwnError, LATE } from './finding.ts';
import type { LocalAddress, RoundTrip, ViewAnswers, ViewCall, ViewQuestion, ViewReply } from './namespace-questions.ts';

/** Polling interval of the socket for an echo reply, milliseconds. */
const REPLY_POLL_MS = 2;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only namespace-view.ts starts this thread
const { namespace } = workerData as { namespace: string | undefined };
if (namespace !== undefined) enterNetworkNamespace(namespace);
dropCapabilities('namespaceView');
const interfaces = new InterfaceQuery();
const routes = new RouteLookup();
let lastPing = 0;

async function answer(question: ViewQuestion): Promise<ViewAnswers[ViewQuestion['method']]> {
  switch (question.method) {
    case 'interfaceState':
      return interfaces.state(question.name);
    case 'interfacesTo': {
      const source = question.source === undefined ? undefined : bytesOf(question.source);
      return question.addresses.map((address) => routes.interfaceTo(bytesOf(address), source));
    }
    case 'localAddresses':
      return localAddresses();
    case 'roundTrip':
      return roundTrip(question.path, question.timeoutMs);
    case 'ping':
      return ping(question.address, question.timeoutMs);
    case 'connect':
    default:
      return connectTo(question.address, question.port, question.timeoutMs);
  }
}

function bytesOf(address: string): Uint8Array {
  const bytes6 = parseIpv6(address);
  if (bytes6 !== undefined) return bytes6;
  const value = parseIpv4(address);
  if (value === undefined) throw new Error(`"${address}" is not an address`);
  return new Uint8Array([value >>> 24, value >>> 16, value >>> 8, value]);
}

/** 127.0.0.0/8 is excluded, on any interface. */
function localAddresses(): LocalAddress[] {
  return Object.entries(networkInterfaces()).flatMap(([name, entries = []]) =>
    entries
      .filter(({ internal, address }) => !internal && !address.startsWith('127.'))
      .map(({ family, address }) => ({ interface: name, family: family === 'IPv4' ? 4 : 6, address })),
  );
}

async function ping(address: string, timeoutMs: number): Promise<number> {
  const sequence = ++lastPing;
  const socket = new EchoSocket(bytesOf(address), process.pid);
  const begun = performance.now();
  try {
    socket.send(sequence);
    while (!socket.hasReply(sequence)) {
      if (performance.now() - begun >= timeoutMs)
        throw silence(`no echo reply within ${timeoutMs} ms`, begun, timeoutMs);
      await new Promise((resolve) => {
        setTimeout(resolve, REPLY_POLL_MS);
      });
    }
    return performance.now() - begun;
  } finally {
    socket.close();
  }
}

async function connectTo(address: string, port: number, timeoutMs: number): Promise<number> {
  const begun = performance.now();
  const socket = connect({ host: address, port });
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = afterPoll(timeoutMs, () => reject(silence(`no answer within ${timeoutMs} ms`, begun, timeoutMs)));
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return performance.now() - begun;
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

/** If a timer is later than this, the thread was not scheduled, and the answer may have arrived. Milliseconds. */
const LATE_MS = 100;

/** Calls back after `delayMs` and a poll for I/O: answers received by then count, even if this thread was late. */
function afterPoll(delayMs: number, callback: () => void): NodeJS.Timeout {
  return setTimeout(() => void setImmediate(callback), delayMs);
}

/** The error for no answer since `begun`, which is only conclusive if this thread was scheduled in time. */
function silence(text: string, begun: number, timeoutMs: number): Error {
  const lateMs = performance.now() - begun - timeoutMs;
  const error = new Error(lateMs > LATE_MS ? `${text}, and the check was late by ${Math.round(lateMs)} ms` : text);
  return lateMs > LATE_MS ? Object.assign(error, { code: LATE }) : error;
}

/** Sockets of a path, reused for each probe: so there is only one session. */
interface ProbeSockets {
  readonly client: Socket;
  readonly server: Socket;
  readonly port: number;
}

/** Maximum number of paths; a node has few instances. Unused sockets are closed beyond this. */
const MAX_WAYS = 64;
const routing = new Map<string, ProbeSockets>();

async function roundTrip(path: RoundTrip, timeoutMs: number): Promise<number> {
  const key = `${path.source6} ${path.target6}`;
  const sockets = routing.get(key) ?? (await openPath(key, path));
  const token = Buffer.from(`isthmus probe ${performance.now()}`);
  const begun = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let listener: ((message: Buffer) => void) | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const text = `the probe did not come back within ${timeoutMs} ms`;
      timer = afterPoll(timeoutMs, () => reject(silence(text, begun, timeoutMs)));
      listener = (message) => {
        if (message.equals(token)) resolve();
      };
      sockets.client.on('message', listener);
      sockets.client.send(token, sockets.port, path.target6, (error) => {
        if (error !== null) reject(error);
      });
    });
    return performance.now() - begun;
  } catch (error) {
    // Sockets that can no longer send, for instance because their address is gone, are recreated by the next probe.
    if (isOwnError(error)) closePath(key);
    throw error;
  } finally {
    clearTimeout(timer);
    if (listener !== undefined) sockets.client.off('message', listener);
  }
}

async function openPath(key: string, { source6, address4 }: RoundTrip): Promise<ProbeSockets> {
  const [oldest] = routing.keys();
  if (oldest !== undefined && routing.size >= MAX_WAYS) closePath(oldest);
  const server = await bound('udp4', address4);
  let client: Socket;
  try {
    client = await bound('udp6', source6);
  } catch (error) {
    server.close();
    throw error;
  }
  server.on('message', (message, { port, address }) => server.send(message, port, address, () => undefined));
  const sockets = { client, server, port: server.address().port };
  routing.set(key, sockets);
  return sockets;
}

function closePath(key: string): void {
  const sockets = routing.get(key);
  routing.delete(key);
  sockets?.client.close();
  sockets?.server.close();
}

async function bound(type: 'udp4' | 'udp6', address: string): Promise<Socket> {
  const socket = createSocket(type);
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind({ address, port: 0, exclusive: true }, () => {
      socket.off('error', reject);
      resolve();
    });
  });
  // An ICMP error for an earlier packet; the pending probe ends by its time limit.
  socket.on('error', () => undefined);
  return socket;
}

parentPort?.on('message', ({ id, question }: ViewCall) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
  const reply = (message: ViewReply): void => parentPort?.postMessage(message);
  answer(question).then(
    (value) => reply({ id, value }),
    (error: unknown) => {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      reply({ id, failure: error instanceof Error ? error.message : String(error), code });
    },
  );
});
