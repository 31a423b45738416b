import type { Writable } from 'node:stream';
import { FrameKind } from '../frame-header.ts';
import type { ReplicationLink, StreamStatus } from '../transport.ts';

/** Maximum size of a message; frames of the log are much smaller. */
export const MAX_FRAME_BYTES = 60_000;
/** Offset of a frame's kind in the clear header. */
const KIND_OFFSET = 5;
/**
 * Queue capacity reserved for frames other than those of the log, so that heartbeats are not lost behind a snapshot.
 */
const RESERVE_FRAMES = 64;
/** With this many queued frames, the network is slower than the sender. */
const BUSY_FRAMES = 16;

/** A stream to a peer, opened by either side. */
export interface PeerStream {
  readonly frames: Pick<Writable, 'write' | 'writableLength'>;
  /** Ends it, even if the other side no longer responds. */
  end(): void;
}

/**
 * A link to one peer over one stream. While there is no stream, or `queueFrames` frames are queued, sending fails and
 * is counted: the peer requests missing log frames again.
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

  /** @returns whether it was the current stream */
  detach(stream: PeerStream, reason: string): boolean {
    if (this.#current !== stream) return false;
    this.#current = undefined;
    this.#reason = reason;
    return true;
  }

  /** A connection attempt has failed. */
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
