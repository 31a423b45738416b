import { describe, expect, it } from 'vitest';
import { LargestSessions } from '../../../../src/agent/tables/largest-sessions.ts';
import type { SessionStore } from '../../../../src/translator/nat64/tables/session-store.ts';
import { EVERYTHING } from '../../../../src/translator/nat64/tables/table-filter.ts';
import { TableWalk, type TablePage } from '../../../../src/translator/nat64/tables/table-query.ts';
import { bibRows, ROW_WORDS } from '../../../../src/translator/nat64/tables/table-rows.ts';
import { emptyStore } from '../../translator/nat64/tables/filled-store.ts';

const NOW_MS = 2_000_000;

/** Session N, of client N, was made after N seconds in another order, was idle for as long, and carried N packets. */
function filled(count: number): SessionStore {
  const store = emptyStore();
  for (let index = 0; index < count; index++) {
    const client = (index * 37) % count;
    const bib = store.entries.create(17, 0x2001_0db8, 0, 0, client, 1000, 0xc000_0201, 1024 + client);
    const slot = store.open(bib, 0xc633_6401, 53, 0, 1000 * client);
    for (let packet = 0; packet < client % 50; packet++) store.traffic.count(slot, packet % 2 === 0, 100);
  }
  return store;
}

function pages(store: SessionStore, table: 'sessions' | 'bib' = 'sessions'): TablePage[] {
  const found: TablePage[] = [];
  for (let from = 0; from >= 0;) {
    const walk = new TableWalk(store, { table, filter: EVERYTHING, from, what: 'rows' });
    let page = walk.step(NOW_MS, 10_000);
    while (page === undefined) page = walk.step(NOW_MS, 10_000);
    found.push(page);
    from = page.next;
  }
  return found;
}

function sorted(store: SessionStore, sort: string, limit: number) {
  const largest = new LargestSessions(sort, limit);
  for (const { words } of pages(store)) largest.add('internet', words);
  return [...largest.pages()].flat().map(({ row }) => row);
}

describe('sessions that are sorted', () => {
  it('are those with the largest figure, the largest first, as many as are asked for', () => {
    const store = filled(700);
    expect(sorted(store, 'age', 3).map(({ ageMs }) => ageMs)).toEqual([2_000_000, 1_999_000, 1_998_000]);
    expect(sorted(store, 'idle', 300).map(({ idleMs }) => idleMs)).toEqual(
      Array.from({ length: 300 }, (_, index) => 2_000_000 - 1000 * index),
    );
    const bytes = sorted(store, 'bytes', 20).map(({ bytesOut, bytesIn }) => bytesOut + bytesIn);
    expect(bytes).toEqual([...Array.from({ length: 14 }, () => 4900), ...Array.from({ length: 6 }, () => 4800)]);
  });

  it('are in memory as twice as many, however many pass by', () => {
    const largest = new LargestSessions('age', 300);
    let most = 0;
    for (const { words } of pages(filled(5000))) {
      for (let at = 0; at < words.length; at += 100 * ROW_WORDS) {
        largest.add('internet', words.subarray(at, at + 100 * ROW_WORDS));
        most = Math.max(most, largest.held);
      }
    }
    expect(most).toBeGreaterThan(300);
    expect(most).toBeLessThanOrEqual(600);
    expect([...largest.pages()].flat()).toHaveLength(300);
  });

  it('are all where there are fewer', () => {
    expect(sorted(filled(5), 'age', 1000)).toHaveLength(5);
    expect(sorted(filled(0), 'age', 10)).toEqual([]);
  });

  it('cannot be sorted by anything, nor all of a large table', () => {
    expect(() => new LargestSessions('size', 10)).toThrow(
      'sessions cannot be sorted by size; they can by: age, idle, bytes',
    );
    expect(() => new LargestSessions('age', 0)).toThrow('1 to 10000 sessions can be shown, and not all');
    expect(() => new LargestSessions('age', 10_001)).toThrow('can be shown, and not 10001: see --limit');
  });
});

describe('the BIB', () => {
  it('says of each entry how old its oldest session is; of many sessions, of the newest 256', () => {
    const store = emptyStore();
    const [few, none, many] = [1, 2, 3].map((client) =>
      store.entries.create(17, 0x2001_0db8, 0, 0, client, 1000, 0xc000_0201, 1024 + client, client === 2),
    );
    for (const atMs of [5000, 60_000]) store.open(few ?? 0, 1, atMs, 0, atMs);
    for (let port = 0; port < 300; port++) store.open(many ?? 0, 1, port, 0, 1000 * port);
    const rows = pages(store, 'bib').flatMap(({ words }) => bibRows(words));
    const oldest = new Map(rows.map(({ clientPort, client, oldestMs }) => [`${client} ${clientPort}`, oldestMs]));
    expect(none).toBeGreaterThanOrEqual(0);
    expect([...oldest]).toEqual([
      ['2001:db8::1 1000', 1_995_000],
      ['2001:db8::2 1000', 0],
      ['2001:db8::3 1000', 2_000_000 - 44_000],
    ]);
  });
});
