import type { InstanceStatus, NodeStatus, StatusReply, Traffic } from '../agent/control/messages.ts';

const SECOND_MS = 1000;
/** Run time up to which a node has counted all that it has within the first step. */
const FIRST_MS = 30_000;
const OTHERS = 'other reasons';

/** What an instance of a node counted from one sample of the history to the next, per second. */
export interface StepRates {
  readonly slowBits: number;
  readonly fastBits: number;
  readonly packets: number;
  readonly newSessions: number;
  /** Packets dropped or answered with an error, by counter; without zero values. */
  readonly refused: ReadonlyMap<string, number>;
}

/** What an instance of a node has counted since it was started. */
interface Reading {
  readonly timeMs: number;
  /** The incarnation of the agent: another one counts from zero. */
  readonly started: number;
  readonly traffic: Traffic;
  /** By counter, as far as known: of other nodes those that were the most frequent ones. */
  readonly reasons: ReadonlyMap<string, number>;
}

/** Where a step begins. */
interface Begin {
  readonly timeMs: number;
  /** Undefined: at zero. */
  readonly reading: Reading | undefined;
}

/**
 * Measures what was counted between two samples. For the own node all counters are known; other nodes report sums, and
 * of the reasons for drops the most frequent one of each kind.
 */
export class StepMeter {
  #updatedMs: number | undefined;
  #readings = new Map<string, Reading>();
  /** The incarnation of each node in the last update. */
  #started = new Map<string, number>();
  #rates = new Map<string, StepRates>();

  update({ time, nodes, instances }: StatusReply): void {
    const before = this.#readings;
    // What a silent node has counted is compared when it is back.
    this.#readings = new Map([...before].filter(([key]) => nodes.some(({ name }) => key.startsWith(`${name} `))));
    this.#rates = new Map();
    for (const node of nodes.filter(({ alive }) => alive)) {
      for (const { name, traffic } of node.instances) {
        if (traffic === undefined) continue;
        const key = keyOf(node.name, name);
        const last = before.get(key);
        const reasons = node.self ? allReasons(instances.find((one) => one.name === name)) : topReasons(traffic, last);
        const reading = { timeMs: time, started: node.started, traffic, reasons };
        const begin = this.#beginOf(node, last, reading);
        if (begin !== undefined) this.#rates.set(key, ratesOf(begin, reading, node.self));
        this.#readings.set(key, reading);
      }
    }
    this.#started = new Map(nodes.filter(({ alive }) => alive).map(({ name, started }) => [name, started]));
    this.#updatedMs = time;
  }

  /** Undefined: what was counted in the last step is unknown. */
  of(node: string, instance: string): StepRates | undefined {
    return this.#rates.get(keyOf(node, instance));
  }

  #beginOf(node: NodeStatus, last: Reading | undefined, now: Reading): Begin | undefined {
    if (last?.started === now.started) {
      return { timeMs: last.timeMs, reading: isContinued(last.traffic, now.traffic) ? last : undefined };
    }
    const startedMs = node.started - node.clockAheadMs;
    const updatedMs = this.#updatedMs;
    if (updatedMs === undefined) {
      return now.timeMs - startedMs > FIRST_MS ? undefined : { timeMs: startedMs, reading: undefined };
    }
    // The instance, or the node, was started in this step, or was away when the last one ended.
    const isNew = last !== undefined || this.#started.get(node.name) === node.started || startedMs >= updatedMs;
    return isNew ? { timeMs: Math.min(updatedMs, now.timeMs), reading: undefined } : undefined;
  }
}

function keyOf(node: string, instance: string): string {
  return `${node} ${instance}`;
}

/** Counters that have gone back are those of an instance that was started again. */
function isContinued(before: Traffic, now: Traffic): boolean {
  return (
    now.countedBytes >= before.countedBytes &&
    now.countedPackets >= before.countedPackets &&
    now.countedSessions >= before.countedSessions &&
    now.countedDrops >= before.countedDrops &&
    now.countedAnswers >= before.countedAnswers
  );
}

