import type { InstanceStatus, NodeStatus, StatusReply } from '../agent/control/messages.ts';

const SECOND_MS = 1000;

/** Packets per second dropped or answered, by counter; without zero values. */
export type RefusedRates = ReadonlyMap<string, number>;

interface Reading {
  readonly timeMs: number;
  readonly counters: ReadonlyMap<string, number>;
}

/**
 * Packets that nodes dropped or answered with an error, by reason. For the own node, counters are compared with the
 * previous sample; for other nodes, the most frequent reasons of the last minute and the sum of the others are known.
 */
export class RefusedMeter {
  #readings = new Map<string, Reading>();
  #rates = new Map<string, RefusedRates>();

  update({ time, instances }: StatusReply): void {
    const before = this.#readings;
    this.#readings = new Map(instances.map((instance) => [instance.name, readingOf(instance, time)]));
    this.#rates = new Map(
      [...this.#readings].map(([name, reading]) => [name, ratesBetween(before.get(name), reading)]),
    );
  }

  of(node: NodeStatus | undefined, instance: string): RefusedRates {
    if (node?.self === true) return this.#rates.get(instance) ?? new Map();
    return node === undefined ? new Map() : reportedRates(node, instance);
  }
}

function readingOf({ counters }: InstanceStatus, timeMs: number): Reading {
  const refused = counters.filter(({ kind }) => kind === 'drop' || kind === 'answer');
  return { timeMs, counters: new Map(refused.map(({ name, value }) => [name, value])) };
}

function ratesBetween(before: Reading | undefined, { timeMs, counters }: Reading): RefusedRates {
  const seconds = (timeMs - (before?.timeMs ?? timeMs)) / SECOND_MS;
  if (before === undefined || seconds <= 0) return new Map();
  const growth = [...counters].map(([name, value]) => [name, value - (before.counters.get(name) ?? 0)] as const);
  return new Map(growth.filter(([, more]) => more > 0).map(([name, more]) => [name, more / seconds]));
}

function reportedRates({ instances }: NodeStatus, name: string): RefusedRates {
  const traffic = instances.find((one) => one.name === name)?.traffic;
  if (traffic === undefined || traffic.spanMs === 0) return new Map();
  const { dropped, topDrop, topDropCount, answered, topAnswer, topAnswerCount, spanMs } = traffic;
  const counts = [
    [topDrop, topDropCount],
    [topAnswer, topAnswerCount],
    ['other reasons', dropped + answered - topDropCount - topAnswerCount],
  ] as const;
  return new Map(
    counts.filter(([, count]) => count > 0).map(([reason, count]) => [reason, (count * SECOND_MS) / spanMs]),
  );
}
