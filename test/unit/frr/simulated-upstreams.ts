import type { Code } from '../../../src/codes.ts';
import {
  AnnouncementError,
  type Announcer,
  type GuardOrder,
  type UpstreamObservation,
  type Wanted,
} from '../../../src/frr/announcer.ts';
import type { GuardHandle, GuardStatus } from '../../../src/frr/guard/keeper.ts';

/** An upstream with one session, which does what it is told at once, unless it is broken. */
export class SimulatedUpstream implements Announcer {
  readonly upstream: string;
  readonly offersBackup: boolean;
  readonly #story: string[];
  state: Wanted = 'withdrawn';
  readable = true;
  broken = '';
  /** The next reading is not answered in time. */
  lateOnce = false;
  /** How long each command and each reading takes. */
  slowMs = 0;
  socketPath = '';
  /** Of a failure, where it is no ordinary one. */
  code: Code | undefined;
  /** What its kernel counts; undefined: nothing. */
  arrivals: number | undefined;
  /** Whether the traffic has shown that the withdrawal works. */
  isProven?: boolean = true;
  retired = 0;
  readings = 0;
  released = 0;

  constructor(upstream: string, story: string[], offersBackup = false) {
    this.upstream = upstream;
    this.offersBackup = offersBackup;
    this.#story = story;
    this.socketPath = `/run/frr/${upstream}`;
  }

  async announce(wanted: 'announced' | 'backup'): Promise<void> {
    await this.#takesTime();
    this.#set(this.offersBackup ? wanted : 'announced');
  }

  async withdraw(): Promise<void> {
    await this.#takesTime();
    this.#set('withdrawn');
  }

  async #takesTime(): Promise<void> {
    if (this.slowMs > 0) await new Promise((resolve) => setTimeout(resolve, this.slowMs));
  }

  #set(wanted: Wanted): void {
    if (this.broken !== '')
      throw new AnnouncementError(this.broken, this.code === undefined ? {} : { code: this.code });
    if (this.state !== wanted) this.#story.push(`${this.upstream} ${wanted}`);
    this.state = wanted;
  }

  async observe(): Promise<UpstreamObservation> {
    this.readings++;
    await this.#takesTime();
    const observed = this.state === 'withdrawn' ? 'withdrawn' : 'announced';
    const session = { kind: 'bfd', peer: this.upstream, interface: 'up0', state: 'up', detail: '' } as const;
    const readable = this.readable && !this.lateOnce;
    this.lateOnce = false;
    const sessions = [{ ...session, observed: readable ? observed : 'unknown' } as const];
    return { upstream: this.upstream, readable, sessions };
  }

  isAs(wanted: Wanted, { readable, sessions }: UpstreamObservation): boolean {
    return readable && sessions.every(({ observed }) => (observed === 'withdrawn') === (wanted === 'withdrawn'));
  }

  guardOrders(): readonly GuardOrder[] {
    return [
      { socketPath: this.socketPath, steps: [{ method: 'bfd-shutdown', commands: ['shutdown'] }], verifyMs: 500 },
    ];
  }

  countArrivals(): number | undefined {
    return this.arrivals;
  }

  async retire(): Promise<void> {
    this.retired++;
  }

  release(): void {
    this.released++;
  }

  close(): void {
    this.#story.push(`${this.upstream} closed`);
  }
}

export class SimulatedGuard implements GuardHandle {
  readonly #story: string[];
  #onWithdrew: (reason: string) => void = () => undefined;
  sockets: string[] = [];
  /** What it knows beside its orders. */
  readonly known = { covered: false, stalled: false };
  /** What it answers; by default it holds what it was told. */
  answer: Partial<GuardStatus> = {};

  constructor(story: string[]) {
    this.#story = story;
  }

  setOrders(orders: readonly GuardOrder[]): void {
    const sockets = orders.map(({ socketPath }) => socketPath);
    if (sockets.join() !== this.sockets.join()) this.#story.push(`guard told of ${sockets.length}`);
    this.sockets = sockets;
  }

  setCovered(covered: boolean): void {
    this.known.covered = covered;
  }

  setStalled(stalled: boolean): void {
    this.known.stalled = stalled;
  }

  keepLease(): void {}

  onWithdrew(callback: (reason: string) => void): void {
    this.#onWithdrew = callback;
  }

  withdraw(reason: string): void {
    this.#onWithdrew(reason);
  }

  status(): GuardStatus {
    const sockets = this.sockets.length;
    const fine = { alive: true, pid: 7, upToDate: true, openSockets: sockets, sockets, restarts: 0, problem: '' };
    return { ...fine, ...this.answer };
  }

  async stop(): Promise<void> {
    this.#story.push('guard stopped');
  }
}
