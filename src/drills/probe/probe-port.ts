/** Port of `isthmus probe serve`: UDP and TCP. */
export const PROBE_PORT = 7007;
