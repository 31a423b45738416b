import type { Clock } from '../clock.ts';
import { PACE_CHUNKS, PACE_MS } from './call-limits.ts';

/** Rate limit shared by the answers of all calls, so that session records have priority on the links. */
export class CallPace {
  readonly #clock: Clock;
  readonly #waiting: (() => void)[] = [];
  #left = PACE_CHUNKS;
  #refilling = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves when one more chunk may be sent; undefined: now. Waiters are served in order. */
  take(): Promise<void> | undefined {
    this.#refill();
    if (this.#left > 0) {
      this.#left -= 1;
      return undefined;
    }
    return new Promise((resolve) => void this.#waiting.push(resolve));
  }

  #refill(): void {
    if (this.#refilling) return;
    this.#refilling = true;
    this.#clock.after(PACE_MS, () => {
      this.#refilling = false;
      const served = this.#waiting.splice(0, PACE_CHUNKS);
      this.#left = PACE_CHUNKS - served.length;
      for (const resolve of served) resolve();
      if (this.#waiting.length > 0) this.#refill();
    });
  }
}
