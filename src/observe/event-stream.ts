import type { ServerResponse } from 'node:http';

export interface StreamLimits {
  /** Maximum number of open pages, and of those per peer. */
  readonly readers: number;
  readonly perPeer: number;
  /** Maximum unread bytes of a reader; beyond, it is disconnected and may reconnect. */
  readonly unread: number;
}

export const STREAM_LIMITS: StreamLimits = { readers: 32, perPeer: 6, unread: 512 * 1024 };

/** Reconnection delay of a browser, milliseconds. */
const RETRY_MS = 1000;

/** Server-sent events to all open pages. Never waits for a reader. */
export class EventStream {
  readonly #limits: StreamLimits;
  readonly #readers = new Map<ServerResponse, string>();
  /** Readers disconnected because they did not read. */
  cutOff = 0;

  constructor(limits: StreamLimits = STREAM_LIMITS) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#readers.size;
  }

  /** Whether another reader is accepted; else the reason in one sentence. */
  refusal(peer: string): string | undefined {
    if (this.#readers.size >= this.#limits.readers) return `${this.#limits.readers} pages are open`;
    const ofPeer = [...this.#readers.values()].filter((other) => other === peer).length;
    return ofPeer >= this.#limits.perPeer ? `${this.#limits.perPeer} pages are open from this address` : undefined;
  }

  /** @param first messages sent first */
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

/** One event of the stream. JSON contains line breaks only escaped, inside strings. */
export function message(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
