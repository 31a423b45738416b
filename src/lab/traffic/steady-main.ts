/*
 * Sends a small UDP packet to each destination at a constant rate, regardless of answers. Usage: steady-main.js
 * INTERVAL-MS DESTINATION[,DESTINATION…]
 */
import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { report } from './events.ts';

const PORT = 9000;
const [interval = '', destinations = ''] = process.argv.slice(2);
const sockets = destinations.split(',').map((address) => {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  socket.on('error', () => undefined); // no route at the moment, which is being measured
  return { socket, address };
});
setInterval(() => {
  for (const { socket, address } of sockets) socket.send('.', PORT, address, () => undefined);
}, Number(interval));
report({ event: 'ready' });
