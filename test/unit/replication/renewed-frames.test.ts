import { describe, expect, it } from 'vitest';
import { ACKNOWLEDGE_SOON, emptyHeader, FrameKind } from '../../../src/replication/frame-header.ts';
import { FrameSeal } from '../../../src/replication/frame-seal.ts';

const [FIRST, SECOND, THIRD] = [1, 2, 3].map((octet) => Buffer.alloc(32, octet));
const IDENTITY = { slot: 2, epoch: 500 };
const SEQUENCE = 77;

function sealOf(...secrets: Buffer[]): FrameSeal {
  return new FrameSeal('campus', secrets, IDENTITY);
}

/** Kind, flags, number and body, as one who has these secrets reads them. */
function readBy(frame: Buffer | undefined, ...secrets: Buffer[]): unknown {
  if (frame === undefined) return undefined;
  const [reader, header] = [new FrameSeal('campus', secrets, { slot: 1, epoch: 1 }), emptyHeader()];
  const refusal = reader.inspect(frame, header);
  if (refusal !== undefined) return refusal;
  const body = reader.open(frame, header);
  if (typeof body === 'string') return body;
  return [header.kind, header.flags, header.sequence, Buffer.from(body).toString()];
}

const CONTENT = [FrameKind.log, ACKNOWLEDGE_SOON, SEQUENCE, 'records'];

function frameOf(seal: FrameSeal): Buffer {
  return seal.seal(FrameKind.log, ACKNOWLEDGE_SOON, SEQUENCE, Buffer.from('records'));
}

describe('a frame that goes once more', () => {
  it('is the same one while its secret seals', () => {
    const seal = sealOf(FIRST);
    const frame = frameOf(seal);
    expect(seal.renew(frame)).toBe(frame);
    seal.changeSecrets([FIRST, SECOND]);
    expect(seal.renew(frame)).toBe(frame);
  });

  it.each([
    ['still opens', [SECOND, FIRST]],
    ['is gone', [SECOND]],
  ])('is what it was under the secret that seals now, when the former one %s', (_, secrets) => {
    const seal = sealOf(FIRST);
    const frame = frameOf(seal);
    seal.changeSecrets(secrets);
    const again = seal.renew(frame);
    expect([readBy(again, SECOND), readBy(again, FIRST), readBy(frame, FIRST)]).toEqual([CONTENT, 'key', CONTENT]);
  });

  it('is none when its secret went before the last change, and when it was changed', () => {
    const seal = sealOf(FIRST);
    const [frame, changed] = [frameOf(seal), frameOf(seal)];
    changed[40] ^= 1;
    seal.changeSecrets([SECOND]);
    expect(seal.renew(changed)).toBeUndefined();
    expect(seal.renew(Buffer.alloc(100))).toBeUndefined();
    expect(readBy(seal.renew(frame), SECOND)).toEqual(CONTENT);
    seal.changeSecrets([THIRD]);
    expect(seal.renew(frame)).toBeUndefined();
    expect(readBy(seal.renew(frameOf(sealOf(SECOND))), THIRD)).toEqual(CONTENT);
  });
});
