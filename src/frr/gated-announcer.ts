import {
  AnnouncementError,
  type Announcer,
  type GuardOrder,
  type SessionObservation,
  type UpstreamObservation,
  type Wanted,
} from './announcer.ts';
import type { PeerGate } from './gate/peer-gates.ts';
import type { LastResort } from './last-resort.ts';

/** How an upstream uses its gate. */
export interface GateUse {
  /** `bfd-block` is its first method: FRR is left as it is while the gate is shut. */
  readonly first: boolean;
  /** FRR has methods of its own to fall back to, or to begin with. */
  readonly beside: boolean;
  /** When neither FRR nor the gate can be made to withdraw. */
  readonly lastResort?: LastResort;
}

/** A gate that could not be made is tried again after this time, ms. */
const RETRY_MS = 10_000;
const BLOCKED = 'blocked';

/**
 * The announcements to an upstream by FRR, and a gate before its peers. The gate opens when the node announces. It is
 * shut first where `bfd-block` is the first method, and else when nothing that FRR was told has an effect. While it is
 * shut the router hears nothing, so the node counts as withdrawn whatever FRR shows.
 */
export class GatedAnnouncer implements Announcer {
  readonly upstream: string;
  readonly offersBackup: boolean;
  readonly #inner: Announcer;
  readonly #gate: PeerGate;
  readonly #use: GateUse;
  readonly #nowMs: () => number;
  #problem = '';
  /** FRR has announced when it last answered: it is not one that just starts. */
  #wasOpen = false;
  #triedMs = Number.NEGATIVE_INFINITY;

  constructor(inner: Announcer, gate: PeerGate, use: GateUse, nowMs: () => number = () => performance.now()) {
    this.upstream = inner.upstream;
    this.offersBackup = inner.offersBackup;
    this.#inner = inner;
    this.#gate = gate;
    this.#use = use;
    this.#nowMs = nowMs;
  }

  /** Why there is no gate; empty: there is one, or none was needed yet. */
  get problem(): string {
    return this.#problem;
  }

  async announce(wanted: 'announced' | 'backup'): Promise<void> {
    this.#tryGate(() => this.#gate.set(true));
    if (this.#problem !== '' && !this.#use.beside) throw new AnnouncementError(this.#problem);
    await this.#inner.announce(wanted);
  }

  async withdraw(): Promise<void> {
    if (this.#use.first && this.#shut()) return;
    try {
      await this.#inner.withdraw();
    } catch (error) {
      if (this.#shut()) return;
      throw await this.#alarm(error);
    }
  }

  /** Neither FRR nor the gate: a daemon that announces is ended, where that may help and is allowed. */
  async #alarm(error: unknown): Promise<AnnouncementError> {
    const texts = [error instanceof Error ? error.message : String(error), this.#problem];
    const { sessions } = await this.#inner.observe();
    const open = sessions.some(({ observed }) => observed === 'announced');
    const done = open || this.#wasOpen ? await this.#use.lastResort?.use() : undefined;
    return new AnnouncementError([...texts, ...(done === undefined ? [] : [done])].join('; '));
  }

  async observe(): Promise<UpstreamObservation> {
    const seen = await this.#inner.observe();
    if (seen.readable) this.#wasOpen = seen.sessions.some(({ observed }) => observed === 'announced');
    if (this.#gate.state !== 'shut') return seen;
    return { ...seen, sessions: seen.sessions.map(blocked) };
  }

  isAs(wanted: Wanted, seen: UpstreamObservation): boolean {
    const { state } = this.#gate;
    if (wanted === 'withdrawn') return state === 'shut' || this.#inner.isAs(wanted, seen);
    const missing = state === 'absent' && (this.#problem === '' || this.#nowMs() - this.#triedMs >= RETRY_MS);
    return state !== 'shut' && !missing && this.#inner.isAs(wanted, seen);
  }

  guardOrders(): readonly GuardOrder[] {
    return this.#inner.guardOrders();
  }

  /**
   * The node ends. Where FRR shows that nothing is announced any more, the gate is taken away; else it stays shut, and
   * the next agent finds it.
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
    this.#inner.close();
  }

  async #withdrawnByFrr(): Promise<boolean> {
    try {
      await this.#inner.withdraw();
      return this.#inner.isAs('withdrawn', await this.#inner.observe());
    } catch {
      return false; // the gate stays, so nothing depends on it
    }
  }

  #shut(): boolean {
    this.#tryGate(() => {
      this.#gate.prepare();
      this.#gate.set(false);
    });
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
