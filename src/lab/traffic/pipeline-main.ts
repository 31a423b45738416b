/*
 * Connections that ask for /metrics again and again without waiting, and read nothing.
 * Usage: pipeline-main.js HOST PORT CONNECTIONS REQUESTS
 */
import { connect } from 'node:net';
import { report } from './events.ts';

const [host = '', port = '', connections = '8', requests = '3000'] = process.argv.slice(2);
const request = `GET /metrics HTTP/1.1\r\nhost: ${host}\r\n\r\n`;

for (let index = 0; index < Number(connections); index++) {
  const socket = connect({ host, port: Number(port) });
  socket.pause();
  socket.on('error', () => socket.destroy()); // the server has had enough of it, which is its right
  socket.write(request.repeat(Number(requests)));
}
report({ event: 'ready' });
setInterval(() => undefined, 60_000);