function ratesOf({ timeMs, reading: before }: Begin, now: Reading, self: boolean): StepRates {
  const { traffic } = now;
  // A node of an earlier version reports no sums, but rates of the last seconds and drops of the last minute.
  if (traffic.countedBytes === 0 && traffic.bitsPerSecond > 0) return reportedRates(traffic);
  const seconds = (now.timeMs - timeMs) / SECOND_MS;
  if (seconds <= 0) return { slowBits: 0, fastBits: 0, packets: 0, newSessions: 0, refused: new Map() };
  const rate = (pick: (one: Traffic) => number): number =>
    Math.max(0, pick(traffic) - (before === undefined ? 0 : pick(before.traffic))) / seconds;
  const fastBits = 8 * rate(({ countedFastBytes }) => countedFastBytes);
  const counts = self ? growthOf(before, now) : reportedGrowth(before, now);
  return {
    slowBits: Math.max(0, 8 * rate(({ countedBytes }) => countedBytes) - fastBits),
    fastBits,
    packets: rate(({ countedPackets }) => countedPackets),
    newSessions: rate(({ countedSessions }) => countedSessions),
    refused: new Map([...counts].filter(([, count]) => count > 0).map(([name, count]) => [name, count / seconds])),
  };
}

function allReasons(instance: InstanceStatus | undefined): Map<string, number> {
  const refused = instance?.counters.filter(({ kind }) => kind === 'drop' || kind === 'answer') ?? [];
  return new Map(refused.map(({ name, value }) => [name, value]));
}

function growthOf(before: Reading | undefined, { reasons }: Reading): Map<string, number> {
  return new Map([...reasons].map(([name, value]) => [name, value - (before?.reasons.get(name) ?? 0)]));
}

function topReasons(traffic: Traffic, last: Reading | undefined): Map<string, number> {
  const { topDrop, countedTopDrop, topAnswer, countedTopAnswer } = traffic;
  const named = [[topDrop, countedTopDrop] as const, [topAnswer, countedTopAnswer] as const];
  return new Map([...(last?.reasons ?? []), ...named.filter(([name]) => name !== '')]);
}

/** The most frequent reasons by their own sums, the others as what is left of all. */
function reportedGrowth(before: Reading | undefined, { traffic }: Reading): Map<string, number> {
  const { countedDrops, topDrop, topDropCount, countedTopDrop } = traffic;
  const { countedAnswers, topAnswer, topAnswerCount, countedTopAnswer } = traffic;
  const drops = countedDrops - (before?.traffic.countedDrops ?? 0);
  const answers = countedAnswers - (before?.traffic.countedAnswers ?? 0);
  const ofTop = (name: string, total: number, lastMinute: number, all: number): number => {
    const known = before === undefined ? 0 : before.reasons.get(name);
    // Never the most frequent one until now: what it counted in the last minute may be of this step.
    return Math.min(all, known === undefined ? lastMinute : total - known);
  };
  const topDrops = ofTop(topDrop, countedTopDrop, topDropCount, drops);
  const topAnswers = ofTop(topAnswer, countedTopAnswer, topAnswerCount, answers);
  return new Map([
    [topDrop, topDrops],
    [topAnswer, topAnswers],
    [OTHERS, drops + answers - topDrops - topAnswers],
  ]);
}

function reportedRates(traffic: Traffic): StepRates {
  const { bitsPerSecond, fastBitsPerSecond, packetsPerSecond, newSessionsPerSecond, spanMs } = traffic;
  const { dropped, topDrop, topDropCount, answered, topAnswer, topAnswerCount } = traffic;
  const counts = [
    [topDrop, topDropCount],
    [topAnswer, topAnswerCount],
    [OTHERS, dropped + answered - topDropCount - topAnswerCount],
  ] as const;
  const known = spanMs === 0 ? [] : counts.filter(([, count]) => count > 0);
  return {
    slowBits: Math.max(0, bitsPerSecond - fastBitsPerSecond),
    fastBits: fastBitsPerSecond,
    packets: packetsPerSecond,
    newSessions: newSessionsPerSecond,
    refused: new Map(known.map(([reason, count]) => [reason, (count * SECOND_MS) / spanMs])),
  };
}
