/**
 * Passes or fails according to consecutive results. Pure.
 *
 *     unknown ──first result──▶ passes ──`fall` bad ones──▶ fails
 *                                 ▲                           │
 *                                 └────── `rise` good ones ───┘
 *
 * The first result may be accepted at once, because a starting node has no previous state.
 */
export class RiseFall {
  readonly #rise: number;
  readonly #fall: number;
  #passes = true;
  #known = false;
  /** Consecutive results that contradict the current verdict. */
  #against = 0;

  /** @param rise and @param fall at least 1 */
  constructor(rise: number, fall: number) {
    this.#rise = rise;
    this.#fall = fall;
  }

  /** True before the first result. */
  get passes(): boolean {
    return this.#passes;
  }

  get known(): boolean {
    return this.#known;
  }

  /**
   * @param atOnce whether a first result is accepted; otherwise it counts as one of several consecutive ones, after
   * successes
   */
  take(ok: boolean, atOnce = true): void {
    this.#against = ok === this.#passes ? 0 : this.#against + 1;
    const needed = this.#passes ? this.#fall : this.#rise;
    if ((!this.#known && atOnce) || this.#against >= needed) {
      this.#passes = ok;
      this.#against = 0;
    }
    this.#known = true;
  }
}
