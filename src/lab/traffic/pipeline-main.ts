/*
 * Connections that pipeline requests for /metrics, and read nothing. CONNECTIONS are opened at the start; the standard
 * input (see pace.ts) opens more, `rate N` N per second, replacing the oldest. Usage: pipeline-main.js HOST PORT
 * CONNECTIONS REQUESTS
 */
import { connect, type Socket } from 'node:net';
import { floodAtRate } from './pace.ts';

const MOST_OPEN = 70;

const [host = '', port = '', connections = '8', requests = '3000'] = process.argv.slice(2);
const text = `GET /metrics HTTP/1.1\r\nhost: ${host}\r\n\r\n`.repeat(Number(requests));
const sockets: Socket[] = [];

function open(): void {
  const socket = connect({ host, port: Number(port) });
  socket.pause();
  socket.on('error', () => socket.destroy()); // the server may close the connection
  socket.write(text);
  sockets.push(socket);
  if (sockets.length > MOST_OPEN) sockets.shift()?.destroy();
}

for (let index = 0; index < Number(connections); index++) open();
floodAtRate((count) => {
  for (let index = 0; index < count; index++) open();
  return count;
});
