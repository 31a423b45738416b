import type { NodeStatus, StatusReply, Traffic } from '../agent/control/messages.ts';
import { type Cell, formatCount, formatSi, formatTable, type Paint, type Row } from './table.ts';

const RIGHT = 'right' as const;
const COLUMNS = [
  { title: 'TRAFFIC' },
  { title: 'NODE' },
  { title: 'BIT/S', align: RIGHT },
  { title: 'PACKETS/S', align: RIGHT },
  { title: 'NEW/S', align: RIGHT },
  { title: 'FAST PATH', align: RIGHT },
  { title: 'NODE POOL4', align: RIGHT },
  { title: 'FULLEST SLICE' },
  { title: 'DROPPED, 1 MIN' },
  { title: 'ANSWERED, 1 MIN' },
];

/** A line for each instance on each living node: its current traffic, and what was dropped. */
export function trafficLines({ instances, nodes }: StatusReply, paint: Paint): string[] {
  const rows = instances.flatMap(({ name, kind }) =>
    nodes.flatMap((node) => {
      const traffic = node.instances.find((one) => one.name === name)?.traffic;
      return !node.alive || traffic === undefined ? [] : [trafficRow(name, kind, node, traffic)];
    }),
  );
  return rows.length === 0 ? [] : formatTable(COLUMNS, rows, paint);
}

function trafficRow(instance: string, kind: string, node: NodeStatus, traffic: Traffic): Row {
  const stateful = kind === 'nat64';
  const { bitsPerSecond, packetsPerSecond, fastPacketsPerSecond, newSessionsPerSecond } = traffic;
  return [
    instance,
    node.name,
    formatSi(bitsPerSecond),
    formatSi(packetsPerSecond),
    stateful ? formatSi(newSessionsPerSecond) : '-',
    packetsPerSecond === 0 ? '-' : `${percent(fastPacketsPerSecond, packetsPerSecond)} %`,
    stateful ? share(traffic.poolUsed, traffic.poolSize) : '-',
    stateful ? fullestSlice(traffic) : '-',
    reasons(traffic.dropped, traffic.topDrop, traffic.topDropCount),
    reasons(traffic.answered, traffic.topAnswer, traffic.topAnswerCount),
  ];
}

function share(used: number, size: number): string {
  return size === 0 ? '-' : `${percent(used, size)} %`;
}

/** One decimal place where the integer would be zero, or 100 of what is not all. */
function percent(used: number, size: number): string {
  const value = (100 * used) / size;
  if (value > 99 && value < 100) return Math.min(value, 99.9).toFixed(1);
  return value > 0 && value < 10 ? value.toFixed(1) : String(Math.round(value));
}

const CRITICAL = 0.95;
const HIGH = 0.8;

function fullestSlice({ worstSlice, worstSliceSize, worstSliceUsed }: Traffic): Cell {
  if (worstSlice === '') return { text: 'none', style: 'warning' };
  const fill = worstSliceSize === 0 ? 0 : worstSliceUsed / worstSliceSize;
  const style = fill >= CRITICAL ? 'bad' : fill >= HIGH ? 'warning' : 'plain';
  return { text: `${share(worstSliceUsed, worstSliceSize)} ${worstSlice}`, style };
}

/** A count with its most frequent reason, which covers all of it unless it has its own number. */
function reasons(count: number, top: string, topCount: number): string {
  if (count === 0) return '0';
  return `${formatCount(count)} ${top}${topCount === count ? '' : ` (${formatCount(topCount)})`}`;
}
