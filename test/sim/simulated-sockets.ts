import type { VirtualTime } from './virtual-time.ts';

/** What a node's sockets have room for, and how fast its loop reads them. */
export interface SocketPlan {
  /** Bytes, as the kernel counts them, of each receive buffer; absent: they have no end, and nobody is told of one. */
  readonly receiveRoom: number | undefined;
  /** The kernel keeps frames in large pieces of memory; otherwise in pieces that fit. */
  readonly wasteful: boolean;
  /** What the loop takes for a frame, ms. */
  readonly readMs: number;
  /** Frames that a link of its own takes before it refuses, and what the wire takes for one, ms. */
  readonly queueFrames: number;
  readonly wireMs: number;
}

/** What the kernel keeps beside a frame, bytes, and the smallest piece of memory for it. */
const BOOKKEEPING = 637;
const SMALL_PIECE = 512;
const LARGE_PIECE = 4096;
/** What a frame is the body of: Ethernet, IPv6 and UDP. */
const HEADERS = 14 + 40 + 8;
/** Frames that the loop reads in one go. */
const AT_ONCE = 8;

/**
 * What a frame takes of a receive buffer; at most the 4733 bytes that senders count on
 * (src/replication/send-window.ts).
 */
export function countedBytes(frameBytes: number, wasteful: boolean): number {
  const bytes = frameBytes + HEADERS;
  if (bytes <= SMALL_PIECE) return SMALL_PIECE + BOOKKEEPING;
  return BOOKKEEPING + (wasteful ? LARGE_PIECE : 2 ** Math.ceil(Math.log2(bytes)));
}

interface Waiting {
  readonly link: number;
  readonly frame: Uint8Array;
  readonly bytes: number;
}

/**
 * The receive buffers of one life of a node, one for each link, and the loop that reads them all, in the order in which
 * frames came.
 */
export class SocketReader {
  readonly #plan: SocketPlan;
  readonly #time: VirtualTime;
  readonly #onFrame: (link: number, frame: Uint8Array) => void;
  readonly #bytes: number[] = [];
  readonly #waiting: Waiting[] = [];
  #first = 0;
  /** Until then the loop is busy with what it has read. */
  #busyUntilMs = 0;
  #stopped = false;

  constructor(plan: SocketPlan, time: VirtualTime, onFrame: (link: number, frame: Uint8Array) => void) {
    this.#plan = plan;
    this.#time = time;
    this.#onFrame = onFrame;
  }

  /** @returns false when the buffer has no room: the frame is lost */
  arrive(link: number, frame: Uint8Array): boolean {
    const { receiveRoom = Number.POSITIVE_INFINITY, wasteful, readMs } = this.#plan;
    const { nowMs } = this.#time;
    if (this.#waiting.length === 0 && this.#busyUntilMs <= nowMs) {
      this.#busyUntilMs = nowMs + readMs;
      this.#onFrame(link, frame);
      return true;
    }
    const bytes = countedBytes(frame.length, wasteful);
    const before = this.#bytes[link] ?? 0;
    if (before + bytes > receiveRoom) return false;
    this.#bytes[link] = before + bytes;
    this.#waiting.push({ link, frame, bytes });
    if (this.#waiting.length === 1) this.#schedule();
    return true;
  }

  /** The loop is busy with something else for a while. */
  stall(ms: number): void {
    this.#busyUntilMs = Math.max(this.#busyUntilMs, this.#time.nowMs + ms);
  }

  stop(): void {
    this.#stopped = true;
  }

  #schedule(): void {
    this.#time.after(this.#busyUntilMs - this.#time.nowMs, () => this.#read());
  }

  #read(): void {
    if (this.#stopped) return;
    if (this.#busyUntilMs > this.#time.nowMs) {
      this.#schedule();
      return;
    }
    this.#busyUntilMs = this.#time.nowMs;
    for (let read = 0; read < AT_ONCE && this.#first < this.#waiting.length; read++) {
      const { link, frame, bytes } = this.#waiting[this.#first++];
      this.#bytes[link] -= bytes;
      this.#busyUntilMs += this.#plan.readMs;
      this.#onFrame(link, frame);
    }
    if (this.#first < this.#waiting.length) {
      this.#schedule();
      return;
    }
    this.#waiting.length = 0;
    this.#first = 0;
  }
}

/** What a link of a node has taken and the wire has not yet carried. */
export class WireQueue {
  readonly #plan: SocketPlan;
  readonly #time: VirtualTime;
  #freeAtMs = 0;

  constructor(plan: SocketPlan, time: VirtualTime) {
    this.#plan = plan;
    this.#time = time;
  }

  /** @returns when the frame is on the wire, ms from now; undefined when the queue is full */
  take(): number | undefined {
    const { queueFrames, wireMs } = this.#plan;
    const { nowMs } = this.#time;
    const freeAtMs = Math.max(this.#freeAtMs, nowMs);
    if (freeAtMs - nowMs >= queueFrames * wireMs) return undefined;
    this.#freeAtMs = freeAtMs + wireMs;
    return this.#freeAtMs - nowMs;
  }
}
