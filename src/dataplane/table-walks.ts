import type { TablePage } from '../translator/nat64/tables/table-query.ts';
import type { TopPage } from '../translator/nat64/tables/top-walk.ts';
import type { WorkerReport } from './worker-messages.ts';

/** Queries that may wait at once; one more is refused. */
const MOST_WALKS = 64;
/** A step is to take no longer than this: so long packets wait. Microseconds. */
const STEP_US = 100;
/** Cost of a step: the first one, whose code may not be compiled yet, and the limits. */
const FIRST_COST = 256;
const LEAST_COST = 64;
const MOST_COST = 16_384;

/** Of a worker whom nobody asks anything. */
export const NO_WALKS: Pick<TableWalks, 'isIdle' | 'step'> = { isIdle: true, step: () => false };

/** A query that is answered step by step. */
export interface SteppedQuery {
  /** @param cost of this step, in slots of a table @returns the answer when it is complete */
  step(nowMs: number, cost: number): TablePage | TopPage | undefined;
}

interface Walk {
  readonly id: number;
  readonly query: SteppedQuery;
}

/**
 * Queries about a worker's tables, carried out a step in each iteration of its loop: packets wait for one step at most,
 * however large the table and however many ask. How much a step does follows from how long the last ones took.
 */
export class TableWalks {
  readonly #walks: Walk[] = [];
  readonly #answer: (report: WorkerReport) => void;
  readonly #nowUs: () => number;
  #cost = FIRST_COST;

  constructor(answer: (report: WorkerReport) => void, nowUs: () => number) {
    this.#answer = answer;
    this.#nowUs = nowUs;
  }

  get isIdle(): boolean {
    return this.#walks.length === 0;
  }

  /** @param open begins the query, where there is room for it */
  add(id: number, open: () => SteppedQuery): void {
    if (this.#walks.length >= MOST_WALKS) {
      const reason = `${MOST_WALKS} queries about this instance are being answered already; try again`;
      this.#answer({ kind: 'refusal', id, reason });
      return;
    }
    this.#walks.push({ id, query: open() });
  }

  /** Does one step of the query whose turn it is. @returns whether there is more to do */
  step(nowMs: number): boolean {
    const walk = this.#walks.shift();
    if (walk === undefined) return false;
    const beginUs = this.#nowUs();
    const page = walk.query.step(nowMs, this.#cost);
    const tookUs = this.#nowUs() - beginUs;
    if (page === undefined) this.#walks.push(walk);
    else this.#answer({ kind: 'answer', id: walk.id, value: page });
    if (tookUs > STEP_US) this.#cost = Math.max(LEAST_COST, this.#cost / 2);
    else if (tookUs < STEP_US / 4 && page === undefined) this.#cost = Math.min(MOST_COST, this.#cost * 2);
    return this.#walks.length > 0;
  }
}
