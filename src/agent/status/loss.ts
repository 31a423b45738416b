import type { NodeStatus } from '../control/messages.ts';

/** What would end with a node if it were lost now. */
export interface Loss {
  /** Nodes that hold all of its sessions, proven by the digests. */
  readonly heldBy: readonly string[];
  /** Its sessions that no other node is proven to hold; 0 where it is down. */
  readonly sessionsAtRisk: number;
}

export function lossOf(node: NodeStatus, all: readonly NodeStatus[]): Loss {
  const others = all.filter((other) => other.slot !== node.slot && other.alive);
  const held = others.map((other) => ({ name: other.name, atRisk: sessionsMissing(node, other) }));
  const own = node.instances.reduce((sum, { ownSessions }) => sum + ownSessions, 0);
  return {
    heldBy: held.filter(({ atRisk }) => atRisk === 0).map((other) => other.name),
    sessionsAtRisk: node.alive ? Math.min(own, ...held.map(({ atRisk }) => atRisk)) : 0,
  };
}

/** Own sessions of a node in instances whose replica on another one is not proven to be equal. */
function sessionsMissing(node: NodeStatus, other: NodeStatus): number {
  return node.instances.reduce((sum, { name, ownSessions }) => {
    const replica = other.replicas.find(({ slot, instance }) => slot === node.slot && instance === name);
    return replica?.sync === 'inSync' ? sum : sum + ownSessions;
  }, 0);
}
