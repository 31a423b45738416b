import type { EventInput, EventLog } from '../events/event-log.ts';

type Subject = EventInput['subject'];

/** Something whose value is looked at again and again. */
export interface Watched {
  readonly subject: Subject;
  readonly name: string;
  readonly value: string;
  readonly code: EventInput['code'];
  readonly reason: string;
}

/** Values that are remembered: more subjects than a cluster of 16 nodes with 64 instances has. */
const MAX_WATCHED = 8192;

/** Makes an event each time a value is another one than when it was last looked at. A first value is no event. */
export class ChangeWatch {
  readonly #events: Pick<EventLog, 'add'>;
  readonly #values = new Map<string, string>();

  constructor(events: Pick<EventLog, 'add'>) {
    this.#events = events;
  }

  /** @returns true when it was another value before */
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
