/** Results of the demo, as in the JSON file. Undefined: the demo did not get that far. */
export interface DemoResult {
  /** client6 fetched the page by name through DNS64 and the gateway. */
  fetched: boolean;
  /** The download that was running during the demo arrived unmodified. */
  sha256Ok: boolean;
  /** The download's TCP connection and every other one survived the kill and the return. */
  tcpSurvived: boolean;
  /** Longest time without an echo reply around the kill, ms. */
  outageMs: number | undefined;
  /** Sessions that the active node owned just before it was killed. */
  sessionsBefore: number | undefined;
  /** Sessions that the survivor held right after. */
  sessionsOnSurvivor: number | undefined;
  /** Duplicate frames that both nodes received over the other link and dropped, up to the kill. */
  duplicatesDropped: number | undefined;
  /** From the start of the agent on the first node until its tables were in sync again, ms. */
  resyncMs: number | undefined;
  /** The first node was in sync before it announced, and then carried the traffic again. */
  backOnFirst: boolean;
}

export function emptyResult(): DemoResult {
  return {
    fetched: false,
    sha256Ok: false,
    tcpSurvived: false,
    outageMs: undefined,
    sessionsBefore: undefined,
    sessionsOnSurvivor: undefined,
    duplicatesDropped: undefined,
    resyncMs: undefined,
    backOnFirst: false,
  };
}

/** Whether everything that the demo shows has been observed. */
export function succeeded(result: DemoResult): boolean {
  return (
    result.fetched &&
    result.sha256Ok &&
    result.tcpSurvived &&
    result.backOnFirst &&
    result.outageMs !== undefined &&
    result.sessionsBefore !== undefined &&
    result.sessionsBefore > 0 &&
    result.sessionsOnSurvivor !== undefined &&
    result.sessionsOnSurvivor >= result.sessionsBefore
  );
}

/** The JSON file: with every field, null for what was not measured. */
export function toJson(result: DemoResult): string {
  const entries = Object.entries(result).map(([name, value]: [string, unknown]) => [name, value ?? null]);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}
