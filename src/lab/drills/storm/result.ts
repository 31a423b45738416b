import type { BibEntry } from '../../../agent/control/messages.ts';

/** What the storm measured; the JSON file has exactly these fields. */
export interface StormResult {
  /** TCP connections that were established and broke, or did not answer at the end. */
  brokenTcp: number;
  /**
   * Times that two clients had the same (address, port, protocol), as the server saw it and as the nodes' tables say.
   */
  doubleAllocations: number;
  /** At the end every node held exactly what every other node owns. */
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

/** Ports that the tables of several nodes give to different clients. */
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
