import {
  AnnouncementError,
  type Announcer,
  type Order,
  type SessionObservation,
  type UpstreamObservation,
  type Wanted,
} from './announcer.ts';
import type { PeerGate } from './gate/peer-gates.ts';
import type { InterfaceDown } from './interface-down.ts';
import { type LastResort, withDaemon } from './last-resort.ts';
import { isSeenWithin } from './read-back.ts';
import { WithdrawalProof } from './withdrawal-proof.ts';

/** How an upstream uses its gate. */
export interface GateUse {
  /** `bfd-block` is its first method: FRR is not changed while the gate is shut. */
  readonly first: boolean;
  /** FRR methods follow as fallback, or come first. */
  readonly beside: boolean;
  /** The first of them sends AdminDown, after which a router may keep its route although the session is down. */
  readonly sendsAdminDown?: boolean;
  /** Time that the router may take to stop sending after a withdrawal, ms. */
  readonly allowedMs: number;
  /** The same announcements, withdrawn by FRR's strongest method. */
  readonly stronger?: Announcer;
  /** Used when neither FRR nor the gate can be made to withdraw. */
  readonly lastResort?: LastResort;
  /** Used when packets still arrive after all of that, if configured. */
  readonly interfaceDown?: Pick<InterfaceDown, 'use'>;
}

/** Retry interval for creating a gate, ms. */
const RETRY_MS = 10_000;
/** Maximum time for a session to come up, so that its end is noticed, ms. */
const UP_MS = 10_000;
const BLOCKED = 'blocked';
const UP: ReadonlySet<string> = new Set(['up', 'Established']);

/** One escalation step while the router still sends. @returns a description of what was done; undefined: nothing */
type Step = () => Promise<string | undefined>;

/**
 * FRR's announcements to an upstream, combined with a gate for its peers. The gate is open while the node announces. It
 * is shut first if `bfd-block` is the first method, otherwise when FRR's methods have no effect. While it is shut the
 * router receives nothing, so the node counts as withdrawn whatever FRR shows; if packets still arrive from the router,
 * it is not withdrawn, and the escalation steps follow one by one.
 */
export class GatedAnnouncer implements Announcer {
  readonly upstream: string;
  readonly offersBackup: boolean;
  readonly #inner: Announcer;
  readonly #gate: PeerGate;
  readonly #use: GateUse;
  readonly #nowMs: () => number;
  readonly #proof: WithdrawalProof;
  /** Why there is no gate; empty: there is one, or none has been needed yet. */
  #problem = '';
  /** FRR announced when it last answered, so it is not just starting. */
  #wasOpen = false;
  #triedMs = Number.NEGATIVE_INFINITY;
  /** Remaining and completed escalation steps. */
  #steps: Step[] = [];
  #done: string[] = [];

  constructor(inner: Announcer, gate: PeerGate, use: GateUse, nowMs: () => number = () => performance.now()) {
    this.upstream = inner.upstream;
    this.offersBackup = inner.offersBackup;
    this.#inner = inner;
    this.#gate = gate;
    this.#use = use;
    this.#nowMs = nowMs;
    this.#proof = new WithdrawalProof(use.allowedMs);
  }

  /** What the traffic has shown since the last withdrawal. */
  get proof(): Pick<WithdrawalProof, 'state' | 'lastArrivalMs' | 'rate'> {
    return this.#proof;
  }

