/** Events that are kept to be printed. */
const KEPT = 400;

interface TraceEvent {
  readonly atMs: number;
  readonly what: string;
  readonly numbers: readonly number[];
}

/** What happens in a run, in order: a hash over all of it, and the last of it in words. */
export class Trace {
  readonly #now: () => number;
  readonly #print: ((line: string) => void) | undefined;
  readonly #ring: TraceEvent[] = [];
  #count = 0;
  #high = 0x811c9dc5 | 0;
  #low = 0x1b873593 | 0;

  constructor(now: () => number, print?: (line: string) => void) {
    this.#now = now;
    this.#print = print;
  }

  get count(): number {
    return this.#count;
  }

  /** The same for two runs only if the same has happened at the same times in the same order. */
  get hash(): string {
    return [this.#high, this.#low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
  }

  note(what: string, ...numbers: readonly number[]): void {
    const atMs = this.#now();
    this.#mix(Math.round(atMs * 1000));
    for (let at = 0; at < what.length; at++) this.#mix(what.charCodeAt(at));
    for (const number of numbers) this.#mix(number);
    this.#ring[this.#count % KEPT] = { atMs, what, numbers };
    this.#count += 1;
    this.#print?.(line({ atMs, what, numbers }));
  }

  /** The last events as lines, oldest first. */
  last(count: number): string[] {
    const from = Math.max(0, this.#count - Math.min(count, KEPT));
    return Array.from({ length: this.#count - from }, (_, index) => line(this.#ring[(from + index) % KEPT]));
  }

  #mix(value: number): void {
    this.#high = Math.imul(this.#high ^ value, 0x01000193) ^ (this.#low >>> 13);
    this.#low = Math.imul(this.#low ^ Math.floor(value / 65536) ^ this.#high, 0x85ebca6b);
  }
}

function line({ atMs, what, numbers }: TraceEvent): string {
  return `${(atMs / 1000).toFixed(4).padStart(9)} ${what} ${numbers.join(' ')}`;
}
