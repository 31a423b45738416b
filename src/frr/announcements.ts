import {
  AnnouncementError,
  type Announcer,
  type SessionObservation,
  type UpstreamObservation,
  type Wanted,
  type WithdrawalWay,
} from './announcer.ts';
import { BfdAnnouncer } from './bfd-announcer.ts';
import type { BfdPeerOptions } from './bfd-peers.ts';
import { BgpAnnouncer } from './bgp-announcer.ts';
import type { BgpOptions } from './bgp-options.ts';
import { daemonEnder } from './daemon-process.ts';
import { type FrrDaemon, type FrrPlace, openShell } from './daemon-shell.ts';
import { LastResort } from './last-resort.ts';
import { VERIFY_MS } from './read-back.ts';
import type { GuardHandle, GuardStatus } from './guard/keeper.ts';

export interface AnnouncementView extends SessionObservation {
  readonly upstream: string;
  readonly wanted: 'announced' | 'withdrawn';
}

export interface UpstreamOptions {
  readonly name: string;
  readonly frr: FrrPlace;
  readonly bfd: readonly BfdPeerOptions[];
  readonly bgp?: BgpOptions;
  readonly withdraw: readonly WithdrawalWay[];
  /** FRR must show the effect of commands within this time. */
  readonly verifyMs?: number;
  /** A daemon that cannot be made to withdraw is ended. */
  readonly endDaemon?: boolean;
}

export interface AnnouncementDeps {
  readonly guard: GuardHandle | undefined;
  /** One sentence on each thing that was found to be other than wanted, and what was done. */
  readonly onFinding: (text: string) => void;
}

/** FRR is looked at this often: what was changed behind our back is put right within a second. */
const WATCH_MS = 200;
/** After the guard has withdrawn, the node stays out for this long, doubled each time, up to the maximum. */
const HOLD_MS = 1000;
const MAX_HOLD_MS = 60_000;
/** A guard that had nothing to do for so long is forgiven. */
const CALM_MS = 600_000;

/** All announcements of this node: brings them to what is wanted, watches that they stay so, and tells the guard what to take away. */
export class Announcements {
  readonly #announcers: readonly Announcer[];
  readonly #guard: AnnouncementDeps['guard'];
  readonly #onFinding: (text: string) => void;
  #wanted: Wanted = 'withdrawn';
  #seen: readonly UpstreamObservation[] = [];
  #last: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #finding = '';
  #holdMs = HOLD_MS;
  #heldUntilMs = Number.NEGATIVE_INFINITY;

  constructor(announcers: readonly Announcer[], { guard, onFinding }: AnnouncementDeps) {
    this.#announcers = announcers;
    this.#guard = guard;
    this.#onFinding = onFinding;
    guard?.onWithdrew((reason) => this.#hold(reason));
  }

  /** Withdraws whatever is announced. FRR may be absent: it is watched from now on, and made so when it comes. */
  async start(): Promise<void> {
    try {
      await this.#inTurn(() => this.#apply('withdrawn'));
    } catch (error) {
      this.#find(`not verified at the start: ${messageOf(error)}`);
    }
    this.#schedule();
  }

  /** Some upstream can be told that other nodes are better. */
  get offersBackup(): boolean {
    return this.#announcers.some(({ offersBackup }) => offersBackup);
  }

  /** @throws AnnouncementError when FRR does not show it */
  async announce(wanted: 'announced' | 'backup' = 'announced'): Promise<void> {
    this.#wanted = wanted;
    await this.#inTurn(() => this.#apply(wanted));
  }

  /** @throws AnnouncementError when FRR does not show it: the router may go on sending */
  async withdraw(): Promise<void> {
    this.#wanted = 'withdrawn';
    await this.#inTurn(() => this.#apply('withdrawn'));
  }

  /** As last read back from FRR. */
  status(): readonly AnnouncementView[] {
    return this.#seen.flatMap(({ upstream, sessions }) =>
      sessions.map((session) => ({
        ...session,
        upstream,
        wanted: this.#wanted === 'withdrawn' ? 'withdrawn' : 'announced',
      })),
    );
  }

  /** What the agent knows of its guard; undefined: it has none, since there is nothing to withdraw. */
  guardStatus(): GuardStatus | undefined {
    return this.#guard?.status();
  }

