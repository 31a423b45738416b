/** State of one FTP control session; a session without stored state is treated as fresh. */
export interface Dialog {
  /** BIB entry of the session, to detect that its slot has been reused. */
  bib: number;
  remote: number;
  /** Translation has ended: the two sides have agreed on a security mechanism (RFC 2228). */
  transparent: boolean;
  /** The client has switched translation off (ALGS DISABLE64). */
  disabled: boolean;
  /** AUTH was sent and its reply has not been seen. */
  authPending: boolean;
  /** The client itself sent PASV; the reply is forwarded unchanged. */
  plainPassive: boolean;
  /** Code that replaces the next reply's, because its command was replaced by NOOP (RFC 6384 section 12); 0: none. */
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

/** Whether the state equals that of a fresh session, so that it need not be stored. */
export function isFresh({ transparent, disabled, authPending, plainPassive, answer }: Dialog): boolean {
  return !transparent && !disabled && !authPending && !plainPassive && answer === 0;
}
