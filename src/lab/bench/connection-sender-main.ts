import { createInterface } from 'node:readline';
import { ReadPoll } from '../../linux/descriptors.ts';
import { UdpBatchSocket } from '../../linux/udp-socket.ts';
import { parseIpv6 } from '../../net/ipv6-address.ts';

/*
 * Opens connections in the manner of RFC 9693: one 64-byte packet (on the IPv4 side) for each, each to a different
 * address or port.
 *
 *     connection-sender-main.js ADDRESS     prints `ready`, then obeys lines on its standard input:
 *
 *     {"first":N,"count":C,"pps":R}   →  {"sent":…,"seconds":…}
 *
 * Connection number n goes to port 1 + n modulo 65535 of the address that is ADDRESS with its last 16 bits set to 1 + n
 * / 65535.
 */
const PAYLOAD = 36;
const PORTS = 65_535;

interface Order {
  readonly first: number;
  readonly count: number;
  readonly pps: number;
}

const base = parseIpv6(process.argv[2] ?? '');
if (base === undefined) throw new Error('usage: connection-sender-main.js ADDRESS');
const socket = new UdpBatchSocket();
const pause = new ReadPoll([]);

/** Sends at a constant rate, or as fast as possible; every datagram is sent. */
function open({ first, count, pps }: Order): void {
  const start = performance.now();
  let sent = 0;
  while (sent < count) {
    const due = Math.min(count, Math.ceil(((performance.now() - start) * pps) / 1000) + 1) - sent;
    if (due <= 0) {
      pause.wait(1);
      continue;
    }
    const batch = Math.min(due, socket.batch);
    for (let index = 0; index < batch; index++) aim(index, first + sent + index);
    sent += socket.sendApart(batch, PAYLOAD);
  }
  process.stdout.write(`${JSON.stringify({ sent, seconds: (performance.now() - start) / 1000 })}\n`);
}

const address = new Uint8Array(base);

function aim(index: number, number: number): void {
  const place = 1 + Math.floor(number / PORTS);
  address[14] = place >> 8;
  address[15] = place & 255;
  socket.setDestination(index, address, 1 + (number % PORTS));
}

createInterface({ input: process.stdin })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the course writes orders
  .on('line', (line) => open(JSON.parse(line) as Order))
  .on('close', () => process.exit(0));
process.stdout.write('ready\n');
