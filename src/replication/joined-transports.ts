import type { ConnectionRefusal, ReplicationLink, ReplicationTransport } from './transport.ts';

/** Combines several transports; receivers discard duplicates as usual. */
export class JoinedTransports implements ReplicationTransport {
  readonly links: readonly ReplicationLink[];
  readonly #parts: readonly ReplicationTransport[];

  constructor(parts: readonly ReplicationTransport[]) {
    this.#parts = parts;
    this.links = parts.flatMap(({ links }) => links);
  }

  async start(onFrame: (link: number, frame: Uint8Array) => void): Promise<void> {
    let first = 0;
    try {
      for (const part of this.#parts) {
        const base = first;
        await part.start((link, frame) => onFrame(base + link, frame));
        first += part.links.length;
      }
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#parts.map((part) => part.close()));
  }

  connectionsRefused(): ReadonlyMap<ConnectionRefusal, number> {
    return new Map(this.#parts.flatMap((part) => [...(part.connectionsRefused?.() ?? [])]));
  }
}
