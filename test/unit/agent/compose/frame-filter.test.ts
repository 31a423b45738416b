import { afterEach, describe, expect, it } from 'vitest';
import { LinkSockets } from '../../../../src/agent/compose/link-socket.ts';
import { UdpBatchSocket } from '../../../../src/linux/udp-socket.ts';
import { FrameSeal } from '../../../../src/replication/frame-seal.ts';
import type { BatchSocket } from '../../../../src/replication/multicast-transport.ts';

/** One machine alone: a loopback address in the place of the group. */
const HERE = '127.64.17.9';
const PORT = 16_473;
const SECRET = Buffer.from('a secret of the cluster of sufficient length');

describe('the filter of a link', () => {
  let [socket, sender]: [BatchSocket | undefined, UdpBatchSocket | undefined] = [undefined, undefined];

  afterEach(() => {
    socket?.close();
    sender?.close();
  });

  it('lets frames of the cluster through, and counts by reason what the kernel refuses', () => {
    const options = { group: HERE, port: PORT, interface: 'lo', bufferBytes: 1 << 20 };
    const reading = new LinkSockets('lab', [1, 2, 40, 63]).open(options);
    const writing = new UdpBatchSocket({ batch: 1 });
    [socket, sender] = [reading, writing];
    writing.connect(Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 127, 64, 17, 9]), PORT);
    const frameOf = (slot: number, cluster = 'lab'): Buffer =>
      new FrameSeal(cluster, [SECRET], { slot, epoch: 7 }).seal(3, 0, 1, Buffer.alloc(slot));
    const changed = (at: number): Buffer => {
      const frame = frameOf(2);
      frame[at] ^= 0x80;
      return frame;
    };
    const good = [1, 2, 40, 63].map((slot) => frameOf(slot));
    const bad = [
      frameOf(2).subarray(0, 47),
      Buffer.alloc(0),
      Buffer.from('ISTH'),
      changed(0),
      changed(3),
      changed(4),
      frameOf(2, 'elsewhere'),
      changed(8),
      changed(11),
      ...[3, 31, 32, 39, 62].map((slot) => frameOf(slot)),
      ...[0x80, 0xc2].map((slot) => frameOf(slot & 63).fill(slot, 7, 8)),
    ];
    for (const datagram of [...bad, ...good]) {
      writing.bytes.set(datagram);
      expect(writing.send(1, datagram.length)).toBe(1);
    }
    const came: Buffer[] = [];
    reading.receive(1 << 16, (datagram) => came.push(Buffer.from(datagram)));
    expect(Buffer.concat(came).equals(Buffer.concat(good))).toBe(true);
    expect(reading.refused?.()).toEqual({ truncated: 3, magic: 2, version: 1, cluster: 3, slot: 7 });
  });
});
