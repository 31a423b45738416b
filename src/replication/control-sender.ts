import { isthmus } from '../gen/frames.js';
import type { Clock } from './clock.ts';
import { encodeFingerprints, type InstanceFingerprint } from './fingerprint.ts';
import { FrameKind } from './frame-header.ts';
import { type FrameSeal, SEAL_OVERHEAD } from './frame-seal.ts';

const v1 = isthmus.v1;

/** Delay of an urgent acknowledgement, so that it covers all frames that arrive in this time. */
const ACKNOWLEDGE_MS = 1;

/** Tag and length of a padding; the length takes two bytes from 128 on. */
const PADDING_OVERHEAD = 3;
const LEAST_PADDING = 128;

export interface ControlSenderWorld {
  readonly clock: Clock;
  readonly seal: FrameSeal;
  readonly transmit: (frame: Buffer) => void;
  /** Content of a heartbeat at this moment. */
  readonly beat: () => isthmus.v1.HeartbeatBody.$Properties;
}

/** Identity of this node. */
export interface ControlSenderIdentity {
  readonly node: string;
  readonly software: string;
  readonly heartbeatMs: number;
}

/**
 * The control stream: everything this node sends apart from its log. Its frames are never retransmitted; their content
 * is either repeated or requested again.
 */
export class ControlSender {
  readonly #own: ControlSenderIdentity;
  readonly #world: ControlSenderWorld;
  #sequence = 0;
  #helloMs = Number.NEGATIVE_INFINITY;
  #acknowledging = false;
  #stopped = false;

  constructor(own: ControlSenderIdentity, world: ControlSenderWorld) {
    this.#own = own;
    this.#world = world;
  }

  stop(): void {
    this.#stopped = true;
  }

  /** @param transmit destination; absent: every link */
  send(kind: FrameKind, body: Uint8Array, transmit = this.#world.transmit): void {
    if (this.#stopped) return;
    this.#sequence += 1;
    const { seal } = this.#world;
    transmit(seal.seal(kind, 0, this.#sequence, body));
  }

  /** @param size to pad the frame to, bytes; 0: no padding */
  heartbeat(size = 0): void {
    const beat = this.#world.beat();
    const body = v1.HeartbeatBody.encode(beat).finish();
    const missing = size - SEAL_OVERHEAD - body.length - PADDING_OVERHEAD;
    if (missing < LEAST_PADDING) this.send(FrameKind.heartbeat, body);
    else this.send(FrameKind.heartbeat, v1.HeartbeatBody.encode({ ...beat, padding: Buffer.alloc(missing) }).finish());
  }

  /** Sends the next heartbeat early, because a peer waits for the acknowledgement in it. */
  acknowledgeSoon(): void {
    if (this.#acknowledging) return;
    this.#acknowledging = true;
    this.#world.clock.after(ACKNOWLEDGE_MS, () => {
      this.#acknowledging = false;
      this.heartbeat();
    });
  }

  /** Milliseconds since the last hello. */
  get helloAge(): number {
    return this.#world.clock.now() - this.#helloMs;
  }

  /** @param info status of this node, from the agent */
  hello(instances: readonly InstanceFingerprint[], info: Uint8Array): void {
    this.#helloMs = this.#world.clock.now();
    const body = { ...this.#own, revision: 1, instances: encodeFingerprints(instances), info };
    this.send(FrameKind.hello, v1.HelloBody.encode(body).finish());
  }

  /** Retransmits a frame of the log, sealed as before. */
  resend(frame: Buffer): void {
    this.send(FrameKind.resend, v1.ResendBody.encode({ frames: [frame] }).finish());
  }
}
