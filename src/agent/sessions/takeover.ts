/** A node as far as taking over is concerned. */
export interface TakeoverCandidate {
  readonly slot: number;
  readonly alive: boolean;
  /** It holds replicas of all the others' sessions: false while it joins. */
  readonly synced: boolean;
}

/**
 * The slot that takes over the sessions of a node that is gone or was started again: the lowest live one that is in
 * sync, or the lowest live one if none is. Every node comes to the same answer from the same sight. Should sights
 * differ, two nodes take over the same sessions, and the tables settle which keeps each of them; no packet waits for
 * that.
 */
export function successorOf(goneSlot: number, nodes: readonly TakeoverCandidate[]): number | undefined {
  const live = nodes.filter(({ slot, alive }) => alive && slot !== goneSlot);
  const synced = live.filter((node) => node.synced);
  const slots = (synced.length > 0 ? synced : live).map(({ slot }) => slot);
  return slots.length === 0 ? undefined : Math.min(...slots);
}
