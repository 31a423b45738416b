import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeavyGroups, KEY_WORDS, SUMS } from '../../../../../src/translator/nat64/tables/heavy-groups.ts';
import type { SessionStore } from '../../../../../src/translator/nat64/tables/session-store.ts';
import { EVERYTHING } from '../../../../../src/translator/nat64/tables/table-filter.ts';
import {
  ROW_SUMS,
  type TopPage,
  type TopQuestion,
  TopWalk,
} from '../../../../../src/translator/nat64/tables/top-walk.ts';
import { emptyStore } from './filled-store.ts';

const QUESTION: TopQuestion = { by: 'clients', sort: 'sessions', filter: EVERYTHING, prefixLength: 128, rows: 10 };
const POOL4 = 0xc000_0201;

/** 2001:db8::N has N sessions, the first of N opened N seconds after the start, each with N packets of 100 bytes out. */
function filled(clients: number): SessionStore {
  const store = emptyStore();
  for (let client = 1; client <= clients; client++) {
    for (let index = 0; index < client; index++) {
      const bib = store.entries.create(
        17,
        0x2001_0db8,
        0,
        0,
        client,
        1000 + index,
        POOL4 + (client & 1),
        client * 100 + index,
      );
      const slot = store.open(bib, 0xc633_6400 + index, 53, 0, 1000 * client);
      for (let packet = 0; packet < client; packet++) store.traffic.count(slot, true, 100);
    }
  }
  return store;
}

function top(store: SessionStore, changed: Partial<TopQuestion>, capacity = 16_384, cost = 50): TopPage {
  const walk = new TopWalk(store, { ...QUESTION, ...changed }, () => true, 3, capacity);
  for (;;) {
    const page = walk.step(60_000, cost);
    if (page !== undefined) return page;
  }
}

const rowsOf = ({ keys, sums }: TopPage): number[][] =>
  Array.from({ length: keys.length / KEY_WORDS }, (_, index) => [
    keys[KEY_WORDS * index] ?? 0,
    keys[KEY_WORDS * index + 3] ?? 0,
    ...sums.subarray(ROW_SUMS * index, ROW_SUMS * (index + 1)),
  ]);

