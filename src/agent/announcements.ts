import { AnnouncementError, type Announcer, type UpstreamObservation } from '../frr/announcer.ts';
import type { Clock } from '../replication/clock.ts';
import type { AnnouncementStatus } from './control/messages.ts';
import type { AnnouncementPart } from './parts.ts';

/** Between two looks at FRR's state: what somebody changes behind our back is seen within this time. */
const LOOK_MS = 200;

type Goal = 'announced' | 'withdrawn';

/** All announcements of a node as one: given and taken together, and read back all the time. */
export class Announcements implements AnnouncementPart {
  readonly #announcers: readonly Announcer[];
  readonly #clock: Clock;
  /** Called after each look, so that the guard knows what it would have to withdraw. */
  readonly #onLook: () => void;
  readonly #seen = new Map<Announcer, UpstreamObservation>();
  #goal: Goal = 'withdrawn';
  #cancelLook: (() => void) | undefined;
  #looking: Promise<void> | undefined;
  #stopped = false;

  constructor(announcers: readonly Announcer[], clock: Clock, onLook: () => void = () => undefined) {
    this.#announcers = announcers;
    this.#clock = clock;
    this.#onLook = onLook;
  }

  /** An FRR that does not answer has nothing announced as far as anybody can tell; it is looked for again and again. */
  async start(): Promise<void> {
    await this.#look();
    const open = this.#announcers.filter((announcer) => this.#seen.get(announcer)?.readable === true);
    await Promise.all(open.filter((announcer) => !this.#isAs(announcer, 'withdrawn')).map((one) => one.withdraw()));
    await this.#look();
    this.#schedule();
  }

  async announce(): Promise<void> {
    await this.#carryOut('announced', (announcer) => announcer.announce());
  }

  async withdraw(): Promise<void> {
    await this.#carryOut('withdrawn', (announcer) => announcer.withdraw());
  }

  get asWanted(): boolean {
    return this.#announcers.every((announcer) => this.#isAs(announcer, this.#goal));
  }

  status(): readonly AnnouncementStatus[] {
    return this.#announcers.flatMap((announcer) => {
      const { upstream, sessions } = this.#seen.get(announcer) ?? { upstream: announcer.upstream, sessions: [] };
      return sessions.map((session) => ({ ...session, upstream, wanted: this.#goal }));
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelLook?.();
    await this.#looking;
    for (const announcer of this.#announcers) announcer.close();
  }

  /** All are tried, whatever becomes of one. */
  async #carryOut(goal: Goal, action: (announcer: Announcer) => Promise<void>): Promise<void> {
    this.#goal = goal;
    const results = await Promise.allSettled(this.#announcers.map(action));
    await this.#look();
    const failures = results.flatMap((result) => (result.status === 'rejected' ? [messageOf(result.reason)] : []));
    if (failures.length > 0) throw new AnnouncementError(failures.join('; '));
  }

  async #look(): Promise<void> {
    await Promise.all(
      this.#announcers.map(async (announcer) => {
        this.#seen.set(announcer, await announcer.observe());
      }),
    );
    this.#onLook();
  }

  #isAs(announcer: Announcer, goal: Goal): boolean {
    const seen = this.#seen.get(announcer);
    return seen !== undefined && announcer.isAs(goal, seen);
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#cancelLook = this.#clock.after(LOOK_MS, () => {
      this.#looking = this.#look().then(
        () => this.#schedule(),
        // `observe` reports what it could not read; what it throws all the same must not end the looking.
        () => this.#schedule(),
      );
    });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
