import type { Writable } from 'node:stream';
import { FrameKind } from '../frame-header.ts';
import type { ReplicationLink, StreamStatus } from '../transport.ts';

/** What a stream of gRPC carries in one message; frames of the log are smaller by far. */
export const MAX_FRAME_BYTES = 60_000;
/** Where a frame's kind is, in the clear header. */
const KIND_OFFSET = 5;
/** Room that a queue has for other frames than those of the log: heartbeats must not be lost behind a snapshot. */
const RESERVE_FRAMES = 64;
/** With so many frames waiting the network is slower than what is sent. */
const BUSY_FRAMES = 16;

/** A stream to a peer, whoever opened it. */
export interface PeerStream {
  readonly frames: Pick<Writable, 'write' | 'writableLength'>;
  /** Ends it, also when the other side no longer answers. */
  end(): void;
}

/**
 * The way to one peer over one stream. While there is none, or while `queueFrames` frames wait for the network, what is
 * sent is refused and counted: the peer asks again for what it misses of the log.
 *
 *     no stream ──attach──> stream ──detach (it ended)──> no stream
 *                             └──attach (the peer came again)──> the old one is ended, the new one is the stream
 */
export class GrpcLink implements ReplicationLink {
  readonly name: string;
  readonly maxFrameBytes = MAX_FRAME_BYTES;
  readonly forwards = false;
  readonly peers: ReadonlySet<number>;
  readonly #queueFrames: number;
  #current: PeerStream | undefined;
  #connects = 0;
  #failures = 0;
  #refusedFull = 0;
  #reason = 'no connection yet';

  constructor(peer: { readonly name: string; readonly slot: number }, queueFrames: number) {
    this.name = `grpc:${peer.name}`;
    this.peers = new Set([peer.slot]);
    this.#queueFrames = queueFrames;
  }

  get busy(): boolean {
    return this.#current === undefined || this.#current.frames.writableLength >= BUSY_FRAMES;
  }

  get connected(): boolean {
    return this.#current !== undefined;
  }

  attach(stream: PeerStream): void {
    const before = this.#current;
    this.#current = stream;
    this.#connects += 1;
    this.#reason = '';
    before?.end();
  }

  /** @returns whether it was the present stream */
  detach(stream: PeerStream, reason: string): boolean {
    if (this.#current !== stream) return false;
    this.#current = undefined;
    this.#reason = reason;
    return true;
  }

  /** An attempt to reach the peer was in vain. */
  failed(reason: string): void {
    this.#failures += 1;
    this.#reason = reason;
  }

  send(frame: Uint8Array): boolean {
    const stream = this.#current;
    if (stream === undefined || frame.length > MAX_FRAME_BYTES) return false;
    const room = frame[KIND_OFFSET] === FrameKind.log ? this.#queueFrames : this.#queueFrames + RESERVE_FRAMES;
    if (stream.frames.writableLength >= room) {
      this.#refusedFull += 1;
      return false;
    }
    stream.frames.write(Buffer.from(frame));
    return true;
  }

  close(): void {
    this.#current?.end();
    this.#current = undefined;
    this.#reason = 'closed';
  }

  streamStatus(): StreamStatus {
    return {
      connected: this.connected,
      connects: this.#connects,
      failures: this.#failures,
      refusedFull: this.#refusedFull,
      reason: this.#reason,
    };
  }
}
