/*
 * The lab's server: HTTP on port 80 (a page, and downloads at a given rate), and echo over TCP and UDP on port 7.
 *   GET /                        a short page
 *   GET /download?blocks=N&rate=B   N blocks of content.ts at B bytes per second
 */
import { createSocket } from 'node:dgram';
import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { BLOCK, contentBlock } from './content.ts';
import { report } from './events.ts';

const ECHO_PORT = 7;
const STEP_MS = 10;

function sendAtRate(response: ServerResponse, blocks: number, bytesPerSecond: number): void {
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': blocks * BLOCK });
  const started = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.min(blocks, Math.ceil(((performance.now() - started) * bytesPerSecond) / 1000 / BLOCK));
    // A full socket buffer means that the client does not get it: the rest waits for the next step.
    while (sent < due && !response.writableNeedDrain) response.write(contentBlock(sent++));
    if (sent < blocks) return;
    clearInterval(timer);
    response.end();
  }, STEP_MS);
  response.on('close', () => clearInterval(timer));
}

const http = createHttpServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://server.lab');
  if (url.pathname === '/download') {
    sendAtRate(response, Number(url.searchParams.get('blocks')), Number(url.searchParams.get('rate')));
    return;
  }
  response.end(
    `This is server4, which knows IPv4 only. You come from ${request.socket.remoteAddress ?? 'somewhere'}.\n`,
  );
});

const tcpEcho = createTcpServer((socket) => {
  socket.on('error', () => socket.destroy());
  socket.pipe(socket);
});

const udpEcho = createSocket('udp4');
udpEcho.on('message', (message, from) => udpEcho.send(message, from.port, from.address));

http.listen(80, '0.0.0.0', () => {
  tcpEcho.listen(ECHO_PORT, '0.0.0.0', () => {
    udpEcho.bind(ECHO_PORT, '0.0.0.0', () => report({ event: 'ready' }));
  });
});
