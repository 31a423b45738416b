import { createHash, hkdfSync } from 'node:crypto';

/*
 * Keys. All come from the cluster's secret by HKDF-SHA-256 (RFC 5869) with the cluster's name as salt:
 *
 *   key tag  = first 4 bytes of HKDF(secret, info "isthmus key tag")                  tells which secret a frame was sealed with
 *   frame key = HKDF(secret, info "isthmus frame key" ‖ slot (1 byte) ‖ epoch (8 bytes)), 32 bytes
 *
 * One key for each life of each sender, and one nonce for each frame of that life: no pair is ever used twice.
 */

/** Bytes of a secret below which it is refused: it must not be guessable. */
export const MIN_SECRET_BYTES = 16;
/** Derived keys kept, for each secret; a stranger who invents epochs makes us derive, not remember. */
const CACHED_KEYS = 256;

export class SecretError extends Error {
  override readonly name = 'SecretError';
}

/** First 4 bytes of SHA-256 over "isthmus cluster " and the cluster's name: tells clusters on one wire apart. */
export function clusterTagOf(clusterName: string): number {
  return createHash('sha256').update(`isthmus cluster ${clusterName}`).digest().readUInt32BE(0);
}

/** The keys of one secret. */
class SecretKeys {
  readonly tag: number;
  readonly #secret: Uint8Array;
  readonly #cluster: string;
  readonly #cache = new Map<string, Buffer>();
  #lastSlot = 0;
  #lastEpoch = 0;
  #lastKey: Buffer | undefined;

  constructor(secret: Uint8Array, cluster: string) {
    if (secret.length < MIN_SECRET_BYTES)
      throw new SecretError(`the cluster's secret has ${secret.length} bytes; at least ${MIN_SECRET_BYTES} are needed`);
    this.#secret = secret;
    this.#cluster = cluster;
    this.tag = this.#derive('isthmus key tag', Buffer.alloc(0), 4).readUInt32BE(0);
  }

  frameKey(slot: number, epoch: number): Buffer {
    // Frames come in runs of one sender.
    if (this.#lastKey !== undefined && slot === this.#lastSlot && epoch === this.#lastEpoch) return this.#lastKey;
    this.#lastSlot = slot;
    this.#lastEpoch = epoch;
    this.#lastKey = this.#find(slot, epoch);
    return this.#lastKey;
  }

  #find(slot: number, epoch: number): Buffer {
    const name = `${slot}/${epoch}`;
    const known = this.#cache.get(name);
    if (known !== undefined) return known;
    const context = Buffer.alloc(9);
    context[0] = slot;
    context.writeBigUInt64BE(BigInt(epoch), 1);
    const key = this.#derive('isthmus frame key', context, 32);
    if (this.#cache.size >= CACHED_KEYS) this.#cache.clear();
    this.#cache.set(name, key);
    return key;
  }

  #derive(purpose: string, context: Buffer, bytes: number): Buffer {
    const info = Buffer.concat([Buffer.from(purpose), context]);
    return Buffer.from(hkdfSync('sha256', this.#secret, this.#cluster, info, bytes));
  }
}

/** The accepted secrets: the first seals, all of them open. */
export class KeyRing {
  readonly #secrets: readonly SecretKeys[];

  /** @throws SecretError when there is none or one is too short. */
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

  /** The key for a frame that carries this key tag; undefined when no accepted secret has it. */
  openingKey(keyTag: number, slot: number, epoch: number): Buffer | undefined {
    return this.#secrets.find(({ tag }) => tag === keyTag)?.frameKey(slot, epoch);
  }
}
