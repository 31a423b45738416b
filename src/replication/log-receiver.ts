import type { Clock } from './clock.ts';
import { type LogBatch, LogBodyReader } from './log-body.ts';
import { RECORD_BYTES, RECORD_LAYOUT } from './log-sender.ts';
import { Seen, SequenceWindow } from './sequence-window.ts';
import { InstanceQueues, type InstanceQueueWorld } from './instance-queues.ts';

/** Sequence numbers tracked for duplicates, which also limits how far ahead of the next one a frame may be. */
const WINDOW = 16_384;
/** Maximum number of frames waiting for an earlier one. */
const MAX_WAITING = 8192;
/**
 * Delay between detecting a gap and the first NACK, and between NACKs; doubled while they remain without effect, up to
 * the maximum.
 */
const FIRST_NACK_MS = 3;
const NEXT_NACK_MS = 25;
const LONGEST_NACK_MS = 400;
/** Maximum number of ranges in one NACK. */
const MAX_RANGES = 32;
/** Maximum number of frames requested by one NACK: what is resent at once. */
const MAX_ASKED = 128;

export interface SequenceRange {
  readonly first: number;
  readonly count: number;
}

export interface LogReceiverWorld extends InstanceQueueWorld {
  readonly clock: Clock;
  readonly ask: (ranges: readonly SequenceRange[]) => void;
  /** An authentic body that cannot be decoded. */
  readonly unreadable: () => void;
}

/**
 * Receives the log of one incarnation of another node: frames arrive in any order, duplicated or not at all; batches
 * are delivered in order, each once.
 *
 *     fresh → waiting (by number) → next in order → deliver ─ no room: the instance's waiting room
 *                   └ hole before it: ask → resend, or the sender no longer has it: lost, go on
 */
export class LogReceiver {
  readonly #world: LogReceiverWorld;
  readonly #window = new SequenceWindow(WINDOW);
  readonly #waiting = new Map<number, readonly LogBatch[]>();
  readonly #reader = new LogBodyReader();
  /** The next frame to be delivered, and how many of its batches have been delivered already. */
  #next: number;
  #batchesDone = 0;
  #announced: number;
  readonly #queues: InstanceQueues;
  #askTimer = false;
  #nackMs = NEXT_NACK_MS;
  /** The first missing frame, and the number of repaired ones, at the last NACK. */
  #askedAt = 0;
  #repairedBefore = 0;
  #stopped = false;
  #gapUntil = 0;
  gaps = 0;
  repaired = 0;
  lost = 0;

  /** @param after number of the last frame that the sender had sent when it was first received */
  constructor(world: LogReceiverWorld, after: number) {
    this.#world = world;
    this.#queues = new InstanceQueues(world, () => this.#drain());
    this.#next = after + 1;
    this.#announced = after;
  }

