import type { ServerResponse } from 'node:http';

export interface StreamLimits {
  /** Pages that are open at one time, and of them those of one peer. */
  readonly readers: number;
  readonly perPeer: number;
  /** Bytes that a reader has not taken yet; one with more is cut off, and may come again. */
  readonly unread: number;
}

export const STREAM_LIMITS: StreamLimits = { readers: 32, perPeer: 6, unread: 512 * 1024 };

/** Milliseconds after which a browser whose stream has ended asks again. */
const RETRY_MS = 1000;

/** Server-sent events to everybody who has the page open. Nothing here waits for a reader. */
export class EventStream {
  readonly #limits: StreamLimits;
  readonly #readers = new Map<ServerResponse, string>();
  /** Readers that were cut off because they did not read. */
  cutOff = 0;

  constructor(limits: StreamLimits = STREAM_LIMITS) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#readers.size;
  }

  /** Whether another reader may come; else one sentence why not. */
  refusal(peer: string): string | undefined {
    if (this.#readers.size >= this.#limits.readers) return `${this.#limits.readers} pages are open`;
    const ofPeer = [...this.#readers.values()].filter((other) => other === peer).length;
    return ofPeer >= this.#limits.perPeer ? `${this.#limits.perPeer} pages are open from this address` : undefined;
  }

  /** @param first what it is sent before anything else */
  add(response: ServerResponse, peer: string, first: readonly string[]): void {
    this.#readers.set(response, peer);
    response.once('close', () => this.#readers.delete(response));
    response.write(`retry: ${RETRY_MS}\n\n${first.join('')}`);
  }

  send(message: string): void {
    for (const response of this.#readers.keys()) {
      if (response.writableLength > this.#limits.unread) {
        this.cutOff += 1;
        response.destroy();
      } else response.write(message);
    }
  }
}

/** One event of the stream. JSON has no line breaks outside of its strings, and inside they are escaped. */
export function message(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
