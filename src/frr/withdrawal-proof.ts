/*
 * Whether a withdrawal has worked, told by the traffic. Pure: time, in milliseconds, and the count of packets that have
 * arrived from the upstream for this node's prefixes are arguments.
 *
 *   withdrawn ──▶ waiting ──the method's time is over──▶ quiet ⇄ arriving
 *
 * A packet that was under way, or that somebody has sent here for another reason, is no failed withdrawal: packets
 * count as going on when some arrive in each of several windows in a row.
 */
export type ProofState = 'none' | 'waiting' | 'quiet' | 'arriving';

/** Packets are counted over this time. */
const WINDOW_MS = 1000;
/** So many windows in a row with packets, and they go on; one without, and they have stopped. */
const WINDOWS = 3;

export class WithdrawalProof {
  readonly #allowedMs: number;
  #sinceMs = 0;
  #state: ProofState = 'none';
  #windowMs = 0;
  #countAt = 0;
  #busyWindows = 0;
  #rate = 0;
  #lastMs: number | undefined;
  #seen = 0;

  /** @param allowedMs a withdrawal may take until the router has stopped */
  constructor(allowedMs: number) {
    this.#allowedMs = allowedMs;
  }

  get state(): ProofState {
    return this.#state;
  }

  /** Packets in a second, in the last window. */
  get rate(): number {
    return this.#rate;
  }

  /** When the last packet was seen to arrive after the withdrawal, since it began; undefined: none was. */
  get lastArrivalMs(): number | undefined {
    return this.#lastMs === undefined ? undefined : this.#lastMs - this.#sinceMs;
  }

  /** Something was done to withdraw. What was found before stays until it is refuted. */
  begin(nowMs: number, arrived: number): void {
    if (this.#state !== 'arriving') this.#state = 'waiting';
    this.#sinceMs = nowMs;
    this.#lastMs = undefined;
    this.#seen = arrived;
    this.#window(nowMs, arrived);
    this.#busyWindows = 0;
  }

  /** The node announces: nothing is to be proven. */
  end(): void {
    this.#state = 'none';
    this.#rate = 0;
  }

  /** Call several times a second. @param arrived packets until now */
  observe(nowMs: number, arrived: number): void {
    if (this.#state === 'none') return;
    if (arrived > this.#seen) this.#lastMs = nowMs;
    this.#seen = arrived;
    const passedMs = nowMs - this.#windowMs;
    if (passedMs < WINDOW_MS) return;
    const packets = arrived - this.#countAt;
    this.#rate = Math.round((packets * 1000) / passedMs);
    this.#window(nowMs, arrived);
    if (packets === 0) {
      this.#busyWindows = 0;
      this.#state = 'quiet';
    } else if (nowMs - this.#sinceMs >= this.#allowedMs + WINDOW_MS && ++this.#busyWindows >= WINDOWS) {
      this.#state = 'arriving';
    }
  }

  /** Packets go on, and what was done last has had its time. */
  isFailed(nowMs: number): boolean {
    return this.#state === 'arriving' && nowMs - this.#sinceMs >= this.#allowedMs;
  }

  #window(nowMs: number, arrived: number): void {
    this.#windowMs = nowMs;
    this.#countAt = arrived;
  }
}
