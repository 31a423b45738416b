/** What a flow of numbered packets met. */
export interface FlowAccount {
  readonly sent: number;
  readonly lost: number;
  /** The longest time over which every packet sent was lost, up to the next one that was answered, ms. */
  readonly outageMs: number;
}

/**
 * The packets of one flow since the last mark: when each was sent, and whether its answer came. An outage is told from
 * the times of *sending*: a sender that was not given the processor for a while sends nothing, and what was not sent
 * was not lost.
 */
export class StreamAccount {
  readonly #lateMs: number;
  readonly #sentMs: number[] = [];
  #answered: boolean[] = [];
  /** Number of the first packet of this account. */
  #first = 0;

  /** @param lateMs an answer that takes longer is of no use: its packet counts as lost */
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
   * The account of the packets sent up to a time: later ones may still be on their way. An outage that has no end lasts
   * until then.
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
