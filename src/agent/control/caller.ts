/** Who asks for something, as far as it is known: whoever may use the socket may give any name. */
export interface Caller {
  readonly user: string;
  /** The node at which the operator asks; absent: this one. */
  readonly node?: string;
}

/** A name of a user is shown in events: so many characters, and none that would move the cursor of a terminal. */
const MAX_USER = 64;

/** @returns the name as it may be shown and stored; `unknown` for none */
export function userName(text: string): string {
  const clean = text.replaceAll(/[^\w.@+-]/g, '').slice(0, MAX_USER);
  return clean === '' ? 'unknown' : clean;
}

/** "root", "root on gw1". */
export function describeCaller({ user, node }: Caller): string {
  return node === undefined ? user : `${user} on ${node}`;
}
