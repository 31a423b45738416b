/** What is known of another node. */
export interface CoverPeer {
  readonly slot: number;
  readonly alive: boolean;
  readonly announcing: boolean;
  /** As it last said; empty: nothing yet. */
  readonly state: string;
}

/**
 * Whether another node serves, and stays when this one withdraws in doubt. Of the nodes that serve, the one with the
 * highest slot counts on nobody and has the longer patience, whatever the others know: so a cause that all share for
 * less than that never takes out all of them (decision 0172).
 */
export function isCovered(ownSlot: number, peers: readonly CoverPeer[]): boolean {
  return peers.some(
    ({ slot, alive, announcing, state }) => alive && announcing && slot > ownSlot && state === 'active',
  );
}
