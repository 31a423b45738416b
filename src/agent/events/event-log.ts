import { CODES, type Code } from '../../codes.ts';
import type { Event } from '../control/messages.ts';
import { RepeatedEvents } from './repeated-events.ts';

/** A single occurrence, as opposed to a problem, which persists. The code determines the severity. */
export interface EventInput {
  readonly code: Code;
  readonly subject: 'node' | 'peer' | 'link' | 'instance' | 'announcement' | 'configuration' | 'check' | 'slices';
  readonly name: string;
  readonly from?: string;
  readonly to: string;
  /** One sentence why. */
  readonly reason: string;
  /** When it happened, milliseconds since 1970; absent: now. */
  readonly time?: number;
}

/** Storage of events across restarts. */
export interface EventStore {
  /** Stored events, oldest first. */
  load(): Event[];
  /** Never fails and never blocks: failures are counted by the store. */
  append(event: Event): void;
}

/** Number of events kept in memory and shown by `isthmus events`. */
const RING_SIZE = 1000;
/**
 * Maximum backlog of a listener, beyond which the oldest events are dropped: a stopped terminal must not fill the
 * memory.
 */
const LISTENER_BACKLOG = 1000;

/** The events of a node: a bounded ring in memory, and a store for previous runs. */
export class EventLog {
  readonly #node: string;
  readonly #now: () => number;
  readonly #store: EventStore;
  readonly #ring: Event[];
  readonly #repeated = new RepeatedEvents();
  readonly #listeners = new Set<(event: Event) => void>();

  /** @param now the time of day, milliseconds since 1970 */
  constructor(node: string, now: () => number, store: EventStore) {
    this.#node = node;
    this.#now = now;
    this.#store = store;
    this.#ring = store.load().slice(-RING_SIZE);
  }

  /** Recurring conditions are filtered (repeated-events.ts). */
  add(input: EventInput): void {
    const time = input.time ?? this.#now();
    const reported = this.#repeated.filter(input, time);
    if (reported === undefined) return;
    const { code, subject, name, from = '', to, reason } = reported;
    const { severity } = CODES[code];
    const event = { time, node: this.#node, code, severity, subject, name, from, to, reason };
    this.#ring.push(event);
    if (this.#ring.length > RING_SIZE) this.#ring.shift();
    this.#store.append(event);
    for (const listener of this.#listeners) listener(event);
  }

  /** The last events that were added, in order of time: some are added with a time before others; 0: all. */
  last(count: number): readonly Event[] {
    return inOrder(count === 0 ? this.#ring : this.#ring.slice(-count));
  }

  listen(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The last events, and then each new one until `stopped`. */
  async *follow(count: number, stopped: AbortSignal): AsyncGenerator<Event> {
    const backlog: Event[] = [...this.last(count)];
    let wake: (() => void) | undefined;
    const unlisten = this.listen((event) => {
      backlog.push(event);
      if (backlog.length > LISTENER_BACKLOG) backlog.shift();
      wake?.();
    });
    const onStop = (): void => wake?.();
    stopped.addEventListener('abort', onStop);
    try {
      while (!stopped.aborted) {
        const event = backlog.shift();
        if (event !== undefined) yield event;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      unlisten();
      stopped.removeEventListener('abort', onStop);
    }
  }
}

/** By time; of the same time, as they were added. */
export function inOrder(events: readonly Event[]): Event[] {
  return events.toSorted((one, other) => one.time - other.time);
}

/** For tests and runs without persistence. */
export const noEventStore: EventStore = { load: () => [], append: () => undefined };
