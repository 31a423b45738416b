import type { NodeStatus } from '../control/messages.ts';

/** What would be lost with a node. */
export interface Loss {
  /** Nodes with verified replicas of all its sessions. */
  readonly heldBy: readonly string[];
  /** Number of its sessions without a verified replica; 0 if it is down. */
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

/** Own sessions of a node in instances without a verified replica on the other one. */
function sessionsMissing(node: NodeStatus, other: NodeStatus): number {
  return node.instances.reduce((sum, { name, ownSessions }) => {
    const replica = other.replicas.find(({ slot, instance }) => slot === node.slot && instance === name);
    return replica?.sync === 'inSync' ? sum : sum + ownSessions;
  }, 0);
}
