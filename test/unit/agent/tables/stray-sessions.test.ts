import { describe, expect, it } from 'vitest';
import { StraySessions } from '../../../../src/agent/tables/stray-sessions.ts';
import type { TablePage, TableQuery } from '../../../../src/translator/nat64/tables/table-query.ts';

const page = (count: number, next: number): TablePage => ({ words: new Uint32Array(0), count, foreign: 0, next });

/** Lets what was started come to its end. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

describe('sessions outside pool4', () => {
  it('are counted over all pages, each minute, and more often while there are some', async () => {
    const asked: TableQuery[] = [];
    let left = 7;
    const strays = new StraySessions(async (query) => {
      asked.push(query);
      return query.from === 0 ? page(left, 5) : page(0, -1);
    });
    strays.check(0);
    // One count at a time.
    strays.check(0);
    await settle();
    expect(strays.count).toBe(7);
    expect(asked.map(({ from, what, filter }) => [from, what, filter.outsidePool4])).toEqual([
      [0, 'count', true],
      [5, 'count', true],
    ]);
    strays.check(4999);
    await settle();
    expect(asked).toHaveLength(2);
    left = 0;
    strays.check(5000);
    await settle();
    expect(strays.count).toBe(0);
    strays.check(64_000);
    await settle();
    expect(asked).toHaveLength(4);
    strays.expire();
    strays.check(64_000);
    await settle();
    expect(asked).toHaveLength(6);
  });

  it('stay as they were counted while the worker does not answer', async () => {
    let works = true;
    const strays = new StraySessions(async () => {
      if (!works) throw new Error('the worker has ended');
      return page(3, -1);
    });
    strays.check(0);
    await settle();
    works = false;
    strays.check(5000);
    await settle();
    expect(strays.count).toBe(3);
  });
});
