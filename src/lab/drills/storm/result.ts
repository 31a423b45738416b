import type { BibEntry } from '../../../agent/control/messages.ts';

/** Results of the storm, as in the JSON file. */
export interface StormResult {
  /** Established TCP connections that broke, or did not answer at the end. */
  brokenTcp: number;
  /**
   * Number of times that two clients had the same (address, port, protocol), according to the server and to the nodes'
   * tables.
   */
  doubleAllocations: number;
  /** At the end every node had replicas of exactly the sessions of every other node. */
  digestsEqual: boolean;
  kills: number;
  cuts: number;
  /** Longest time without an answer to any of the pings, ms. */
  worstOutageMs: number;
}

export function calm(result: StormResult): boolean {
  return (
    result.brokenTcp === 0 &&
    result.doubleAllocations === 0 &&
    result.digestsEqual &&
    result.kills > 0 &&
    result.cuts > 0
  );
}

/** Ports assigned to different clients in the tables of several nodes. */
export function doubleMappings(tables: ReadonlyArray<readonly BibEntry[]>): string[] {
  const clients = new Map<string, string>();
  const doubles = new Set<string>();
  for (const entry of tables.flat()) {
    const port = `${entry.instance} ${entry.protocol} ${entry.pool4}:${entry.pool4Port}`;
    const client = `[${entry.client}]:${entry.clientPort}`;
    const before = clients.get(port);
    if (before === undefined) clients.set(port, client);
    else if (before !== client) doubles.add(`${port} is ${before}'s and ${client}'s`);
  }
  return [...doubles];
}
