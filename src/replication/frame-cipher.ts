import { createCipheriv, createDecipheriv } from 'node:crypto';
import { TAG_BYTES } from './frame-header.ts';

/**
 * AES-256-GCM (NIST SP 800-38D) over a message whose first `clear` bytes are additional data and whose last 16 are the
 * tag.
 */
export interface FrameCipher {
  /** Encrypts in place the bytes between, and writes the tag. */
  seal(key: Uint8Array, nonce: Uint8Array, message: Uint8Array, clear: number): void;
  /** @returns the text, valid until the next call; undefined: not authentic */
  open(key: Uint8Array, nonce: Uint8Array, message: Uint8Array, clear: number): Uint8Array | undefined;
}

const CIPHER = 'aes-256-gcm';
const TAG_OPTIONS = { authTagLength: TAG_BYTES };

/** Uses node:crypto, which creates several objects per message. */
export const portableCipher: FrameCipher = {
  seal(key, nonce, message, clear): void {
    const end = message.length - TAG_BYTES;
    const cipher = createCipheriv(CIPHER, key, nonce, TAG_OPTIONS);
    cipher.setAAD(message.subarray(0, clear));
    message.set(cipher.update(message.subarray(clear, end)), clear);
    cipher.final();
    message.set(cipher.getAuthTag(), end);
  },

  open(key, nonce, message, clear): Uint8Array | undefined {
    const end = message.length - TAG_BYTES;
    const decipher = createDecipheriv(CIPHER, key, nonce, TAG_OPTIONS);
    decipher.setAAD(message.subarray(0, clear));
    decipher.setAuthTag(message.subarray(end));
    const text = decipher.update(message.subarray(clear, end));
    try {
      decipher.final();
    } catch {
      // node:crypto reports a wrong tag only by throwing.
      return undefined;
    }
    return text;
  },
};

/**
 * A cipher verified against node:crypto in both directions, including rejection of a modified message; on failure,
 * node:crypto's own.
 * @param make may throw
 */
export function provenCipher(make: () => FrameCipher): FrameCipher {
  try {
    const cipher = make();
    const [key, nonce, message] = [Buffer.alloc(32, 7), Buffer.alloc(12, 9), Buffer.alloc(64, 5)];
    portableCipher.seal(key, nonce, message, 16);
    const text = cipher.open(key, nonce, message, 16);
    const opens = text?.length === 32 && text.every((byte) => byte === 5);
    message[20] ^= 1;
    const refuses = cipher.open(key, nonce, message, 16) === undefined;
    message.fill(6);
    cipher.seal(key, nonce, message, 16);
    const seals = portableCipher.open(key, nonce, message, 16)?.every((byte) => byte === 6) === true;
    return opens && refuses && seals ? cipher : portableCipher;
  } catch {
    // This Node.js does not export its OpenSSL functions.
    return portableCipher;
  }
}
