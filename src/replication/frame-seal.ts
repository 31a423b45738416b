import { type FrameCipher, portableCipher } from './frame-cipher.ts';
import {
  emptyHeader,
  type FrameHeader,
  FrameKind,
  HEADER_BYTES,
  readHeader,
  streamOf,
  TAG_BYTES,
  writeHeader,
  writeUInt64,
} from './frame-header.ts';
import { type Clock, systemClock } from './clock.ts';
import { clusterTagOf, KeyRing } from './frame-keys.ts';
import { NewEpochs } from './new-epochs.ts';
import type { Refusal } from './refusals.ts';

/*
 * AES-256-GCM (NIST SP 800-38D): key of the sender's incarnation, additional data the 32 header bytes, tag of 16 bytes
 * at the end. The nonce is one byte for the stream (0 log, 1 control), three zero bytes, and the sequence in 8 bytes. A
 * proof uses the sender's proof key, has no body, and its nonce is 2, the sequence in 3 bytes, and the epoch in 8
 * bytes.
 */
const PROOF_NONCE = 2;
/** Maximum number of proofs of one incarnation. */
export const MAX_PROOFS = 0xff_ffff;

/** Bytes of a frame in addition to its body. */
export const SEAL_OVERHEAD = HEADER_BYTES + TAG_BYTES;

export interface SenderIdentity {
  readonly slot: number;
  readonly epoch: number;
}

/** Seals our frames and opens those of the cluster. */
export class FrameSeal {
  readonly #cluster: string;
  readonly #clusterTag: number;
  readonly #identity: SenderIdentity;
  #keys: KeyRing;
  /** Keys before the last change: only for resending our own frames. */
  #retired: KeyRing | undefined;
  readonly #nonce = Buffer.alloc(12);
  readonly #outgoing: FrameHeader;
  readonly #cipher: FrameCipher;
  readonly #epochs: NewEpochs;

  /** @throws SecretError */
  constructor(
    cluster: string,
    secrets: readonly Uint8Array[],
    identity: SenderIdentity,
    cipher: FrameCipher = portableCipher,
    clock: Pick<Clock, 'now'> = systemClock,
  ) {
    this.#cipher = cipher;
    this.#epochs = new NewEpochs(clock);
    this.#epochs.prove(identity.slot, identity.epoch);
    this.#cluster = cluster;
    this.#clusterTag = clusterTagOf(cluster);
    this.#identity = identity;
    this.#keys = new KeyRing(secrets, cluster);
    this.#outgoing = { kind: 0, flags: 0, ...identity, clusterTag: this.#clusterTag, keyTag: 0, sequence: 0 };
  }

