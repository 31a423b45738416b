import { describe, expect, it } from 'vitest';
import { TableWalks } from '../../../src/dataplane/table-walks.ts';
import type { WorkerReport } from '../../../src/dataplane/worker-messages.ts';
import type { TablePage } from '../../../src/translator/nat64/tables/table-query.ts';

const PAGE: TablePage = { words: new Uint32Array(0), count: 0, foreign: 0, next: -1 };

/** Queries that need so much work each, on a machine that does so much in a microsecond. */
class Stand {
  readonly answers: WorkerReport[] = [];
  readonly costs: number[] = [];
  perUs = 1000;
  #us = 0;
  readonly walks = new TableWalks(
    (report) => void this.answers.push(report),
    () => this.#us,
  );

  add(id: number, work: number): void {
    let left = work;
    const step = (_nowMs: number, cost: number): TablePage | undefined => {
      this.costs.push(cost);
      left -= cost;
      this.#us += cost / this.perUs;
      return left > 0 ? undefined : PAGE;
    };
    this.walks.add(id, () => ({ step }));
  }

  run(): void {
    while (this.walks.step(0));
  }
}

describe('queries that a worker answers beside its packets', () => {
  it('take turns, so that a short one does not wait for a long one', () => {
    const stand = new Stand();
    stand.add(1, 10_000_000);
    stand.add(2, 10);
    stand.run();
    expect(stand.answers.map((answer) => ('id' in answer ? answer.id : 0))).toEqual([2, 1]);
    expect(stand.walks.isIdle).toBe(true);
  });

  it('do more in a step where steps are short, and less where they are long', () => {
    const stand = new Stand();
    stand.add(1, 1_000_000);
    stand.run();
    expect(Math.max(...stand.costs)).toBe(16_384);
    stand.costs.length = 0;
    stand.perUs = 5;
    stand.add(2, 1_000_000);
    stand.run();
    const settled = stand.costs.slice(20);
    expect(settled.length).toBeGreaterThan(100);
    // A step of 100 us, or half of it.
    for (const cost of settled) expect(cost).toBeLessThanOrEqual(512);
  });

  it('are refused where too many wait', () => {
    const stand = new Stand();
    for (let id = 1; id <= 65; id++) stand.add(id, 1_000_000);
    expect(stand.answers).toMatchObject([{ kind: 'refusal', id: 65 }]);
    stand.run();
    expect(stand.answers).toHaveLength(65);
  });
});
