import { describe, expect, it } from 'vitest';
import { isthmus } from '../../../../src/gen/frames.js';
import { SAFE_FRAME_BYTES } from '../../../../src/replication/path-probe.ts';
import { SEAL_OVERHEAD } from '../../../../src/replication/frame-seal.ts';
import { MAX_INCOMPLETE, MAX_PACKET_BYTES, MAX_PIECES, SENT } from '../../../../src/replication/relay/relay-limits.ts';
import { RelayPace } from '../../../../src/replication/relay/relay-pace.ts';
import {
  decodePiece,
  encodePiece,
  PieceJoiner,
  piecesOf,
  type RelayFrame,
} from '../../../../src/replication/relay/relay-pieces.ts';
import { random } from '../simulated-network.ts';

const LONGEST_NAME = 'n'.repeat(64);

function piecesFor(packet: Uint8Array, number: number): RelayFrame[] {
  return Array.from({ length: piecesOf(packet.length) }, (_, piece) => {
    const place = { to: 63, epoch: 2 ** 52, instance: LONGEST_NAME, packet: number, piece };
    return decodePiece(encodePiece(place, packet));
  });
}

function bytes(length: number, seed = 1): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + seed) & 0xff);
}

describe('a packet in pieces', () => {
  it('comes out as it was, whatever its length, in whatever order, among others', () => {
    const number = random(7);
    const joiner = new PieceJoiner();
    const lengths = [1, 20, 1080, 1081, 1280, 1500, 2160, 2161, 9000, MAX_PACKET_BYTES];
    const packets = lengths.map((length, index) => bytes(length, index));
    const frames = packets.flatMap((packet, index) => piecesFor(packet, index + 1));
    const mixed = frames.map((frame) => ({ frame, at: number() })).sort((one, other) => one.at - other.at);
    const whole = new Map<number, Uint8Array>();
    for (const { frame } of mixed) {
      const found = joiner.take(frame);
      if (found instanceof Uint8Array) whole.set(frame.packet, found);
      else expect(found).toBe('waiting');
    }
    for (const [index, packet] of packets.entries())
      expect(Buffer.compare(whole.get(index + 1) ?? bytes(0), packet)).toBe(0);
    expect(joiner.incomplete).toBe(0);
  });

  it('is in frames that fit every path, with the longest name and numbers', () => {
    const place = { to: 63, epoch: 2 ** 53 - 1, instance: LONGEST_NAME, packet: 2 ** 40, piece: 0 };
    const longest = encodePiece(place, bytes(MAX_PACKET_BYTES)).length + SEAL_OVERHEAD;
    expect(longest).toBeLessThanOrEqual(SAFE_FRAME_BYTES);
    expect(piecesOf(1500)).toBe(2);
    expect(piecesOf(MAX_PACKET_BYTES)).toBe(MAX_PIECES);
  });

  it('never grows what waits: the oldest that lacks a piece gives way, and is counted', () => {
    const joiner = new PieceJoiner();
    const last = 10 * MAX_INCOMPLETE;
    for (let number = 1; number <= last; number++) {
      const [first] = piecesFor(bytes(1500), number);
      if (first !== undefined) expect(joiner.take(first)).toBe('waiting');
    }
    expect(joiner.incomplete).toBe(last - MAX_INCOMPLETE);
    const [, second] = piecesFor(bytes(1500), last);
    expect(second !== undefined && joiner.take(second)).toEqual(Buffer.from(bytes(1500)));
  });

  it('is not completed by the same piece twice', () => {
    const joiner = new PieceJoiner();
    const [first] = piecesFor(bytes(1500), 1);
    for (let times = 0; times < 3; times++) expect(first !== undefined && joiner.take(first)).toBe('waiting');
  });

  it.each<[string, Partial<RelayFrame>]>([
    ['no piece at all', { pieces: 0 }],
    ['more pieces than a packet has', { pieces: MAX_PIECES + 1 }],
    ['four thousand million pieces', { pieces: 2 ** 32 - 1 }],
    ['a piece beyond the last', { pieces: 2, piece: 2 }],
    ['an empty piece', { data: new Uint8Array(0) }],
    ['a piece longer than any', { data: bytes(1081) }],
  ])('is malformed with %s', (_, changes) => {
    const frame = {
      to: 1,
      epoch: 1,
      instance: 'internet',
      packet: 1,
      pieces: 2,
      piece: 0,
      data: bytes(10),
      ...changes,
    };
    expect(new PieceJoiner().take(frame)).toBe('malformed');
  });

  it('is malformed when its pieces do not agree on how many they are, or are too long together', () => {
    const frame = { to: 1, epoch: 1, instance: 'internet', packet: 1, pieces: 2, piece: 0, data: bytes(10) };
    const joiner = new PieceJoiner();
    joiner.take(frame);
    expect(joiner.take({ ...frame, pieces: 3, piece: 1 })).toBe('malformed');
    const long = Array.from({ length: MAX_PIECES }, (_, piece) => {
      return joiner.take({ ...frame, packet: 2, pieces: MAX_PIECES, piece, data: bytes(1080) });
    });
    expect(long.at(-1)).toBe('malformed');
  });

  it('survives whatever bytes: five thousand changed bodies are read, or refused as no message', () => {
    const number = random(20_261_130);
    const below = (end: number): number => Math.floor(number() * end);
    const joiner = new PieceJoiner();
    const genuine = [bytes(40), bytes(1500), bytes(9000)].map((packet) => {
      return encodePiece({ to: 2, epoch: 5, instance: 'internet', packet: 1, piece: 0 }, packet);
    });
    const outcomes = { read: 0, refused: 0, tooLong: 0 };
    for (let times = 0; times < 5000; times++) {
      const body = Uint8Array.from(genuine[below(genuine.length)] ?? []);
      for (let changes = 1 + below(4); changes > 0; changes--) body[below(Math.min(body.length, 60))] = below(256);
      try {
        const end = times % 2 === 0 ? body.length : below(body.length);
        const taken = joiner.take(decodePiece(body.subarray(0, end)));
        if (taken instanceof Uint8Array && taken.length > MAX_PACKET_BYTES) outcomes.tooLong += 1;
        outcomes.read += 1;
      } catch {
        // The one way in which a generated decoder says that the bytes are not a message.
        outcomes.refused += 1;
      }
    }
    expect(outcomes.tooLong).toBe(0);
    expect(outcomes.read).toBeGreaterThan(200);
    expect(outcomes.refused).toBeGreaterThan(200);
  });

  it('is read by who knows the schema only', () => {
    const body = isthmus.v1.RelayBody.decode(
      encodePiece({ to: 2, epoch: 5, instance: 'internet', packet: 9, piece: 1 }, bytes(1500)),
    );
    expect(body).toMatchObject({ to: 2, epoch: 5, instance: 'internet', packet: 9, pieces: 2, piece: 1 });
    expect(body.data).toHaveLength(750);
  });
});

describe('the pace', () => {
  it('lets no more through than its frames and bytes, over any time', () => {
    for (const size of [60, 1000, 1500]) {
      const pace = new RelayPace(SENT, 0);
      let [packets, frames] = [0, 0];
      for (let ms = 1; ms <= 2000; ms++) {
        for (let each = 0; each < 20; each++) {
          if (!pace.take(ms, piecesOf(size), size)) continue;
          packets += 1;
          frames += piecesOf(size);
        }
      }
      expect(frames).toBeLessThanOrEqual(2 * SENT.framesPerSecond + 64);
      expect(packets * size).toBeLessThanOrEqual(2 * SENT.bytesPerSecond + 64_000);
      expect(
        Math.max(frames / (2 * SENT.framesPerSecond), (packets * size) / (2 * SENT.bytesPerSecond)),
      ).toBeGreaterThan(0.95);
    }
  });

  it('has no more at once after a long pause than at the start', () => {
    const pace = new RelayPace(SENT, 0);
    let taken = 0;
    while (pace.take(3_600_000, 1, 60)) taken += 1;
    expect(taken).toBe((SENT.framesPerSecond * SENT.burstMs) / 1000);
  });
});
