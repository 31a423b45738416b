/**
 * A translator must not give a port to another client this soon, ms, unless said otherwise: shorter than the hold time
 * of freed ports (RFC 6888 REQ-8).
 */
export const WINDOW_MS = 60_000;
/** Above this many the oldest are forgotten. */
const LIMIT = 200_000;

/**
 * The server's view of port allocation: each message names the client and port that sent it, so the server can tell
 * when two clients share an (address, port, protocol). It knows nothing of the translators.
 */
export class AllocationWitness {
  readonly #now: () => number;
  readonly #windowMs: number;
  readonly #users = new Map<string, { client: string; at: number }>();
  readonly #doubles: string[] = [];
  #seen = 0;
  #passedOn = 0;

  constructor(now: () => number, windowMs = WINDOW_MS) {
    this.#now = now;
    this.#windowMs = windowMs;
  }

  /** A message from `address:port`; its last word is the sender's own name for itself. */
  saw(protocol: 'tcp' | 'udp', address: string, port: number, message: string): void {
    const client = message.trim().split(/\s/).at(-1) ?? '';
    if (!client.includes('/')) return; // not one that names its sender
    const key = `${protocol} ${address}:${port}`;
    const user = this.#users.get(key);
    const at = this.#now();
    if (user === undefined) this.#seen++;
    else if (user.client !== client) {
      this.#passedOn++;
      if (at - user.at < this.#windowMs) {
        this.#doubles.push(`${key} was ${user.client}'s and, ${at - user.at} ms later, ${client}'s`);
      }
    }
    this.#users.delete(key);
    this.#users.set(key, { client, at });
    const oldest = this.#users.size > LIMIT ? this.#users.keys().next() : undefined;
    if (oldest?.done === false) this.#users.delete(oldest.value);
  }

  /** How often a port went to another client, also late enough. */
  get passedOn(): number {
    return this.#passedOn;
  }

  summary(): { readonly seen: number; readonly doubles: string[] } {
    return { seen: this.#seen, doubles: this.#doubles.slice(0, 20) };
  }
}
