/** State of another node. */
export interface CoverPeer {
  readonly slot: number;
  readonly alive: boolean;
  readonly announcing: boolean;
  /** As last reported; empty: not yet. */
  readonly state: string;
}

/**
 * Whether another node serves, and stays when this one withdraws on suspicion. Of the serving nodes, the one with the
 * highest slot never counts as covered and uses the longer limits: so a shorter common cause never withdraws all of
 * them (decision 0172).
 */
export function isCovered(ownSlot: number, peers: readonly CoverPeer[]): boolean {
  return peers.some(
    ({ slot, alive, announcing, state }) => alive && announcing && slot > ownSlot && state === 'active',
  );
}
