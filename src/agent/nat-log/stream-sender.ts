import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Chunk, ChunkQueue } from './chunk-queue.ts';
import { Backoff, type ChunkSender } from './chunk-sender.ts';

/** Maximum number of chunks passed to the socket and not yet accepted by the kernel. */
const IN_FLIGHT = 2;
/** A server that accepts nothing for this long is considered dead: the connection is reopened. Milliseconds. */
const STALL_MS = 30_000;
const CONNECT_MS = 5000;
const CLOSE_POLL_MS = 20;

export interface StreamSenderWorld {
  /** Opens a connecting socket. @throws if that is not possible, for example when a certificate cannot be read */
  readonly open: () => Socket;
  /** The event for a usable connection: `connect`, or `secureConnect` with TLS. */
  readonly ready: 'connect' | 'secureConnect';
  /** Called before a chunk is sent, and again before it is sent over another connection. */
  readonly prepare: (chunk: Chunk) => void;
  /** The kernel has accepted a chunk, which will be reused. */
  readonly forget: (chunk: Chunk) => void;
  /** First data on a new connection; empty: none. */
  readonly preamble: () => Uint8Array;
  /** The time of day, milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Sends chunks over TCP or TLS, one connection at a time. Chunks not accepted by the kernel when a connection ends are
 * sent again completely over the next one; data accepted by the kernel and not received by the server is lost, as with
 * any protocol over TCP without acknowledgements of its own.
 */
export class StreamSender implements ChunkSender {
  readonly #queue: ChunkQueue;
  readonly #world: StreamSenderWorld;
  readonly #backoff = new Backoff();
  #socket: Socket | undefined;
  #connected = false;
  /** Chunks of the current connection, oldest first. */
  #flying: Chunk[] = [];
  /** Chunks of a former connection. */
  #again: Chunk[] = [];
  #movedMs = 0;
  problem = '';
  lines = 0;
  bytes = 0;

  constructor(queue: ChunkQueue, world: StreamSenderWorld) {
    this.#queue = queue;
    this.#world = world;
  }

  tick(nowMs: number): void {
    if (this.#socket === undefined) {
      if (this.#backoff.isDue(nowMs)) this.#connect(nowMs);
      return;
    }
    const limitMs = this.#connected ? STALL_MS : CONNECT_MS;
    const waits = !this.#connected || this.#flying.length > 0;
    if (waits && nowMs - this.#movedMs > limitMs) {
      const what = this.#connected ? 'the server takes nothing' : 'the server does not answer';
      this.#socket.destroy(new Error(`${what} for ${limitMs / 1000} s`));
      return;
    }
    if (this.#connected) this.#fly(nowMs);
  }

  async close(limitMs: number): Promise<void> {
    const untilMs = this.#world.now() + limitMs;
    while (
      this.#world.now() < untilMs &&
      (this.#flying.length > 0 || this.#again.length > 0 || this.#queue.bytes > 0)
    ) {
      this.tick(this.#world.now());
      await sleep(CLOSE_POLL_MS);
    }
    const socket = this.#socket;
    if (socket === undefined) return;
    const closed = new Promise<void>((resolve) => {
      socket.once('close', () => resolve());
    });
    socket.end();
    await Promise.race([closed, sleep(Math.max(CLOSE_POLL_MS, untilMs - this.#world.now()))]);
    socket.destroy();
  }

  #connect(nowMs: number): void {
    const { open, ready, preamble } = this.#world;
    let socket: Socket;
    try {
      socket = open();
    } catch (error) {
      this.#failed(error, nowMs);
      return;
    }
    this.#socket = socket;
    this.#movedMs = nowMs;
    socket.once(ready, () => {
      this.#connected = true;
      this.#movedMs = this.#world.now();
      this.#backoff.succeeded();
      this.problem = '';
      socket.setNoDelay(false);
      const first = preamble();
      if (first.length > 0) socket.write(first);
      this.#fly(this.#world.now());
    });
    // Data from the server is discarded; reading detects that it closes.
    socket.on('data', () => undefined);
    socket.on('error', (error) => this.#failed(error, this.#world.now()));
    socket.once('close', () => {
      this.#socket = undefined;
      if (this.problem === '') this.#failed(new Error('the server closed the connection'), this.#world.now());
      this.#connected = false;
      this.#again = [...this.#flying, ...this.#again];
      this.#flying = [];
    });
  }

  #failed(error: unknown, nowMs: number): void {
    this.problem = error instanceof Error ? error.message : String(error);
    this.#backoff.failed(nowMs);
  }

  #fly(nowMs: number): void {
    const socket = this.#socket;
    if (socket === undefined) return;
    while (this.#flying.length < IN_FLIGHT) {
      const chunk = this.#again.shift() ?? this.#queue.take();
      if (chunk === undefined) return;
      if (this.#flying.length === 0) this.#movedMs = nowMs;
      this.#world.prepare(chunk);
      this.#flying.push(chunk);
      socket.write(chunk.bytes.subarray(0, chunk.length), (error) => {
        // A chunk of an ended connection is sent again.
        if (error === undefined || error === null) this.#landed(chunk);
      });
    }
  }

  #landed(chunk: Chunk): void {
    const place = this.#flying.indexOf(chunk);
    if (place < 0) return;
    this.#flying.splice(place, 1);
    this.#movedMs = this.#world.now();
    this.lines += chunk.lines;
    this.bytes += chunk.length;
    this.#world.forget(chunk);
    this.#queue.give(chunk);
    if (this.#connected) this.#fly(this.#movedMs);
  }
}
