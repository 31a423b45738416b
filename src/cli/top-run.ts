import { CONTROL } from '../agent/control/control-service.ts';
import type { TopReply, TopRow } from '../agent/control/messages.ts';
import { printJson, withAgent } from './control-connection.ts';
import { markedAddress, markNotes } from './own-address.ts';
import { requestOf, slotOf, type TableOptions } from './sessions-run.ts';
import {
  type Column,
  formatBytes,
  formatCount,
  formatDuration,
  formatTime,
  formatSi,
  formatTable,
  paintFor,
} from './table.ts';

export interface TopOptions extends Omit<TableOptions, 'count'> {
  readonly sort: string;
  readonly prefixLength: number;
  readonly csv?: true;
}

/** Summing takes as long as scanning a large table. */
const SUM_MS = 60_000;
/** Age below which a session counts as new. */
const NEW_SECONDS = 60;

export async function runTop(group: string, options: TopOptions): Promise<void> {
  await withAgent(options, async (client) => {
    const sessions = { ...requestOf({ ...options, sort: '' }), owner: await slotOf(client, options.owner) };
    const { sort, prefixLength } = options;
    const reply = await client.call(CONTROL.topSessions, { sessions, by: group, sort, prefixLength }, SUM_MS);
    if (options.json === true) printJson(reply, options, client);
    else if (options.csv === true) console.log(csvOf(reply).join('\n'));
    else print(group, options.sort, reply);
  });
}

function print(group: string, sort: string, reply: TopReply): void {
  const { rows, total } = reply;
  if (rows.length === 0) {
    console.error('isthmus: nothing matches');
    return;
  }
  const named: Column = { title: NAMES.get(group) ?? group.toUpperCase() };
  const figures = FIGURES.filter(({ groups }) => groups === undefined || groups.includes(group));
  const cells = rows.map((row) => [row.instance, nameOf(row), ...figures.map(({ cell }) => cell(row))]);
  const columns = [{ title: 'INSTANCE' }, named, ...figures.map(({ title }) => ({ title, align: RIGHT }))];
  console.log(formatTable(columns, cells, paintFor(process.stdout)).join('\n'));
  const { sessions = 0, newLastMinute = 0, newFromOutside = 0, packets = 0, bytes = 0, poolPorts = 0 } = total ?? {};
  const groups = `${reply.approximate ? 'more than ' : ''}${formatCount(reply.groups)}`;
  console.log(
    `\n${formatCount(rows.length)} of ${groups} ${group}; all: ${formatCount(sessions)} sessions, ` +
      `${perSecond(newLastMinute - newFromOutside)} new per second from clients, ${perSecond(newFromOutside)} from ` +
      `outside, ${formatSi(packets)} packets, ${formatBytes(bytes)}, ` +
      `${formatCount(poolPorts)} ports of pool4`,
  );
  for (const note of topNotes(reply)) console.log(note);
  if (reply.approximate)
    console.error(
      `isthmus: too many ${group} to count each: figures may be too large by EXCESS (${sort}), and none that is not ` +
        `shown has more than ${formatSi(reply.largestHidden)}`,
    );
}

/** What the figures need to be read rightly. */
export function topNotes({ since, rows }: Pick<TopReply, 'since' | 'rows'>): string[] {
  // An agent of a release before 0.2 does not say since when.
  const counted = since === 0 ? [] : [`PACKETS and BYTES: what this node has carried since ${formatTime(since)}`];
  return ['NEW/S and IN/S: the mean of the last minute; SESSIONS and PORTS: now', ...counted, ...markNotes(rows)];
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['clients', 'CLIENT'],
  ['remotes', 'REMOTE'],
  ['pool4', 'POOL4'],
  ['ports', 'REMOTE PORT'],
]);

const RIGHT = 'right' as const;

interface Figure {
  readonly title: string;
  /** The groupings with this column; undefined: all. */
  readonly groups?: readonly string[];
  readonly cell: (row: TopRow) => string;
}

const FIGURES: readonly Figure[] = [
  { title: 'SESSIONS', cell: ({ sessions }) => formatCount(sessions) },
  { title: 'NEW/S', cell: ({ newLastMinute, newFromOutside }) => perSecond(newLastMinute - newFromOutside) },
  { title: 'IN/S', cell: ({ newFromOutside }) => perSecond(newFromOutside) },
  { title: 'OLDEST', cell: ({ sessions, oldestMs }) => (sessions === 0 ? '-' : formatDuration(oldestMs)) },
  { title: 'PORTS', groups: ['clients', 'pool4'], cell: ({ poolPorts }) => formatCount(poolPorts) },
  { title: 'PACKETS', cell: ({ packets }) => formatSi(packets) },
  { title: 'BYTES', cell: ({ bytes }) => formatBytes(bytes) },
  { title: 'EXCESS', cell: ({ excess }) => (excess === 0 ? '-' : formatSi(excess)) },
];

function nameOf(row: TopRow): string {
  const { address, protocol, port } = row;
  if (address !== '') return markedAddress(row);
  return protocol === 'icmp' ? protocol : `${protocol} ${port}`;
}

/** A low rate is not shown as zero. */
function perSecond(lastMinute: number): string {
  const rate = lastMinute / NEW_SECONDS;
  return rate === 0 || rate >= 10 ? formatCount(rate) : rate.toFixed(rate < 1 ? 2 : 1);
}

/** Columns as in the JSON rows; none of the values contains a comma. */
export function csvOf({ rows }: Pick<TopReply, 'rows'>): string[] {
  const lines = rows.map((row) => CSV_FIELDS.map((field) => String(row[field])).join(','));
  return [CSV_FIELDS.join(','), ...lines];
}

const CSV_FIELDS = [
  'instance',
  'address',
  'protocol',
  'port',
  'sessions',
  'newLastMinute',
  'packets',
  'bytes',
  'excess',
  'poolPorts',
  'newFromOutside',
  'oldestMs',
  'own',
  'checkedBy',
] as const satisfies readonly (keyof TopRow)[];
