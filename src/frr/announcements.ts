import type { Code } from '../codes.ts';
import {
  AnnouncementError,
  type Announced,
  type Announcer,
  type SessionObservation,
  type UpstreamObservation,
  type Wanted,
} from './announcer.ts';
import type { GuardHandle, GuardStatus } from './guard/keeper.ts';
import { isSeenWithin } from './read-back.ts';

export interface AnnouncementView extends SessionObservation {
  readonly upstream: string;
  readonly wanted: 'announced' | 'withdrawn';
  /** When a trial last proved that a withdrawal from this upstream works, ms since 1970; 0: never. */
  readonly provenAt: number;
  /** How long packets still arrived then, ms. */
  readonly provenMs: number;
  /** Why there is no gate before its packets; empty: there is one, or none is wanted. */
  readonly gateProblem: string;
}

/** What a trial of a withdrawal has shown. */
export interface WithdrawalProven {
  readonly provenAt: number;
  readonly provenMs: number;
}

const NEVER_PROVEN: WithdrawalProven = { provenAt: 0, provenMs: 0 };

export interface AnnouncementDeps {
  readonly guard: GuardHandle | undefined;
  /** One sentence on each thing that was found to be other than wanted, or is as wanted again, and what was done. */
  readonly onFinding: (text: string, code: Code) => void;
}

/** How often FRR is polled: a change by anybody else is repaired within a second. */
const WATCH_MS = 200;
/** For a guard to take its orders; one that does not is waited for at the next try. */
const GUARD_READY_MS = 5000;
/** For what is taken away at the end, at most. */
const RETIRE_MS = 2000;
/** After the guard has withdrawn, the node stays out for this long, doubled each time, up to the maximum. */
const HOLD_MS = 1000;
const MAX_HOLD_MS = 60_000;
/** A guard that had nothing to do for so long is forgiven. */
const CALM_MS = 600_000;

/**
 * All announcements of this node: brings them to what is wanted, watches that they stay so, and tells the guard what to
 * take away.
 */
export class Announcements {
  #announcers: readonly Announcer[];
  #guard: AnnouncementDeps['guard'];
  readonly #onFinding: AnnouncementDeps['onFinding'];
  #wanted: Wanted = 'withdrawn';
  /** Upstreams that are withdrawn whatever is wanted of all. */
  readonly #heldOut = new Set<string>();
  #proven: ReadonlyMap<string, WithdrawalProven> = new Map();
  #seen: readonly UpstreamObservation[] = [];
  #last: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #finding = '';
  /** What was found last goes on. */
  #lasting = false;
  #holdMs = HOLD_MS;
  #heldUntilMs = Number.NEGATIVE_INFINITY;
  /** Changes that are wanted, and wait for their turn. */
  #coming = 0;

  constructor(announcers: readonly Announcer[], { guard, onFinding }: AnnouncementDeps) {
    this.#announcers = announcers;
    this.#onFinding = onFinding;
    this.#guarded(guard);
  }

  /** Withdraws whatever is announced. FRR may be absent: it is watched from now on, and made so when it comes. */
  async start(): Promise<void> {
    try {
      await this.#inOrder(() => this.#apply('withdrawn'));
    } catch (error) {
      this.#find(`not verified at the start: ${messageOf(error)}`, 'withdrawal-unverified');
    }
    this.#schedule();
  }

  /** Whether another node serves: whoever withdraws then does no harm. */
  setCovered(covered: boolean): void {
    this.#guard?.setCovered(covered);
  }

  /** Whether a worker stands still: the gates shut by themselves then, when their lease is over. */
  setStalled(stalled: boolean): void {
    this.#guard?.setStalled(stalled);
  }

  /** Some upstream can be told that other nodes are better. */
  get offersBackup(): boolean {
    return this.#announcers.some(({ offersBackup }) => offersBackup);
  }

  /** @throws AnnouncementError when FRR does not show it */
  async announce(wanted: Announced = 'announced'): Promise<void> {
    this.#wanted = wanted;
    await this.#bringTo(wanted);
  }

  /** @throws AnnouncementError when FRR does not show it: the router may go on sending */
  async withdraw(): Promise<void> {
    this.#wanted = 'withdrawn';
    await this.#bringTo('withdrawn');
  }

  /**
   * Withdraws from one upstream alone, until `resume`.
   * @throws AnnouncementError when FRR does not show it
   */
  async holdOut(upstream: string): Promise<void> {
    this.#heldOut.add(upstream);
    await this.#bringTo(this.#wanted);
  }

