import type { SessionStore } from '../../../../../src/translator/nat64/tables/session-store.ts';
import { EVERYTHING, type TableFilter } from '../../../../../src/translator/nat64/tables/table-filter.ts';
import { type TablePage, type TableQuery, TableWalk } from '../../../../../src/translator/nat64/tables/table-query.ts';
import {
  bibRows,
  type BibRow,
  sessionRows,
  type SessionRow,
} from '../../../../../src/translator/nat64/tables/table-rows.ts';

const COST = 4096;

/** All pages of a query, one after the other. @param cost of each step; `between` is called after each */
export function walked(
  store: SessionStore,
  query: Partial<TableQuery>,
  nowMs = 0,
  cost = COST,
  between: () => void = () => undefined,
): TablePage[] {
  const pages: TablePage[] = [];
  for (let from = 0; from >= 0;) {
    const walk = new TableWalk(store, { table: 'sessions', filter: EVERYTHING, what: 'rows', ...query, from });
    let page = walk.step(nowMs, cost);
    for (; page === undefined; page = walk.step(nowMs, cost)) between();
    pages.push(page);
    from = page.next;
  }
  return pages;
}

export function allSessions(store: SessionStore, nowMs = 0, filter: Partial<TableFilter> = {}): SessionRow[] {
  return walked(store, { filter: { ...EVERYTHING, ...filter } }, nowMs).flatMap(({ words }) => sessionRows(words));
}

export function allEntries(store: SessionStore, filter: Partial<TableFilter> = {}): BibRow[] {
  const pages = walked(store, { table: 'bib', filter: { ...EVERYTHING, ...filter } });
  return pages.flatMap(({ words }) => bibRows(words));
}
