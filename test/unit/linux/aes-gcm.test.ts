import { describe, expect, it } from 'vitest';
import { AesGcm } from '../../../src/linux/aes-gcm.ts';
import { portableCipher, provenCipher } from '../../../src/replication/frame-cipher.ts';
import { random } from '../replication/simulated-network.ts';

const LENGTHS = [16, 17, 31, 32, 33, 48, 1400, 60_000, 65_536];

describe('AES-256-GCM without objects', () => {
  const direct = new AesGcm();
  const next = random(1);
  const bytes = (length: number): Buffer => Buffer.from(Array.from({ length }, () => Math.floor(256 * next())));

  it('makes the bytes that node:crypto makes, and each opens what the other has sealed', () => {
    for (const length of LENGTHS) {
      for (const clear of [0, 16, 32].filter((count) => count + 16 <= length)) {
        const [key, nonce, plain] = [bytes(32), bytes(12), bytes(length)];
        const [one, other] = [Buffer.from(plain), Buffer.from(plain)];
        direct.seal(key, nonce, one, clear);
        portableCipher.seal(key, nonce, other, clear);
        expect(one.equals(other), `${length} bytes, ${clear} of them clear`).toBe(true);
        const text = plain.subarray(clear, length - 16);
        for (const cipher of [direct, portableCipher]) {
          expect(text.equals(cipher.open(key, nonce, one, clear) ?? bytes(1))).toBe(true);
        }
      }
    }
  });

  it('is that of the specification (GCM, test case 16)', () => {
    const key = Buffer.from('feffe9928665731c6d6a8f9467308308'.repeat(2), 'hex');
    const nonce = Buffer.from('cafebabefacedbaddecaf888', 'hex');
    const clear = Buffer.from('feedfacedeadbeeffeedfacedeadbeefabaddad2', 'hex');
    const text =
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39';
    const sealed =
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662';
    const message = Buffer.concat([clear, Buffer.from(text, 'hex'), Buffer.alloc(16)]);
    direct.seal(key, nonce, message, clear.length);
    expect(message.toString('hex')).toBe(`${clear.toString('hex')}${sealed}76fc6ece0f4e1768cddf8853bb2d551b`);
  });

  it('opens nothing with any one bit changed, under another key or nonce, or cut', () => {
    const [key, nonce, message] = [bytes(32), bytes(12), bytes(80)];
    direct.seal(key, nonce, message, 32);
    for (let bit = 0; bit < 8 * message.length; bit++) {
      const forged = Buffer.from(message);
      forged[bit >>> 3] ^= 1 << (bit & 7);
      expect(direct.open(key, nonce, forged, 32), `bit ${bit}`).toBeUndefined();
    }
    expect(direct.open(bytes(32), nonce, message, 32)).toBeUndefined();
    expect(direct.open(key, bytes(12), message, 32)).toBeUndefined();
    for (let length = 0; length < message.length; length++) {
      expect(direct.open(key, nonce, message.subarray(0, length), 32), `${length} bytes`).toBeUndefined();
    }
    expect(direct.open(key, nonce, message, 32)).toBeDefined();
  });

  it('refuses keys, nonces and messages of a wrong size', () => {
    expect(() => direct.seal(bytes(16), bytes(12), bytes(64), 32)).toThrow(RangeError);
    expect(() => direct.seal(bytes(32), bytes(16), bytes(64), 32)).toThrow(RangeError);
    expect(() => direct.seal(bytes(32), bytes(12), bytes(65_537), 32)).toThrow(RangeError);
    expect(direct.open(bytes(32), bytes(12), bytes(65_537), 32)).toBeUndefined();
  });

  it('is what seals frames here; what cannot be made, or opens what was changed, is not', () => {
    expect(provenCipher(() => new AesGcm())).toBeInstanceOf(AesGcm);
    const refuses = (): never => {
      throw new Error('no OpenSSL');
    };
    expect(provenCipher(refuses)).toBe(portableCipher);
    const careless = { seal: (): void => undefined, open: (): Uint8Array => new Uint8Array(32).fill(5) };
    expect(provenCipher(() => careless)).toBe(portableCipher);
  });
});
