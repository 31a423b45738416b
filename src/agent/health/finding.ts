/**
 * `unknown`: the probe could not determine the result, because of an error of its own or because it was not scheduled.
 * That is not a failure: the previous result stays.
 */
export type CheckResult = 'ok' | 'failed' | 'unknown';

/** Result of one probe. */
export interface Finding {
  readonly result: CheckResult;
  /** One sentence, also for success. */
  readonly text: string;
  /** Overrides the check's effect: this failure does not withdraw the node. */
  readonly effect?: 'degrade';
}

/** The probing thread or process was not scheduled in time, so its answer is meaningless. */
export const LATE = 'LATE';
/** The probing thread has ended. */
export const ENDED = 'ENDED';

/**
 * Error codes of the prober itself: no descriptors, no memory, no permission, a missing address. They say nothing about
 * the target.
 */
const OWN: ReadonlySet<string> = new Set([
  LATE,
  ENDED,
  'EACCES',
  'EADDRINUSE',
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
  'EAGAIN',
  'EINVAL',
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
  'ENOMEM',
  'ENOSYS',
  'EPERM',
  'EPROTONOSUPPORT',
]);

/** Whether an error, or its cause, is one of the prober itself. */
export function isOwnError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const codes = ['code', 'system'].map((name): unknown => Reflect.get(error, name));
  return codes.some((code) => OWN.has(String(code))) || isOwnError(error.cause);
}

/** The finding for a probe that threw. */
export function findingOf(error: unknown): Finding {
  const text = error instanceof Error ? error.message : String(error);
  return { result: isOwnError(error) ? 'unknown' : 'failed', text };
}
