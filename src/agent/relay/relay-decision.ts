import type { CheckStatus } from '../control/messages.ts';

/*
 * When a node forwards arriving packets, and to which node. Pure.
 *
 *   this node: failed, and the instance's translator is what fails    ─┐
 *   another one: alive, hears this one, active, announced, reached by  ├─▶ forwarded to it
 *   an upstream, takes packets of that instance, configured alike     ─┘
 *
 * A forwarding node is in state failed, and a receiving one in state active: no packet is forwarded twice.
 */

/** Another node, as needed here. */
export interface RelayPeer {
  readonly slot: number;
  readonly name: string;
  readonly epoch: number;
  readonly alive: boolean;
  /** Its frames arrive, but it does not acknowledge ours. */
  readonly oneWay: boolean;
  readonly state: string;
  readonly announcing: boolean;
  readonly upstreamDown: boolean;
  /** Instances for which it accepts packets. */
  readonly takes: readonly string[];
  /** Instances with the same configuration on both nodes. */
  readonly agreeing: readonly string[];
}

/** Inputs of the decision. */
export interface RelayFacts {
  /** State of this node. */
  readonly state: string;
  readonly instances: readonly string[];
  readonly checks: readonly CheckStatus[];
  readonly peers: readonly RelayPeer[];
}

/** Checks of one instance that show whether its translator works; prefixes of their names. */
const OF_TRANSLATOR = ['worker', 'tun', 'translation'] as const;

/** Instances whose translator fails by a check that withdraws the node. */
export function failedTranslators({ instances, checks }: Pick<RelayFacts, 'instances' | 'checks'>): string[] {
  const failing = new Set(checks.filter(({ ok, effect }) => !ok && effect === 'withdraw').map(({ name }) => name));
  return instances.filter((instance) => OF_TRANSLATOR.some((kind) => failing.has(`${kind} ${instance}`)));
}

/** Instances of this node that accept packets of other nodes. */
export function takenInstances(facts: Omit<RelayFacts, 'peers'>): string[] {
  if (facts.state !== 'active') return [];
  const failed = failedTranslators(facts);
  return facts.instances.filter((instance) => !failed.includes(instance));
}

/**
 * The target node of each failed instance: the current one while it serves, else the one with the lowest slot.
 * @param current slots by instance
 */
export function relayTargets(facts: RelayFacts, current: ReadonlyMap<string, number>): Map<string, RelayPeer> {
  const targets = new Map<string, RelayPeer>();
  if (facts.state !== 'failed') return targets;
  for (const instance of failedTranslators(facts)) {
    const serving = facts.peers.filter((peer) => serves(peer, instance)).sort((one, other) => one.slot - other.slot);
    const target = serving.find(({ slot }) => slot === current.get(instance)) ?? serving[0];
    if (target !== undefined) targets.set(instance, target);
  }
  return targets;
}

function serves(peer: RelayPeer, instance: string): boolean {
  const { alive, oneWay, state, announcing, upstreamDown, takes, agreeing } = peer;
  const isServing = alive && !oneWay && state === 'active' && announcing && !upstreamDown;
  return isServing && takes.includes(instance) && agreeing.includes(instance);
}
