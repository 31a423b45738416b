import type { GuardLimits, Patience } from './guard-protocol.ts';
import type { ProcessCondition } from './process-identity.ts';

export type GuardStep = 'none' | 'withdraw' | 'kill';

/**
 * When the guard acts, as a function of the beats. Pure: time, in milliseconds, is an argument.
 *
 *   watching ──silence or hang──▶ withdrawn ──killMs later──▶ killed
 *      ▲                              │
 *      └────────── a good beat ───────┘
 *
 * The time limit depends on the process state in the kernel: an exiting process will never send another heartbeat, a
 * stopped one most likely not, a running one may only be late. A guard that was itself not scheduled for a while cannot
 * judge the agent: it restarts the timer.
 */
export class GuardWatch {
  readonly #limits: GuardLimits;
  #beatMs: number;
  #mainAgeMs = 0;
  #covered = false;
  #checkedMs: number;
  #withdrawnMs: number | undefined;
  #killed = false;
  /** Of the agent's process when the guard last judged its silence. */
  #condition: ProcessCondition = 'runs';

  constructor(limits: GuardLimits, nowMs: number) {
    this.#limits = limits;
    this.#beatMs = nowMs;
    this.#checkedMs = nowMs;
  }

  /** @param covered another node serves: a withdrawal costs little */
  beat(nowMs: number, mainAgeMs: number, covered: boolean): void {
    this.#beatMs = nowMs;
    this.#mainAgeMs = mainAgeMs;
    this.#covered = covered;
    if (mainAgeMs < this.#patience.hangMs) this.#withdrawnMs = undefined;
  }

  /** To be called every few milliseconds. @param condition of the agent's process; only evaluated if needed */
  check(nowMs: number, condition: () => ProcessCondition): GuardStep {
    const starved = nowMs - this.#checkedMs > this.#limits.stoppedMs / 2;
    this.#checkedMs = nowMs;
    if (starved) this.#beatMs = Math.max(this.#beatMs, nowMs - this.#limits.stoppedMs / 2);
    if (this.#withdrawnMs === undefined) {
      if (!this.#isHung() && !this.#isSilent(nowMs, condition)) return 'none';
      this.#withdrawnMs = nowMs;
      return 'withdraw';
    }
    if (this.#killed || nowMs - this.#withdrawnMs < this.#limits.killMs) return 'none';
    this.#killed = true;
    return 'kill';
  }

  /** The process was ending when its silence was judged last. */
  get isDying(): boolean {
    return this.#condition === 'dying';
  }

  /** Why the agent counts as dead or hung, in a sentence. */
  reason(nowMs: number): string {
    if (this.#isHung()) return `the agent's main loop has been blocked for ${Math.round(this.#mainAgeMs)} ms`;
    const silent = `${Math.round(nowMs - this.#beatMs)} ms`;
    if (this.#condition === 'runs') return `no heartbeat from the agent for ${silent}`;
    const is = this.#condition === 'dying' ? 'is ending' : 'is stopped';
    return `the agent's process ${is}; its last heartbeat is ${silent} old`;
  }

  get #patience(): Patience {
    return this.#covered ? this.#limits.covered : this.#limits.alone;
  }

  #isHung(): boolean {
    return this.#mainAgeMs >= this.#patience.hangMs;
  }

  #isSilent(nowMs: number, condition: () => ProcessCondition): boolean {
    const silentMs = nowMs - this.#beatMs;
    if (silentMs < this.#limits.dyingMs) return false;
    this.#condition = 'runs';
    if (silentMs >= this.#patience.lateMs) return true;
    const now = condition();
    this.#condition = now;
    return now === 'dying' || (now === 'stopped' && silentMs >= this.#limits.stoppedMs);
  }
}
