/** Observations while the nodes were separated, and after they met. */
export interface SplitResult {
  readonly splitMs: number;
  /** Number of ports in use, as seen by the server, and how often one was reassigned to another client. */
  readonly seen: number;
  readonly passedOn: number;
  /** For each node: packets rejected because its slice was full. */
  readonly refused: readonly number[];
  /** For each node: its own sessions just before they met. */
  readonly ownSessions: readonly number[];
  /**
   * Number of times that two clients had the same (address, port, protocol), according to the server and to the tables
   * after the meeting.
   */
  readonly doubleAllocations: number;
  /** Earlier connections that broke, or did not answer after the meeting. */
  readonly brokenTcp: number;
  /** After the meeting each node had replicas of the other's sessions. */
  readonly merged: boolean;
}

/** Both slices were full, no port was shared, no connection broke, and the tables were merged. */
export function harmless({ refused, doubleAllocations, brokenTcp, merged }: SplitResult): boolean {
  return refused.every((count) => count > 0) && doubleAllocations === 0 && brokenTcp === 0 && merged;
}