  /** @throws AnnouncementError when FRR does not show it; it is tried again */
  async resume(upstream: string): Promise<void> {
    if (!this.#heldOut.delete(upstream)) return;
    await this.#bringTo(this.#wanted);
  }

  /** By upstream, to be shown with its sessions. */
  setProven(proven: ReadonlyMap<string, WithdrawalProven>): void {
    this.#proven = proven;
  }

  /** Packets that have come in from the upstream since this was first asked; undefined: nobody can count them. */
  countArrivals(upstream: string): number | undefined {
    const counts = this.#announcers.flatMap((one) => (one.upstream === upstream ? [one.countArrivals?.()] : []));
    return counts.find((count) => count !== undefined);
  }

  /**
   * Other announcements from now on. What is in both stays as it is; what is no more among them is withdrawn first.
   * @param next the announcers of all upstreams; those that did not change may be the former ones
   * @param leaving announce what is to end, and only that
   * @param guard for a node that had nothing to withdraw before
   * @throws AnnouncementError when that could not be verified: all is as before then
   */
  async replace(next: readonly Announcer[], leaving: readonly Announcer[], guard?: () => GuardHandle): Promise<void> {
    await this.#inOrder(async () => {
      const failed = await failuresOf(leaving.map((announcer) => announcer.withdraw()));
      if (failed.length === 0) await Promise.all(leaving.flatMap((announcer) => announcer.retire?.() ?? []));
      for (const announcer of leaving) announcer.close();
      if (failed.length > 0) {
        for (const announcer of next) if (!this.#announcers.includes(announcer)) announcer.close();
        throw together(failed);
      }
      if (this.#guard === undefined && next.length > 0) this.#guarded(guard?.());
      const former = this.#announcers;
      this.#announcers = next;
      for (const announcer of former) {
        if (next.includes(announcer)) continue;
        announcer.release?.();
        announcer.close();
      }
      await this.#check();
    });
    try {
      await this.#inOrder(() => this.#apply(this.#wanted));
    } catch (error) {
      // As for a failure at any other time: it is looked at again and again.
      this.#find(`not verified after the reload: ${messageOf(error)}`, this.#failureCode(error));
    }
  }

  /**
   * Waits until the traffic has proven the withdrawal, and does more and more while packets go on.
   * @param limitMs at most
   * @returns false: they may still go on
   */
  async untilProven(limitMs: number): Promise<boolean> {
    const isProven = (): boolean => this.#announcers.every((announcer) => announcer.isProven ?? true);
    const deadlineMs = performance.now() + limitMs;
    while (!isProven() && performance.now() < deadlineMs) {
      await new Promise((resolve) => {
        setTimeout(resolve, WATCH_MS);
      });
      await this.#inOrder(() => this.#watch());
    }
    return isProven();
  }

  /** As last read back from FRR. */
  status(): readonly AnnouncementView[] {
    return this.#seen.flatMap(({ upstream, sessions, gateProblem = '' }) =>
      sessions.map((session) => ({
        ...session,
        ...(this.#proven.get(upstream) ?? NEVER_PROVEN),
        upstream,
        gateProblem,
        wanted: this.#wantedOf(upstream) === 'withdrawn' ? 'withdrawn' : 'announced',
      })),
    );
  }

  /** What the agent knows of its guard; undefined: it has none, since there is nothing to withdraw. */
  guardStatus(): GuardStatus | undefined {
    return this.#guard?.status();
  }

  /**
   * Leaves FRR as it is; whoever stops has withdrawn before. If that is not verified, the guard goes on with it when
   * the agent has ended.
   */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#last;
    const unverified = this.#wanted === 'withdrawn' && this.status().some(({ observed }) => observed !== 'withdrawn');
    if (!unverified) {
      await this.#retire();
      await this.#guard?.stop();
    }
    for (const announcer of this.#announcers) announcer.close();
  }

  /** The guard stays meanwhile; an FRR that does not answer must not keep the agent from ending. */
  async #retire(): Promise<void> {
    if (this.#wanted !== 'withdrawn') return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, RETIRE_MS);
    });
    await Promise.race([Promise.all(this.#announcers.flatMap((announcer) => announcer.retire?.() ?? [])), late]);
    clearTimeout(timer);
  }

  #wantedOf(upstream: string): Wanted {
    return this.#heldOut.has(upstream) ? 'withdrawn' : this.#wanted;
  }

  /** One transaction after the other. */
  async #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #bringTo(wanted: Wanted): Promise<void> {
    this.#coming += 1;
    await this.#inOrder(async () => {
      this.#coming -= 1;
      await this.#apply(wanted);
    });
  }

  async #apply(wanted: Wanted): Promise<void> {
    if (wanted !== 'withdrawn') {
      const waitMs = this.#heldUntilMs - performance.now();
      if (waitMs > 0) {
        throw new AnnouncementError(`the guard has withdrawn; announced again in ${Math.ceil(waitMs / 1000)} s`);
      }
      // The guard must know what it takes away before anything is opened.
      await this.#check();
      await this.#untilGuarded();
    }
    const failed = await failuresOf(
      this.#announcers.map((announcer) => {
        const own = this.#heldOut.has(announcer.upstream) ? 'withdrawn' : wanted;
        return own === 'withdrawn' ? announcer.withdraw() : announcer.announce(own);
      }),
    );
    await this.#check();
    if (failed.length > 0) throw together(failed);
  }

  /** @throws AnnouncementError when the guard is not ready: nothing may be opened that nobody would withdraw */
  async #untilGuarded(): Promise<void> {
    const guard = this.#guard;
    if (guard === undefined) return;
    const isReady = (): boolean => {
      const { alive, upToDate } = guard.status();
      return alive && upToDate;
    };
    // A withdrawal that is asked for meanwhile waits for nothing.
    await isSeenWithin(GUARD_READY_MS, async () => isReady() || this.#wanted === 'withdrawn');
    if (isReady()) return;
    throw new AnnouncementError(`nothing is announced without the guard: ${guard.status().problem}`);
  }

  async #check(): Promise<void> {
    this.#seen = await Promise.all(this.#announcers.map((announcer) => announcer.observe()));
    this.#guard?.setOrders(this.#announcers.flatMap((announcer) => announcer.guardOrders()));
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      void this.#inOrder(() => this.#watch()).then(() => this.#schedule());
    }, WATCH_MS);
    this.#timer.unref();
  }

  /** Never throws: what is wrong is found again at the next look. */
  async #watch(): Promise<void> {
    await this.#check();
    let wrong = this.#wrong();
    // A daemon that did not answer in time, or was just being told: nothing is to be repaired.
    if (wrong.length > 0) {
      await this.#check();
      wrong = this.#wrong();
    }
    // What is wanted now has not had its turn yet: it is no repair.
    if (this.#coming > 0) return;
    if (wrong.length === 0) {
      if (this.#lasting) this.#onFinding(`FRR is as wanted again (${this.#wanted})`, 'announcement-verified');
      [this.#finding, this.#lasting] = ['', false];
      return;
    }
    const names = wrong.map(({ upstream }) => upstream).join(', ');
    try {
      await this.#apply(this.#wanted);
      this.#find(`FRR was not as wanted (${this.#wanted}) for ${names}: repaired`, 'announcement-repaired');
    } catch (error) {
      // A daemon that does not answer is a condition of its own: every session says so.
      if (wrong.every((announcer) => !(this.#seen[this.#announcers.indexOf(announcer)]?.readable ?? true))) return;
      const text = `FRR is not as wanted (${this.#wanted}) for ${names}: ${messageOf(error)}`;
      this.#find(text, this.#failureCode(error));
    }
  }

  /** Those whose announcements are not as wanted, by the last look. */
  #wrong(): Announcer[] {
    return this.#announcers.filter((announcer, index) => {
      const seen = this.#seen[index];
      return seen !== undefined && !announcer.isAs(this.#wantedOf(announcer.upstream), seen);
    });
  }

  /** What lasts is said once. */
  #find(text: string, code: Code): void {
    if (text !== this.#finding) this.#onFinding(text, code);
    this.#finding = text;
    this.#lasting = code !== 'announcement-repaired';
  }

  #failureCode(error: unknown): Code {
    if (error instanceof AnnouncementError && error.code !== 'announcement-failed') return error.code;
    return this.#wanted === 'withdrawn' ? 'withdrawal-unverified' : 'announcement-failed';
  }

  #guarded(guard: AnnouncementDeps['guard']): void {
    this.#guard = guard;
    guard?.onWithdrew((reason) => this.#hold(reason));
  }

  #hold(reason: string): void {
    const now = performance.now();
    this.#holdMs = now - this.#heldUntilMs > CALM_MS ? HOLD_MS : Math.min(this.#holdMs * 2, MAX_HOLD_MS);
    this.#heldUntilMs = now + this.#holdMs;
    this.#onFinding(
      `the guard has withdrawn: ${reason}; announced again after ${this.#holdMs / 1000} s`,
      'guard-withdrew',
    );
  }
}

async function failuresOf(steps: readonly Promise<void>[]): Promise<unknown[]> {
  const results = await Promise.allSettled(steps);
  return results.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []));
}

/** Several failures as one; a withdrawal that has not worked is the worst of them. */
function together(failures: readonly unknown[]): AnnouncementError {
  const isWorst = (error: unknown): boolean =>
    error instanceof AnnouncementError && error.code === 'withdrawal-ineffective';
  const text = failures.map(messageOf).join('; ');
  return failures.some(isWorst)
    ? new AnnouncementError(text, { code: 'withdrawal-ineffective' })
    : new AnnouncementError(text);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
