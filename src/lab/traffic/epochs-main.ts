/*
 * Floods a replication link with frames of invented later epochs, like a host on the link without the secret. See
 * pace.ts for its standard input. Usage: epochs-main.js INTERFACE GROUP PORT SLOT, with the slot of the impersonated
 * node
 */
import { randomFillSync } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { MulticastSocket } from '../../linux/multicast-socket.ts';
import { emptyHeader, HEADER_BYTES, readHeader, writeHeader } from '../../replication/frame-header.ts';
import { floodAtRate } from './pace.ts';

const FRAME_BYTES = 120;
/** Maximum distance of the invented epochs. */
const LATER = 2 ** 40;

const [name = '', group = '', port = '', slot = ''] = process.argv.slice(2);
const header = emptyHeader();

/** Any frame of the cluster reveals everything needed for the header. */
async function receiveHeader(): Promise<void> {
  const socket = createSocket({ type: 'udp6', reuseAddr: true });
  socket.bind(Number(port), `${group}%${name}`);
  await once(socket, 'listening');
  socket.addMembership(group, `::%${name}`);
  await new Promise<void>((resolve) => {
    socket.on('message', (heard) => {
      if (readHeader(heard, header) === undefined) resolve();
    });
  });
  socket.close();
}

await receiveHeader();
const { epoch } = header;
const socket = new MulticastSocket({ group, port: Number(port), interface: name, bufferBytes: 1 << 20 });
const frame = Buffer.alloc(FRAME_BYTES);

floodAtRate((count) => {
  let sent = 0;
  for (let index = 0; index < count; index++) {
    writeHeader(frame, {
      ...header,
      slot: Number(slot),
      epoch: epoch + 1 + Math.floor(Math.random() * LATER),
      sequence: 1,
    });
    randomFillSync(frame, HEADER_BYTES);
    if (socket.queue(frame)) sent++;
  }
  socket.flush();
  return sent;
});
