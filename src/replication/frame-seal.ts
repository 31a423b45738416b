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
 * at the end. The nonce is one byte that tells the stream (0 log, 1 control), three zero bytes, and the sequence in 8
 * bytes. A proof has the sender's proof key, no body, and the nonce 2, the sequence in 3 bytes, the epoch in 8 bytes.
 */
const PROOF_NONCE = 2;
/** Proofs that one incarnation can make. */
export const MAX_PROOFS = 0xff_ffff;

/** Bytes that a frame has beyond its body. */
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
  /** Those before the last change: for frames of our own that are to go once more, and for nothing else. */
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

  /** From now on the first of these secrets seals and each of them opens. @throws SecretError */
  changeSecrets(secrets: readonly Uint8Array[]): void {
    const keys = new KeyRing(secrets, this.#cluster);
    this.#retired = this.#keys;
    this.#keys = keys;
  }

  /**
   * A frame of our own as it is to be sent now: the same one, or, when it was sealed with a secret that seals no more,
   * its body under the present one. A key and a nonce that meet once more for that see the same bytes.
   * @returns undefined when no secret of now or before the last change opens it
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

  /** As `seal`, where the body already stands in the frame, with room for header and tag around it. */
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

  /** Reads and judges the clear header: is it a frame that a key of ours may open? */
  inspect(frame: Buffer, header: FrameHeader): Refusal | undefined {
    const refusal = readHeader(frame, header);
    if (refusal !== undefined) return refusal;
    return header.clusterTag === this.#clusterTag ? undefined : 'cluster';
  }

  /**
   * Opens a frame whose header was read by `inspect`: its body, which is there until the next frame is opened, or why
   * it is refused.
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

  /** Shows to nodes that do not know our epoch that it is ours. @param sequence up to MAX_PROOFS, each once */
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

  /** A proof of another node's epoch, at the cost of one opening and no derivation: frames of it can be opened then. */
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
