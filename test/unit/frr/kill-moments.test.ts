import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Announcements } from '../../../src/frr/announcements.ts';
import type { Announcer, Order, UpstreamObservation, Wanted } from '../../../src/frr/announcer.ts';
import type { PeerGate } from '../../../src/frr/gate/peer-gates.ts';
import { GatedAnnouncer } from '../../../src/frr/gated-announcer.ts';
import { GUARD_LIMITS } from '../../../src/frr/guard/guard-protocol.ts';
import type { GuardHandle, GuardStatus } from '../../../src/frr/guard/keeper.ts';
import { LeaseRenewal } from '../../../src/frr/guard/lease-renewal.ts';

/*
 * A node in virtual time whose agent, guard, or both are killed at random moments of 500 incarnations, from the first
 * millisecond of a start on. Announcements, their gate's announcer and the renewal of the lease are the real ones; FRR,
 * the kernel's gate and the guard process are simulated, and outlive the agent. `npm run drills:hostile` does the same
 * with real processes, as often as there is time for.
 */
const KILLS = 500;
const LIFE_MS = 8000;
/** The lease at most, and what FRR was told before the end. */
const GONE_WITHIN_MS = 3000 + 100;

type Random = () => number;

function xorshift(seed: number): Random {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const after = async (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** What a process that is gone waits for. */
const never = async (): Promise<never> => new Promise(() => undefined);

/** What outlives the agent: FRR, and the kernel's gate with its lease. */
class Machine {
  announced = false;
  gate: 'open' | 'shut' | 'absent' = 'absent';
  leaseUntilMs = 0;
  /** For the control: gates that no lease shuts. */
  endless = false;

  /** The router hears the node. */
  get heard(): boolean {
    if (!this.announced || this.gate === 'shut') return false;
    return this.gate === 'absent' || this.endless || performance.now() < this.leaseUntilMs;
  }
}

/** One incarnation of the agent, and its guard. */
class Incarnation implements GuardHandle {
  readonly #machine: Machine;
  readonly #random: Random;
  readonly #timer: NodeJS.Timeout;
  readonly #announcements: Announcements;
  alive = true;
  #guardAlive = false;
  #keepsLease = false;
  #held: readonly Order[] = [];
  #orders: readonly Order[] = [];

  constructor(machine: Machine, random: Random) {
    [this.#machine, this.#random] = [machine, random];
    void this.#startGuard(random() * 3000);
    const renewal = new LeaseRenewal(GUARD_LIMITS);
    // Five of its heartbeats at a time: each fifth may renew the lease.
    this.#timer = setInterval(() => this.#beat(renewal), 50);
    const announcer = new GatedAnnouncer(this.#frr(), this.#gate(), { first: true, beside: true, allowedMs: 1000 });
    this.#announcements = new Announcements([announcer], { guard: this, onFinding: () => undefined });
    void this.#run(random() * 2000);
  }

  async #run(startMs: number): Promise<void> {
    await this.#announcements.start();
    await after(startMs);
    while (this.alive) {
      const done = await this.#announcements.announce().then(
        () => true,
        () => false,
      );
      if (done) return;
      await after(500);
    }
  }

  #beat(renewal: LeaseRenewal): void {
    for (let beat = 0; beat < 5; beat++) {
      const forMs = renewal.beat({ mainAgeMs: 0, covered: false, stalled: false });
      if (this.#keepsLease && forMs !== undefined) this.#machine.leaseUntilMs = performance.now() + forMs;
    }
  }

  #frr(): Announcer {
    const tell = async (announced: boolean): Promise<void> => {
      if (!this.alive) await never();
      // What is on its way arrives, whoever has sent it.
      await after(this.#random() * 40);
      this.#machine.announced = announced;
      if (!this.alive) await never();
    };
    return {
      upstream: 'core',
      offersBackup: false,
      announce: async () => tell(true),
      withdraw: async () => tell(false),
      observe: async (): Promise<UpstreamObservation> => {
        await after(1);
        if (!this.alive) await never();
        const observed = this.#machine.announced ? 'announced' : 'withdrawn';
        const session = { kind: 'bfd', peer: 'core', interface: 'up0', state: 'up', detail: '', observed } as const;
        return { upstream: 'core', readable: true, sessions: [session] };
      },
      isAs: (wanted: Wanted, { sessions }) =>
        sessions.every(({ observed }) => (observed === 'withdrawn') === (wanted === 'withdrawn')),
      guardOrders: () => [
        {
          socketPath: '/run/frr/bfdd.vty',
          steps: [{ method: 'bfd-remove', commands: ['no peer core'] }],
          verifyMs: 500,
        },
      ],
      close: () => undefined,
    };
  }

  #gate(): PeerGate {
    const machine = this.#machine;
    const change = (state: 'open' | 'shut'): void => {
      if (!this.alive) return;
      // The agent replaces what was left behind; its own lease is over until somebody keeps it.
      if (!this.#keepsLease) [this.#keepsLease, machine.leaseUntilMs] = [true, 0];
      machine.gate = state;
    };
    return {
      set: (open) => change(open ? 'open' : 'shut'),
      get state() {
        return machine.gate;
      },
      stopped: 0,
      watchArrivals: () => undefined,
      arrived: undefined,
      end: () => undefined,
    };
  }

  async #startGuard(inMs: number): Promise<void> {
    this.#held = [];
    await after(inMs);
    if (!this.alive) return;
    this.#guardAlive = true;
    this.#held = this.#orders;
  }

  setOrders(orders: readonly Order[]): void {
    this.#orders = orders;
    if (this.#guardAlive && this.#held.length !== orders.length) {
      setTimeout(() => {
        if (this.#guardAlive) this.#held = orders;
      }, this.#random() * 20);
    }
  }

  setCovered(): void {}
  setStalled(): void {}
  keepLease(): void {}
  onWithdrew(): void {}

  status(): GuardStatus {
    const upToDate = this.#guardAlive && this.#held.length === this.#orders.length;
    return { alive: this.#guardAlive, pid: 7, upToDate, openSockets: 1, sockets: 1, restarts: 0, problem: 'none yet' };
  }

  async stop(): Promise<void> {}

  killGuard(): void {
    this.#guardAlive = false;
    void this.#startGuard(200 + this.#random() * 800);
  }

  /** @param withGuard both at once; else the guard, where there is one, does what it was told */
  kill(withGuard: boolean): void {
    this.alive = false;
    clearInterval(this.#timer);
    const withdraws = this.#guardAlive && !withGuard && this.#held.length > 0;
    this.#guardAlive = false;
    if (withdraws) {
      setTimeout(
        () => {
          this.#machine.announced = false;
        },
        20 + this.#random() * 40,
      );
    }
  }
}

interface Account {
  /** Moments at which the router heard the node when it was killed. */
  heard: number;
  /** … and heard a node where nobody was left later than it should. */
  left: number;
}

async function killed(machine: Machine, kills: number): Promise<Account> {
  const random = xorshift(1);
  const account = { heard: 0, left: 0 };
  let incarnation = new Incarnation(machine, random);
  for (let round = 0; round < kills; round++) {
    await vi.advanceTimersByTimeAsync(random() ** 2 * LIFE_MS);
    if (round % 3 === 1) {
      incarnation.killGuard();
      continue;
    }
    if (machine.heard) account.heard++;
    incarnation.kill(round % 3 === 2);
    await vi.advanceTimersByTimeAsync(GONE_WITHIN_MS);
    if (machine.heard) account.left++;
    await vi.advanceTimersByTimeAsync(random() * 1000);
    if (machine.heard) account.left++;
    incarnation = new Incarnation(machine, random);
  }
  incarnation.kill(true);
  return account;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('a node is never announced with nobody there, whenever agent, guard or both are killed', async () => {
  const { heard, left } = await killed(new Machine(), KILLS);
  expect(left).toBe(0);
  expect(heard).toBeGreaterThan(50);
});

it('and this test would notice', async () => {
  const machine = new Machine();
  machine.endless = true;
  expect((await killed(machine, 60)).left).toBeGreaterThan(5);
});
