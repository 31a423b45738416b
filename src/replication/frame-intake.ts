import type { Clock } from './clock.ts';
import type { EpochProofs } from './epoch-proofs.ts';
import { ACKNOWLEDGE_SOON, emptyHeader, type FrameHeader, FrameKind, streamOf, Stream } from './frame-header.ts';
import type { FrameSeal } from './frame-seal.ts';
import type { LinkSet } from './link-set.ts';
import type { Peer } from './peer.ts';
import type { Refusal } from './refusals.ts';
import { Seen } from './sequence-window.ts';
import type { SlotClaim } from './slot-claim.ts';

/** Sources of accepted frames, and callbacks for first copies. */
export interface IntakeWorld {
  readonly self: { readonly slot: number; readonly epoch: number };
  readonly clock: Clock;
  readonly seal: FrameSeal;
  readonly proofs: EpochProofs;
  readonly links: LinkSet;
  readonly peers: ReadonlyMap<number, Peer>;
  readonly claim: SlotClaim;
  /** The sender of a frame waits for its acknowledgement. */
  readonly acknowledgeSoon: () => void;
  /** A message of a peer: an authentic first copy; the callee may keep the body. */
  readonly read: (peer: Peer, header: FrameHeader, body: Buffer) => Refusal | undefined;
  /** Another node uses this node's slot and was there first. */
  readonly slotLost: () => void;
}

/**
 * Processing of a received datagram: header checks, decryption, detection of duplicates, forwarding of first copies,
 * then records go to the log of their sender and messages to `read`.
 */
export class FrameIntake {
  readonly #world: IntakeWorld;
  readonly #header: FrameHeader = emptyHeader();

  constructor(world: IntakeWorld) {
    this.#world = world;
  }

  /** A rejected frame is counted for its link. */
  receive(link: number, datagram: Uint8Array): void {
    this.#world.links.came(link, datagram.length);
    const frame = Buffer.isBuffer(datagram)
      ? datagram
      : Buffer.from(datagram.buffer, datagram.byteOffset, datagram.byteLength);
    const refusal = this.#take(link, frame);
    if (refusal !== undefined) this.#world.links.refuse(link, refusal);
  }

  /** @returns why the frame was rejected; undefined: accepted, or a duplicate */
  #take(link: number, frame: Buffer): Refusal | undefined {
    const header = this.#header;
    const unfit = this.#world.seal.inspect(frame, header);
    if (unfit !== undefined) return unfit;
    const { slot, epoch } = this.#world.self;
    if (header.kind === FrameKind.proof) return this.#takeProof(link, frame);
    if (header.slot === slot) return header.epoch === epoch ? 'own' : this.#sameSlot(frame, header);
    const peer = this.#world.peers.get(header.slot);
    if (peer === undefined) return 'slot';
    if (header.epoch < peer.candidateEpoch && header.epoch !== peer.epoch) return 'oldEpoch';
    const body = this.#world.seal.open(frame, header);
    if (typeof body === 'string') return body;
    const { kind } = header;
    const first = this.#isFirst(peer, header, body);
    if (typeof first === 'string') return first;
    const repeated = this.#world.links.heard(link, header, first, frame.length);
    // Heartbeats are forwarded in both directions of a ring, so that each node can judge each link; of other frames
    // only the first copy is forwarded.
    const onward = first || (kind === FrameKind.heartbeat && !repeated);
    // With one peer, nobody else needs the frame.
    if (onward && this.#world.peers.size > 1) this.#world.links.forward(link, frame);
    if (!first) return undefined;
    if ((header.flags & ACKNOWLEDGE_SOON) !== 0) this.#world.acknowledgeSoon();
    if (kind === FrameKind.log) return undefined;
    // A copy, because the message is kept beyond the next frame.
    return this.#world.read(peer, header, Buffer.from(body));
  }

  #takeProof(link: number, frame: Buffer): Refusal | undefined {
    const { slot, epoch } = this.#header;
    const own = slot === this.#world.self.slot;
    if (own && epoch === this.#world.self.epoch) return 'own';
    if (!own && !this.#world.peers.has(slot)) return 'slot';
    const refusal = this.#world.seal.takeProof(frame, this.#header);
    if (refusal !== undefined) return refusal;
    if (this.#world.proofs.isFirst(this.#header) && this.#world.peers.size > 1) this.#world.links.forward(link, frame);
    return undefined;
  }

  /** Whether an authentic frame is the first copy; log frames are processed here. */
  #isFirst(peer: Peer, header: FrameHeader, body: Uint8Array): boolean | Refusal {
    const { epoch, sequence } = header;
    if (streamOf(header.kind) === Stream.control) {
      peer.nominate(epoch);
      const window = epoch === peer.epoch ? peer.control : peer.candidateControl;
      const seen = window.take(sequence);
      return seen === Seen.tooOld ? 'tooOld' : seen === Seen.fresh;
    }
    if (epoch !== peer.epoch || peer.log === undefined) return 'unproven';
    const state = peer.log.check(sequence);
    if (state === 'tooFar' || state === 'tooOld') return state;
    return state === 'fresh' && peer.log.accept(sequence, body);
  }

  #sameSlot(frame: Buffer, header: FrameHeader): Refusal {
    const body = this.#world.seal.open(frame, header);
    if (typeof body === 'string') return body;
    const lost =
      header.kind === FrameKind.heartbeat && this.#world.claim.heard(header.epoch, body, this.#world.clock.now());
    if (lost) this.#world.slotLost();
    return 'sameSlot';
  }
}