  /** Leaves FRR as it is; whoever stops has withdrawn before. If that is not verified, the guard goes on with it when the agent has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#last;
    const unverified = this.#wanted === 'withdrawn' && this.status().some(({ observed }) => observed !== 'withdrawn');
    if (!unverified) await this.#guard?.stop();
    for (const announcer of this.#announcers) announcer.close();
  }

  /** One transaction after the other. */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #apply(wanted: Wanted): Promise<void> {
    if (wanted !== 'withdrawn') {
      const waitMs = this.#heldUntilMs - performance.now();
      if (waitMs > 0) {
        throw new AnnouncementError(`the guard has withdrawn; announced again in ${Math.ceil(waitMs / 1000)} s`);
      }
      // The guard must know what it takes away before anything is opened.
      await this.#look();
    }
    const results = await Promise.allSettled(
      this.#announcers.map((announcer) => (wanted === 'withdrawn' ? announcer.withdraw() : announcer.announce(wanted))),
    );
    await this.#look();
    const failed = results.flatMap((result) => (result.status === 'rejected' ? [messageOf(result.reason)] : []));
    if (failed.length > 0) throw new AnnouncementError(failed.join('; '));
  }

  async #look(): Promise<void> {
    this.#seen = await Promise.all(this.#announcers.map((announcer) => announcer.observe()));
    this.#guard?.setOrders(this.#announcers.flatMap((announcer) => announcer.guardOrders()));
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      void this.#inTurn(() => this.#watch()).then(() => this.#schedule());
    }, WATCH_MS);
    this.#timer.unref();
  }

  /** Never throws: what is wrong is found again at the next look. */
  async #watch(): Promise<void> {
    await this.#look();
    const wrong = this.#announcers.filter((announcer, index) => {
      const seen = this.#seen[index];
      return seen !== undefined && !announcer.isAs(this.#wanted, seen);
    });
    if (wrong.length === 0) {
      this.#find('');
      return;
    }
    const names = wrong.map(({ upstream }) => upstream).join(', ');
    try {
      await this.#apply(this.#wanted);
      this.#find(`FRR was not as wanted (${this.#wanted}) for ${names}: put right`);
    } catch (error) {
      this.#find(`FRR is not as wanted (${this.#wanted}) for ${names}: ${messageOf(error)}`);
    }
  }

  /** What lasts is said once. */
  #find(text: string): void {
    if (text !== '' && text !== this.#finding) this.#onFinding(text);
    this.#finding = text;
  }

  #hold(reason: string): void {
    const now = performance.now();
    this.#holdMs = now - this.#heldUntilMs > CALM_MS ? HOLD_MS : Math.min(this.#holdMs * 2, MAX_HOLD_MS);
    this.#heldUntilMs = now + this.#holdMs;
    this.#onFinding(`the guard has withdrawn: ${reason}; announced again after ${this.#holdMs / 1000} s`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The announcements of a node to its upstreams. @throws AnnouncerOptionsError */
export function openAnnouncements(
  upstreams: readonly UpstreamOptions[],
  onFinding: (text: string) => void,
  guard: GuardHandle | undefined,
): Announcements {
  return new Announcements(upstreams.flatMap(announcersOf), { guard, onFinding });
}

/** One for each protocol that the upstream speaks. @throws AnnouncerOptionsError */
function announcersOf(options: UpstreamOptions): Announcer[] {
  const { name, frr, bfd, bgp, withdraw, verifyMs = VERIFY_MS } = options;
  const announcers: Announcer[] = [];
  const resort = (daemon: FrrDaemon): { lastResort?: LastResort } =>
    options.endDaemon === true ? { lastResort: new LastResort(daemon, daemonEnder(daemon, frr)) } : {};
  if (bfd.length > 0) {
    const ways = withdraw.filter((way) => way === 'bfd-shutdown' || way === 'bfd-remove');
    announcers.push(
      new BfdAnnouncer({ upstream: name, peers: bfd, ways, verifyMs, ...resort('bfdd') }, openShell('bfdd', frr)),
    );
  }
  if (bgp !== undefined) {
    const ways = withdraw.filter((way) => way === 'bgp-prefix' || way === 'bgp-shutdown');
    announcers.push(
      new BgpAnnouncer({ upstream: name, ...bgp, ways, verifyMs, ...resort('bgpd') }, openShell('bgpd', frr)),
    );
  }
  return announcers;
}
