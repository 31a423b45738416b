/** A node as candidate for a takeover. */
export interface TakeoverCandidate {
  readonly slot: number;
  readonly alive: boolean;
  /** It holds replicas of all the others' sessions: false while it joins. */
  readonly synced: boolean;
}

/**
 * The slot that takes over the sessions of a node that is gone or was restarted: the lowest live one in sync, or the
 * lowest live one if none is. All nodes with the same view reach the same result. With different views two nodes take
 * over the same sessions, and the tables resolve the ownership of each; no packet waits for that.
 */
export function successorOf(goneSlot: number, nodes: readonly TakeoverCandidate[]): number | undefined {
  const live = nodes.filter(({ slot, alive }) => alive && slot !== goneSlot);
  const synced = live.filter((node) => node.synced);
  const slots = (synced.length > 0 ? synced : live).map(({ slot }) => slot);
  return slots.length === 0 ? undefined : Math.min(...slots);
}
