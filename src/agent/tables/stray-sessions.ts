import { EVERYTHING } from '../../translator/nat64/tables/table-filter.ts';
import type { TablePage, TableQuery } from '../../translator/nat64/tables/table-query.ts';

/**
 * Interval of counts: while there are none, and while there are some, so that their end is detected soon. Milliseconds.
 */
const PAUSE_MS = 60_000;
const PAUSE_WITH_STRAYS_MS = 5000;

/**
 * Number of an instance's sessions on addresses that are no longer in pool4. Counted periodically, in short steps
 * between packets; one count at a time.
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

  /** Inexpensive, to be called often. @param nowMs on any monotonic clock */
  check(nowMs: number): void {
    if (this.#counting || nowMs < this.#dueMs) return;
    void this.#countAgain(nowMs);
  }

  /** pool4 has changed: the count is outdated. */
  expire(): void {
    this.#dueMs = Number.NEGATIVE_INFINITY;
  }

  async #countAgain(nowMs: number): Promise<void> {
    this.#counting = true;
    await this.#recount();
    this.#counting = false;
    this.#dueMs = nowMs + (this.count > 0 ? PAUSE_WITH_STRAYS_MS : PAUSE_MS);
  }

  /** If a worker does not answer, which is a separate problem, the count is unchanged. */
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
