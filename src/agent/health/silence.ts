import { LATE } from './finding.ts';

/** If a timer is later than this, the thread was not scheduled, and the answer may have arrived. Milliseconds. */
const LATE_MS = 100;

/** Calls back after `delayMs` and a poll for I/O: answers received by then count, even if this thread was late. */
export function afterPoll(delayMs: number, callback: () => void): NodeJS.Timeout {
  return setTimeout(() => void setImmediate(callback), delayMs);
}

/**
 * The error for no answer since `begun` (of `performance.now`), which is only conclusive if this thread was scheduled in
 * time.
 */
export function silence(text: string, begun: number, timeoutMs: number): Error {
  const lateMs = performance.now() - begun - timeoutMs;
  const error = new Error(lateMs > LATE_MS ? `${text}, and the check was late by ${Math.round(lateMs)} ms` : text);
  return lateMs > LATE_MS ? Object.assign(error, { code: LATE }) : error;
}
