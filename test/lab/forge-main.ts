/*
 * Sends one frame of the log in another node's name, sealed with the cluster's secret, and with the number that this
 * node's next frame will have: what it says its owner never said. Runs on the machine of the node that is to believe
 * it. Usage: forge-main.js
 * '{"cluster":…,"secret":…,"slot":…,"instance":…,"interface":…,"group":…,"port":…,"record":"<hexadecimal>"}' Writes
 * `forged at TIME`, ms since the epoch.
 */
import { createSocket } from 'node:dgram';
import { z } from 'zod';
import { emptyHeader, FrameKind, HEADER_BYTES } from '../../src/replication/frame-header.ts';
import { FrameSeal, SEAL_OVERHEAD } from '../../src/replication/frame-seal.ts';
import { logBodyBytes, writeLogBody } from '../../src/replication/log-body.ts';
import { RECORD_LAYOUT } from '../../src/replication/log-sender.ts';

/** After the last frame of that log. */
const LATE_MS = 60;

const order = z
  .object({
    cluster: z.string(),
    secret: z.string(),
    slot: z.number(),
    instance: z.string(),
    interface: z.string(),
    group: z.string(),
    port: z.number(),
    record: z.string(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const secrets = [Buffer.from(order.secret)];
const record = Buffer.from(order.record, 'hex');
const listening = new FrameSeal(order.cluster, secrets, { slot: order.slot, epoch: 0 });
const place = `::%${order.interface}`;
const group = `${order.group}%${order.interface}`;
const socket = createSocket({ type: 'udp6', reuseAddr: true });

function forge(epoch: number, sequence: number): Buffer {
  const name = Buffer.from(order.instance);
  const frame = Buffer.alloc(SEAL_OVERHEAD + logBodyBytes(name, record.length));
  frame.set(record, writeLogBody(frame, HEADER_BYTES, name, RECORD_LAYOUT, record.length));
  const seal = new FrameSeal(order.cluster, secrets, { slot: order.slot, epoch });
  seal.sealInPlace(FrameKind.log, 0, sequence, frame);
  return frame;
}

let due: NodeJS.Timeout | undefined;

// In quiet times a mark comes each 100 ms. The forged frame takes the number of the next one, and comes shortly before
// it.
socket.on('message', (heard) => {
  const header = emptyHeader();
  if (listening.inspect(heard, header) !== undefined) return;
  if (header.slot !== order.slot || header.kind !== FrameKind.log) return;
  clearTimeout(due);
  due = setTimeout(send, LATE_MS, header.epoch, header.sequence + 1);
});

function send(epoch: number, sequence: number): void {
  socket.removeAllListeners('message');
  const at = Date.now();
  socket.send(forge(epoch, sequence), order.port, group, () => {
    process.stdout.write(`forged at ${at}\n`, () => process.exit(0));
  });
}

socket.bind(order.port, group, () => {
  socket.addMembership(order.group, place);
  socket.setMulticastInterface(place);
  socket.setMulticastLoopback(true);
});
setTimeout(() => {
  process.stderr.write(`no frame of the log of slot ${order.slot} was heard on ${order.interface}\n`);
  process.exit(1);
}, 5000).unref();
