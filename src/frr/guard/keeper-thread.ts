import { type AgentLine, formatAgentLine, parseGuardLine } from './guard-protocol.ts';
import type { KeeperEvent, KeeperRequest } from './keeper.ts';
import { LeaseRenewal } from './lease-renewal.ts';

/**
 * A guard that has reported once and is then silent for this long is killed and restarted; the limit for starting is
 * longer.
 */
const GUARD_SILENT_MS = 5000;
const GUARD_START_MS = 30_000;
/** Delay before a restart, doubled each time until a guard has reported. */
const RESTART_MS = 200;
const MAX_RESTART_MS = 5000;

/** A started guard process. */
export interface GuardChild {
  readonly pid: number | undefined;
  readonly write: (text: string) => void;
  readonly kill: () => void;
}

/** Events of a guard process. */
export interface GuardChildEvents {
  readonly line: (text: string) => void;
  /** It has ended, or could not be started; at most once. */
  readonly ended: (reason: string) => void;
}

/** The lease of the data plane's gates. */
export interface Lease {
  readonly renew: (forMs: number) => void;
}

/** External interfaces of the keeper. */
export interface KeeperWorld {
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly after: (ms: number, callback: () => void) => void;
  readonly start: (events: GuardChildEvents) => GuardChild;
  readonly report: (event: KeeperEvent) => void;
  /** Ends the thread. */
  readonly exit: () => void;
  /** Time for which the main loop, though runnable, did not iterate, ms. */
  readonly mainAgeMs: (nowMs: number) => number;
  readonly covered: () => boolean;
  readonly stalled: () => boolean;
  readonly openLease: (descriptor: number) => Lease;
}

/** The agent to be watched, and the time limits. */
export type Watched = Extract<AgentLine, { kind: 'hello' }>;

/** Keeps a guard running, forwards orders to it, and sends its heartbeats. */
export class KeeperThread {
  readonly #world: KeeperWorld;
  readonly #watched: Watched;
  readonly #renewal: LeaseRenewal;
  #guard: GuardChild | undefined;
  #restarts = -1;
  #receivedMs = 0;
  #hasSpoken = false;
  #restartMs = RESTART_MS;
  #lease: Lease | undefined;
  #orders: Extract<AgentLine, { kind: 'orders' }> | undefined;
  #stopping = false;

  constructor(watched: Watched, world: KeeperWorld) {
    this.#watched = watched;
    this.#world = world;
    this.#renewal = new LeaseRenewal(watched.limits);
  }

  start(): void {
    const { now, start, report } = this.#world;
    this.#restarts++;
    this.#receivedMs = now();
    this.#hasSpoken = false;
    const started = start({
      line: (text) => {
        const line = parseGuardLine(text);
        if (line === undefined) return;
        this.#receivedMs = now();
        this.#hasSpoken = true;
        this.#restartMs = RESTART_MS;
        report({ kind: 'heard', pid: started.pid ?? 0, restarts: this.#restarts, line });
      },
      ended: (reason) => {
        if (this.#guard === started) this.#ended(reason);
      },
    });
    this.#guard = started;
    this.#send(this.#watched);
    if (this.#orders !== undefined) this.#send(this.#orders);
  }

  /** To be called at each heartbeat. */
  beat(): void {
    const { now, mainAgeMs: ageAt, covered: isCovered, stalled } = this.#world;
    const nowMs = now();
    const mainAgeMs = ageAt(nowMs);
    const covered = isCovered();
    if (this.#lease !== undefined) {
      const forMs = this.#renewal.beat({ mainAgeMs, covered, stalled: stalled() });
      if (forMs !== undefined) this.#lease.renew(forMs);
    }
    this.#send({ kind: 'beat', mainAgeMs, covered });
    const patienceMs = this.#hasSpoken ? GUARD_SILENT_MS : GUARD_START_MS;
    if (nowMs - this.#receivedMs > patienceMs) this.#guard?.kill();
  }

  take(request: KeeperRequest): void {
    if (request.kind === 'orders') {
      this.#orders = { kind: 'orders', number: request.number, orders: request.orders };
      this.#send(this.#orders);
    } else if (request.kind === 'lease') {
      this.#lease = this.#world.openLease(request.descriptor);
    } else {
      this.#stopping = true;
      if (this.#guard === undefined) this.#world.exit();
      else this.#send({ kind: 'end' });
    }
  }

  #ended(reason: string): void {
    const { after, report, exit } = this.#world;
    this.#guard = undefined;
    if (this.#stopping) {
      exit();
      return;
    }
    report({ kind: 'gone', reason, restarts: this.#restarts });
    after(this.#restartMs, () => this.start());
    this.#restartMs = Math.min(MAX_RESTART_MS, this.#restartMs * 2);
  }

  #send(line: AgentLine): void {
    this.#guard?.write(formatAgentLine(line));
  }
}
