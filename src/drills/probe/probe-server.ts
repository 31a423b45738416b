import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Maximum number of connections; further ones are closed. */
const MAX_CONNECTIONS = 4096;
const IDLE_MS = 5 * 60_000;

/**
 * The remote end of probes: echoes over UDP and TCP, on one address. It is stateless, and never sends more than it has
 * received.
 * @throws errors of the sockets: the port is in use, the address does not exist
 */
export async function serveProbes(address: string, port: number): Promise<void> {
  const udp = createSocket({ type: address.includes(':') ? 'udp6' : 'udp4', recvBufferSize: 1 << 20 });
  udp.on('message', (message, from) => udp.send(message, from.port, from.address));
  udp.bind(port, address);
  await once(udp, 'listening');
  const tcp = createServer((socket) => {
    socket.setNoDelay(true);
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.pipe(socket);
  });
  tcp.maxConnections = MAX_CONNECTIONS;
  tcp.listen(port, address);
  await once(tcp, 'listening').catch((error: unknown) => {
    udp.close();
    throw error;
  });
}