describe('the largest groups of sessions', () => {
  it('are clients with their sessions, new ones, packets and bytes', () => {
    const page = top(filled(30), { rows: 2 });
    expect(rowsOf(page)).toEqual([
      [0x2001_0db8, 30, 30, 30, 900, 90_000, 30, 0, 30, 0],
      [0x2001_0db8, 29, 29, 29, 841, 84_100, 29, 0, 31, 0],
    ]);
    expect(page).toMatchObject({ groups: 30, isApproximate: false, floor: 28 });
    expect(page.totals[0]).toBe((30 * 31) / 2);
  });

  it('tell what clients opened from what came from outside, and since when there are any', () => {
    const store = filled(3);
    const bib = store.entries.create(17, 0x2001_0db8, 0, 0, 1, 9, POOL4, 9);
    for (let remote = 0; remote < 8; remote++) store.open(bib, remote + 1, 53, 0, 50_000, true);
    const figures = (sort: TopQuestion['sort']): unknown =>
      rowsOf(top(store, { sort })).map(([, client, sessions, opened, , , , outside, oldestS]) => ({
        client,
        sessions,
        opened,
        outside,
        oldestS,
      }));
    const [one, two, three] = [
      { client: 1, sessions: 9, opened: 1, outside: 8, oldestS: 59 },
      { client: 2, sessions: 2, opened: 2, outside: 0, oldestS: 58 },
      { client: 3, sessions: 3, opened: 3, outside: 0, oldestS: 57 },
    ];
    expect(figures('new')).toEqual([three, two, one]);
    expect(figures('in')).toEqual([one, expect.anything(), expect.anything()]);
    expect(figures('sessions')).toEqual([one, three, two]);
    expect(top(store, {}).totals.slice(5)).toEqual([8, 59]);
  });

  it('of new sessions leave out what is a minute old', () => {
    const store = filled(5);
    const walk = new TopWalk(store, { ...QUESTION, sort: 'new', rows: 3 }, () => true, 3);
    let page = walk.step(63_000, 1_000_000);
    for (; page === undefined;) page = walk.step(63_000, 1_000_000);
    expect(rowsOf(page).map(([, client, , fresh]) => [client, fresh])).toEqual([
      [5, 5],
      [4, 4],
      // It has three sessions, made just a minute ago.
      expect.arrayContaining([0]),
    ]);
  });

  it('are remotes by prefix, pool4 addresses and ports', () => {
    const store = filled(20);
    const [remote] = rowsOf(top(store, { by: 'remotes', prefixLength: 24 }));
    expect(remote?.slice(0, 3)).toEqual([0xc633_6400, 0, 210]);
    expect(rowsOf(top(store, { by: 'pool4' })).map(([address]) => address)).toEqual([POOL4, POOL4 + 1]);
    const ports = top(store, { by: 'ports' });
    expect([...ports.keys]).toEqual([0, 0, 0, 0, (17 << 16) | 53]);
  });

  it('are those that match the filter', () => {
    const filter = { ...EVERYTHING, pool4: POOL4, pool4Length: 32 };
    expect(rowsOf(top(filled(10), { filter })).map(([, client]) => client)).toEqual([10, 8, 6, 4, 2]);
    expect(top(filled(10), { filter: { ...EVERYTHING, protocol: 6 } })).toMatchObject({
      groups: 0,
      totals: [0, 0, 0, 0, 0, 0, 0],
    });
  });

  it('are summed in steps of no more than they may cost', () => {
    const store = filled(30);
    const walk = new TopWalk(store, QUESTION, () => true, 3);
    let steps = 1;
    while (walk.step(60_000, 50) === undefined) steps += 1;
    // 465 sessions at nine slots each, and 30 rows at eight.
    expect(steps).toBeGreaterThanOrEqual(Math.floor((465 * 9) / 59) + Math.floor((30 * 8) / 58));
    expect(steps).toBeLessThan(2 * ((465 * 9 + 30 * 8) / 50));
  });

  it('are found also where there are more than are held, with a bound for what is too much', () => {
    const page = top(filled(60), { rows: 4 }, 32);
    expect(page.isApproximate).toBe(true);
    for (const [, client = 0, sessions = 0, , , , , , , excess = 0] of rowsOf(page)) {
      expect(sessions).toBeGreaterThanOrEqual(client);
      expect(sessions - excess).toBeLessThanOrEqual(client);
    }
    expect(rowsOf(page).map(([, client]) => client)).toContain(60);
  });

  it('do not give way to those that have ports and no sessions', () => {
    const store = filled(20);
    for (let client = 100; client < 132; client++) {
      store.entries.create(17, 0x2001_0db8, 0, 0, client, 1, POOL4 + 2, client, true);
    }
    const page = top(store, { rows: 32 }, 32);
    expect(page).toMatchObject({ groups: 32, isApproximate: false, totals: [210, 210, 2870, 287_000, 242, 0, 59] });
    expect(rowsOf(page).map(([, , sessions, , , , ports]) => [sessions, ports])).toEqual([
      ...Array.from({ length: 20 }, (_, index) => [20 - index, 20 - index]),
      ...Array.from({ length: 12 }, () => [0, 1]),
    ]);
    const most = top(store, { rows: 32, sort: 'ports' }, 32);
    expect([
      most.isApproximate,
      rowsOf(most)
        .find(([, client]) => client === 131)
        ?.slice(2),
    ]).toEqual([true, [0, 0, 0, 0, expect.any(Number), 0, 0, expect.any(Number)]]);
  });
});

describe('sums of groups in bounded memory', () => {
  it('never miss a large one, and err by no more than they say', () => {
    const stream = fc.array(fc.tuple(fc.nat(40), fc.nat(20)), { maxLength: 400 });
    fc.assert(
      fc.property(stream, (items) => {
        const groups = new HeavyGroups(8, 1, 9);
        const truth = new Map<number, number>();
        const key = new Uint32Array(KEY_WORDS);
        const sums = new Float64Array(SUMS);
        for (const [name, weight] of items) {
          key[2] = name;
          sums[1] = weight;
          groups.add(key, sums);
          truth.set(name, (truth.get(name) ?? 0) + weight);
        }
        const { floor } = groups;
        const held = new Set<number>();
        for (let before = 0; groups.size > 0;) {
          const excess = groups.takeSmallest(key, sums);
          const [, sum = 0] = sums;
          const name = key[2] ?? 0;
          held.add(name);
          expect(sum).toBeGreaterThanOrEqual(before);
          before = sum;
          expect(sum).toBeGreaterThanOrEqual(truth.get(name) ?? 0);
          expect(sum - excess).toBeLessThanOrEqual(truth.get(name) ?? 0);
        }
        for (const [name, sum] of truth) if (!held.has(name)) expect(sum).toBeLessThanOrEqual(floor);
      }),
    );
  });
});
