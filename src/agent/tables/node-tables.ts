import type { DroppedReason } from '../../translator/drop-sources.ts';
import type { PoolSlice } from '../../translator/nat64/ports/pool-use.ts';
import type { TableFilter } from '../../translator/nat64/tables/table-filter.ts';
import type { TablePage, TableQuery } from '../../translator/nat64/tables/table-query.ts';
import { type BibRow, bibRows, type SessionRow, sessionRows } from '../../translator/nat64/tables/table-rows.ts';
import type { TopPage, TopQuestion } from '../../translator/nat64/tables/top-walk.ts';
import type { Pool4Entry } from '../../translator/options.ts';
import { sliceOf } from '../../translator/nat64/ports/pool4.ts';
import { planFigures, portPlansOf } from '../../translator/nat64/ports/deterministic-plan.ts';
import { parsePrefix4 } from '../../net/prefix.ts';
import { ControlError } from '../control/control-error.ts';
import type {
  BibEntry,
  BibPage,
  DropsReply,
  DropsRequest,
  EndReply,
  ExplainReply,
  ExplainRequest,
  FollowReply,
  PoolReply,
  PoolRequest,
  PoolUse,
  Session,
  SessionPage,
  SessionsRequest,
  TopReply,
  TopRequest,
  TraceReply,
  TraceRequest,
} from '../control/messages.ts';
import { explain } from '../explain/explain.ts';
import { type TracedSource, tracePackets } from '../explain/packet-trace.ts';
import type { ExplainedInstance, ExplainedNode } from '../explain/explanation.ts';
import { type CountedMinute, joinDrops, readDropsRequest } from './dropped-packets.ts';
import { type FollowedSource, followSessions } from './session-follow.ts';
import { LargestSessions } from './largest-sessions.ts';
import { readFilter } from './table-request.ts';
import { type Checker, joinTop, readTopRequest } from './top-sessions.ts';

/** An instance whose tables can be read page by page at run time. A reload changes its options. */
export interface TableSource extends ExplainedInstance, FollowedSource, TracedSource {
  /** Slots from whose slices new mappings get their ports. */
  readonly slices: readonly number[];
  /** The use of these slices. */
  readonly pool: readonly PoolSlice[];
  query(query: TableQuery): Promise<TablePage>;
  /** A page of each shard. */
  top(question: TopQuestion): Promise<readonly TopPage[]>;
  /** What each shard has not translated lately. */
  drops(): Promise<readonly (readonly DroppedReason[])[]>;
}

/** What the node knows of itself, for its tables. */
export interface TableReport {
  /** Nodes that check their translation, by the address from which they do. */
  readonly checkers: ReadonlyMap<string, Checker>;
  lastMinute(instance: string): CountedMinute;
}

const NO_REPORT: TableReport = { checkers: new Map(), lastMinute: () => ({ rates: [], spanMs: 0 }) };

/**
 * Reads the tables of a node's instances for operators. Nothing is buffered: a page is sent before the next one is
 * read.
 */
export class NodeTables {
  readonly #sources: readonly TableSource[];
  readonly #node: ExplainedNode;
  readonly #report: TableReport;

  constructor(sources: readonly TableSource[], node: ExplainedNode, report: TableReport = NO_REPORT) {
    this.#sources = sources;
    this.#node = node;
    this.#report = report;
  }

