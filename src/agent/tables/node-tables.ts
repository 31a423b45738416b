import type { BibRow, SessionRow, TablePage } from '../../translator/nat64/tables/table-pages.ts';
import { type Pool4Entry, type TranslatorOptions } from '../../translator/options.ts';
import { sliceOf } from '../../translator/nat64/ports/pool4.ts';
import { contains4, parsePrefix4 } from '../../net/prefix.ts';
import { parseIpv4 } from '../../net/ipv4-address.ts';
import { ControlError } from '../control/control-error.ts';
import type {
  BibEntry,
  BibPage,
  ExplainReply,
  ExplainRequest,
  PoolReply,
  PoolRequest,
  PoolUse,
  Session,
  SessionPage,
  SessionsRequest,
} from '../control/messages.ts';
import { explain } from '../explain/explain.ts';
import type { ExplainedInstance, InstanceWays } from '../explain/explanation.ts';
import { SessionFilter } from './session-filter.ts';

/** An instance whose tables can be read, a bounded page at a time, while it works. */
export interface TableSource {
  readonly name: string;
  /** As it works now: a reload changes them. */
  readonly options: TranslatorOptions;
  readonly ways?: InstanceWays;
  /** Slots from whose slices new mappings get their ports. */
  readonly slices: readonly number[];
  sessionPage(from: number): Promise<TablePage<SessionRow>>;
  bibPage(from: number): Promise<TablePage<BibRow>>;
}

/** Reads the tables of a node's instances for people. Nothing is held: a page goes out before the next one is read. */
export class NodeTables {
  readonly #sources: readonly TableSource[];
  readonly #nodeOf: (slot: number) => string;

  constructor(sources: readonly TableSource[], nodeOf: (slot: number) => string) {
    this.#sources = sources;
    this.#nodeOf = nodeOf;
  }

  async *listSessions(request: SessionsRequest): AsyncGenerator<SessionPage> {
    const filter = new SessionFilter(request);
    const owned = (row: SessionRow): boolean => request.owner === 0 || row.owner === request.owner;
    let left = request.limit === 0 ? Number.POSITIVE_INFINITY : request.limit;
    for (const source of this.#stateful(request.instance)) {
      for await (const rows of pagesOf((from) => source.sessionPage(from))) {
        const sessions = rows
          .filter(owned)
          .map((row) => this.#session(source.name, row))
          .filter((session) => filter.matchesSession(session))
          .slice(0, left);
        left -= sessions.length;
        if (sessions.length > 0) yield { sessions };
        if (left <= 0) return;
      }
    }
  }

  async *listBib(request: SessionsRequest): AsyncGenerator<BibPage> {
    const filter = new SessionFilter(request);
    let left = request.limit === 0 ? Number.POSITIVE_INFINITY : request.limit;
    for (const source of this.#stateful(request.instance)) {
      for await (const rows of pagesOf((from) => source.bibPage(from))) {
        const entries = rows
          .filter((row) => filter.matchesBib(row))
          .slice(0, left)
          .map((row) => bibEntry(source.name, row));
        left -= entries.length;
        if (entries.length > 0) yield { entries };
        if (left <= 0) return;
      }
    }
  }

  async getPool({ instance }: PoolRequest): Promise<PoolReply> {
    const entries: PoolUse[] = [];
    for (const source of this.#stateful(instance)) entries.push(...(await poolOf(source)));
    return { entries };
  }

  explain(request: ExplainRequest): Promise<ExplainReply> {
    return explain(
      request,
      this.#sources.map((source) => this.#explained(source)),
    );
  }

  #explained(source: TableSource): ExplainedInstance {
    const { name, options, ways } = source;
    return {
      name,
      options,
      ...(ways === undefined ? {} : { ways }),
      findBib: async (wanted) => {
        const row = await firstOf((from) => source.bibPage(from), wanted);
        return row === undefined ? undefined : bibEntry(name, row);
      },
      findSession: async (wanted) => {
        const row = await firstOf((from) => source.sessionPage(from), wanted);
        return row === undefined ? undefined : this.#session(name, row);
      },
    };
  }

  #session(instance: string, { owner, ...row }: SessionRow): Session {
    return { ...row, instance, owner: this.#nodeOf(owner) };
  }

  /** @throws ControlError */
  #stateful(name: string): readonly TableSource[] {
    const stateful = this.#sources.filter(({ options }) => options.kind === 'nat64');
    if (name === '') return stateful;
    const found = stateful.filter((source) => source.name === name);
    if (found.length > 0) return found;
    const known = stateful.map((source) => source.name).join(', ');
    throw new ControlError(`there is no nat64 instance ${name} on this node; there are: ${known}`);
  }
}

function bibEntry(instance: string, row: BibRow): BibEntry {
  return { ...row, instance };
}

async function* pagesOf<Row>(page: (from: number) => Promise<TablePage<Row>>): AsyncGenerator<readonly Row[]> {
  for (let from = 0; from >= 0;) {
    const { rows, next } = await page(from);
    yield rows;
    from = next;
  }
}

/** The first row whose fields are as wanted. */
async function firstOf<Row extends object>(
  page: (from: number) => Promise<TablePage<Row>>,
  wanted: Readonly<Record<string, unknown>>,
): Promise<Row | undefined> {
  const fields = Object.entries(wanted);
  for await (const rows of pagesOf(page)) {
    const row = rows.find((candidate) => fields.every(([key, value]) => Reflect.get(candidate, key) === value));
    if (row !== undefined) return row;
  }
  return undefined;
}

/** How much of each pool4 entry is in use in the slices that this node gives out ports of. */
async function poolOf(source: TableSource): Promise<PoolUse[]> {
  const { options } = source;
  if (options.kind !== 'nat64') return [];
  const { slots } = options;
  const uses = options.pool4.map((entry) => {
    const slices = source.slices.map((slot) => ({ slot, ...sliceOf(...entry.ports, slot, slots) }));
    return { entry, slices, used: 0 };
  });
  for await (const rows of pagesOf((from) => source.bibPage(from))) {
    for (const row of rows) {
      const use = uses.find(({ entry, slices }) => slices.some((slice) => isFrom(row, entry, slice)));
      if (use !== undefined) use.used += 1;
    }
  }
  return uses.map(({ entry, slices, used }) => ({
    instance: source.name,
    prefix: entry.prefix,
    ports: `${entry.ports[0]}-${entry.ports[1]}`,
    protocols: entry.protocols.join(','),
    capacity: addressesOf(entry) * entry.protocols.length * slices.reduce((sum, { count }) => sum + count, 0),
    used,
    slices: slices.map(({ slot, first, count }) => `slot ${slot} of ${slots}: ${first}-${first + count - 1}`),
  }));
}

function isFrom(row: BibRow, entry: Pool4Entry, slice: { readonly first: number; readonly count: number }): boolean {
  const prefix = parsePrefix4(entry.prefix);
  const address = parseIpv4(row.pool4);
  if (prefix === undefined || address === undefined || !entry.protocols.includes(row.protocol)) return false;
  return contains4(prefix, address) && row.pool4Port >= slice.first && row.pool4Port < slice.first + slice.count;
}

function addressesOf({ prefix }: Pool4Entry): number {
  return 2 ** (32 - (parsePrefix4(prefix)?.length ?? 32));
}
