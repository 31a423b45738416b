import { formatIpv4 } from '../../net/ipv4-address.ts';
import { formatIpv6 } from '../../net/ipv6-address.ts';
import { KEY_WORDS, OLDEST } from '../../translator/nat64/tables/heavy-groups.ts';
import { PROTOCOL_NAMES } from '../../translator/nat64/tables/table-rows.ts';
import {
  PORT_GROUPS,
  ROW_SUMS,
  TOP_GROUPS,
  TOP_SORTS,
  type TopGroup,
  type TopPage,
  type TopQuestion,
  type TopSort,
} from '../../translator/nat64/tables/top-walk.ts';
import { ControlError } from '../control/control-error.ts';
import type { SessionsRequest, TopReply, TopRequest, TopRow } from '../control/messages.ts';
import { readFilter } from './table-request.ts';

/** Maximum number of groups that can be requested. */
export const MOST_ROWS = 1000;
/** Address lengths, where clients or remotes may be grouped by prefix. */
const ADDRESS_BITS: Readonly<Record<TopGroup, number>> = { clients: 128, remotes: 32, pool4: 0, ports: 0 };

/** @throws ControlError */
export function readTopRequest({ sessions, by, sort, prefixLength }: TopRequest): TopQuestion {
  if (sessions === undefined) throw new ControlError('the request says nothing about the sessions');
  const group = oneOf(TOP_GROUPS, by, 'a group of sessions');
  const bits = ADDRESS_BITS[group];
  if (prefixLength > bits) {
    throw new ControlError(
      bits === 0
        ? `${group} cannot be grouped by prefixes; clients and remotes can`
        : `${prefixLength} is not a prefix length of ${group}; 1 to ${bits} are`,
    );
  }
  if (sessions.limit < 1 || sessions.limit > MOST_ROWS)
    throw new ControlError(`${sessions.limit} groups cannot be shown; 1 to ${MOST_ROWS} can`);
  const figure = oneOf(TOP_SORTS, sort, 'a figure to sort by');
  if (figure === 'ports' && !PORT_GROUPS.includes(group))
    throw new ControlError(
      `${group} share ports of pool4 and cannot be sorted by them; ${PORT_GROUPS.join(' and ')} can`,
    );
  return {
    by: group,
    sort: figure,
    filter: readFilter(sessions),
    prefixLength: prefixLength === 0 ? bits : prefixLength,
    // With several shards, smaller groups are needed too, because a group may be spread over them.
    rows: MOST_ROWS,
  };
}

function oneOf<Name extends string>(names: readonly Name[], text: string, what: string): Name {
  const found = names.find((name) => name === text);
  if (found === undefined) throw new ControlError(`${text} is not ${what}; there are: ${names.join(', ')}`);
  return found;
}

/** An instance's answer: a page of each of its shards. */
export interface InstanceTop {
  readonly instance: string;
  readonly pages: readonly TopPage[];
}

interface TopWorld extends Pick<SessionsRequest, 'limit'> {
  /** Since when packets are counted, milliseconds since 1970. */
  readonly since: number;
  /** By address. */
  readonly checkers: ReadonlyMap<string, Checker>;
}

/** A node that checks its translation from an address of its own. */
export interface Checker {
  readonly node: string;
  /** Whether it is the one that is asked. */
  readonly own: boolean;
}

/**
 * Merges the results of all instances and shards. A group missing from a shard's result has at most that shard's floor
 * there.
 */
export function joinTop(
  question: TopQuestion,
  answers: readonly InstanceTop[],
  { limit, since, checkers }: TopWorld,
): TopReply {
  const joined = answers.map((answer) => joinPages(question, answer));
  const figure = FIGURES[question.sort];
  const rows = joined.flatMap((one) => one.rows).sort((one, other) => figure(other) - figure(one));
  const hidden = rows.slice(limit).map(figure);
  const pages = answers.flatMap((answer) => answer.pages);
  const total = (index: number): number => pages.reduce((sum, { totals }) => sum + (totals[index] ?? 0), 0);
  return {
    rows: rows.slice(0, limit).map((row) => {
      const { node: checkedBy = '', own = false } = checkers.get(row.address) ?? {};
      return Object.assign(row, { own, checkedBy });
    }),
    since,
    groups: joined.reduce((sum, one) => sum + one.groups, 0),
    approximate: pages.some(({ isApproximate }) => isApproximate),
    largestHidden: Math.max(0, ...hidden.slice(0, 1), ...joined.map(({ floor }) => floor)),
    total: {
      ...NO_GROUP,
      sessions: total(0),
      newLastMinute: total(1) + total(5),
      newFromOutside: total(5),
      packets: total(2),
      bytes: total(3),
      poolPorts: total(4),
      oldestMs: 1000 * Math.max(0, ...pages.map(({ totals }) => totals[OLDEST] ?? 0)),
      excess: 0,
    },
  };
}

