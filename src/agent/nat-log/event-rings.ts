import { RecordRing } from '../../dataplane/record-ring.ts';
import { NAT_EVENT_LOST, NAT_EVENT_SIZE } from '../../translator/nat64/nat-events.ts';
import type { ClientPrivacy } from './client-privacy.ts';
import type { LogSource, RingSource } from './log-source.ts';
import type { Sink } from './sink.ts';

/** Maximum number of events of one ring before the next ring is served. */
const RUN = 4096;
/** Maximum number of events per pass, so that sockets and files are served too. */
const PASS = 32_768;

interface OpenRing {
  readonly source: LogSource;
  readonly memory: SharedArrayBuffer;
  readonly ring: RecordRing;
  readonly view: DataView;
}

/** Receives a run of events before they go to the sinks. */
export type Tap = (source: LogSource, view: DataView, bytes: Uint8Array, offset: number, count: number) => void;

/** The reading ends of the rings that the workers write events into. */
export class EventRings {
  readonly #tap: Tap;
  #rings: readonly OpenRing[] = [];
  /** Rings of workers that have ended, until they are empty. */
  #leaving: readonly OpenRing[] = [];

  constructor(tap: Tap) {
    this.#tap = tap;
  }

  /** Sets the rings to read; removed ones are drained first. */
  use(sources: readonly RingSource[]): void {
    const before = this.#rings;
    this.#rings = sources.map(({ source, ring }) => {
      const known = before.find(({ memory }) => memory === ring);
      if (known !== undefined) return { ...known, source };
      const opened = new RecordRing(ring);
      const { buffer, byteOffset, byteLength } = opened.bytes;
      return { source, memory: ring, ring: opened, view: new DataView(buffer, byteOffset, byteLength) };
    });
    const gone = before.filter(({ memory }) => !sources.some(({ ring }) => ring === memory));
    this.#leaving = [...this.#leaving, ...gone];
  }

  /** Moves events to the sinks until all rings are empty, or a limit is reached. @returns whether some are left */
  pass(sinks: readonly Sink[], privacy: ClientPrivacy): boolean {
    let left = PASS;
    for (let busy = true; busy && left > 0;) {
      busy = false;
      for (const ring of this.#leaving) left -= this.#run(ring, sinks, privacy);
      this.#leaving = this.#leaving.filter(({ ring }) => ring.length > 0);
      for (const ring of this.#rings) {
        const moved = this.#run(ring, sinks, privacy);
        left -= moved;
        if (moved > 0) busy = true;
      }
    }
    return left <= 0;
  }

  #run({ source, ring, view }: OpenRing, sinks: readonly Sink[], privacy: ClientPrivacy): number {
    const count = Math.min(ring.readable, RUN);
    if (count === 0) return 0;
    const { bytes, readOffset } = ring;
    // Modified in place: the worker does not touch unreleased events.
    privacy.apply(bytes, readOffset, count);
    let lost = 0;
    for (let event = readOffset; event < readOffset + count * NAT_EVENT_SIZE; event += NAT_EVENT_SIZE) {
      lost += view.getUint32(event + NAT_EVENT_LOST);
    }
    this.#tap(source, view, bytes, readOffset, count);
    for (const sink of sinks) sink.add(source, view, bytes, readOffset, count, lost);
    ring.release(count);
    return count;
  }
}
