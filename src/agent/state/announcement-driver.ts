import { AnnouncementError } from '../../frr/announcer.ts';
import type { Clock } from '../../replication/clock.ts';
import type { EventLog } from '../events/event-log.ts';
import type { Wanted } from '../../frr/announcer.ts';
import type { AnnouncementPart } from '../compose/parts.ts';

/** Retry interval. */
const RETRY_MS = 1000;

/**
 * Applies the wanted announcements, one transaction at a time: a change during one is applied after it, and failures
 * are retried each second. Maintaining the state is the task of the announcements themselves.
 */
export class AnnouncementDriver {
  readonly #announcements: AnnouncementPart;
  readonly #clock: Clock;
  readonly #events: Pick<EventLog, 'add'>;
  #wanted: Wanted = 'withdrawn';
  /** The state set by the last successful transaction; undefined: none. */
  #done: Wanted | undefined;
  #running: Promise<void> | undefined;
  #triedMs = Number.NEGATIVE_INFINITY;
  #failure = '';

  constructor(announcements: AnnouncementPart, clock: Clock, events: Pick<EventLog, 'add'>) {
    this.#announcements = announcements;
    this.#clock = clock;
    this.#events = events;
  }

  /** Whether the node attracts traffic, as far as known: true while a withdrawal is not verified. */
  get announcing(): boolean {
    const seen = this.#announcements.status();
    return seen.length === 0
      ? this.#done !== undefined && this.#done !== 'withdrawn'
      : seen.some(({ observed }) => observed === 'announced');
  }

  /** Sets the wanted state; inexpensive, to be called in each iteration. */
  want(wanted: Wanted): void {
    const changed = wanted !== this.#wanted;
    this.#wanted = wanted;
    if (this.#running !== undefined || this.#reached()) return;
    if (!changed && this.#clock.now() - this.#triedMs < RETRY_MS) return;
    this.#running = this.#run();
  }

  /** Withdraws; resolves when that is verified or has failed. */
  async withdraw(): Promise<void> {
    this.#wanted = 'withdrawn';
    await this.#running;
    if (!this.#reached()) await this.#run();
  }

  #reached(): boolean {
    return this.#done === this.#wanted;
  }

  async #run(): Promise<void> {
    for (let settled = false; !settled;) {
      const goal = this.#wanted;
      this.#triedMs = this.#clock.now();
      try {
        if (goal === 'withdrawn') await this.#announcements.withdraw();
        else await this.#announcements.announce(goal);
        this.#done = goal;
        this.#failure = '';
      } catch (error) {
        this.#done = undefined;
        this.#report(goal, error);
      }
      settled = goal === this.#wanted;
    }
    this.#running = undefined;
  }

  /** A persistent error is one event, not one per second. */
  #report(goal: Wanted, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (message === this.#failure) return;
    this.#failure = message;
    const withdrawal = goal === 'withdrawn';
    const ineffective = error instanceof AnnouncementError && error.code === 'withdrawal-ineffective';
    const unverified = ineffective ? 'withdrawal-ineffective' : 'withdrawal-unverified';
    const code = withdrawal ? unverified : 'announcement-failed';
    const to = withdrawal ? 'NOT WITHDRAWN' : 'not announced';
    this.#events.add({ code, subject: 'announcement', name: 'all', to, reason: message });
  }
}