const NO_GROUP = { instance: '', address: '', protocol: '', port: 0, own: false, checkedBy: '' };

const FIGURES: Readonly<Record<TopSort, (row: TopRow) => number>> = {
  sessions: ({ sessions }) => sessions,
  new: ({ newLastMinute, newFromOutside }) => newLastMinute - newFromOutside,
  in: ({ newFromOutside }) => newFromOutside,
  packets: ({ packets }) => packets,
  bytes: ({ bytes }) => bytes,
  ports: ({ poolPorts }) => poolPorts,
};

function joinPages(
  question: TopQuestion,
  { instance, pages }: InstanceTop,
): { readonly rows: TopRow[]; readonly groups: number; readonly floor: number } {
  const groups = new Map<string, TopRow>();
  for (const page of pages) {
    for (const row of rowsOf(question, instance, page)) {
      const key = `${row.address} ${row.protocol} ${row.port}`;
      groups.set(key, plus(groups.get(key), row));
    }
  }
  const listed = pages.reduce((sum, { keys }) => sum + keys.length / KEY_WORDS, 0);
  const found = pages.reduce((sum, page) => sum + page.groups, 0);
  const floor = pages.reduce((sum, page) => sum + page.floor, 0);
  // Groups spread over several shards are counted once if all are listed.
  return { rows: [...groups.values()], groups: found - (listed - groups.size), floor };
}

function plus(one: TopRow | undefined, other: TopRow): TopRow {
  if (one === undefined) return other;
  return {
    ...other,
    sessions: one.sessions + other.sessions,
    newLastMinute: one.newLastMinute + other.newLastMinute,
    newFromOutside: one.newFromOutside + other.newFromOutside,
    oldestMs: Math.max(one.oldestMs, other.oldestMs),
    packets: one.packets + other.packets,
    bytes: one.bytes + other.bytes,
    poolPorts: one.poolPorts + other.poolPorts,
    excess: one.excess + other.excess,
  };
}

function rowsOf({ by, prefixLength }: TopQuestion, instance: string, { keys, sums }: TopPage): TopRow[] {
  return Array.from({ length: keys.length / KEY_WORDS }, (_, index) => {
    const key = keys.subarray(KEY_WORDS * index, KEY_WORDS * (index + 1));
    const [
      sessions = 0,
      opened = 0,
      packets = 0,
      bytes = 0,
      poolPorts = 0,
      newFromOutside = 0,
      oldestS = 0,
      excess = 0,
    ] = sums.subarray(ROW_SUMS * index, ROW_SUMS * (index + 1));
    const news = { newLastMinute: opened + newFromOutside, newFromOutside, oldestMs: 1000 * oldestS };
    return {
      instance,
      ...nameOf(by, prefixLength, key),
      sessions,
      ...news,
      packets,
      bytes,
      poolPorts,
      excess,
      own: false,
      checkedBy: '',
    };
  });
}

function nameOf(by: TopGroup, prefixLength: number, key: Uint32Array): Pick<TopRow, 'address' | 'protocol' | 'port'> {
  const [first = 0, , , , last = 0] = key;
  if (by === 'ports') return { address: '', protocol: PROTOCOL_NAMES.get(last >>> 16) ?? '', port: last & 0xffff };
  const whole = by === 'pool4' || prefixLength === ADDRESS_BITS[by];
  const address = by === 'clients' ? formatWords(key) : formatIpv4(first);
  return { address: whole ? address : `${address}/${prefixLength}`, protocol: '', port: 0 };
}

function formatWords(words: Uint32Array): string {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < 4; index++) view.setUint32(4 * index, words[index] ?? 0);
  return formatIpv6(bytes);
}