  /** Sets the secrets: the first one seals, all of them open. @throws SecretError */
  changeSecrets(secrets: readonly Uint8Array[]): void {
    const keys = new KeyRing(secrets, this.#cluster);
    this.#retired = this.#keys;
    this.#keys = keys;
  }

  /**
   * A frame of our own for retransmission: unchanged, or, if its secret no longer seals, its body sealed with the
   * current one. A key and nonce are only reused for identical bytes.
   * @returns undefined when neither the current nor the previous secrets open it
   */
  renew(frame: Buffer): Buffer | undefined {
    const header = emptyHeader();
    if (this.inspect(frame, header) !== undefined) return undefined;
    if (header.keyTag === this.#keys.sealingTag) return frame;
    let body = this.open(frame, header);
    if (typeof body === 'string' && this.#retired !== undefined) body = this.#openWith(this.#retired, frame, header);
    return typeof body === 'string' ? undefined : this.seal(header.kind, header.flags, header.sequence, body);
  }

  /** Makes a frame. No (stream, sequence) may be sealed twice in one epoch: the caller counts. */
  seal(kind: number, flags: number, sequence: number, body: Uint8Array): Buffer {
    const frame = Buffer.allocUnsafeSlow(SEAL_OVERHEAD + body.length);
    frame.set(body, HEADER_BYTES);
    this.sealInPlace(kind, flags, sequence, frame);
    return frame;
  }

  /** As `seal`, for a body already placed in the frame, with space for header and tag around it. */
  sealInPlace(kind: number, flags: number, sequence: number, frame: Buffer): void {
    const { slot, epoch } = this.#identity;
    const header = this.#outgoing;
    header.kind = kind;
    header.flags = flags;
    header.sequence = sequence;
    header.keyTag = this.#keys.sealingTag;
    writeHeader(frame, header);
    this.#cipher.seal(this.#keys.sealingKey(slot, epoch), this.#nonceOf(kind, sequence), frame, HEADER_BYTES);
  }

  /** Checks the clear header: whether one of our keys may open the frame. */
  inspect(frame: Buffer, header: FrameHeader): Refusal | undefined {
    const refusal = readHeader(frame, header);
    if (refusal !== undefined) return refusal;
    return header.clusterTag === this.#clusterTag ? undefined : 'cluster';
  }

  /**
   * Opens a frame whose header was read by `inspect`. @returns its body, valid until the next frame is opened, or why
   * it is rejected
   */
  open(frame: Buffer, header: FrameHeader): Uint8Array | 'key' | 'seal' | 'newEpoch' {
    return this.#openWith(this.#keys, frame, header);
  }

  #openWith(keys: KeyRing, frame: Buffer, header: FrameHeader): Uint8Array | 'key' | 'seal' | 'newEpoch' {
    const { slot, epoch } = header;
    const key = keys.openingKey(header.keyTag, slot, epoch, () => this.#epochs.mayDerive(slot, epoch));
    if (typeof key === 'string') return key;
    const body = this.#cipher.open(key, this.#nonceOf(header.kind, header.sequence), frame, HEADER_BYTES);
    if (body === undefined) return 'seal';
    this.#epochs.prove(slot, epoch);
    return body;
  }

  /** Proves to nodes that do not know our epoch that it is ours. @param sequence up to MAX_PROOFS, each once */
  proof(sequence: number): Buffer {
    const { slot, epoch } = this.#identity;
    const frame = Buffer.allocUnsafeSlow(SEAL_OVERHEAD);
    const header = this.#outgoing;
    header.kind = FrameKind.proof;
    header.flags = 0;
    header.sequence = sequence;
    header.keyTag = this.#keys.sealingTag;
    writeHeader(frame, header);
    this.#cipher.seal(this.#keys.sealingProofKey(slot), this.#proofNonceOf(sequence, epoch), frame, HEADER_BYTES);
    return frame;
  }

  /**
   * Verifies a proof of another node's epoch, which costs one decryption and no key derivation; its frames can be
   * opened afterwards.
   */
  takeProof(frame: Buffer, { keyTag, slot, epoch, sequence }: FrameHeader): 'key' | 'seal' | undefined {
    const key = this.#keys.openingProofKey(keyTag, slot);
    if (key === undefined) return 'key';
    if (frame.length !== SEAL_OVERHEAD || sequence > MAX_PROOFS) return 'seal';
    if (this.#cipher.open(key, this.#proofNonceOf(sequence, epoch), frame, HEADER_BYTES) === undefined) return 'seal';
    this.#epochs.prove(slot, epoch);
    return undefined;
  }

  #proofNonceOf(sequence: number, epoch: number): Buffer {
    this.#nonce[0] = PROOF_NONCE;
    this.#nonce.writeUIntBE(sequence, 1, 3);
    writeUInt64(this.#nonce, epoch, 4);
    return this.#nonce;
  }

  #nonceOf(kind: number, sequence: number): Buffer {
    this.#nonce.fill(0, 1, 4);
    this.#nonce[0] = streamOf(kind);
    writeUInt64(this.#nonce, sequence, 4);
    return this.#nonce;
  }
}
