import type { Clock } from './clock.ts';
import { type LogBatch, LogBodyReader } from './log-body.ts';
import { RECORD_BYTES, RECORD_LAYOUT } from './log-sender.ts';
import { Seen, SequenceWindow } from './sequence-window.ts';
import { InstanceQueues, type InstanceQueueWorld } from './instance-queues.ts';

/** Numbers that are told apart, and with them how far ahead of the next one a frame may be. */
const WINDOW = 16_384;
/** Frames waiting for an earlier one. */
const MAX_WAITING = 8192;
/**
 * After a gap is seen, before it is asked for, and between two questions; while nothing comes of them the time doubles,
 * up to the longest.
 */
const FIRST_NACK_MS = 3;
const NEXT_NACK_MS = 25;
const LONGEST_NACK_MS = 400;
/** Ranges in one question. */
const MAX_RANGES = 32;
/** Frames asked for in one question: what a resend sends at once. */
const MAX_ASKED = 128;

export interface SequenceRange {
  readonly first: number;
  readonly count: number;
}

export interface LogReceiverWorld extends InstanceQueueWorld {
  readonly clock: Clock;
  readonly ask: (ranges: readonly SequenceRange[]) => void;
  /** A body that is authentic and still not readable. */
  readonly unreadable: () => void;
}

/**
 * One incarnation of another node's log on its way in: frames come in any order, more than once or not at all; batches
 * go out in order, each once.
 *
 *     fresh → waiting (by number) → next in order → deliver ─ no room: the instance's waiting room
 *                   └ hole before it: ask → resend, or the sender no longer has it: lost, go on
 */
export class LogReceiver {
  readonly #world: LogReceiverWorld;
  readonly #window = new SequenceWindow(WINDOW);
  readonly #waiting = new Map<number, readonly LogBatch[]>();
  readonly #reader = new LogBodyReader();
  /** The next number to be handed over, and how many batches of it already are. */
  #next: number;
  #batchesDone = 0;
  #announced: number;
  readonly #queues: InstanceQueues;
  #askTimer = false;
  #nackMs = NEXT_NACK_MS;
  /** The first missing frame, and how many had been repaired, when we last asked. */
  #askedAt = 0;
  #repairedBefore = 0;
  #stopped = false;
  #gapUntil = 0;
  gaps = 0;
  repaired = 0;
  lost = 0;

  /** @param after the number of the last frame that the sender had sent when we first heard it */
  constructor(world: LogReceiverWorld, after: number) {
    this.#world = world;
    this.#queues = new InstanceQueues(world, () => this.#drain());
    this.#next = after + 1;
    this.#announced = after;
  }

  /** The last frame up to which every record was handed over; what waits for room in an instance was not. */
  get applied(): number {
    return Math.min(this.#next, this.#queues.oldestFrame) - 1;
  }

  get announced(): number {
    return this.#announced;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Looks at a number before its frame is opened. */
  check(sequence: number): 'fresh' | 'before' | 'tooOld' | 'tooFar' {
    if (sequence >= this.#next + WINDOW / 2) return 'tooFar';
    if (sequence < this.#next) return sequence > this.#next - WINDOW ? 'before' : 'tooOld';
    return this.#window.check(sequence) === Seen.fresh ? 'fresh' : 'before';
  }

  /** Takes an authentic frame, whose body is there until the call returns. @returns whether it was the first copy */
  accept(sequence: number, body: Uint8Array): boolean {
    const expected = Math.max(this.#next, this.#window.highest + 1);
    if (sequence < this.#next || this.#waiting.size >= MAX_WAITING || this.#window.take(sequence) !== Seen.fresh) {
      return false;
    }
    this.#announced = Math.max(this.#announced, sequence);
    if (sequence > expected) this.#gapSeen(sequence);
    if (sequence <= this.#gapUntil && sequence >= this.#next) this.repaired += 1;
    if (sequence === this.#next) this.#takeNext(body);
    else this.#waiting.set(sequence, this.#decode(body.slice()));
    if (this.#waiting.size > 0) this.#drain();
    return true;
  }

  /** What the sender says of its log; `oldest` is the first frame that it still has. */
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

  /** In order, as nearly all are: nothing of it is kept, unless an instance has no room. */
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

  /** Every record of the next frame is handed over. */
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

  /** A layout that this version does not know is passed over. */
  #deliver({ instance, layout, records }: LogBatch): boolean {
    if (layout !== RECORD_LAYOUT) return true;
    const count = Math.floor(records.length / RECORD_BYTES);
    return count === 0 || this.#queues.offer(instance, records, count, this.#next);
  }

  /** The sender no longer has what is before `oldest`: what of it waits here is handed over, the rest is lost. */
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
      // No room for its records: the next heartbeat comes back to it.
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
