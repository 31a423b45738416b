import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Chunk, ChunkQueue } from './chunk-queue.ts';
import { Backoff, type ChunkSender } from './chunk-sender.ts';
import type { LossCounts } from './loss-counts.ts';

/** Requested send buffer; the kernel limits it to net.core.wmem_max. */
const SEND_BUFFER = 4 * 1024 * 1024;
const CLOSE_POLL_MS = 20;

export interface DatagramSenderWorld {
  readonly address: string;
  readonly port: number;
  /** Start and end in a chunk of the datagram that begins at `at`. */
  readonly frame: (chunk: Chunk, at: number) => { readonly start: number; readonly end: number };
  readonly prepare: (chunk: Chunk) => void;
  /** A datagram to be sent periodically; empty: none. */
  readonly preamble: (nowMs: number) => Uint8Array;
  readonly now: () => number;
}

/**
 * Sends messages as datagrams, one chunk at a time. Datagrams are not acknowledged: those rejected by the kernel or by
 * an absent server (ICMP port unreachable) are counted; those lost in transit are not.
 */
export class DatagramSender implements ChunkSender {
  readonly #queue: ChunkQueue;
  readonly #world: DatagramSenderWorld;
  readonly #losses: LossCounts;
  readonly #backoff = new Backoff();
  #socket: Socket | undefined;
  #connected = false;
  #busy = false;
  #problemMs = 0;
  problem = '';
  lines = 0;
  bytes = 0;

  constructor(queue: ChunkQueue, losses: LossCounts, world: DatagramSenderWorld) {
    this.#queue = queue;
    this.#losses = losses;
    this.#world = world;
  }

  tick(nowMs: number): void {
    if (this.#socket === undefined) {
      if (this.#backoff.isDue(nowMs)) this.#open(nowMs);
      return;
    }
    if (!this.#connected) return;
    if (this.problem !== '' && nowMs - this.#problemMs > REMEMBERED_MS) this.problem = '';
    const preamble = this.#world.preamble(nowMs);
    if (preamble.length > 0) this.#socket.send(preamble, (error) => this.#sent(error));
    if (!this.#busy) this.#next(this.#socket);
  }

  async close(limitMs: number): Promise<void> {
    const untilMs = this.#world.now() + limitMs;
    while (this.#world.now() < untilMs && (this.#busy || this.#queue.bytes > 0)) {
      this.tick(this.#world.now());
      await sleep(CLOSE_POLL_MS);
    }
    this.#socket?.close();
    this.#socket = undefined;
  }

  #open(nowMs: number): void {
    const { address, port } = this.#world;
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
    this.#socket = socket;
    socket.on('error', (error) => this.#failed(error));
    socket.once('close', () => {
      if (this.#socket === socket) this.#socket = undefined;
      this.#connected = false;
    });
    // A connected socket reports ICMP port unreachable.
    socket.connect(port, address, () => {
      this.#connected = true;
      this.#backoff.succeeded();
      try {
        socket.setSendBufferSize(SEND_BUFFER);
      } catch (error) {
        // Best effort: the kernel's default is smaller.
        this.#failed(error);
      }
      this.tick(this.#world.now());
    });
    this.#backoff.failed(nowMs);
  }

  #next(socket: Socket): void {
    const chunk = this.#queue.take();
    if (chunk === undefined) return;
    this.#busy = true;
    this.#world.prepare(chunk);
    let waiting = 1;
    let failed = 0;
    let datagrams = 0;
    const done = (error?: Error | null): void => {
      this.#sent(error);
      if (error !== undefined && error !== null) failed += 1;
      waiting -= 1;
      if (waiting > 0) return;
      const lost = datagrams === 0 ? 0 : Math.round((chunk.lines * failed) / datagrams);
      this.#losses.add('connection', lost);
      this.lines += chunk.lines - lost;
      this.bytes += chunk.length;
      this.#queue.give(chunk);
      this.#busy = false;
      if (this.#socket === socket) this.#next(socket);
    };
    for (let at = 0; at < chunk.length;) {
      const { start, end } = this.#world.frame(chunk, at);
      datagrams += 1;
      waiting += 1;
      socket.send(chunk.bytes, start, end - start, done);
      at = end;
    }
    done();
  }

  #sent(error: Error | null | undefined): void {
    if (error !== undefined && error !== null) this.#failed(error);
  }

  #failed(error: unknown): void {
    this.problem = error instanceof Error ? error.message : String(error);
    this.#problemMs = this.#world.now();
  }
}

/** How long an error is reported: later datagrams may well arrive. */
const REMEMBERED_MS = 10_000;
