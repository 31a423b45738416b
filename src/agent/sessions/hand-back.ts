import type { Clock } from '../../replication/clock.ts';
import type { EventLog } from '../events/event-log.ts';

export interface HandBackWorld {
  readonly clock: Clock;
  readonly events: Pick<EventLog, 'add'>;
  /** Sessions of this node that have become those of another one since the instances started. */
  readonly yieldedTo: (slot: number) => number;
}

const LOOK_MS = 5000;
/** Sessions go one by one, with the next packets of each: no more have gone for this long, and it counts as over. */
const QUIET_MS = 30_000;
/** Reported then even if more go. */
const LONGEST_MS = 180_000;
/** None has gone by then: the node's packets do not pass it again. */
const GIVE_UP_MS = 600_000;

interface Watch {
  readonly name: string;
  /** Taken over from the node. */
  readonly sessions: number;
  /** Of `yieldedTo`: as of the takeover, or of the last report. */
  before: number;
  now: number;
  /** When the node has returned, and when the last sessions went back to it. */
  sinceMs: number;
  grewMs: number;
  /** Ends the next look; undefined: the node is away. */
  cancel: (() => void) | undefined;
}

/**
 * Reports that sessions have gone back to a node from which this one had taken them over: once, when no more follow.
 */
export class HandBack {
  readonly #world: HandBackWorld;
  readonly #watches = new Map<number, Watch>();

  constructor(world: HandBackWorld) {
    this.#world = world;
  }

  /** This node has just taken over the sessions of another one. @param alive which is back already */
  takenOver(slot: number, name: string, sessions: number, alive: boolean): void {
    this.gone(slot);
    const now = this.#world.yieldedTo(slot);
    this.#watches.set(slot, { name, sessions, before: now, now, sinceMs: 0, grewMs: 0, cancel: undefined });
    if (alive) this.returned(slot);
  }

  returned(slot: number): void {
    const watch = this.#watches.get(slot);
    if (watch === undefined) return;
    watch.cancel?.();
    watch.sinceMs = this.#world.clock.now();
    watch.grewMs = watch.sinceMs;
    this.#lookLater(slot, watch);
  }

  /** It is gone again: what has gone back to it is reported now. */
  gone(slot: number): void {
    const watch = this.#watches.get(slot);
    if (watch === undefined) return;
    watch.cancel?.();
    watch.cancel = undefined;
    this.#update(slot, watch);
    this.#report(watch);
  }

  stop(): void {
    for (const { cancel } of this.#watches.values()) cancel?.();
    this.#watches.clear();
  }

  #lookLater(slot: number, watch: Watch): void {
    watch.cancel = this.#world.clock.after(LOOK_MS, () => this.#look(slot, watch));
  }

  #update(slot: number, watch: Watch): void {
    const now = this.#world.yieldedTo(slot);
    if (now > watch.now) watch.grewMs = this.#world.clock.now();
    // An instance that was started again counts from zero.
    watch.now = Math.max(watch.now, now);
  }

  #look(slot: number, watch: Watch): void {
    this.#update(slot, watch);
    const nowMs = this.#world.clock.now();
    const waitedMs = nowMs - watch.sinceMs;
    const anyGone = watch.now > watch.before;
    const isOver = anyGone && (nowMs - watch.grewMs >= QUIET_MS || waitedMs >= LONGEST_MS);
    if (!isOver && waitedMs < GIVE_UP_MS) {
      this.#lookLater(slot, watch);
      return;
    }
    this.#watches.delete(slot);
    this.#report(watch);
  }

  #report(watch: Watch): void {
    const { name, sessions, before, now } = watch;
    watch.before = now;
    if (now === before) return;
    this.#world.events.add({
      code: 'sessions-handed-back',
      subject: 'peer',
      name,
      to: `${countOf(now - before)} handed back`,
      reason:
        `their packets pass ${name} again, so it owns them; this node had taken over ${countOf(sessions)} of it, ` +
        'and may have opened some for its clients since; those without packets stay here until they end',
    });
  }
}

export function countOf(sessions: number): string {
  return sessions === 1 ? '1 session' : `${sessions} sessions`;
}
