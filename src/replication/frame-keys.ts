import type { Code } from '../codes.ts';
import { createHash, hkdfSync } from 'node:crypto';

/*
 * Keys. All are derived from the cluster's secret by HKDF-SHA-256 (RFC 5869) with the cluster's name as salt:
 *
 *   key tag  = first 4 bytes of HKDF(secret, info "isthmus key tag")                  tells which secret a frame was sealed with
 *   frame key = HKDF(secret, info "isthmus frame key" ‖ slot (1 byte) ‖ epoch (8 bytes)), 32 bytes
 *
 *   proof key = HKDF(secret, info "isthmus epoch proof" ‖ slot (1 byte)), 32 bytes
 *
 * One frame key for each incarnation of each sender, and one nonce for each frame of it: no pair is ever used twice.
 * The proof key of a sender is the same for all its incarnations; its nonces hold the epoch.
 */

/** Minimum length of a secret, bytes. */
export const MIN_SECRET_BYTES = 16;
/** Frame keys cached per secret and sender: forged epochs can only evict keys of the same sender. */
const CACHED_KEYS = 16;

export class SecretError extends Error {
  override readonly name = 'SecretError';
  readonly code: Code = 'secret-unusable';
}

/** First 4 bytes of SHA-256 over "isthmus cluster " and the cluster's name: separates clusters on one link. */
export function clusterTagOf(clusterName: string): number {
  return createHash('sha256').update(`isthmus cluster ${clusterName}`).digest().readUInt32BE(0);
}

/** The keys of one secret. */
class SecretKeys {
  readonly tag: number;
  readonly #secret: Uint8Array;
  readonly #cluster: string;
  /** By slot, then epoch, oldest first. */
  readonly #cache = new Map<number, Map<number, Buffer>>();
  readonly #proofKeys = new Map<number, Buffer>();

  constructor(secret: Uint8Array, cluster: string) {
    if (secret.length < MIN_SECRET_BYTES)
      throw new SecretError(`the cluster's secret has ${secret.length} bytes; at least ${MIN_SECRET_BYTES} are needed`);
    this.#secret = secret;
    this.#cluster = cluster;
    this.tag = this.#derive('isthmus key tag', Buffer.alloc(0), 4).readUInt32BE(0);
  }

  /** Number of cached frame keys. */
  get cached(): number {
    return [...this.#cache.values()].reduce((sum, { size }) => sum + size, 0);
  }

  cachedKey(slot: number, epoch: number): Buffer | undefined {
    return this.#cache.get(slot)?.get(epoch);
  }

  frameKey(slot: number, epoch: number): Buffer {
    const known = this.cachedKey(slot, epoch);
    if (known !== undefined) return known;
    const context = Buffer.alloc(9);
    context[0] = slot;
    context.writeBigUInt64BE(BigInt(epoch), 1);
    const key = this.#derive('isthmus frame key', context, 32);
    const ofSlot = this.#cache.get(slot) ?? new Map<number, Buffer>();
    this.#cache.set(slot, ofSlot);
    const [oldest] = ofSlot.keys();
    if (ofSlot.size >= CACHED_KEYS && oldest !== undefined) ofSlot.delete(oldest);
    ofSlot.set(epoch, key);
    return key;
  }

  /** One per slot; only called for configured slots. */
  proofKey(slot: number): Buffer {
    const key = this.#proofKeys.get(slot) ?? this.#derive('isthmus epoch proof', Buffer.from([slot]), 32);
    this.#proofKeys.set(slot, key);
    return key;
  }

  #derive(purpose: string, context: Buffer, bytes: number): Buffer {
    const info = Buffer.concat([Buffer.from(purpose), context]);
    return Buffer.from(hkdfSync('sha256', this.#secret, this.#cluster, info, bytes));
  }
}

/** The accepted secrets: the first one seals, all of them open. */
export class KeyRing {
  readonly #secrets: readonly SecretKeys[];

  /** @throws SecretError if there is none or one is too short. */
  constructor(secrets: readonly Uint8Array[], cluster: string) {
    if (secrets.length === 0) throw new SecretError('the cluster has no secret');
    this.#secrets = secrets.map((secret) => new SecretKeys(secret, cluster));
  }

  /** The tag of the secret that seals. */
  get sealingTag(): number {
    return this.#secrets[0].tag;
  }

  sealingKey(slot: number, epoch: number): Buffer {
    return this.#secrets[0].frameKey(slot, epoch);
  }

  /** The sender's proof key under the sealing secret. */
  sealingProofKey(slot: number): Buffer {
    return this.#secrets[0].proofKey(slot);
  }

  /**
   * The key for a frame that carries this key tag.
   * @param mayDerive called before a key that is not cached is derived
   * @returns `key`: no accepted secret has the tag; `newEpoch`: it must not be derived
   */
  openingKey(keyTag: number, slot: number, epoch: number, mayDerive: () => boolean): Buffer | 'key' | 'newEpoch' {
    const secret = this.#secrets.find(({ tag }) => tag === keyTag);
    if (secret === undefined) return 'key';
    return secret.cachedKey(slot, epoch) ?? (mayDerive() ? secret.frameKey(slot, epoch) : 'newEpoch');
  }

  /** The key for a proof that carries this key tag; undefined when no accepted secret has it. */
  openingProofKey(keyTag: number, slot: number): Buffer | undefined {
    return this.#secrets.find(({ tag }) => tag === keyTag)?.proofKey(slot);
  }

  /** Number of cached frame keys. */
  get cached(): number {
    return this.#secrets.reduce((sum, { cached }) => sum + cached, 0);
  }
}
