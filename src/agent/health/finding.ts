/**
 * `unknown`: the probe could not tell, because of an error of its own or because it was not given the processor. That is
 * no failure: what was known before stays so.
 */
export type CheckResult = 'ok' | 'failed' | 'unknown';

/** What one look has found. */
export interface Finding {
  readonly result: CheckResult;
  /** One sentence, also when all is well. */
  readonly text: string;
  /** Weaker than the check's own effect: this failure does not take the node out. */
  readonly effect?: 'degrade';
}

/** The thread or process that was to look had no processor in time, so that its answer says nothing. */
export const LATE = 'LATE';
/** The thread that was to look has ended. */
export const ENDED = 'ENDED';

/**
 * Errors of whoever looks, by their codes: no descriptors, no memory, no permission, an address that is gone. They say
 * nothing about what was to be looked at.
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

/** Whether an error, or what caused it, is one of whoever looks. */
export function isOwnError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const codes = ['code', 'system'].map((name): unknown => Reflect.get(error, name));
  return codes.some((code) => OWN.has(String(code))) || isOwnError(error.cause);
}

/** What a probe that threw has found. */
export function findingOf(error: unknown): Finding {
  const text = error instanceof Error ? error.message : String(error);
  return { result: isOwnError(error) ? 'unknown' : 'failed', text };
}
