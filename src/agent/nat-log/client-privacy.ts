import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { NAT_EVENT_CLIENT, NAT_EVENT_SIZE } from '../../translator/nat64/nat-events.ts';

const ADDRESS = 16;
/** Number of cached pseudonyms: a client has many sessions. */
const REMEMBERED = 4096;

/**
 * Representation of clients in the log: address, prefix or pseudonym. A pseudonym is the address (or its prefix)
 * encrypted as one block of AES-256 under the hash of the key file: a client always has the same one, and the holder of
 * the key can compute both directions.
 */
export class ClientPrivacy {
  readonly #prefixLength: number;
  readonly #key: Buffer | undefined;
  readonly #known = new Map<string, Buffer>();

  /** @param prefixLength number of bits kept @param key the bytes of the key file; undefined: no pseudonyms */
  constructor(prefixLength: number, key: Uint8Array | undefined) {
    this.#prefixLength = prefixLength;
    this.#key = key === undefined ? undefined : keyOf(key);
  }

  get pseudonyms(): boolean {
    return this.#key !== undefined;
  }

  /** Replaces the clients of events in place. */
  apply(bytes: Uint8Array, offset: number, count: number): void {
    if (this.#prefixLength === 128 && this.#key === undefined) return;
    for (let event = offset; event < offset + count * NAT_EVENT_SIZE; event += NAT_EVENT_SIZE) {
      const at = event + NAT_EVENT_CLIENT;
      truncate(bytes, at, this.#prefixLength);
      if (this.#key !== undefined) bytes.set(this.#pseudonym(this.#key, bytes, at), at);
    }
  }

  #pseudonym(key: Buffer, bytes: Uint8Array, at: number): Buffer {
    const address = Buffer.from(bytes.subarray(at, at + ADDRESS));
    const name = address.toString('latin1');
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const made = pseudonymOf(key, address);
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(name, made);
    return made;
  }
}

/** The key of the cipher. @param file the bytes of the key file */
export function keyOf(file: Uint8Array): Buffer {
  return createHash('sha256').update('isthmus nat log pseudonyms').update(file).digest();
}

/** @param address 16 bytes, already truncated to the logged prefix */
export function pseudonymOf(key: Buffer, address: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(address), cipher.final()]);
}

/** @param pseudonym 16 bytes @returns the address or prefix */
export function addressOf(key: Buffer, pseudonym: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  return Buffer.concat([decipher.update(pseudonym), decipher.final()]);
}

/** Clears the bits of an address after its prefix. */
export function truncate(bytes: Uint8Array, at: number, prefixLength: number): void {
  const whole = prefixLength >>> 3;
  if (whole >= ADDRESS) return;
  bytes[at + whole] &= 0xff << (8 - (prefixLength & 7));
  bytes.fill(0, at + whole + 1, at + ADDRESS);
}