  async announce(wanted: 'announced' | 'backup'): Promise<void> {
    this.#proof.end();
    this.#gate.watchArrivals(false);
    this.#tryGate(() => this.#gate.set(true));
    if (this.#problem !== '' && !this.#use.beside) throw new AnnouncementError(this.#problem);
    await this.#inner.announce(wanted);
  }

  async withdraw(): Promise<void> {
    if (this.#proof.state === 'arriving') {
      if (this.#proof.isFailed(this.#nowMs())) await this.#escalate();
      const done = this.#done.length === 0 ? '' : `; done: ${this.#done.join(', ')}`;
      throw new AnnouncementError(
        `upstream ${this.upstream} is NOT withdrawn: packets for this node still arrive from it${done}`,
        { code: 'withdrawal-ineffective' },
      );
    }
    await this.#withdraw();
    if (this.#proof.state === 'none') this.#begin();
  }

  async observe(): Promise<UpstreamObservation> {
    const inner = await this.#inner.observe();
    const seen = this.#problem === '' ? inner : { ...inner, gateProblem: this.#problem };
    if (seen.readable) this.#wasOpen = seen.sessions.some(({ observed }) => observed === 'announced');
    const arrived = this.#gate.arrived;
    if (arrived !== undefined) this.#proof.observe(this.#nowMs(), arrived);
    if (this.#proof.state === 'arriving') {
      const detail = `it should send nothing any more, and ${this.#proof.rate} packets a second still arrive`;
      return { ...seen, sessions: seen.sessions.map((session) => ({ ...session, observed: 'announced', detail })) };
    }
    if (this.#gate.state !== 'shut') return seen;
    return { ...seen, sessions: seen.sessions.map(blocked) };
  }

  isAs(wanted: Wanted, seen: UpstreamObservation): boolean {
    const { state } = this.#gate;
    if (wanted === 'withdrawn') {
      return this.#proof.state !== 'arriving' && (state === 'shut' || this.#inner.isAs(wanted, seen));
    }
    const missing = state === 'absent' && (this.#problem === '' || this.#nowMs() - this.#triedMs >= RETRY_MS);
    return state !== 'shut' && !missing && this.#inner.isAs(wanted, seen);
  }

  countArrivals(): number | undefined {
    if (this.#gate.arrived === undefined) this.#gate.watchArrivals(true);
    return this.#gate.arrived;
  }

  /** A gate shuts by itself when its lease expires; without one the guard kills the daemon. */
  guardOrders(): readonly Order[] {
    const orders = this.#inner.guardOrders();
    const daemon = this.#gate.state === 'absent' ? this.#use.lastResort?.process : undefined;
    return orders.map((order) => ('socketPath' in order ? withDaemon(order, daemon) : order));
  }

  get isProven(): boolean {
    return this.#proof.state === 'none' || this.#proof.state === 'quiet';
  }

  /**
   * The node ends. If FRR shows that nothing is announced, the gate is detached; otherwise it stays shut until the next
   * agent finds it.
   */
  async retire(): Promise<void> {
    if (this.#gate.state !== 'absent' && (await this.#withdrawnByFrr())) {
      this.#tryGate(() => this.#gate.end('detach'));
    }
  }

  release(): void {
    this.#tryGate(() => this.#gate.end('detach'));
  }

  close(): void {
    this.#gate.end('leave');
    this.#use.stronger?.close();
    this.#inner.close();
  }

  async #withdraw(): Promise<void> {
    if (this.#use.first && this.#shut()) return;
    try {
      await this.#inner.withdraw();
    } catch (error) {
      if (this.#shut()) return;
      throw await this.#alarm(error);
    }
  }

  /** From now on the router should stop sending. Its packets are counted if the kernel can. */
  #begin(): void {
    this.#gate.watchArrivals(true);
    const { arrived } = this.#gate;
    if (arrived === undefined) return;
    this.#proof.begin(this.#nowMs(), arrived);
    this.#done = [];
    this.#steps = [
      async () => (this.#gate.state !== 'shut' && this.#shut() ? 'its BFD and BGP packets are stopped' : undefined),
      async () => (this.#use.sendsAdminDown === true ? this.#endWhileUp() : undefined),
      async () => {
        await this.#use.stronger?.withdraw();
        return this.#use.stronger === undefined ? undefined : 'withdrawn by the strongest method of FRR';
      },
      async () => this.#use.lastResort?.use(),
      async () => this.#use.interfaceDown?.use(),
    ];
  }

  /** Executes the next escalation step, and waits for its effect. */
  async #escalate(): Promise<void> {
    for (let step = this.#steps.shift(); step !== undefined; step = this.#steps.shift()) {
      let done: string | undefined;
      try {
        done = await step();
      } catch (error) {
        done = `in vain: ${error instanceof Error ? error.message : String(error)}`;
      }
      if (done === undefined) continue;
      this.#done.push(done);
      break;
    }
    this.#proof.begin(this.#nowMs(), this.#gate.arrived ?? 0);
  }

  /** A router that kept its route after an orderly session end drops it when an established session falls silent. */
  async #endWhileUp(): Promise<string | undefined> {
    this.#tryGate(() => this.#gate.set(true));
    await this.#inner.announce('announced');
    const up = await isSeenWithin(UP_MS, async () => {
      const { sessions } = await this.#inner.observe();
      return sessions.every(({ state }) => UP.has(state));
    });
    const shut = this.#shut();
    if (!shut) await (this.#use.stronger ?? this.#inner).withdraw();
    return `the session was brought up${up ? '' : ' in vain'} and ended without a word`;
  }

  /** Neither FRR nor the gate withdraws: an announcing daemon is killed, if that may help and is allowed. */
  async #alarm(error: unknown): Promise<AnnouncementError> {
    const texts = [error instanceof Error ? error.message : String(error), this.#problem];
    const { sessions } = await this.#inner.observe();
    const open = sessions.some(({ observed }) => observed === 'announced');
    const done = open || this.#wasOpen ? await this.#use.lastResort?.use() : undefined;
    return new AnnouncementError([...texts, ...(done === undefined ? [] : [done])].join('; '));
  }

  async #withdrawnByFrr(): Promise<boolean> {
    try {
      await this.#inner.withdraw();
      return this.#inner.isAs('withdrawn', await this.#inner.observe());
    } catch {
      return false; // the gate stays, so this is not needed
    }
  }

  #shut(): boolean {
    this.#tryGate(() => this.#gate.set(false));
    return this.#gate.state === 'shut';
  }

  #tryGate(work: () => void): void {
    this.#triedMs = this.#nowMs();
    try {
      work();
      this.#problem = '';
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
    }
  }
}

function blocked(session: SessionObservation): SessionObservation {
  if (session.observed === 'withdrawn') return session;
  const also = session.observed === 'unknown' ? `; ${session.detail}` : '';
  return {
    ...session,
    observed: 'withdrawn',
    state: BLOCKED,
    detail: `its packets are stopped at the interface${also}`,
  };
}
