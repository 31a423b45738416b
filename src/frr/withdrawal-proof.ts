/*
 * Determines from the traffic whether a withdrawal has worked. Pure: time, in milliseconds, and the count of packets
 * that have arrived from the upstream for this node's prefixes are arguments.
 *
 *   withdrawn ──▶ waiting ──the method's time is over──▶ quiet ⇄ arriving
 *
 * A packet in transit, or one sent here for another reason, is not a failed withdrawal: packets count as continuing
 * when some arrive in each of several consecutive windows.
 */
export type ProofState = 'none' | 'waiting' | 'quiet' | 'arriving';

/** Length of a counting window. */
const WINDOW_MS = 1000;
/**
 * Number of consecutive windows with packets for them to count as continuing; one without means that they have stopped.
 */
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

  /** @param allowedMs time that the router may take to stop after a withdrawal */
  constructor(allowedMs: number) {
    this.#allowedMs = allowedMs;
  }

  get state(): ProofState {
    return this.#state;
  }

  /** Packets per second in the last window. */
  get rate(): number {
    return this.#rate;
  }

  /** Time of the last packet after the withdrawal, since its start; undefined: none. */
  get lastArrivalMs(): number | undefined {
    return this.#lastMs === undefined ? undefined : this.#lastMs - this.#sinceMs;
  }

  /** A withdrawal step was taken. The previous result stays until it is refuted. */
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

  /** To be called several times a second. @param arrived packets so far */
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

  /** Packets continue after the allowed time of the last step. */
  isFailed(nowMs: number): boolean {
    return this.#state === 'arriving' && nowMs - this.#sinceMs >= this.#allowedMs;
  }

  #window(nowMs: number, arrived: number): void {
    this.#windowMs = nowMs;
    this.#countAt = arrived;
  }
}
