/** Format of log lines. `auto`: text on a terminal and in the journal, else JSON. */
export const LOG_FORMATS = ['auto', 'text', 'json'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];
