import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameSeal } from '../../../src/replication/frame-seal.ts';
import { eachJoinedFrame } from '../../../src/replication/joined-frames.ts';

const SECRET = Buffer.alloc(32, 5);
const seals = [1, 2].map((slot) => new FrameSeal('campus', [SECRET], { slot, epoch: 1000 + slot }));

function apart(datagram: Buffer): Buffer[] {
  const frames: Buffer[] = [];
  eachJoinedFrame(datagram, (frame) => frames.push(Buffer.concat([frame])));
  return frames;
}

describe('datagrams that the kernel has joined', () => {
  it('come apart as the frames that they were, of one length and a last one that may be shorter', () => {
    const sender = fc.constantFrom(...seals);
    const bodies = fc.record({ body: fc.nat(1400), last: fc.nat(1400), senders: fc.array(sender, { maxLength: 20 }) });
    fc.assert(
      fc.property(bodies, ({ body, last, senders }) => {
        const frames = senders.map((seal, at) => seal.seal(1, 0, at + 1, Buffer.alloc(body, at)));
        frames.push(seals[0].seal(1, 0, 99, Buffer.alloc(Math.min(body, last))));
        expect(apart(Buffer.concat(frames))).toEqual(frames);
      }),
    );
  });

  it('are left as they are where a part of them begins as no frame does, or as one of another cluster', () => {
    const [first, second] = [seals[0].seal(1, 0, 1, Buffer.alloc(100)), seals[0].seal(1, 0, 2, Buffer.alloc(100))];
    const joined = Buffer.concat([first, second]);
    for (const place of [0, 3, 4, 8, 11]) {
      const changed = Buffer.from(joined);
      changed[first.length + place] ^= 1;
      expect(apart(changed)).toEqual([changed]);
    }
    const short = joined.subarray(0, first.length + 47);
    expect(apart(short)).toEqual([short]);
  });

  it('are told apart though what is sealed in the first one looks like the beginning of a frame', () => {
    const first = seals[0].seal(1, 0, 1, Buffer.alloc(400));
    first.copy(first, 150, 0, 32);
    const second = seals[0].seal(1, 0, 2, Buffer.alloc(400));
    expect(apart(Buffer.concat([first, second]))).toEqual([first, second]);
  });

  it('lose no byte, whatever comes', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes)),
      fc.nat(60).map((bytes) => seals[0].seal(1, 0, 1, Buffer.alloc(bytes))),
      fc.constant(Buffer.from('ISTH\u0001')),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const datagram = Buffer.concat(pieces);
        expect(Buffer.concat(apart(datagram)).equals(datagram)).toBe(true);
      }),
    );
  });
});
