import { AnnouncementError } from '../../frr/announcer.ts';
import type { Clock } from '../../replication/clock.ts';
import type { EventLog } from '../events/event-log.ts';
import type { Wanted } from '../../frr/announcer.ts';
import type { AnnouncementPart } from '../compose/parts.ts';

/** Between two tries to reach what is wanted. */
const RETRY_MS = 1000;

/**
 * Brings the announcements to what is wanted, one transaction at a time: a wish that comes during one is carried out
 * after it, and what was not reached is tried again each second for as long as it is wanted. What was reached the
 * announcements themselves keep so.
 */
export class AnnouncementDriver {
  readonly #announcements: AnnouncementPart;
  readonly #clock: Clock;
  readonly #events: Pick<EventLog, 'add'>;
  #wanted: Wanted = 'withdrawn';
  /** What the last transaction that was carried through has set; undefined: none was. */
  #done: Wanted | undefined;
  #running: Promise<void> | undefined;
  #triedMs = Number.NEGATIVE_INFINITY;
  #failure = '';

  constructor(announcements: AnnouncementPart, clock: Clock, events: Pick<EventLog, 'add'>) {
    this.#announcements = announcements;
    this.#clock = clock;
    this.#events = events;
  }

  /** Whether the node attracts traffic, as far as is known: yes while a withdrawal is not verified. */
  get announcing(): boolean {
    const seen = this.#announcements.status();
    return seen.length === 0
      ? this.#done !== undefined && this.#done !== 'withdrawn'
      : seen.some(({ observed }) => observed === 'announced');
  }

  /** Sets what is wanted from now on; cheap, to be called in each iteration. */
  want(wanted: Wanted): void {
    const changed = wanted !== this.#wanted;
    this.#wanted = wanted;
    if (this.#running !== undefined || this.#reached()) return;
    if (!changed && this.#clock.now() - this.#triedMs < RETRY_MS) return;
    this.#running = this.#run();
  }

  /** Withdraws, and returns when that is verified or has failed. */
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

  /** An error that lasts is one event, not one each second. */
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
