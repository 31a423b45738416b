/** Exit statuses of every command. */
export const EXIT_OK = 0;
/** Degraded, or something failed. */
export const EXIT_FAILED = 1;
/** Wrong usage or configuration; of `status`: not serving. */
export const EXIT_USAGE = 2;
export const EXIT_NOT_SERVING = 2;
