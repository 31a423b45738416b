/*
 * The lab's server: HTTP on port 80 (a page, and downloads at a given rate), and echo over TCP and UDP on port 7, which
 * also detects two clients with the same address and port. A line `allocations` on standard input requests the results.
 * Usage: server-main.js [WINDOW], the time in ms within which a port must not have two clients.
 *   GET /                        a short page
 *   GET /download?blocks=N          N blocks of content.ts
 * Downloads run at the rate of the last line `rate B` on standard input (bytes per second), so that their duration can
 * be controlled.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { createInterface } from 'node:readline';
import { AllocationWitness, WINDOW_MS } from './allocation-witness.ts';
import { BLOCK, contentBlock } from './content.ts';
import { report } from './events.ts';

const ECHO_PORT = 7;
const STEP_MS = 10;

const allocations = new AllocationWitness(Date.now, Number(process.argv[2] ?? WINDOW_MS));
let bytesPerSecond = 1_000_000;

function sendAtRate(response: ServerResponse, blocks: number): void {
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': blocks * BLOCK });
  let sent = 0;
  /** Bytes that may be sent and were not yet. */
  let credit = 0;
  let last = performance.now();
  const send = (): void => {
    const now = performance.now();
    // Limited to one second: what the client could not receive is not caught up.
    credit = Math.min(bytesPerSecond, credit + ((now - last) * bytesPerSecond) / 1000);
    last = now;
    while (sent < blocks && credit >= BLOCK && !response.writableNeedDrain) {
      response.write(contentBlock(sent++));
      credit -= BLOCK;
    }
    if (sent < blocks || response.writableEnded) return;
    clearInterval(timer);
    response.end();
  };
  const timer = setInterval(send, STEP_MS);
  response.on('drain', send);
  response.on('close', () => clearInterval(timer));
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const [word, value] = line.split(' ');
  if (word === 'rate') bytesPerSecond = Number(value);
  if (word === 'allocations') {
    report({ event: 'allocations', ...allocations.summary(), passedOn: allocations.passedOn });
  }
});

const http = createHttpServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://server.lab');
  if (url.pathname === '/download') {
    sendAtRate(response, Number(url.searchParams.get('blocks')));
    return;
  }
  response.end(
    `This is server4, which knows IPv4 only. You come from ${request.socket.remoteAddress ?? 'somewhere'}.\n`,
  );
});

const tcpEcho = createTcpServer((socket) => {
  const { remoteAddress = '', remotePort = 0 } = socket;
  socket.on('error', () => socket.destroy());
  socket.on('data', (data) => {
    allocations.saw('tcp', remoteAddress, remotePort, data.toString());
    socket.write(data);
  });
});

/** One socket for each address of the machine, so that an answer comes from the requested address. */
async function echoUdp(): Promise<void> {
  const own = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses);
  for (const { address } of own.filter(({ family }) => family === 'IPv4')) {
    const socket = createSocket('udp4');
    socket.on('message', (message, from) => {
      allocations.saw('udp', from.address, from.port, message.toString());
      socket.send(message, from.port, from.address);
    });
    socket.bind(ECHO_PORT, address);
    await once(socket, 'listening');
  }
}

http.listen(80, '0.0.0.0');
tcpEcho.listen(ECHO_PORT, '0.0.0.0');
await Promise.all([once(http, 'listening'), once(tcpEcho, 'listening'), echoUdp()]);
report({ event: 'ready' });
