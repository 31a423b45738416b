import { describe, expect, it } from 'vitest';
import { type FrameCipher, portableCipher, provenCipher } from '../../../src/replication/frame-cipher.ts';

/** One that works, but for what a test has changed. */
function like(changes: Partial<FrameCipher>): FrameCipher {
  return { ...portableCipher, ...changes };
}

describe('a cipher that is to take the place of that of node:crypto', () => {
  it('does where it opens, refuses and seals as that does', () => {
    const cipher = like({});
    expect(provenCipher(() => cipher)).toBe(cipher);
  });

  it.each<[string, Partial<FrameCipher>]>([
    ['opens nothing', { open: () => undefined }],
    ['opens another text', { open: (...given) => portableCipher.open(...given)?.map((byte) => byte ^ 1) }],
    [
      'gets one byte wrong',
      {
        open: (...given) => {
          const text = portableCipher.open(...given);
          if (text !== undefined) text[31] ^= 1;
          return text;
        },
      },
    ],
    ['opens a part', { open: (...given) => portableCipher.open(...given)?.subarray(1) }],
    ['takes what was changed', { open: (_key, _nonce, message, clear) => message.subarray(clear, -16).fill(5) }],
    ['seals nothing', { seal: () => undefined }],
    ['seals something else', { seal: (key, nonce, message) => portableCipher.seal(key, nonce, message, 17) }],
    [
      'seals another text',
      { seal: (key, nonce, message, clear) => portableCipher.seal(key, nonce, message.fill(7, clear), clear) },
    ],
  ])('does not where it %s', (_, changes) => {
    expect(provenCipher(() => like(changes))).toBe(portableCipher);
  });

  it('does not where it cannot be made, or fails', () => {
    const fail = (): never => {
      throw new Error('no such function');
    };
    expect(provenCipher(fail)).toBe(portableCipher);
    expect(provenCipher(() => like({ seal: fail }))).toBe(portableCipher);
    expect(provenCipher(() => like({ open: fail }))).toBe(portableCipher);
  });
});
