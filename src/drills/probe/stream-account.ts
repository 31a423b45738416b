/** Results of a flow of numbered packets. */
export interface FlowAccount {
  readonly sent: number;
  readonly lost: number;
  /** The longest time over which every packet sent was lost, until the next one that was answered, ms. */
  readonly outageMs: number;
}

/**
 * The packets of one flow since the last mark: send times, and whether they were answered. Outages are computed from
 * *send* times: a sender that was not scheduled sends nothing, and packets not sent were not lost.
 */
export class StreamAccount {
  readonly #lateMs: number;
  readonly #sentMs: number[] = [];
  #answered: boolean[] = [];
  /** Number of the first packet of this account. */
  #first = 0;

  /** @param lateMs an answer that takes longer counts as lost */
  constructor(lateMs = Number.POSITIVE_INFINITY) {
    this.#lateMs = lateMs;
  }

  /** @returns the number of the packet */
  sent(nowMs: number): number {
    this.#sentMs.push(nowMs);
    this.#answered.push(false);
    return this.#first + this.#sentMs.length - 1;
  }

  /** An answer to packet `number`; one from before the mark is not counted. */
  answered(number: number, nowMs: number): void {
    const index = number - this.#first;
    const sentMs = this.#sentMs[index];
    if (sentMs !== undefined && nowMs - sentMs <= this.#lateMs) this.#answered[index] = true;
  }

  /** Begins a new account. */
  mark(): void {
    this.#first += this.#sentMs.length;
    this.#sentMs.length = 0;
    this.#answered = [];
  }

  /**
   * Results for the packets sent up to a time: later ones may still be in transit. An outage without end lasts until
   * then.
   */
  upTo(untilMs: number): FlowAccount {
    let [sent, lost, outageMs] = [0, 0, 0];
    let lostSince: number | undefined;
    for (const [index, at] of this.#sentMs.entries()) {
      if (at > untilMs) break;
      sent++;
      if (this.#answered[index]) {
        if (lostSince !== undefined) outageMs = Math.max(outageMs, at - lostSince);
        lostSince = undefined;
      } else {
        lost++;
        lostSince ??= at;
      }
    }
    if (lostSince !== undefined) outageMs = Math.max(outageMs, untilMs - lostSince);
    return { sent, lost, outageMs };
  }
}
