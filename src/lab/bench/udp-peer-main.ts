import { createInterface } from 'node:readline';
import { ReadPoll } from '../../linux/descriptors.ts';
import { ANY_ADDRESS, UdpBatchSocket } from '../../linux/udp-socket.ts';
import { parseIpv4 } from '../../net/ipv4-address.ts';
import { parseIpv6 } from '../../net/ipv6-address.ts';

/*
 * One end of a stream of UDP datagrams, in a separate process:
 *
 *     udp-peer-main.js listen PORT          waits for a datagram and takes its sender for the other end
 *     udp-peer-main.js connect ADDRESS PORT sends one, which makes the way back (a session) where there is a translator
 *
 * It prints `ready` once it knows the other end, then executes commands from its standard input, each answered by one
 * line of JSON:
 *
 *     {"send":{"pps":N,"seconds":S,"payload":BYTES}}   →  {"sent":…,"seconds":…}
 *     {"cut":BYTES,"df":BOOL}                          →  {"cut":BYTES}      what is sent then is cut into datagrams (UDP_SEGMENT)
 *     {"reset":true}                                   →  {"reset":true}
 *     {"count":true}                                   →  {"received":…,"bytes":…}
 *
 * The kernel drops datagrams with a wrong checksum before they are counted.
 */
const HELLO_LENGTH = 4;
/** Maximum size of a send, bytes; longer ones use GSO. */
const LARGEST = 16_384;
/** Maximum interval of checking for commands, milliseconds. */
const POLL_MS = 2;

interface SendOrder {
  readonly pps: number;
  readonly seconds: number;
  readonly payload: number;
}

const socket = new UdpBatchSocket({ size: LARGEST });
const poll = new ReadPoll([socket.fd]);
/** Without descriptors: used to sleep. */
const pause = new ReadPoll([]);
const commands: string[] = [];
let received = 0;
let bytes = 0;
let known = false;

function addressBytes(text: string): Uint8Array {
  const v4 = parseIpv4(text);
  const address = v4 === undefined ? parseIpv6(text) : mapped(v4);
  if (address === undefined) throw new Error(`not an address: ${text}`);
  return address;
}

function mapped(v4: number): Uint8Array {
  const address = new Uint8Array(16);
  new DataView(address.buffer).setUint32(12, v4);
  address.fill(0xff, 10, 12);
  return address;
}

function say(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}

function receive(): boolean {
  const count = socket.receive();
  for (let index = 0; index < count; index++) {
    if (socket.lengthOf(index) === HELLO_LENGTH) greet(index);
    else {
      received += 1;
      bytes += socket.lengthOf(index);
    }
  }
  return count === socket.batch;
}

/** The first greeting identifies the other end; it is answered as an acknowledgement. */
function greet(index: number): void {
  if (!known) {
    const { address, port } = socket.sourceOf(index);
    if (mode === 'listen') {
      socket.connect(address, port);
      socket.send(1, HELLO_LENGTH);
    }
    known = true;
    process.stdout.write('ready\n');
  }
}

/**
 * Sends at a constant rate, in bursts of at most a millisecond; stops at the end of the time regardless of the number
 * sent.
 */
function send({ pps, seconds, payload }: SendOrder): void {
  const start = performance.now();
  const end = start + seconds * 1000;
  const wanted = Math.round(pps * seconds);
  let sent = 0;
  for (let now = start; now < end && sent < wanted; now = performance.now()) {
    const due = Math.min(wanted, Math.ceil(((now - start) * pps) / 1000) + 1) - sent;
    if (due <= 0) {
      pause.wait(1);
      continue;
    }
    sent += socket.send(Math.min(due, socket.batch), payload);
  }
  say({ sent, seconds: (performance.now() - start) / 1000 });
}

function obey(line: string): void {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the course writes orders
  const order = JSON.parse(line) as { send?: SendOrder; count?: boolean; reset?: boolean; cut?: number; df?: boolean };
  if (order.send !== undefined) return send(order.send);
  if (order.cut !== undefined) {
    socket.cutInto(order.cut);
    socket.setDontFragment(order.df === true);
    return say({ cut: order.cut });
  }
  if (order.reset === true) {
    received = 0;
    bytes = 0;
    return say({ reset: true });
  }
  say({ received, bytes });
}

function iterate(): void {
  let more = receive();
  for (let count = 0; more && count < 64; count++) more = receive();
  if (!known && mode === 'connect') socket.send(1, HELLO_LENGTH);
  for (let line = commands.shift(); line !== undefined; line = commands.shift()) obey(line);
  if (!more) poll.wait(known ? POLL_MS : 20);
  setImmediate(iterate);
}

const [mode, ...where] = process.argv.slice(2);
if (mode === 'listen' && where.length === 1) socket.bind(ANY_ADDRESS, Number(where[0]));
else if (mode === 'connect' && where.length === 2) socket.connect(addressBytes(where[0] ?? ''), Number(where[1]));
else throw new Error('usage: udp-peer-main.js listen PORT | connect ADDRESS PORT');
createInterface({ input: process.stdin })
  .on('line', (line) => commands.push(line))
  .on('close', () => process.exit(0));
iterate();
