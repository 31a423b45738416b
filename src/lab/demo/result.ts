/** What the demo measured; the JSON file has exactly these fields. Undefined: the story did not get that far. */
export interface DemoResult {
  /** client6 got the page by name through DNS64 and the gateway. */
  fetched: boolean;
  /** The download that was running all the time arrived as it was sent. */
  sha256Ok: boolean;
  /** The download's TCP connection and every other one outlived the kill and the way back. */
  tcpSurvived: boolean;
  /** Longest time without an answer to a ping around the kill, ms. */
  outageMs: number | undefined;
  /** Sessions that the active node owned just before it was killed. */
  sessionsBefore: number | undefined;
  /** Sessions that the survivor held right after. */
  sessionsOnSurvivor: number | undefined;
  /** Second copies of frames that both nodes received over the other link and dropped, up to the kill. */
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

/** Everything that the demo promises was seen. */
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

/** The JSON file: every field is there, null where nothing was measured. */
export function toJson(result: DemoResult): string {
  const entries = Object.entries(result).map(([name, value]: [string, unknown]) => [name, value ?? null]);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}
