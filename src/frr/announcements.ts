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
  /** When a test last proved that withdrawal from this upstream works, ms since 1970; 0: never. */
  readonly provenAt: number;
  /** How long packets still arrived in that test, ms. */
  readonly provenMs: number;
  /** Why there is no gate for its packets; empty: there is one, or none is configured. */
  readonly gateProblem: string;
}

/** Result of a test of a withdrawal. */
export interface WithdrawalProven {
  readonly provenAt: number;
  readonly provenMs: number;
}

const NEVER_PROVEN: WithdrawalProven = { provenAt: 0, provenMs: 0 };

export interface AnnouncementDeps {
  readonly guard: GuardHandle | undefined;
  /** One sentence on each deviation from the wanted state, or its end, and what was done. */
  readonly onFinding: (text: string, code: Code) => void;
}

/** Polling interval of FRR, so that foreign changes are repaired within a second. */
const WATCH_MS = 200;
/** Maximum time for the guard to accept its orders; then the next attempt waits for it. */
const GUARD_READY_MS = 5000;
/** Maximum time to remove announcements at the end. */
const RETIRE_MS = 2000;
/** After a withdrawal by the guard, the node stays withdrawn for this long, doubled each time, up to the maximum. */
const HOLD_MS = 1000;
const MAX_HOLD_MS = 60_000;
/** Time without a withdrawal by the guard after which the doubling starts again. */
const CALM_MS = 600_000;

/** All announcements of this node: applies the wanted state, monitors it, and gives the guard its orders. */
export class Announcements {
  #announcers: readonly Announcer[];
  #guard: AnnouncementDeps['guard'];
  readonly #onFinding: AnnouncementDeps['onFinding'];
  #wanted: Wanted = 'withdrawn';
  /** Upstreams that stay withdrawn regardless of the wanted state. */
  readonly #heldOut = new Set<string>();
  #proven: ReadonlyMap<string, WithdrawalProven> = new Map();
  #seen: readonly UpstreamObservation[] = [];
  #last: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #finding = '';
  /** The last finding persists. */
  #lasting = false;
  #holdMs = HOLD_MS;
  #heldUntilMs = Number.NEGATIVE_INFINITY;
  /** Number of changes that are queued. */
  #coming = 0;

  constructor(announcers: readonly Announcer[], { guard, onFinding }: AnnouncementDeps) {
    this.#announcers = announcers;
    this.#onFinding = onFinding;
    this.#guarded(guard);
  }

  /** Withdraws all announcements. If FRR does not run, it is monitored, and the state is applied when it starts. */
  async start(): Promise<void> {
    try {
      await this.#inOrder(() => this.#apply('withdrawn'));
    } catch (error) {
      this.#find(`not verified at the start: ${messageOf(error)}`, 'withdrawal-unverified');
    }
    this.#schedule();
  }

  /** Whether another node serves, so that a needless withdrawal is harmless. */
  setCovered(covered: boolean): void {
    this.#guard?.setCovered(covered);
  }

  /** Whether a worker is stalled: the gates then shut by themselves, when their lease expires. */
  setStalled(stalled: boolean): void {
    this.#guard?.setStalled(stalled);
  }

  /** Some upstream can be announced with lower preference than those of other nodes. */
  get offersBackup(): boolean {
    return this.#announcers.some(({ offersBackup }) => offersBackup);
  }

  /** @throws AnnouncementError when FRR does not show the result */
  async announce(wanted: Announced = 'announced'): Promise<void> {
    this.#wanted = wanted;
    await this.#bringTo(wanted);
  }

  /** @throws AnnouncementError when FRR does not show the result: the router may still send */
  async withdraw(): Promise<void> {
    this.#wanted = 'withdrawn';
    await this.#bringTo('withdrawn');
  }

