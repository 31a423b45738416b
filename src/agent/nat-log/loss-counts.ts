import type { LogIdentity } from './log-source.ts';
import type { Loss, LossReason } from './sink.ts';

/** Lines lost by a sink, by reason, and the log line that reports those not reported yet. */
export class LossCounts {
  readonly #identity: LogIdentity;
  readonly #now: () => number;
  readonly #counts = new Map<LossReason, number>();
  #unreported = 0;
  #sinceMs = 0;

  /** @param now the time of day, milliseconds since 1970 */
  constructor(identity: LogIdentity, now: () => number) {
    this.#identity = identity;
    this.#now = now;
  }

  add(reason: LossReason, lines: number): void {
    if (lines === 0) return;
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + lines);
    // The worker's losses are included in the next line.
    if (reason === 'ring') return;
    if (this.#unreported === 0) this.#sinceMs = this.#now();
    this.#unreported += lines;
  }

  /** Whether there are losses not reported in a line yet. */
  get unreported(): boolean {
    return this.#unreported > 0;
  }

  /** The line that reports them. */
  tell(): object {
    const line = {
      time: new Date(this.#now()).toISOString(),
      ...this.#identity,
      event: 'linesLost',
      lines: this.#unreported,
      since: new Date(this.#sinceMs).toISOString(),
    };
    this.#unreported = 0;
    return line;
  }

  /** Sum over all reasons. */
  get total(): number {
    let total = 0;
    for (const lines of this.#counts.values()) total += lines;
    return total;
  }

  list(): Loss[] {
    return [...this.#counts].map(([reason, lines]) => ({ reason, lines }));
  }
}
