import { describe, expect, it } from 'vitest';
import { isthmus } from '../../../src/gen/frames.js';
import { emptyHeader, FrameKind, readHeader } from '../../../src/replication/frame-header.ts';
import { FrameSeal } from '../../../src/replication/frame-seal.ts';
import { pair, SECRET } from './station.ts';

/** Frames that one question may cause to be sent again. */
const MOST = 128;
/** Far beyond what the second station has sent by itself. */
const SEQUENCE = 1_000_000;

interface Range {
  readonly first: number;
  readonly count: number;
}

/**
 * Two stations of which the first has sent 300 frames, and what of them goes again when the second asks for ranges that
 * no receiver would put into one question.
 * @returns the numbers of the frames that were sent again
 */
async function resentFor(ranges: readonly Range[], whose = { slot: 1, epoch: 1000 }): Promise<number[]> {
  const { clock, wires, one } = await pair();
  for (let count = 0; count < 300; count++) {
    one.say(count, 1);
    clock.advance(10);
  }
  const resent: number[] = [];
  const header = emptyHeader();
  const own = new FrameSeal('lab', [SECRET], { slot: 1, epoch: 1000 });
  const send = wires[0].join((bytes) => {
    const frame = Buffer.from(bytes);
    readHeader(frame, header);
    if (header.slot !== 1 || header.kind !== FrameKind.resend) return;
    own.inspect(frame, header);
    const body = own.open(frame, header);
    if (typeof body === 'string') throw new Error(body);
    for (const inner of isthmus.v1.ResendBody.decode(body).frames) {
      readHeader(Buffer.from(inner), header);
      resent.push(header.sequence);
    }
  });
  const asker = new FrameSeal('lab', [SECRET], { slot: 2, epoch: 1000 });
  const body = isthmus.v1.NackBody.encode({ ...whose, ranges: [...ranges] }).finish();
  send(asker.seal(FrameKind.nack, 0, SEQUENCE, body));
  clock.advance(1000);
  return resent;
}

function range(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

describe('a question for frames of the log', () => {
  it('is answered with those that it names', async () => {
    expect(
      await resentFor([
        { first: 20, count: 2 },
        { first: 40, count: 1 },
      ]),
    ).toEqual([20, 21, 40]);
  });

  it.each<[string, Range[], number[]]>([
    ['one range', [{ first: 10, count: 250 }], range(10, MOST)],
    [
      'several',
      [
        { first: 10, count: 100 },
        { first: 150, count: 100 },
      ],
      [...range(10, 100), ...range(150, 28)],
    ],
    [
      'one and another',
      [
        { first: 10, count: MOST },
        { first: 200, count: 1 },
      ],
      range(10, MOST),
    ],
  ])('causes no more than its limit to go again, in %s', async (_, ranges, expected) => {
    expect(await resentFor(ranges)).toEqual(expected);
  });

  it.each([
    ['another node', { slot: 3, epoch: 1000 }],
    ['an incarnation before this one', { slot: 1, epoch: 999 }],
  ])('to %s is not for this one', async (_, whose) => {
    expect(await resentFor([{ first: 20, count: 2 }], whose)).toEqual([]);
  });
});
