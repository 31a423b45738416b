import type { isthmus } from '../../gen/frames.js';
import { codeOf } from '../../codes.ts';
import type { Clock } from '../clock.ts';
import { CHUNK_BYTES, LEASE_MS, MAX_ANSWER_BYTES, RESEND_MS, WINDOW_CHUNKS } from './call-limits.ts';
import type { CallProgress } from './call-parts.ts';
import type { CallPace } from './call-pace.ts';

type Reply = isthmus.v1.CallReply.$Properties;

export interface IncomingWorld {
  readonly clock: Clock;
  readonly pace: CallPace;
  readonly send: (reply: Reply) => void;
  /** Maximum duration of the call, milliseconds. */
  readonly limitMs: number;
}

const MAX_TEXT = 400;

/**
 * A call on the node that answers. The answer is read only as fast as it can be sent. The call ends when its last chunk
 * is acknowledged, when the caller cancels it, or when nothing has been received from the caller for 5 s.
 */
export class IncomingCall {
  readonly #world: IncomingWorld;
  readonly #stopper = new AbortController();
  readonly #startMs: number;
  /** Sent and unacknowledged, oldest first. */
  readonly #open: Reply[] = [];
  #receivedMs: number;
  #progressMs: number;
  #acknowledged = 0;
  #sent = 0;
  #room = WINDOW_CHUNKS;
  #bytes = 0;
  #wake: () => void = () => undefined;

  constructor(world: IncomingWorld) {
    this.#world = world;
    this.#startMs = world.clock.now();
    this.#receivedMs = this.#startMs;
    this.#progressMs = this.#startMs;
  }

  /** Settles when the call is finished; never rejects. */
  async run(answer: (stopped: AbortSignal) => AsyncIterable<Uint8Array>): Promise<void> {
    const { signal } = this.#stopper;
    const cancelTick = this.#everyTurn();
    try {
      for await (const message of answer(signal)) {
        if (signal.aborted) return;
        await this.#sendMessage(message);
      }
      await this.#sendChunk({ last: true });
    } catch (error) {
      const text = (error instanceof Error ? error.message : String(error)).slice(0, MAX_TEXT);
      await this.#sendChunk({ last: true, code: codeOf(error, 'request-failed'), text });
    } finally {
      while (this.#open.length > 0 && !signal.aborted) await this.#change();
      cancelTick();
    }
  }

  /** The request has been received, for the first time or again. */
  requested(): void {
    this.#receivedMs = this.#world.clock.now();
    this.#world.send({ chunk: 0 });
  }

  progress({ received, room, cancelled }: CallProgress): void {
    if (cancelled) return this.stop();
    this.#receivedMs = this.#world.clock.now();
    if (received > this.#sent) return;
    while (this.#acknowledged < received) {
      this.#open.shift();
      this.#acknowledged += 1;
      this.#progressMs = this.#receivedMs;
    }
    this.#room = Math.min(room, WINDOW_CHUNKS);
    this.#wake();
  }

  stop(): void {
    this.#stopper.abort();
    this.#wake();
  }

  async #sendMessage(message: Uint8Array): Promise<void> {
    this.#bytes += message.length;
    // The caller rejects it by the same rule, so it is not sent.
    if (this.#bytes > MAX_ANSWER_BYTES + CHUNK_BYTES) return this.stop();
    for (let at = 0; at === 0 || at < message.length; at += CHUNK_BYTES) {
      const complete = at + CHUNK_BYTES >= message.length;
      await this.#sendChunk({ data: message.subarray(at, at + CHUNK_BYTES), complete });
    }
  }

  async #sendChunk(chunk: Reply): Promise<void> {
    const { signal } = this.#stopper;
    while (this.#sent >= this.#acknowledged + this.#room && !signal.aborted) await this.#change();
    const turn = this.#world.pace.take();
    if (turn !== undefined) await turn;
    if (signal.aborted) return;
    this.#sent += 1;
    const reply = { ...chunk, chunk: this.#sent };
    if (this.#open.length === 0) this.#progressMs = this.#world.clock.now();
    this.#open.push(reply);
    this.#world.send(reply);
  }

  /** Resolves when the caller has sent something, or the call was stopped. */
  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #everyTurn(): () => void {
    const { clock, limitMs } = this.#world;
    const turn = (): void => {
      const now = clock.now();
      if (now - this.#receivedMs > LEASE_MS || now - this.#startMs > limitMs) this.stop();
      if (now - this.#progressMs >= RESEND_MS && this.#open.length > 0 && this.#room > 0) this.#resend(now);
      cancel = clock.after(RESEND_MS, turn);
    };
    let cancel = clock.after(RESEND_MS, turn);
    return () => cancel();
  }

  #resend(now: number): void {
    this.#progressMs = now;
    for (const reply of this.#open) this.#world.send(reply);
  }
}
