import type { StatusReply } from '../agent/control/messages.ts';
import type { Views } from './layout.ts';
import { allInSync, isActive } from './plan.ts';

/** State of a node at one moment. */
export interface NodeSample {
  /** "gone" when its agent did not answer. */
  readonly state: string;
  readonly announcing: boolean;
  /** Packets translated since its start; for a node that is gone, the last known value. */
  readonly packets: number;
  readonly sessions: number;
  /** Records of other nodes whose pool4 port belonged to another client here, since its start. */
  readonly conflicts: number;
}

export interface Sample {
  /** Time of day, milliseconds since 1970. */
  readonly time: number;
  readonly nodes: ReadonlyMap<string, NodeSample>;
  readonly inSync: boolean;
  /** Time for which the worst flow of the probe had been without an answer; absent: no probe. */
  readonly gapMs?: number;
}

/** A mark in the course of a drill. */
export interface Mark {
  readonly time: number;
  readonly kind: 'step' | 'expectation' | 'event' | 'abort';
  readonly node: string;
  readonly text: string;
}

/** Results for traffic and routes; milliseconds from the first step, undefined: not observed. */
export interface Measured {
  readonly withdrawnMs?: number;
  /** Packets only arrive on other nodes: the router has dropped the route. */
  readonly routeDroppedMs?: number;
  /**
   * Sessions that the node held and another one did not, when it left service; 0 if digests agreed and counts nearly
   * did.
   */
  readonly sessionsMissing?: number;
  /** Sessions that each node held at that time. */
  readonly sessionsHeld?: Readonly<Record<string, number>>;
  /** Records whose pool4 port was assigned to different clients by two nodes, during the drill. */
  readonly portConflicts?: number;
  /** From the last step. */
  readonly announcedAgainMs?: number;
  readonly inSyncAgainMs?: number;
}

export function sampleOf(time: number, views: Views, before: Sample | undefined): Sample {
  const nodes = [...views].map(([name, view]) => [name, nodeSample(view, before?.nodes.get(name))] as const);
  return { time, nodes: new Map(nodes), inSync: allInSync(views) };
}

function nodeSample(view: StatusReply | undefined, before: NodeSample | undefined): NodeSample {
  if (view === undefined) {
    const { packets = 0, sessions = 0, conflicts = 0 } = before ?? {};
    return { state: 'gone', announcing: false, packets, sessions, conflicts };
  }
  const own = view.nodes.find(({ self }) => self);
  return {
    state: own?.state ?? 'unknown',
    announcing: isActive(view),
    packets: translated(view),
    sessions: view.instances.reduce((sum, { sessions }) => sum + sessions, 0),
    conflicts: counted(view, ({ name }) => name === 'recordsConflict'),
  };
}

/** Packets translated by a node's instances since its start, in both paths. */
export function translated(view: StatusReply): number {
  return counted(view, ({ kind }) => kind === 'pass');
}

type CounterValue = StatusReply['instances'][number]['counters'][number];

function counted({ instances }: StatusReply, which: (counter: CounterValue) => boolean): number {
  const counters = instances.flatMap((instance) => instance.counters);
  return counters.filter(which).reduce((sum, { value }) => sum + value, 0);
}

/** Packets per second of each node between two samples; a restarted counter counts from zero. */
export function ratesBetween(one: Sample, other: Sample): Map<string, number> {
  const seconds = Math.max(0.001, (other.time - one.time) / 1000);
  return new Map(
    [...other.nodes].map(([name, { packets }]) => {
      const before = one.nodes.get(name)?.packets ?? 0;
      return [name, Math.max(0, packets >= before ? packets - before : packets) / seconds];
    }),
  );
}

/** A node's share of the packets between two samples; undefined: there were none. */
export function shareOf(one: Sample | undefined, other: Sample | undefined, node: string): number | undefined {
  if (one === undefined || other === undefined) return undefined;
  const rates = ratesBetween(one, other);
  const all = [...rates.values()].reduce((sum, rate) => sum + rate, 0);
  return all === 0 ? undefined : (rates.get(node) ?? 0) / all;
}

/** Sum of the nodes' counters over the samples; a restarted counter counts from zero. */
function conflictsOver(samples: readonly Sample[]): number {
  let sum = 0;
  for (const [index, { nodes }] of samples.entries()) {
    for (const [name, { conflicts }] of nodes) {
      const before = samples[index - 1]?.nodes.get(name)?.conflicts ?? conflicts;
      sum += conflicts >= before ? conflicts - before : conflicts;
    }
  }
  return sum;
}

function heldAt({ nodes }: Sample): Record<string, number> {
  return Object.fromEntries([...nodes].map(([name, { sessions }]) => [name, sessions]));
}

/** A node with less than this share of the packets does not carry traffic. */
const NOTHING = 0.02;

/**
 * Tolerated number of sessions that another node may lack: the nodes are not queried at the same moment, and records
 * are in transit.
 */
export function missingAllowed(held: number): number {
  return Math.max(20, Math.ceil(held / 10));
}

function missingIn({ inSync, nodes }: Sample, target: string): number {
  const held = nodes.get(target)?.sessions ?? 0;
  const missing = Math.max(0, ...[...nodes].map(([name, { sessions }]) => (name === target ? 0 : held - sessions)));
  return inSync && missing <= missingAllowed(held) ? 0 : missing;
}

/** Pure. @param firstMs time of the first step @param lastMs time of the last one */
export function measure(samples: readonly Sample[], target: string, firstMs: number, lastMs: number): Measured {
  const after = samples.filter(({ time }) => time >= firstMs);
  const gone = after.find(({ nodes }) => nodes.get(target)?.announcing !== true);
  const away = gone === undefined ? [] : after.slice(after.indexOf(gone));
  const back = away.find(({ nodes }) => nodes.get(target)?.announcing === true);
  // The first sample from which on every replica agreed.
  const synced = after[after.findLastIndex(({ inSync }) => !inSync) + 1];
  const dropped = after.find((sample, index) => {
    const before = after[index - 1];
    if (before === undefined) return false;
    const share = shareOf(before, sample, target);
    return share !== undefined && share < NOTHING;
  });
  const last = gone === undefined ? undefined : samples[samples.indexOf(gone) - 1];
  return {
    ...(last === undefined ? {} : { sessionsMissing: missingIn(last, target), sessionsHeld: heldAt(last) }),
    portConflicts: conflictsOver(samples),
    ...(gone === undefined ? {} : { withdrawnMs: gone.time - firstMs }),
    ...(dropped === undefined ? {} : { routeDroppedMs: dropped.time - firstMs }),
    ...(back === undefined ? {} : { announcedAgainMs: Math.max(0, back.time - lastMs) }),
    ...(synced === undefined ? {} : { inSyncAgainMs: Math.max(0, synced.time - lastMs) }),
  };
}
