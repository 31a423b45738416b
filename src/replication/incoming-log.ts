/*
 * The log of one life of one peer, on its way in.
 *
 *      applied      next                               highest announced
 *   ──────┴───────────┬──────┬──────────┬──────────────┬────────→ sequence
 *      delivered      │ gap  │ waiting  │ gap (asked for)
 *
 * Frames are delivered in the order of their sequence, each once. What comes early waits, within bounds; what is missing is asked for
 * until it comes or until the sender says that it no longer has it.
 */

export interface LogLimits {
  /** Frames that may wait for earlier ones, and how far ahead of the next one they may be. */
  readonly frames: number;
  readonly bytes: number;
  /** Time from seeing a gap to asking, and from asking to asking again, ms. */
  readonly askAfterMs: number;
  readonly askAgainMs: number;
  /** Ranges and frames in one question. */
  readonly ranges: number;
  readonly askedFrames: number;
}

export interface MissingRange {
  readonly first: number;
  readonly count: number;
}

export type Arrival = 'taken' | 'before' | 'tooFar';

export class IncomingLog {
  readonly #limits: LogLimits;
  /** Hands a body on; false: no room now, the same body comes again later. */
  readonly #deliver: (body: Buffer) => boolean;
  readonly #waiting = new Map<number, Buffer>();
  #waitingBytes = 0;
  #next: number;
  #announced: number;
  /** Frames before this one are no longer to be had from the sender. */
  #floor = 0;
  #gapSince: number | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;
  #askedThrough = 0;
  /** Highest sequence up to which absences have been counted as gaps. */
  #gapsThrough: number;
  #gaps = 0;
  #lost = 0;
  #repaired = 0;
  #stuck = false;

  /** @param announced the last frame that was sent before we listen: the first one taken is the next. */
  constructor(limits: LogLimits, announced: number, deliver: (body: Buffer) => boolean) {
    this.#limits = limits;
    this.#deliver = deliver;
    this.#next = announced + 1;
    this.#announced = announced;
    this.#gapsThrough = announced;
  }

  /** Everything up to this frame has been delivered. */
  get applied(): number {
    return this.#next - 1;
  }

  get announced(): number {
    return this.#announced;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  get gaps(): number {
    return this.#gaps;
  }

  get lost(): number {
    return this.#lost;
  }

  get repaired(): number {
    return this.#repaired;
  }

  /** An instance has no room: delivery waits for `resume`. */
  get stuck(): boolean {
    return this.#stuck;
  }

  has(sequence: number): boolean {
    return sequence < this.#next || this.#waiting.has(sequence);
  }

  /** Takes the opened body of a frame. @param again it was sent again on request. */
  accept(sequence: number, body: Buffer, again: boolean, nowMs: number): Arrival {
    if (this.has(sequence)) return 'before';
    if (sequence - this.#next >= this.#limits.frames || this.#waitingBytes + body.length > this.#limits.bytes) {
      this.#sawUpTo(sequence, nowMs);
      if (sequence !== this.#next) return 'tooFar';
    }
    this.#sawUpTo(sequence, nowMs);
    if (again) this.#repaired++;
    this.#waiting.set(sequence, body);
    this.#waitingBytes += body.length;
    this.resume();
    return 'taken';
  }

  /** The sender says what its last frame is and which is the oldest that it can send again. @returns frames given up by that. */
  announce(highest: number, oldest: number, nowMs: number): number {
    this.#sawUpTo(highest, nowMs, true);
    if (oldest <= this.#next) return 0;
    const before = this.#lost;
    this.#floor = Math.max(this.#floor, Math.min(oldest, this.#announced + 1));
    this.resume();
    return this.#lost - before;
  }

  /** Delivers what is in turn. */
  resume(): void {
    this.#stuck = false;
    for (;;) {
      const body = this.#waiting.get(this.#next);
      if (body !== undefined) {
        if (!this.#deliver(body)) {
          this.#stuck = true;
          break;
        }
        this.#waiting.delete(this.#next);
        this.#waitingBytes -= body.length;
        this.#next++;
      } else if (this.#next < this.#floor) this.#giveUp();
      else break;
    }
    if (this.#next > this.#announced) this.#gapSince = undefined;
  }

  /** What to ask the sender for at this time; empty when nothing is missing or it is too early. */
  question(nowMs: number): MissingRange[] {
    if (nowMs < this.nextQuestionAt()) return [];
    const ranges = this.#missing();
    if (ranges.length === 0) return ranges;
    const last = ranges[ranges.length - 1];
    this.#askedAt = nowMs;
    this.#askedThrough = last.first + last.count - 1;
    return ranges;
  }

  /** When a question will be due, ms; infinity when nothing is missing. */
  nextQuestionAt(): number {
    if (this.#gapSince === undefined || this.#waitsForRoomOnly()) return Number.POSITIVE_INFINITY;
    const { askAfterMs, askAgainMs } = this.#limits;
    const first = this.#gapSince + askAfterMs;
    // All that was asked for has come: go on with the next part at once.
    const again = this.#askedAt + (this.#next > this.#askedThrough ? askAfterMs : askAgainMs);
    return Math.max(first, again);
  }

  #waitsForRoomOnly(): boolean {
    return this.#waiting.has(this.#next) && this.#waiting.size >= this.#announced - this.#next + 1;
  }

  #sawUpTo(sequence: number, nowMs: number, itself = false): void {
    if (sequence > this.#announced) this.#announced = sequence;
    if (sequence > this.#gapsThrough) {
      this.#gaps += sequence - this.#gapsThrough - (itself ? 0 : 1);
      this.#gapsThrough = sequence;
    }
    if (this.#next <= this.#announced) this.#gapSince ??= nowMs;
  }

  #missing(): MissingRange[] {
    const ranges: MissingRange[] = [];
    const end = Math.min(this.#announced, this.#next + this.#limits.frames - 1);
    let budget = this.#limits.askedFrames;
    for (let at = this.#next; at <= end && budget > 0 && ranges.length < this.#limits.ranges; at++) {
      if (this.#waiting.has(at)) continue;
      const first = at;
      while (at <= end && budget > 0 && !this.#waiting.has(at)) {
        at++;
        budget--;
      }
      ranges.push({ first, count: at - first });
    }
    return ranges;
  }

  /** Jumps over what is missing before the floor, to the next frame that waits or to the floor. */
  #giveUp(): void {
    let target = this.#floor;
    for (const sequence of this.#waiting.keys()) if (sequence < target && sequence > this.#next) target = sequence;
    this.#lost += target - this.#next;
    this.#next = target;
  }
}
