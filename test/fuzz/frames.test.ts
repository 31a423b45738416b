import { expect, it } from 'vitest';
import { AesGcm } from '../../src/linux/aes-gcm.ts';
import { provenCipher } from '../../src/replication/frame-cipher.ts';
import type { Clock } from '../../src/replication/clock.ts';
import { Replicator } from '../../src/replication/replicator.ts';
import type { ReplicationTransport } from '../../src/replication/transport.ts';
import { random, SimulatedClock } from '../unit/replication/simulated-network.ts';

const DATAGRAMS = 1_000_000;
const SEED = 20_260_517;

/** Two nodes joined by function calls; what the first sends is recorded. */
class Wiretap {
  readonly frames: Buffer[] = [];
  readonly receivers: ((frame: Uint8Array) => void)[] = [];

  end(index: number): ReplicationTransport {
    const send = (frame: Uint8Array): boolean => {
      if (index === 0) this.frames.push(Buffer.from(frame));
      this.receivers[1 - index]?.(frame);
      return true;
    };
    return {
      links: [{ name: 'wire', maxFrameBytes: 1400, forwards: false, send }],
      start: (onFrame) => {
        this.receivers[index] = (frame) => onFrame(0, frame);
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    };
  }
}

function nodeOf(slot: number, clock: Clock, transport: ReplicationTransport): Replicator {
  const peers = [{ slot: 3 - slot, name: 'other' }];
  const identity = { cluster: 'lab', secrets: [Buffer.alloc(32, 1)], node: `gw${slot}`, slot, epoch: 1000 };
  const instances = [{ instance: 'lower', fields: new Map([['pool6', 'x']]) }];
  const cipher = provenCipher(() => new AesGcm());
  return new Replicator({ ...identity, software: 'test', peers, instances, cipher }, clock, transport);
}

function mutate(frames: readonly Buffer[], number: () => number): Buffer {
  const below = (end: number): number => Math.floor(number() * end);
  const base = frames[below(frames.length)];
  const other = frames[below(frames.length)];
  const kind = below(5);
  if (kind === 0) return base.subarray(0, below(base.length));
  if (kind === 1) return Buffer.concat([base, Buffer.alloc(1 + below(64), below(256))]);
  if (kind === 2) {
    const cut = below(Math.min(base.length, other.length));
    return Buffer.concat([base.subarray(0, cut), other.subarray(cut)]);
  }
  const changed = Buffer.from(base);
  for (let times = 1 + below(4); times > 0; times--) changed[below(kind === 3 ? 32 : changed.length)] ^= 1 + below(255);
  return changed;
}

it('a million mutated frames are counted and change nothing else', async () => {
  const clock = new SimulatedClock();
  const tap = new Wiretap();
  const [one, two] = [nodeOf(1, clock, tap.end(0)), nodeOf(2, clock, tap.end(1))];
  let told = 0;
  const listener = {
    onRecords: () => {
      told++;
      return true;
    },
    onSpace: () => void told++,
    onSnapshotWanted: () => void told++,
    onPeer: () => void told++,
    onInfo: () => void told++,
    onSlotRefused: () => void told++,
    onConfirmed: () => void told++,
  };
  await one.start(listener);
  await two.start(listener);
  clock.advance(500);
  one.publish('lower', Buffer.alloc(64 * 50, 5), 50);
  one.requestSnapshot('lower', 2);
  clock.advance(500);

  const genuine = new Set(tap.frames.map((frame) => frame.toString('latin1')));
  const stateOf = (): unknown => {
    const { links, ...rest } = two.status();
    const copies = links.map(({ firstCopies, secondCopies, forwarded, framesOut }) => {
      return { firstCopies, secondCopies, forwarded, framesOut };
    });
    return { rest, copies };
  };
  const [before, toldBefore] = [stateOf(), told];
  const refusedBefore = Object.values(two.status().links[0].refused).reduce((sum, count) => sum + count, 0);
  expect(toldBefore).toBeGreaterThan(3);
  const number = random(SEED);
  let sent = 0;
  while (sent < DATAGRAMS) {
    const datagram = mutate(tap.frames, number);
    if (genuine.has(datagram.toString('latin1'))) continue;
    tap.receivers[1]?.(datagram);
    sent++;
  }
  const refused = Object.values(two.status().links[0].refused).reduce((sum, count) => sum + count, 0);
  expect(refused - refusedBefore).toBe(DATAGRAMS);
  expect(stateOf()).toEqual(before);
  expect(told).toBe(toldBefore);
  await one.stop();
  await two.stop();
});
