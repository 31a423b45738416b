/**
 * What a kernel counts for one Ethernet frame in a receive buffer: its data and the bookkeeping around it, as
 * `SO_RCVBUF` reads back.
 */
const COUNTED_PER_FRAME = 4733;
/**
 * Of what a receiver has room for, the part that one sender may have under way: others send too, and the loop that
 * reads may be late.
 */
const SHARE = 2;
/** What a sender begins with, and never goes below. */
const FIRST = 64;
/** Losses that are reported within this time are one. */
const CUT_INTERVAL_MS = 100;

/**
 * How far a log may run ahead of what every live peer has acknowledged. The pace of the `Pacer` always holds; beyond it
 * a sender may go as fast as acknowledgements come back, so that a receiver that works off a snapshot says by that how
 * fast it is.
 *
 *     acknowledged ──── under way ────┤ open ├
 *                  └──────── window ─────────┘   doubles while all is well, after a loss it is halved and grows by FIRST with each round
 */
export class SendWindow {
  #most = FIRST;
  #size = FIRST;
  #lossSeen = false;
  #cutMs = Number.NEGATIVE_INFINITY;
  #acknowledged = 0;

  get size(): number {
    return Math.min(this.#size, this.#most);
  }

  /**
   * @param room bytes as its kernel counts them, of the peer whose receive buffer is the smallest; 0: it does not say
   * @param senders nodes that may send to it at once
   * @param queue frames that this node's own links take before they refuse
   */
  limit(room: number, senders: number, queue: number): void {
    const frames = Math.floor(room / (COUNTED_PER_FRAME * SHARE * Math.max(1, senders)));
    this.#most = Math.max(FIRST, Math.min(frames, queue));
  }

  /** Every live peer has the log up to here. @returns whether that is news */
  acknowledge(upTo: number): boolean {
    const fresh = upTo - this.#acknowledged;
    if (fresh <= 0) return false;
    this.#acknowledged = upTo;
    const growth = this.#lossSeen ? Math.ceil((FIRST * fresh) / this.#size) : fresh;
    this.#size = Math.min(this.#size + growth, this.#most);
    return true;
  }

  /** Frames that may follow the one with this number. */
  open(sequence: number): number {
    return Math.max(0, this.#acknowledged + this.size - sequence);
  }

  lossReported(nowMs: number): void {
    if (nowMs - this.#cutMs < CUT_INTERVAL_MS) return;
    this.#cutMs = nowMs;
    this.#lossSeen = true;
    this.#size = Math.max(FIRST, Math.floor(this.size / 2));
  }
}
