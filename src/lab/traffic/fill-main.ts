/*
 * Opens UDP sessions like many clients at once: packets of 64-byte frames' size from a TUN device, as if a network of
 * clients were behind this machine. Session number n comes from a client of its own /64 for each n below CLIENTS, then
 * from further ports of theirs. Usage: fill-main.js TUN SERVER Standard input: lines `{"first":N,"count":C,"pps":R}`,
 * each answered by a line with the number sent.
 */
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { ReadPoll } from '../../linux/descriptors.ts';
import { Tun, TUN_AGAIN } from '../../linux/tun.ts';
import { complement, fold, pseudoHeaderSum, sumWords } from '../../net/checksum.ts';
import { parseIpv6 } from '../../net/ipv6-address.ts';
import { report } from './events.ts';

const CLIENTS = 4096;
/** fd77:0:0:CLIENT::1 */
const CLIENT_PREFIX = 0xfd77;
const FIRST_PORT = 1024;
/** The Discard port (RFC 863). */
const DISCARD = 9;
const IPV6 = 40;
const UDP = 17;
const LENGTH = 64;

const order = z.strictObject({ first: z.number(), count: z.number(), pps: z.number() });

const [name = '', target = ''] = process.argv.slice(2);
const server = parseIpv6(target);
if (server === undefined) throw new Error('usage: fill-main.js TUN SERVER');
const tun = Tun.open({ name, withoutOffloads: true });
const pause = new ReadPoll([]);
const packet = new DataView(new ArrayBuffer(LENGTH));
const bytes = new Uint8Array(packet.buffer);
packet.setUint32(0, 0x60000000);
packet.setUint16(4, LENGTH - IPV6);
packet.setUint8(6, UDP);
packet.setUint8(7, 64);
packet.setUint16(8, CLIENT_PREFIX);
packet.setUint16(22, 1);
bytes.set(server, 24);
packet.setUint16(IPV6 + 2, DISCARD);
packet.setUint16(IPV6 + 4, LENGTH - IPV6);

/** Writes a complete packet of a session. */
function write(number: number): void {
  packet.setUint16(14, number % CLIENTS);
  packet.setUint16(IPV6, FIRST_PORT + Math.floor(number / CLIENTS));
  packet.setUint16(IPV6 + 6, 0);
  const sum = sumWords(packet, 8, 32) + pseudoHeaderSum(UDP, LENGTH - IPV6) + sumWords(packet, IPV6, LENGTH - IPV6);
  packet.setUint16(IPV6 + 6, complement(fold(sum)) || 0xffff);
  while (tun.writePacket(packet.buffer, 0, LENGTH) === TUN_AGAIN) pause.wait(1);
}

/** Sends at a constant rate; every packet is sent. */
function fill({ first, count, pps }: z.infer<typeof order>): void {
  const start = performance.now();
  for (let sent = 0; sent < count;) {
    const due = Math.min(count, Math.ceil(((performance.now() - start) * pps) / 1000) + 1);
    if (due <= sent) pause.wait(1);
    for (; sent < due; sent++) write(first + sent);
  }
  report({ event: 'filled', sent: count, seconds: (performance.now() - start) / 1000 });
}

createInterface({ input: process.stdin }).on('line', (line) => fill(order.parse(JSON.parse(line))));
report({ event: 'ready' });
