/**
 * What the ALG remembers of one control session; a session of which it remembers nothing is like a fresh one of these.
 */
export interface Dialog {
  /** Whose it is: the slot of a session may have become another's. */
  bib: number;
  remote: number;
  /** Nothing is translated any more: the two have agreed on a security mechanism (RFC 2228). */
  transparent: boolean;
  /** The client has switched translation off (ALGS DISABLE64). */
  disabled: boolean;
  /** AUTH was sent and its reply has not been seen. */
  authPending: boolean;
  /** The client itself has asked for PASV, and gets the reply to it untouched. */
  plainPassive: boolean;
  /**
   * Code of the reply that the next one becomes, because its command was turned into NOOP (RFC 6384 section 12); 0:
   * none.
   */
  answer: number;
}

export const FRESH_DIALOG: Readonly<Dialog> = {
  bib: -1,
  remote: 0,
  transparent: false,
  disabled: false,
  authPending: false,
  plainPassive: false,
  answer: 0,
};

/** Nothing in it must be remembered. */
export function isFresh({ transparent, disabled, authPending, plainPassive, answer }: Dialog): boolean {
  return !transparent && !disabled && !authPending && !plainPassive && answer === 0;
}