  /**
   * Withdraws from one upstream only, until `resume`.
   * @throws AnnouncementError when FRR does not show the result
   */
  async holdOut(upstream: string): Promise<void> {
    this.#heldOut.add(upstream);
    await this.#bringTo(this.#wanted);
  }

  /** @throws AnnouncementError when FRR does not show the result; it is retried */
  async resume(upstream: string): Promise<void> {
    if (!this.#heldOut.delete(upstream)) return;
    await this.#bringTo(this.#wanted);
  }

  /** Results by upstream, for display with its sessions. */
  setProven(proven: ReadonlyMap<string, WithdrawalProven>): void {
    this.#proven = proven;
  }

  /** Packets received from the upstream since the first call; undefined: they cannot be counted. */
  countArrivals(upstream: string): number | undefined {
    const counts = this.#announcers.flatMap((one) => (one.upstream === upstream ? [one.countArrivals?.()] : []));
    return counts.find((count) => count !== undefined);
  }

  /**
   * Replaces the announcements. Unchanged ones stay; removed ones are withdrawn first.
   * @param next the announcers of all upstreams; unchanged ones may be the existing objects
   * @param leaving announcers of exactly what is removed
   * @param guard for a node that had nothing to withdraw before
   * @throws AnnouncementError when the withdrawal could not be verified: nothing is changed then
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
      // Handled like a failure at any other time: it is retried.
      this.#find(`not verified after the reload: ${messageOf(error)}`, this.#failureCode(error));
    }
  }

  /**
   * Waits until the traffic has proven the withdrawal, escalating while packets still arrive.
   * @param limitMs maximum time
   * @returns false: packets may still arrive
   */
  async untilProven(limitMs: number): Promise<boolean> {
    const isProven = (): boolean => this.#announcers.every((announcer) => announcer.isProven ?? true);
    const deadlineMs = performance.now() + limitMs;
    while (!isProven() && !this.#stopped && performance.now() < deadlineMs) {
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

  /** Status of the guard; undefined: there is none, because there is nothing to withdraw. */
  guardStatus(): GuardStatus | undefined {
    return this.#guard?.status();
  }

  /**
   * Leaves FRR unchanged; the caller has withdrawn before. If that is not verified, the guard continues after the agent
   * has ended.
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

  /** The guard stays meanwhile; an unresponsive FRR must not block the agent's end. */
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

  /** Runs transactions one after the other. */
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
      // The guard must have its orders before anything is announced.
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

  /** @throws AnnouncementError when the guard is not ready: nothing may be announced that nobody would withdraw */
  async #untilGuarded(): Promise<void> {
    const guard = this.#guard;
    if (guard === undefined) return;
    const isReady = (): boolean => {
      const { alive, upToDate } = guard.status();
      return alive && upToDate;
    };
    // A withdrawal requested meanwhile is not delayed.
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

  /** Never throws: problems are found again at the next poll. */
  async #watch(): Promise<void> {
    await this.#check();
    let wrong = this.#wrong();
    // A daemon that did not answer in time, or was just being configured: nothing is to be repaired.
    if (wrong.length > 0) {
      await this.#check();
      wrong = this.#wrong();
    }
    // A queued change is not a repair.
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
      // An unresponsive daemon is a condition of its own, shown with every session.
      if (wrong.every((announcer) => !(this.#seen[this.#announcers.indexOf(announcer)]?.readable ?? true))) return;
      const text = `FRR is not as wanted (${this.#wanted}) for ${names}: ${messageOf(error)}`;
      this.#find(text, this.#failureCode(error));
    }
  }

  /** Announcers whose state is not the wanted one, as of the last poll. */
  #wrong(): Announcer[] {
    return this.#announcers.filter((announcer, index) => {
      const seen = this.#seen[index];
      return seen !== undefined && !announcer.isAs(this.#wantedOf(announcer.upstream), seen);
    });
  }

  /** A persistent finding is reported once. */
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

/** Combines several failures; a failed withdrawal is the most severe. */
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
