import type { PacketOffload } from '../net/offload.ts';
import type { RetainedPage } from '../translator/nat64/records/retained-sessions.ts';
import type { TranslatorOptions } from '../translator/options.ts';
import type { FollowPage } from '../translator/nat64/tables/session-followers.ts';
import type { TableFilter } from '../translator/nat64/tables/table-filter.ts';
import type { Preview } from '../translator/nat64/preview/preview.ts';
import type { TableQuery, TableWalk } from '../translator/nat64/tables/table-query.ts';
import type { TopQuestion, TopWalk } from '../translator/nat64/tables/top-walk.ts';
import type { HandOver, ShardMap } from '../translator/nat64/ports/shard-map.ts';
import type { WatchedPorts } from '../translator/nat64/ports/port-table.ts';
import type { FlowOffload, PairOffload } from '../translator/flow-offload.ts';
import type { Translator } from '../translator/translator.ts';

/**
 * The interface of a stateful translator towards other nodes, used by the worker to move data to and from the rings.
 */
export interface SessionTranslator extends Translator {
  readonly sessionCount: number;
  readonly bibCount: number;
  /** The ports from which it allocates, and their use. */
  readonly poolSlices: readonly WatchedPorts[];
  /**
   * Writes at most `maxRecords` of the journal's records, 64 bytes each.
   * @param snapshots whether records of a snapshot may be among them; default: yes
   * @returns records written
   */
  takeRecords(out: Uint8Array, offset: number, maxRecords: number, nowMs: number, snapshots?: boolean): number;
  /** Applies consecutive records of 64 bytes; the results are counted. */
  applyRecords(bytes: Uint8Array, offset: number, count: number, nowMs: number): void;
  /** Moves at most `max` events for the NAT log to `out`, 64 bytes each. @returns how many */
  takeEvents(out: Uint8Array, offset: number, max: number, originMs: number): number;
  /** Another node has every record of the own log up to this position, modulo 2^32 as a signed number. */
  confirmRecords(position: number): void;
  requestSnapshot(): void;
  requestMark(): void;
  /** When the next mark is due, ms. */
  nextMarkMs(): number;
  takeOver(slot: number): void;
  setPeerAlive(slot: number, alive: boolean): void;
  /** Applies changed options at run time. @returns what cannot be applied, a sentence each; empty: applied */
  reconfigure(options: TranslatorOptions): string[];
  /** Offloads packets of settled sessions to a fast path. */
  useFlowOffload(way: FlowOffload): void;
  /** Hairpinned packets whose second half belongs to another shard are handed over from now on. */
  useShards(shards: ShardMap, handOver: HandOver): void;
  /** Answers a query about the tables, in steps of bounded cost. */
  walk(query: TableQuery): Pick<TableWalk, 'step'>;
  /** Finds the largest groups of sessions, in such steps. */
  top(question: TopQuestion): Pick<TopWalk, 'step'>;
  /** Session starts and ends since this reader's previous call; it is removed when it has not called for a minute. */
  follow(reader: number, filter: TableFilter, nowMs: number): FollowPage;
  unfollow(reader: number): void;
  /** Predicts what would happen to a packet that arrived now, without side effects. @param offload absent: none */
  preview(packet: Uint8Array, nowMs: number, offload?: PacketOffload): Preview;
  /** The client whose mapping matches a packet from the IPv4 side, as four words; undefined: none. */
  clientBehind(packet: Uint8Array): readonly number[] | undefined;
  /** Sessions of this client do not enter the fast path from now on; undefined: all may. Those already there stay. */
  keepFromFastPath(client: readonly number[] | undefined): void;
  /** A page of sessions as records of 64 bytes, from table slot `from` on. */
  retainedPage(from: number, nowMs: number): RetainedPage;
  /** Applies pages of a previous incarnation, `agedMs` old. @returns sessions restored */
  restore(records: Uint8Array, agedMs: number, nowMs: number): number;
  /** Writes [sessions, digest high, digest low, sync state, own sessions that became its] of one owner. */
  ownerSummary(slot: number, out: Float64Array): void;
}

/** Whether a translator keeps sessions. */
export function storesSessions(translator: Translator): translator is SessionTranslator {
  return 'takeRecords' in translator && 'applyRecords' in translator;
}

/** Whether a translator accepts new options at run time. */
export function isReconfigurable(
  translator: Translator,
): translator is Translator & Pick<SessionTranslator, 'reconfigure'> {
  return 'reconfigure' in translator;
}

/** Whether a stateless translator can offload pairs of addresses to a fast path. */
export function translatesPairs(
  translator: Translator,
): translator is Translator & { usePairOffload(way: PairOffload): void } {
  return 'usePairOffload' in translator;
}
