import { formatTime } from './table.ts';
import type { TimeWindow } from './time-window.ts';

/** Why nothing is printed. Pure. @param oldestMs time of the oldest event that is known; undefined: there is none */
export function noEventsText({ fromMs, toMs }: TimeWindow, oldestMs: number | undefined): string {
  if (oldestMs === undefined) return 'no events: none is known';
  const from = Number.isFinite(fromMs) ? ` from ${formatTime(fromMs)}` : '';
  const to = Number.isFinite(toMs) ? ` to ${formatTime(toMs)}` : '';
  return `no events${from}${to}; the oldest known is of ${formatTime(oldestMs)}`;
}

/** Remembers what passes, so that an empty output can be explained. */
export class EventSearch {
  readonly #window: TimeWindow;
  #oldestMs: number | undefined;
  #found = 0;

  constructor(window: TimeWindow) {
    this.#window = window;
  }

  /** @returns whether the event is of the time in question */
  take({ time }: { readonly time: number }): boolean {
    this.#oldestMs = Math.min(this.#oldestMs ?? time, time);
    const found = time >= this.#window.fromMs && time <= this.#window.toMs;
    if (found) this.#found += 1;
    return found;
  }

  /** On standard error: the output is the events alone. */
  explain(): void {
    if (this.#found === 0) console.error(`isthmus: ${noEventsText(this.#window, this.#oldestMs)}`);
  }
}
