import { type Clock } from '../../replication/clock.ts';
import type { Event } from '../control/messages.ts';
import type { Courier } from './courier.ts';

export interface DeliveryOptions {
  /** Number of retries per event. */
  readonly retries: number;
  /** Maximum number of queued events. */
  readonly queue: number;
}

/** State of a target. */
export interface DeliveryStatus {
  /** Why the last attempt failed, or what was lost; empty: no problem. */
  readonly failure: string;
  readonly delivered: number;
  readonly failedAttempts: number;
  /** The queue was full. */
  readonly lostFromQueue: number;
  /** All attempts failed. */
  readonly lostAfterAttempts: number;
  readonly waiting: number;
}

/** Delay before the first retry, doubled each time up to the maximum. Milliseconds. */
const FIRST_PAUSE_MS = 1000;
const MAX_PAUSE_MS = 60_000;

/**
 * Delivers events to one target, one at a time and in order. An event is lost after all attempts failed, and the oldest
 * one when the queue is full: both are counted, and nothing waits for a target.
 *
 *     idle ──event──▶ attempt ──told──▶ next event, or idle
 *                      ▲   │
 *                      │   └─failed─▶ pause (1 s, 2 s … 60 s) ──▶ attempt; after the last one: lost
 *                      └────────────────────┘
 */
export class Delivery {
  readonly #courier: Courier;
  readonly #options: DeliveryOptions;
  readonly #clock: Clock;
  readonly #onChange: (failure: string) => void;
  readonly #waiting: string[] = [];
  #busy = false;
  #stopped = false;
  #cancelPause: () => void = () => undefined;
  #failure = '';
  #delivered = 0;
  #failedAttempts = 0;
  #lostFromQueue = 0;
  #lostAfterAttempts = 0;

  /**
   * @param onChange called with a sentence when the target cannot be notified; with an empty text when it works again
   */
  constructor(courier: Courier, options: DeliveryOptions, clock: Clock, onChange: (failure: string) => void) {
    this.#courier = courier;
    this.#options = options;
    this.#clock = clock;
    this.#onChange = onChange;
  }

  get status(): DeliveryStatus {
    return {
      failure: this.#failure,
      delivered: this.#delivered,
      failedAttempts: this.#failedAttempts,
      lostFromQueue: this.#lostFromQueue,
      lostAfterAttempts: this.#lostAfterAttempts,
      waiting: this.#waiting.length,
    };
  }

  add(event: Event): void {
    if (this.#stopped) return;
    if (this.#waiting.length >= this.#options.queue) {
      // The first one is being delivered.
      this.#waiting.splice(this.#busy ? 1 : 0, 1);
      this.#lostFromQueue += 1;
    }
    this.#waiting.push(JSON.stringify(event));
    if (!this.#busy) void this.#work();
  }

  /** Queued events are lost. */
  stop(): void {
    this.#stopped = true;
    this.#cancelPause();
    this.#courier.stop();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (let body = this.#waiting[0]; body !== undefined && !this.#stopped; body = this.#waiting[0]) {
      const told = await this.#deliver(body);
      this.#waiting.shift();
      if (told) this.#delivered += 1;
      else this.#lostAfterAttempts += 1;
    }
    this.#busy = false;
  }

  async #deliver(body: string): Promise<boolean> {
    for (let attempt = 0; !this.#stopped; attempt++) {
      try {
        await this.#courier.tell(body);
        this.#show('');
        return true;
      } catch (error) {
        if (this.#stopped) break;
        this.#failedAttempts += 1;
        this.#show(error instanceof Error ? error.message : String(error));
      }
      if (attempt >= this.#options.retries) break;
      await this.#pause(Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt));
    }
    return false;
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#clock.after(ms, resolve);
      this.#cancelPause = () => {
        cancel();
        resolve();
      };
      if (this.#stopped) this.#cancelPause();
    });
  }

  #show(failure: string): void {
    const before = this.#failure;
    this.#failure = failure;
    if ((before === '') !== (failure === '')) this.#onChange(failure);
  }
}
