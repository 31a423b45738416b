import type { isthmus } from '../../gen/frames.js';
import type { Clock } from '../clock.ts';
import {
  ACCEPT_MS,
  CallError,
  knownCode,
  MAX_ANSWER_BYTES,
  MAX_UNREAD_BYTES,
  REPEAT_MS,
  WINDOW_CHUNKS,
} from './call-limits.ts';
import type { CallReply } from './call-parts.ts';

export interface OutgoingWorld {
  readonly clock: Clock;
  readonly request: isthmus.v1.CallRequest.$Properties;
  readonly limitMs: number;
  /** Sends a part of the call to its addressee. */
  readonly send: (part: { request: isthmus.v1.CallRequest.$Properties } | { progress: Progress }) => void;
  /** Whether the addressee is alive and still the same incarnation. */
  readonly reachable: () => boolean;
}

type Progress = isthmus.v1.CallProgress.$Properties;

/** Number of chunks after which progress is reported at once. */
const ACKNOWLEDGE_CHUNKS = 8;
const ACKNOWLEDGE_MS = 2;

/** A call on the node that asks: messages of the answer, in order, each once. */
export class OutgoingCall {
  readonly #world: OutgoingWorld;
  readonly #startMs: number;
  readonly #messages: Uint8Array[] = [];
  #parts: Uint8Array[] = [];
  #partBytes = 0;
  #unread = 0;
  #bytes = 0;
  #received = 0;
  #accepted = false;
  #acknowledging = false;
  #end: CallError | 'done' | undefined;
  #wake: () => void = () => undefined;
  #cancelTick: () => void = () => undefined;

  constructor(world: OutgoingWorld) {
    this.#world = world;
    this.#startMs = world.clock.now();
    world.send({ request: world.request });
    this.#waitForTurn();
  }

  /** A chunk of the answer; duplicates and early ones are ignored, and the progress reports request what is missing. */
  take(reply: CallReply): void {
    this.#accepted = true;
    if (reply.chunk === 0 || this.#end !== undefined) return;
    if (reply.chunk !== this.#received + 1 || this.#room === 0) return this.#acknowledgeSoon();
    this.#received += 1;
    this.#add(reply);
    if (reply.last) this.#finish(reply.code === '' ? 'done' : new CallError(knownCode(reply.code), reply.text));
    else if (this.#received % ACKNOWLEDGE_CHUNKS === 0) this.#progress();
    else this.#acknowledgeSoon();
  }

  /** Yields the messages of the answer. @throws CallError */
  async *answer(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const message = this.#messages.shift();
        if (message !== undefined) {
          const full = this.#room === 0;
          this.#unread -= message.length;
          if (full && this.#room > 0) this.#progress();
          yield message;
        } else if (this.#end !== undefined) {
          if (this.#end === 'done') return;
          throw this.#end;
        } else {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
        }
      }
    } finally {
      this.#leave();
    }
  }

  #add({ data, complete }: CallReply): void {
    this.#bytes += data.length;
    if (this.#bytes > MAX_ANSWER_BYTES) {
      this.#world.send({ progress: { cancelled: true } });
      return this.#finish(
        new CallError('reply-too-large', 'the answer is too long; ask for less, or ask on that node'),
      );
    }
    if (data.length > 0) this.#parts.push(Uint8Array.from(data));
    this.#partBytes += data.length;
    if (!complete) return;
    this.#messages.push(Buffer.concat(this.#parts, this.#partBytes));
    this.#unread += this.#partBytes;
    [this.#parts, this.#partBytes] = [[], 0];
    this.#wake();
  }

  get #room(): number {
    return this.#unread > MAX_UNREAD_BYTES ? 0 : WINDOW_CHUNKS;
  }

  #progress(): void {
    if (this.#end === undefined) this.#world.send({ progress: { received: this.#received, room: this.#room } });
  }

  #acknowledgeSoon(): void {
    if (this.#acknowledging) return;
    this.#acknowledging = true;
    this.#world.clock.after(ACKNOWLEDGE_MS, () => {
      this.#acknowledging = false;
      this.#progress();
    });
  }

  #finish(end: CallError | 'done'): void {
    // Reported before the end is recorded, because nothing is afterwards.
    this.#progress();
    this.#end = end;
    this.#cancelTick();
    this.#wake();
  }

  /** The reader has stopped, or has everything. */
  #leave(): void {
    if (this.#end !== undefined) return;
    this.#end = 'done';
    this.#cancelTick();
    this.#world.send({ progress: { cancelled: true } });
  }

  #waitForTurn(): void {
    this.#cancelTick = this.#world.clock.after(REPEAT_MS, () => this.#tick());
  }

  #tick(): void {
    const { clock, request, limitMs, send, reachable } = this.#world;
    const age = clock.now() - this.#startMs;
    if (!reachable()) return this.#finish(new CallError('node-unreachable', 'the node has gone or was restarted'));
    if (age >= limitMs) {
      this.#finish(new CallError('node-unreachable', `the node has not answered within ${limitMs} ms`));
      return send({ progress: { cancelled: true } });
    }
    if (!this.#accepted && age >= ACCEPT_MS) {
      const reason = 'the node does not take requests of other nodes: it may run an older release';
      return this.#finish(new CallError('node-unreachable', reason));
    }
    if (this.#accepted) this.#progress();
    else send({ request });
    this.#waitForTurn();
  }
}