  /** The last frame up to which every record was delivered; queued records of an instance do not count. */
  get applied(): number {
    return Math.min(this.#next, this.#queues.oldestFrame) - 1;
  }

  get announced(): number {
    return this.#announced;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Checks a sequence number before its frame is opened. */
  check(sequence: number): 'fresh' | 'before' | 'tooOld' | 'tooFar' {
    if (sequence >= this.#next + WINDOW / 2) return 'tooFar';
    if (sequence < this.#next) return sequence > this.#next - WINDOW ? 'before' : 'tooOld';
    return this.#window.check(sequence) === Seen.fresh ? 'fresh' : 'before';
  }

  /** Accepts an authentic frame, whose body is valid until the call returns. @returns whether it was the first copy */
  accept(sequence: number, body: Uint8Array): boolean {
    const expected = Math.max(this.#next, this.#window.highest + 1);
    if (sequence < this.#next || this.#waiting.size >= MAX_WAITING || this.#window.take(sequence) !== Seen.fresh) {
      return false;
    }
    this.#announced = Math.max(this.#announced, sequence);
    if (sequence > expected) this.#gapSeen(sequence);
    if (sequence <= this.#gapUntil) this.repaired += 1;
    if (sequence === this.#next) this.#takeNext(body);
    else this.#waiting.set(sequence, this.#decode(body.slice()));
    if (this.#waiting.size > 0) this.#drain();
    return true;
  }

  /** State of the log according to its sender; `oldest` is the first frame that it still has. */
  heartbeat(highest: number, oldest: number): void {
    this.#announced = Math.max(this.#announced, highest);
    if (oldest > this.#next) this.#giveUpBefore(oldest);
    if (this.#announced >= this.#next) this.#scheduleAsk(FIRST_NACK_MS);
  }

  stop(): void {
    this.#stopped = true;
    this.#queues.stop();
    this.#waiting.clear();
  }

  #gapSeen(sequence: number): void {
    this.gaps += 1;
    this.#gapUntil = sequence - 1;
    this.#scheduleAsk(FIRST_NACK_MS);
  }

  /** Next in order, as nearly all are: not stored, unless an instance cannot accept it. */
  #takeNext(body: Uint8Array): void {
    const batches = this.#decode(body);
    for (let done = 0; done < batches.length; done++) {
      if (this.#deliver(batches[done])) continue;
      this.#batchesDone = done;
      this.#waiting.set(this.#next, this.#decode(body.slice()));
      return;
    }
    this.#passed();
  }

  #decode(body: Uint8Array): readonly LogBatch[] {
    const batches = this.#reader.read(body);
    if (batches === undefined) this.#world.unreadable();
    return batches ?? [];
  }

  /** Every record of the next frame has been delivered. */
  #passed(): void {
    this.#batchesDone = 0;
    this.#next += 1;
  }

  #drain(): void {
    for (let batches = this.#waiting.get(this.#next); batches !== undefined; batches = this.#waiting.get(this.#next)) {
      for (; this.#batchesDone < batches.length; this.#batchesDone++) {
        if (!this.#deliver(batches[this.#batchesDone])) return;
      }
      this.#waiting.delete(this.#next);
      this.#passed();
    }
  }

  /** Layouts unknown to this version are skipped. */
  #deliver({ instance, layout, records }: LogBatch): boolean {
    if (layout !== RECORD_LAYOUT) return true;
    const count = Math.floor(records.length / RECORD_BYTES);
    return count === 0 || this.#queues.offer(instance, records, count, this.#next);
  }

  /** The sender no longer has frames before `oldest`: those received are delivered, the others are lost. */
  #giveUpBefore(oldest: number): void {
    const waiting = [...this.#waiting.keys()].filter((sequence) => sequence < oldest).toSorted((a, b) => a - b);
    for (const sequence of [...waiting, oldest]) {
      if (sequence < this.#next) continue;
      if (sequence > this.#next) {
        this.lost += sequence - this.#next;
        this.#next = sequence;
        this.#batchesDone = 0;
      }
      this.#drain();
      // An instance cannot accept its records: the next heartbeat retries.
      if (this.#next === sequence && sequence < oldest) return;
    }
  }

  #scheduleAsk(delayMs: number): void {
    if (this.#askTimer) return;
    this.#askTimer = true;
    this.#world.clock.after(delayMs, () => {
      this.#askTimer = false;
      if (this.#stopped) return;
      const ranges = this.#missing();
      if (ranges.length === 0) return;
      const helped = ranges[0].first > this.#askedAt || this.repaired > this.#repairedBefore;
      this.#nackMs = helped ? NEXT_NACK_MS : Math.min(2 * this.#nackMs, LONGEST_NACK_MS);
      this.#askedAt = ranges[0].first;
      this.#repairedBefore = this.repaired;
      this.#world.ask(ranges);
      this.#scheduleAsk(this.#nackMs);
    });
  }

  #missing(): SequenceRange[] {
    const ranges: SequenceRange[] = [];
    const end = Math.min(this.#announced, this.#next + WINDOW / 2 - 1);
    let asked = 0;
    for (let at = this.#next; at <= end && ranges.length < MAX_RANGES && asked < MAX_ASKED; at++) {
      if (this.#waiting.has(at)) continue;
      const first = at;
      while (at <= end && !this.#waiting.has(at) && asked < MAX_ASKED) {
        at += 1;
        asked += 1;
      }
      ranges.push({ first, count: at - first });
    }
    return ranges;
  }
}
