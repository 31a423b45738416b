import type { FrameCipher } from '../../src/replication/frame-cipher.ts';
import { TAG_BYTES } from '../../src/replication/frame-header.ts';

const WORD = 4;
const SCRATCH_BYTES = 65_536;

/**
 * In place of AES-GCM, which takes a fifth of a run's time and has tests of its own: the text stays readable, and the
 * tag is a hash over key, nonce and the whole message, so that whatever is changed, or has another key, does not open.
 * As with the real one the text is there until the next call.
 */
export class SimulatedCipher implements FrameCipher {
  readonly #scratch = new Uint8Array(SCRATCH_BYTES);
  #high = 0;
  #low = 0;

  seal(key: Uint8Array, nonce: Uint8Array, message: Uint8Array): void {
    const end = message.length - TAG_BYTES;
    this.#hash(key, nonce, message, end);
    const tag = new DataView(message.buffer, message.byteOffset + end, TAG_BYTES);
    for (let at = 0; at < TAG_BYTES; at += 2 * WORD) {
      tag.setInt32(at, this.#high);
      tag.setInt32(at + WORD, this.#low);
    }
  }

  open(key: Uint8Array, nonce: Uint8Array, message: Uint8Array, clear: number): Uint8Array | undefined {
    const end = message.length - TAG_BYTES;
    this.#hash(key, nonce, message, end);
    const tag = new DataView(message.buffer, message.byteOffset + end, TAG_BYTES);
    for (let at = 0; at < TAG_BYTES; at += 2 * WORD) {
      if (tag.getInt32(at) !== this.#high || tag.getInt32(at + WORD) !== this.#low) return undefined;
    }
    this.#scratch.set(message.subarray(clear, end));
    return this.#scratch.subarray(0, end - clear);
  }

  #hash(key: Uint8Array, nonce: Uint8Array, message: Uint8Array, end: number): void {
    this.#high = 0x811c9dc5 | 0;
    this.#low = 0x1b873593 | 0;
    this.#mix(key, key.length);
    this.#mix(nonce, nonce.length);
    this.#mix(message, end);
  }

  #mix(bytes: Uint8Array, end: number): void {
    let high = this.#high;
    let low = this.#low;
    const view = new DataView(bytes.buffer, bytes.byteOffset, end);
    let at = 0;
    for (; at + WORD <= end; at += WORD) {
      const word = view.getInt32(at);
      high = Math.imul(high ^ word, 0x01000193) ^ (low >>> 13);
      low = Math.imul(low ^ word ^ (high >>> 15), 0x85ebca6b);
    }
    for (; at < end; at++) high = Math.imul(high ^ view.getUint8(at), 0x01000193) ^ (low >>> 13);
    this.#high = high ^ end;
    this.#low = low;
  }
}
