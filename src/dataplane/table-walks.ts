import type { TablePage } from '../translator/nat64/tables/table-query.ts';
import type { TopPage } from '../translator/nat64/tables/top-walk.ts';
import type { WorkerReport } from './worker-messages.ts';

/** Maximum number of pending queries; further ones are refused. */
const MOST_WALKS = 64;
/** Target duration of a step, during which packets wait. Microseconds. */
const STEP_US = 100;
/** Cost of a step: the first one, whose code may not be compiled yet, and the bounds. */
const FIRST_COST = 256;
const LEAST_COST = 64;
const MOST_COST = 16_384;

/** For a worker without queries. */
export const NO_WALKS: Pick<TableWalks, 'isIdle' | 'step'> = { isIdle: true, step: () => false };

/** A query that is answered step by step. */
export interface SteppedQuery {
  /** @param cost limit of this step, in table slots @returns the answer when it is complete */
  step(nowMs: number, cost: number): TablePage | TopPage | undefined;
}

interface Walk {
  readonly id: number;
  readonly query: SteppedQuery;
}

/**
 * Table queries of a worker, executed one step per iteration of its loop: packets wait for at most one step, whatever
 * the size of the table and the number of queries. The cost of a step is adapted to the duration of previous ones.
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

  /** @param open starts the query, if there is capacity */
  add(id: number, open: () => SteppedQuery): void {
    if (this.#walks.length >= MOST_WALKS) {
      const reason = `${MOST_WALKS} queries about this instance are being answered already; try again`;
      this.#answer({ kind: 'refusal', id, reason });
      return;
    }
    this.#walks.push({ id, query: open() });
  }

  /** Executes one step of the next query. @returns whether there is more to do */
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
