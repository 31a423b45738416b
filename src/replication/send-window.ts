/**
 * Memory that a kernel accounts for one Ethernet frame in a receive buffer, including bookkeeping, in the units of
 * `SO_RCVBUF`.
 */
const COUNTED_PER_FRAME = 4733;
/** Divisor of a receiver's buffer for one sender: others send too, and the reading loop may be late. */
const SHARE = 2;
/** Initial and minimum window. */
const FIRST = 64;
/** Losses reported within this time count as one. */
const CUT_INTERVAL_MS = 100;

/**
 * How far a log may be ahead of what every live peer has acknowledged. The rate of the `Pacer` is always allowed;
 * beyond it a sender is clocked by acknowledgements, so that a receiver processing a snapshot determines the rate.
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
   * @param room smallest receive buffer of all peers, bytes as accounted by its kernel; 0: unknown
   * @param senders nodes that may send to it at once
   * @param queue frames that this node's own links can queue
   */
  limit(room: number, senders: number, queue: number): void {
    const frames = Math.floor(room / (COUNTED_PER_FRAME * SHARE * Math.max(1, senders)));
    this.#most = Math.max(FIRST, Math.min(frames, queue));
  }

  /** Every live peer has the log up to here. @returns whether that is new */
  acknowledge(upTo: number): boolean {
    const fresh = upTo - this.#acknowledged;
    if (fresh <= 0) return false;
    this.#acknowledged = upTo;
    const growth = this.#lossSeen ? Math.ceil((FIRST * fresh) / this.#size) : fresh;
    this.#size = Math.min(this.#size + growth, this.#most);
    return true;
  }

  /** Number of frames that may follow the one with this sequence. */
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
