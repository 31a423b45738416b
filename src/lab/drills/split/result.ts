/** What the nodes did while they did not hear each other, and when they met. */
export interface SplitResult {
  readonly splitMs: number;
  /** Ports that were in use, as the server saw them, and how often one went to another client. */
  readonly seen: number;
  readonly passedOn: number;
  /** For each node: how many packets were refused because its slice was full. */
  readonly refused: readonly number[];
  /** For each node: its own sessions just before they met. */
  readonly ownSessions: readonly number[];
  /**
   * Times that two clients had the same (address, port, protocol), as the server saw it and as the tables say after the
   * meeting.
   */
  readonly doubleAllocations: number;
  /** Connections from before that broke, or did not answer after the meeting. */
  readonly brokenTcp: number;
  /** After the meeting each node held what the other owns. */
  readonly merged: boolean;
}

/** Both slices were full, nobody shared a port, nothing broke, and the tables became one. */
export function harmless({ refused, doubleAllocations, brokenTcp, merged }: SplitResult): boolean {
  return refused.every((count) => count > 0) && doubleAllocations === 0 && brokenTcp === 0 && merged;
}
