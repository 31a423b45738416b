/** The origin of a request, as far as known: a user of the socket may give any name. */
export interface Caller {
  readonly user: string;
  /** The node of the operator; absent: this one. */
  readonly node?: string;
}

/** Maximum length of a user name, which is shown in events without control characters. */
const MAX_USER = 64;

/** @returns the name in printable form; `unknown` if empty */
export function userName(text: string): string {
  const clean = text.replaceAll(/[^\w.@+-]/g, '').slice(0, MAX_USER);
  return clean === '' ? 'unknown' : clean;
}

/** "root", "root on gw1". */
export function describeCaller({ user, node }: Caller): string {
  return node === undefined ? user : `${user} on ${node}`;
}
