import type { HistoryMetric, HistorySample, PageNode, PageShare, PageView } from './page-model.ts';
import type { StepRates } from './step-rates.ts';

/** What was counted since the sample before; undefined: unknown. */
export type RatesOf = (node: string, instance: string) => StepRates | undefined;

type Value = HistorySample['values'][number];

const SECOND_MS = 1000;
const HEALTHS = ['healthy', 'degraded', 'notServing'];

/** The values of a view that are kept in the history. Pure. */
export function sampleOf(view: PageView, ratesOf: RatesOf): HistorySample {
  return {
    time: view.time,
    values: [...healthOf(view).values, ...view.nodes.flatMap((node) => ofNode(node, ratesOf))],
  };
}

/** The health alone, where it changed between two samples. */
export function healthOf({ time, health }: Pick<PageView, 'time' | 'health'>): HistorySample {
  return { time, values: [value('health', '', '', Math.max(0, HEALTHS.indexOf(health)))] };
}

/** As the view has it. */
export function healthIn({ values }: HistorySample): string | undefined {
  const health = values.find(({ metric }) => metric === 'health');
  return health === undefined ? undefined : HEALTHS[health.value];
}

function ofNode(node: PageNode, ratesOf: RatesOf): Value[] {
  const { name, self, alive } = node;
  const serving = value('serving', name, '', node.announcing ? 1 : 0);
  if (!alive) {
    const held = node.instances.filter((share) => share.held > 0);
    return [serving, ...held.map((share) => value('held', name, share.instance, share.held))];
  }
  const lag = self ? [] : [value('lag', name, '', node.lagMs / SECOND_MS)];
  return [serving, ...lag, ...node.instances.flatMap((share) => ofShare(name, share, ratesOf))];
}

function ofShare(node: string, { instance, sessions, traffic }: PageShare, ratesOf: RatesOf): Value[] {
  const held = value('sessions', node, instance, sessions);
  if (traffic === undefined) return [held];
  const { poolPercent } = traffic;
  const pool = poolPercent < 0 ? [] : [value('pool', node, instance, poolPercent)];
  const rates = ratesOf(node, instance);
  if (rates === undefined) return [held, ...pool];
  const { slowBits, fastBits, packets, newSessions, refused } = rates;
  return [
    held,
    ...pool,
    value('slowBits', node, instance, slowBits),
    value('fastBits', node, instance, fastBits),
    value('packets', node, instance, packets),
    value('newSessions', node, instance, newSessions),
    ...[...refused].map(([label, rate]) => value('drops', node, instance, rate, label)),
  ];
}

function value(metric: HistoryMetric, node: string, instance: string, number: number, label = ''): Value {
  return { metric, node, instance, label, value: Math.round(number * 1000) / 1000 };
}
