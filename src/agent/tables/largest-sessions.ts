import { ROW_WORDS, type SessionRow, sessionRows } from '../../translator/nat64/tables/table-rows.ts';
import { ControlError } from '../control/control-error.ts';

/** What sessions can be sorted by, the largest first. */
const FIGURES: ReadonlyMap<string, (row: SessionRow) => number> = new Map([
  ['age', ({ ageMs }) => ageMs],
  ['idle', ({ idleMs }) => idleMs],
  ['bytes', ({ bytesOut, bytesIn }) => bytesOut + bytesIn],
]);
/** So many are held at once at most. */
const MOST = 10_000;
const PAGE = 256;

interface HeldSession {
  readonly instance: string;
  readonly row: SessionRow;
}

/** The sessions with the largest figure of those that pass by, in memory for twice as many as are wanted. */
export class LargestSessions {
  readonly #figure: (row: SessionRow) => number;
  readonly #limit: number;
  #held: HeldSession[] = [];
  /** What is not larger is not among them. */
  #floor = Number.NEGATIVE_INFINITY;

  /** @throws ControlError */
  constructor(sort: string, limit: number) {
    const figure = FIGURES.get(sort);
    if (figure === undefined)
      throw new ControlError(`sessions cannot be sorted by ${sort}; they can by: ${[...FIGURES.keys()].join(', ')}`);
    if (limit < 1 || limit > MOST)
      throw new ControlError(
        `sorted, 1 to ${MOST} sessions can be shown, and ${limit === 0 ? 'not all' : `not ${limit}`}: see --limit`,
      );
    this.#figure = figure;
    this.#limit = limit;
  }

  /** @param words rows of a page, as the worker writes them */
  add(instance: string, words: Uint32Array): void {
    for (let at = 0; at < words.length; at += PAGE * ROW_WORDS) {
      for (const row of sessionRows(words.subarray(at, at + PAGE * ROW_WORDS))) {
        if (this.#figure(row) > this.#floor) this.#held.push({ instance, row });
      }
      if (this.#held.length > 2 * this.#limit) this.#shorten();
    }
  }

  /** Number of sessions in memory. */
  get held(): number {
    return this.#held.length;
  }

  /** The largest first. */
  *pages(): Generator<readonly HeldSession[]> {
    this.#shorten();
    for (let at = 0; at < this.#held.length; at += PAGE) yield this.#held.slice(at, at + PAGE);
  }

  #shorten(): void {
    const { length } = this.#held;
    this.#held = this.#held.sort((one, other) => this.#figure(other.row) - this.#figure(one.row)).slice(0, this.#limit);
    const last = this.#held.at(-1);
    if (length >= this.#limit && last !== undefined) this.#floor = this.#figure(last.row);
  }
}
