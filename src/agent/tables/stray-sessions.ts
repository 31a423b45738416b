import { EVERYTHING } from '../../translator/nat64/tables/table-filter.ts';
import type { TablePage, TableQuery } from '../../translator/nat64/tables/table-query.ts';

/** Between two counts: while there is none, and while there are some, so that their end is soon seen. Milliseconds. */
const PAUSE_MS = 60_000;
const PAUSE_WITH_STRAYS_MS = 5000;

/**
 * How many sessions of an instance are on addresses that are no longer in pool4. They are counted now and then, in short
 * steps between packets; one count at a time.
 */
export class StraySessions {
  /** As last counted. */
  count = 0;
  readonly #query: (query: TableQuery) => Promise<TablePage>;
  #dueMs = Number.NEGATIVE_INFINITY;
  #counting = false;

  constructor(query: (query: TableQuery) => Promise<TablePage>) {
    this.#query = query;
  }

  /** Cheap, to be called often. @param nowMs on any clock that is not set */
  check(nowMs: number): void {
    if (this.#counting || nowMs < this.#dueMs) return;
    void this.#countAgain(nowMs);
  }

  /** Another pool4: what was counted is out of date. */
  expire(): void {
    this.#dueMs = Number.NEGATIVE_INFINITY;
  }

  async #countAgain(nowMs: number): Promise<void> {
    this.#counting = true;
    await this.#recount();
    this.#counting = false;
    this.#dueMs = nowMs + (this.count > 0 ? PAUSE_WITH_STRAYS_MS : PAUSE_MS);
  }

  /** A worker that does not answer leaves the count as it was: that it does not is another problem. */
  async #recount(): Promise<void> {
    let count = 0;
    try {
      for (let from = 0; from >= 0;) {
        const filter = { ...EVERYTHING, outsidePool4: true };
        const page = await this.#query({ table: 'sessions', filter, from, what: 'count' });
        count += page.count;
        from = page.next;
      }
    } catch {
      return;
    }
    this.count = count;
  }
}
