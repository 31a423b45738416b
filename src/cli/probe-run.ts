import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { formatHostAndPort, type HostAndPort } from '../drills/probe/host-and-port.ts';
import { ProbeClient } from '../drills/probe/probe-client.ts';
import type { ProbeLine } from '../drills/probe/probe-lines.ts';
import { serveProbes } from '../drills/probe/probe-server.ts';
import { eachLine } from '../drills/probe/socket-lines.ts';
import { EXIT_FAILED } from './exit-status.ts';
import { printFailure } from './failure.ts';

export interface ProbeServeOptions {
  readonly address: string;
  readonly port: number;
}

export interface ProbeRunOptions {
  readonly port: number;
  readonly udp: number;
  readonly tcp: number;
  readonly interval: number;
  readonly new: number;
  readonly ping: boolean;
  readonly name?: string;
  readonly listen?: HostAndPort;
}

/** Maximum number of concurrent readers. */
const MAX_READERS = 8;

export async function runServe({ address, port }: ProbeServeOptions): Promise<void> {
  if (!(await listening({ host: address, port }, '--address and --port', serveProbes(address, port)))) return;
  console.log(JSON.stringify({ event: 'ready' } satisfies ProbeLine));
}

export async function runProbe(address: string, options: ProbeRunOptions): Promise<void> {
  const readers = new Set<Socket>();
  const write = (line: ProbeLine): void => {
    const text = `${JSON.stringify(line)}\n`;
    process.stdout.write(text);
    for (const reader of readers) if (reader.writableLength < text.length * 1000) reader.write(text);
  };
  const probe: { client?: ProbeClient } = {};
  const obey = (line: string): void => {
    if (line === 'mark') probe.client?.mark();
    if (line === 'account') void probe.client?.account();
  };
  // Before the first packet is sent.
  const { listen: place } = options;
  if (place !== undefined && !(await listening(place, '--listen', listen(place, readers, obey)))) return;
  const client = new ProbeClient({
    server: { address, port: options.port },
    udp: options.udp,
    tcp: options.tcp,
    intervalMs: Math.max(1, options.interval),
    fresh: options.new,
    pings: options.ping,
    name: options.name,
    write,
  });
  probe.client = client;
  createInterface({ input: process.stdin }).on('line', obey);
  client.start();
}

/** @returns false when it is not possible, which has been reported */
async function listening(place: HostAndPort, options: string, opened: Promise<void>): Promise<boolean> {
  try {
    await opened;
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const reason = REASONS.get(code) ?? code;
    const message = `cannot listen on ${formatHostAndPort(place)}: ${reason}; choose another by ${options}`;
    printFailure({ code: 'request-invalid', message }, EXIT_FAILED, false);
    return false;
  }
}

/** Of errors of a socket that is to be bound. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'another program does'],
  ['EADDRNOTAVAIL', 'this machine has no such address'],
  ['EACCES', 'only root may use this port'],
]);

async function listen({ host, port }: HostAndPort, readers: Set<Socket>, obey: (line: string) => void): Promise<void> {
  const server = createServer((socket) => {
    if (readers.size >= MAX_READERS) {
      socket.destroy();
      return;
    }
    readers.add(socket);
    socket.on('close', () => readers.delete(socket));
    eachLine(socket, obey);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}
