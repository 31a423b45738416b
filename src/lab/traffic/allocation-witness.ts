/**
 * Default minimum time before a translator may assign a port to another client, ms: shorter than the hold time of freed
 * ports (RFC 6888 REQ-8).
 */
export const WINDOW_MS = 60_000;
/** Maximum number of entries; the oldest are dropped. */
const LIMIT = 200_000;

/**
 * The server's view of port allocation: each message contains the client and port that sent it, so the server can
 * detect two clients with the same (address, port, protocol), independently of the translators.
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

  /** A message from `address:port`; its last word identifies the sender. */
  saw(protocol: 'tcp' | 'udp', address: string, port: number, message: string): void {
    const client = message.trim().split(/\s/).at(-1) ?? '';
    if (!client.includes('/')) return; // no identification
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

  /** Number of reassignments to another client, including late enough ones. */
  get passedOn(): number {
    return this.#passedOn;
  }

  summary(): { readonly seen: number; readonly doubles: string[] } {
    return { seen: this.#seen, doubles: this.#doubles.slice(0, 20) };
  }
}
