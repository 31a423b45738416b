/*
 * Connections that ask for /metrics again and again without waiting, and read nothing. So many are there from the start;
 * the standard input of pace.ts opens more, `rate N` N a second, and the oldest of them end.
 * Usage: pipeline-main.js HOST PORT CONNECTIONS REQUESTS
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
  socket.on('error', () => socket.destroy()); // the server has had enough of it, which is its right
  socket.write(text);
  sockets.push(socket);
  if (sockets.length > MOST_OPEN) sockets.shift()?.destroy();
}

for (let index = 0; index < Number(connections); index++) open();
floodAtRate((count) => {
  for (let index = 0; index < count; index++) open();
  return count;
});
