import type { CounterStats, StatsReply } from '../agent/control/messages.ts';
import { formatCount, formatDuration, formatSi, formatTable, type Paint, plainPaint, type Row } from './table.ts';

export interface StatsView {
  /** Show the meaning of each counter and what to do when it grows. */
  readonly explain: boolean;
  /** Show counters that are zero. */
  readonly zero: boolean;
}

type InstanceStats = StatsReply['instances'][number];

const MINUTE_MS = 60_000;
const RIGHT = 'right' as const;

const SECTIONS: readonly { readonly kind: string; readonly title: string; readonly sorted: boolean }[] = [
  { kind: 'pass', title: 'TRANSLATED', sorted: false },
  { kind: 'drop', title: 'DROPPED', sorted: true },
  { kind: 'answer', title: 'ANSWERED WITH AN ICMP ERROR', sorted: true },
  { kind: 'hold', title: 'HELD FOR A WHILE', sorted: true },
  { kind: 'fact', title: 'OTHER', sorted: false },
];

/** What the instances of one node have counted, or those of the cluster. */
export function statsScreen(
  { node, instances }: StatsReply,
  view: StatsView,
  paint: Paint = plainPaint,
  nowMs = Date.now(),
): string {
  const parts = instances.map((instance) => [
    heading(node, instance, nowMs, paint),
    ...SECTIONS.flatMap(({ kind, title, sorted }) => {
      const counters = instance.counters.filter((counter) => counter.kind === kind);
      return sectionLines(title, sorted ? counters.toSorted(byLargest) : counters, view, paint);
    }),
  ]);
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function heading(node: string, { name, kind, spanMs, since }: InstanceStats, nowMs: number, paint: Paint): string {
  // An agent of a release before 0.2 does not say.
  const start = since === 0 ? '' : `, started ${formatDuration(nowMs - since)} ago`;
  const young = spanMs < MINUTE_MS - 1000 ? `; the last minute is ${formatDuration(spanMs)} long so far` : '';
  return `${paint('heading', `instance ${name}`)} (${kind}) on ${node}${start}${young}`;
}

/** By the last minute, then since the start: current events come first. */
function byLargest(one: CounterStats, other: CounterStats): number {
  return other.lastMinute - one.lastMinute || other.total - one.total;
}

function sectionLines(title: string, counters: readonly CounterStats[], view: StatsView, paint: Paint): string[] {
  if (counters.length === 0) return [];
  const shown = view.zero ? counters : counters.filter(({ total }) => total > 0);
  const hidden = counters.length - shown.length;
  const note = hidden === 0 ? [] : [paint('faint', `${hidden} more at zero`)];
  if (shown.length === 0) return ['', paint('faint', title), ...note];
  const columns = [
    { title },
    { title: 'PER SECOND', align: RIGHT },
    { title: 'LAST MINUTE', align: RIGHT },
    { title: 'SINCE START', align: RIGHT },
    ...(view.explain ? [{ title: 'MEANING' }] : []),
  ];
  return [
    '',
    ...formatTable(
      columns,
      shown.map((counter) => counterRow(counter, view)),
      paint,
    ),
    ...note,
  ];
}

function counterRow({ name, rate, lastMinute, total, help, advice }: CounterStats, { explain }: StatsView): Row {
  const numbers = [name, formatSi(rate), formatCount(lastMinute), formatCount(total)];
  return explain ? [...numbers, advice === '' ? help : `${help}. ${advice}`] : numbers;
}

/** Sums the counters of several nodes. An instance is counted on the nodes that have it. */
export function sumStats(replies: readonly StatsReply[], name: string): StatsReply {
  const instances = new Map<string, InstanceStats>();
  for (const instance of replies.flatMap((reply) => reply.instances)) {
    const before = instances.get(instance.name);
    instances.set(instance.name, before === undefined ? instance : addStats(before, instance));
  }
  return { node: name, instances: [...instances.values()] };
}

function addStats(one: InstanceStats, other: InstanceStats): InstanceStats {
  const counters = new Map(one.counters.map((counter) => [counter.name, counter]));
  for (const counter of other.counters) {
    const { rate = 0, lastMinute = 0, total = 0 } = counters.get(counter.name) ?? {};
    counters.set(counter.name, {
      ...counter,
      rate: rate + counter.rate,
      lastMinute: lastMinute + counter.lastMinute,
      total: total + counter.total,
    });
  }
  const since = Math.min(one.since, other.since);
  return { ...one, since, spanMs: Math.max(one.spanMs, other.spanMs), counters: [...counters.values()] };
}
