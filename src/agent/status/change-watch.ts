import type { EventInput, EventLog } from '../events/event-log.ts';

type Subject = EventInput['subject'];

/** A value that is monitored. */
export interface Watched {
  readonly subject: Subject;
  readonly name: string;
  readonly value: string;
  readonly code: EventInput['code'];
  readonly reason: string;
}

/** Maximum number of values: more than in a cluster of 16 nodes with 64 instances. */
const MAX_WATCHED = 8192;

/** Records an event each time a value differs from the previous one. A first value is no event. */
export class ChangeWatch {
  readonly #events: Pick<EventLog, 'add'>;
  readonly #values = new Map<string, string>();

  constructor(events: Pick<EventLog, 'add'>) {
    this.#events = events;
  }

  /** @returns true if the value has changed */
  observe({ subject, name, value, code, reason }: Watched): boolean {
    const key = `${subject} ${name}`;
    const before = this.#values.get(key);
    if (before === value) return false;
    if (before !== undefined || this.#values.size < MAX_WATCHED) this.#values.set(key, value);
    if (before === undefined) return false;
    this.#events.add({ code, subject, name, from: before, to: value, reason });
    return true;
  }
}
