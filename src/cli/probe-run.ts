import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { ProbeClient } from '../drills/probe/probe-client.ts';
import type { ProbeLine } from '../drills/probe/probe-lines.ts';
import { serveProbes } from '../drills/probe/probe-server.ts';
import { eachLine } from '../drills/probe/socket-lines.ts';

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
  readonly listen?: string;
}

/** Maximum number of concurrent readers. */
const MAX_READERS = 8;

export async function runServe({ address, port }: ProbeServeOptions): Promise<void> {
  await serveProbes(address, port);
  console.log(JSON.stringify({ event: 'ready' } satisfies ProbeLine));
}

export async function runProbe(address: string, options: ProbeRunOptions): Promise<void> {
  const readers = new Set<Socket>();
  const write = (line: ProbeLine): void => {
    const text = `${JSON.stringify(line)}\n`;
    process.stdout.write(text);
    for (const reader of readers) if (reader.writableLength < text.length * 1000) reader.write(text);
  };
  const probe = new ProbeClient({
    server: { address, port: options.port },
    udp: options.udp,
    tcp: options.tcp,
    intervalMs: Math.max(1, options.interval),
    fresh: options.new,
    pings: options.ping,
    name: options.name,
    write,
  });
  const obey = (line: string): void => {
    if (line === 'mark') probe.mark();
    if (line === 'account') void probe.account();
  };
  createInterface({ input: process.stdin }).on('line', obey);
  if (options.listen !== undefined) await listen(options.listen, readers, obey);
  probe.start();
}

async function listen(place: string, readers: Set<Socket>, obey: (line: string) => void): Promise<void> {
  const at = place.lastIndexOf(':');
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
    server.listen(Number(place.slice(at + 1)), place.slice(0, at).replaceAll(/[[\]]/g, ''), resolve);
  });
}