  async *listSessions(request: SessionsRequest): AsyncGenerator<SessionPage> {
    const filter = readFilter(request);
    if (request.countOnly) {
      const { count } = await this.#countAll(request.instance, filter, 'count');
      yield { sessions: [], count };
      return;
    }
    if (request.sort !== '') {
      yield* this.#sorted(request, filter);
      return;
    }
    let left = request.limit === 0 ? Number.POSITIVE_INFINITY : request.limit;
    for (const source of this.#stateful(request.instance)) {
      for await (const { words } of pagesOf(source, 'sessions', filter)) {
        const sessions = sessionRows(words)
          .slice(0, left)
          .map((row) => this.#session(source.name, row));
        left -= sessions.length;
        if (sessions.length > 0) yield { sessions, count: 0 };
        if (left <= 0) return;
      }
    }
  }

  /** The largest by a figure: all are read, and as many are held as are asked for. */
  async *#sorted({ instance, sort, limit }: SessionsRequest, filter: TableFilter): AsyncGenerator<SessionPage> {
    const largest = new LargestSessions(sort, limit);
    for (const source of this.#stateful(instance)) {
      for await (const { words } of pagesOf(source, 'sessions', filter)) largest.add(source.name, words);
    }
    for (const sessions of largest.pages()) {
      yield { sessions: sessions.map((one) => this.#session(one.instance, one.row)), count: 0 };
    }
  }

  /** Session starts and ends on this node. @throws ControlError */
  async *followSessions(request: SessionsRequest, stopped: AbortSignal): AsyncGenerator<FollowReply> {
    const filter = readFilter({ ...request, owner: 0 });
    const world = { nodeOf: (slot: number) => this.#node.nodeOf(slot), now: Date.now };
    yield* followSessions(this.#stateful(request.instance), filter, world, stopped);
  }

  /** The next packets of a client. @throws ControlError */
  async *tracePackets(request: TraceRequest, stopped: AbortSignal): AsyncGenerator<TraceReply> {
    const sources = this.#named(request.instance);
    const world = { nodeOf: (slot: number) => this.#node.nodeOf(slot), now: Date.now };
    yield* tracePackets(sources, request, world, stopped);
  }

  /** The largest groups of sessions. @throws ControlError */
  async topSessions(request: TopRequest): Promise<TopReply> {
    const question = readTopRequest(request);
    const { instance = '', limit = 0 } = request.sessions ?? {};
    const answers = await Promise.all(
      this.#stateful(instance).map(async (source) => ({ instance: source.name, pages: await source.top(question) })),
    );
    return joinTop(question, answers, { limit, since: startedMs, checkers: this.#report.checkers });
  }

  /** Where packets that are not translated come from. @throws ControlError */
  async getDrops(request: DropsRequest): Promise<DropsReply> {
    const chosen = readDropsRequest(request);
    const answers = await Promise.all(
      this.#named(request.instance).map(async (source) => ({
        instance: source.name,
        shards: await source.drops(),
        counted: this.#report.lastMinute(source.name),
      })),
    );
    return joinDrops(chosen, answers, this.#report.checkers);
  }

  /** Ends the matching sessions that this node owns. @throws ControlError if the request has no filter */
  async endSessions(request: SessionsRequest): Promise<EndReply> {
    const filter = readFilter({ ...request, owner: 0 });
    const { client, pool4, remote, outsidePool4 } = request;
    if (client === '' && pool4 === '' && remote === '' && !outsidePool4) {
      throw new ControlError(
        'name the sessions to end: a client, a pool4 address, a remote address, or those outside pool4',
      );
    }
    const { count, foreign } = await this.#countAll(request.instance, filter, 'end');
    const ended = count - foreign;
    const others = foreign === 0 ? '' : `; ${foreign} that match are owned by other nodes: end them there`;
    const text = `${ended} ${ended === 1 ? 'session' : 'sessions'} ended${others}`;
    return { done: foreign === 0, code: foreign === 0 ? 'sessions-ended' : 'sessions-foreign', text, ended, foreign };
  }

  async #countAll(
    instance: string,
    filter: TableFilter,
    what: TableQuery['what'],
  ): Promise<{ count: number; foreign: number }> {
    const sum = { count: 0, foreign: 0 };
    for (const source of this.#stateful(instance)) {
      for await (const page of pagesOf(source, 'sessions', filter, what)) {
        sum.count += page.count;
        sum.foreign += page.foreign;
      }
    }
    return sum;
  }

  async *listBib(request: SessionsRequest): AsyncGenerator<BibPage> {
    const filter = readFilter({ ...request, remote: '', owner: 0 });
    let left = request.limit === 0 ? Number.POSITIVE_INFINITY : request.limit;
    for (const source of this.#stateful(request.instance)) {
      for await (const { words } of pagesOf(source, 'bib', filter)) {
        const entries = bibRows(words)
          .slice(0, left)
          .map((row) => bibEntry(source.name, row));
        left -= entries.length;
        if (entries.length > 0) yield { entries };
        if (left <= 0) return;
      }
    }
  }

  async getPool({ instance }: PoolRequest): Promise<PoolReply> {
    return { entries: this.#stateful(instance).flatMap(poolOf) };
  }

  explain(request: ExplainRequest): Promise<ExplainReply> {
    return explain(request, this.#sources, this.#node);
  }

  #session(instance: string, { owner, ...row }: SessionRow): Session {
    return { ...row, instance, owner: this.#node.nodeOf(owner) };
  }

  /** Of both kinds; an empty name: all. @throws ControlError */
  #named(name: string): readonly TableSource[] {
    const found = this.#sources.filter((source) => name === '' || source.name === name);
    if (found.length > 0) return found;
    const known = this.#sources.map((source) => source.name).join(', ');
    throw new ControlError(`there is no instance ${name} on this node; there are: ${known}`);
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

/** The start of this process, which has counted from zero: the agent's. */
const startedMs = Math.round(performance.timeOrigin);

function bibEntry(instance: string, row: BibRow): BibEntry {
  return { ...row, instance };
}

async function* pagesOf(
  source: TableSource,
  table: TableQuery['table'],
  filter: TableFilter,
  what: TableQuery['what'] = 'rows',
): AsyncGenerator<TablePage> {
  for (let from = 0; from >= 0;) {
    const page = await source.query({ table, filter, from, what });
    yield page;
    from = page.next;
  }
}

/** Use of each pool4 entry in the slices from which this node allocates. */
function poolOf({ name, options, slices, pool }: TableSource): PoolUse[] {
  if (options.kind !== 'nat64') return [];
  const { slots, limits } = options;
  return options.pool4.map((entry, index) => {
    const parts = slices.map((slot) => ({ slot, ...sliceOf(...entry.ports, slot, slots) }));
    const used = pool.filter((slice) => slice.entry === index).reduce((sum, slice) => sum + slice.used, 0);
    return {
      instance: name,
      prefix: entry.prefix,
      ports: `${entry.ports[0]}-${entry.ports[1]}`,
      protocols: entry.protocols.join(','),
      capacity: addressesOf(entry) * entry.protocols.length * parts.reduce((sum, { count }) => sum + count, 0),
      used,
      slices: parts.map(({ slot, first, count }) => `slot ${slot} of ${slots}: ${first}-${first + count - 1}`),
      assignedClients: portPlansOf([entry], limits.clientPrefixLength, slots, 1)
        .map((plan) => planFigures(plan).clients)
        .reduce((sum, clients) => sum + clients, 0),
    };
  });
}

function addressesOf({ prefix }: Pool4Entry): number {
  return 2 ** (32 - (parsePrefix4(prefix)?.length ?? 32));
}
