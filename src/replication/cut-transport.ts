import { FrameKind, KIND_AT } from './frame-header.ts';
import type { ReplicationLink, ReplicationTransport } from './transport.ts';

/** Frame kinds that are not affected by a cut, so that a drill can be ended. */
const PASSES: number = FrameKind.call;

/** Directions of a link that are cut. */
export interface Cut {
  readonly in: boolean;
  readonly out: boolean;
}

/**
 * A transport whose links can be cut in software, in one direction or both: frames are lost as on a cut wire, except
 * those of calls between nodes.
 */
export class CutTransport implements ReplicationTransport {
  readonly links: readonly ReplicationLink[];
  readonly #transport: ReplicationTransport;
  readonly #cuts: Cut[];

  constructor(transport: ReplicationTransport) {
    this.#transport = transport;
    this.#cuts = transport.links.map(() => ({ in: false, out: false }));
    this.links = transport.links.map((link, index) => this.#cuttable(link, index));
  }

  /** @param link its name @returns false: there is no such link */
  cut(link: string, cut: Cut): boolean {
    const index = this.links.findIndex(({ name }) => name === link);
    if (index < 0) return false;
    this.#cuts[index] = cut;
    return true;
  }

  restore(): void {
    for (const index of this.#cuts.keys()) this.#cuts[index] = { in: false, out: false };
  }

  start(onFrame: (link: number, frame: Uint8Array) => void): Promise<void> {
    return this.#transport.start((link, frame) => {
      if (!this.#cuts[link].in || frame[KIND_AT] === PASSES) onFrame(link, frame);
    });
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  connectionsRefused(): ReturnType<NonNullable<ReplicationTransport['connectionsRefused']>> {
    return this.#transport.connectionsRefused?.() ?? new Map();
  }

  /** The same link in all other respects, with its current state. */
  #cuttable(link: ReplicationLink, index: number): ReplicationLink {
    const send = (frame: Uint8Array): boolean =>
      (this.#cuts[index].out && frame[KIND_AT] !== PASSES) || link.send(frame);
    return new Proxy(link, {
      get: (target, key) => {
        if (key === 'send') return send;
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function'
          ? (...given: unknown[]): unknown => Reflect.apply(value, target, given)
          : value;
      },
    });
  }
}
