/*
 * When packets still come: UDP to ARRIVALS_PORT, for whatever address, each family for itself. With destinations it is
 * the other end: it sends to each of them at a steady pace.
 * Usage: arrivals-main.js [INTERVAL-MS DESTINATION[,DESTINATION…]]
 * Standard input: `arrivals` reports the last arrival of each family, by the machine's monotonic clock.
 */
import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { createInterface } from 'node:readline';
import { report } from './events.ts';

const ARRIVALS_PORT = 9000;
const [interval, destinations] = process.argv.slice(2);

/** CLOCK_MONOTONIC, which is one for all processes of a machine, ms. */
function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

function send(intervalMs: number, addresses: readonly string[]): void {
  const sockets = addresses.map((address) => {
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
    socket.on('error', () => undefined); // no route at the moment: that is what is measured
    return { socket, address };
  });
  setInterval(() => {
    for (const { socket, address } of sockets) socket.send('.', ARRIVALS_PORT, address, () => undefined);
  }, intervalMs);
  report({ event: 'ready' });
}

function receive(): void {
  const last = { v4: 0, v6: 0 };
  const sockets = [
    { socket: createSocket('udp4'), family: 'v4', any: '0.0.0.0' },
    { socket: createSocket({ type: 'udp6', ipv6Only: true }), family: 'v6', any: '::' },
  ] as const;
  let open = 0;
  for (const { socket, family, any } of sockets) {
    socket.on('message', () => {
      last[family] = monotonicMs();
    });
    socket.bind(ARRIVALS_PORT, any, () => {
      if (++open === sockets.length) report({ event: 'ready' });
    });
  }
  createInterface({ input: process.stdin }).on('line', () =>
    report({ event: 'arrivals', ...last, nowMs: monotonicMs() }),
  );
}

if (interval !== undefined && destinations !== undefined) send(Number(interval), destinations.split(','));
else receive();
