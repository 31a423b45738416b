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
 * The part of a stateful translator that has to do with other nodes: what the worker moves between it and the rings.
 */
export interface SessionTranslator extends Translator {
  readonly sessionCount: number;
  readonly bibCount: number;
  /** The ports from which it allocates, and how many of them are in use. */
  readonly poolSlices: readonly WatchedPorts[];
  /**
   * Writes at most `maxRecords` of the journal's records, 64 bytes each.
   * @param snapshots whether records of a snapshot may be among them; unless it says otherwise they may
   * @returns records written
   */
  takeRecords(out: Uint8Array, offset: number, maxRecords: number, nowMs: number, snapshots?: boolean): number;
  /** Applies records of 64 bytes that lie one after the other; the translator's counters say what became of them. */
  applyRecords(bytes: Uint8Array, offset: number, count: number, nowMs: number): void;
  /** Moves at most `max` events for the NAT log to `out`, 64 bytes each. @returns how many */
  takeEvents(out: Uint8Array, offset: number, max: number, originMs: number): number;
  /** Another node has every record up to this position in the own log, modulo 2^32 as a signed number. */
  confirmRecords(position: number): void;
  requestSnapshot(): void;
  requestMark(): void;
  /** When the log has a mark to write, ms. */
  nextMarkMs(): number;
  takeOver(slot: number): void;
  setPeerAlive(slot: number, alive: boolean): void;
  /** Applies what can change while it works. @returns why not, a sentence each; empty: applied */
  reconfigure(options: TranslatorOptions): string[];
  /** Gives the packets of settled sessions to somebody who is faster. */
  useFlowOffload(way: FlowOffload): void;
  /** From now on a hairpin whose other half is another shard's goes there. */
  useShards(shards: ShardMap, handOver: HandOver): void;
  /** Answers a query about the tables, in steps of bounded cost. */
  walk(query: TableQuery): Pick<TableWalk, 'step'>;
  /** Says which groups of sessions are the largest, in such steps. */
  top(question: TopQuestion): Pick<TopWalk, 'step'>;
  /** Sessions made and ended since this reader last asked; it is forgotten when it does not ask for a minute. */
  follow(reader: number, filter: TableFilter, nowMs: number): FollowPage;
  unfollow(reader: number): void;
  /** What would become of a packet that came now; changes nothing. @param offload absent: none */
  preview(packet: Uint8Array, nowMs: number, offload?: PacketOffload): Preview;
  /** The client whose mapping a packet from the IPv4 side goes to, as four words; undefined: there is none. */
  clientBehind(packet: Uint8Array): readonly number[] | undefined;
  /** Sessions of this client do not settle from now on; undefined: all may. What has settled stays. */
  keepFromFastPath(client: readonly number[] | undefined): void;
  /** Sessions from table slot `from` on as records of 64 bytes, a page of them. */
  retainedPage(from: number, nowMs: number): RetainedPage;
  /** Applies pages of a previous incarnation, `agedMs` old. @returns sessions restored */
  restore(records: Uint8Array, agedMs: number, nowMs: number): number;
  /** Writes [sessions, digest high, digest low, sync state] of one owner. */
  ownerSummary(slot: number, out: Float64Array): void;
}

/** Whether a translator keeps sessions. */
export function storesSessions(translator: Translator): translator is SessionTranslator {
  return 'takeRecords' in translator && 'applyRecords' in translator;
}

/** Whether a translator can be given new options while it works. */
export function isReconfigurable(
  translator: Translator,
): translator is Translator & Pick<SessionTranslator, 'reconfigure'> {
  return 'reconfigure' in translator;
}

/** Whether a translator, which keeps none, can give pairs of addresses to a fast path. */
export function translatesPairs(
  translator: Translator,
): translator is Translator & { usePairOffload(way: PairOffload): void } {
  return 'usePairOffload' in translator;
}
