import type { GuardLimits } from './guard-protocol.ts';

export type GuardStep = 'none' | 'withdraw' | 'kill';

/**
 * When the guard acts, as a function of the beats. Pure: time, in milliseconds, is an argument.
 *
 *   watching ──silence or hang──▶ withdrawn ──killMs later──▶ killed
 *      ▲                              │
 *      └────────── a good beat ───────┘
 *
 * A guard that was itself not given the processor for a while cannot tell whether the agent was silent: it begins to count again.
 */
export class GuardWatch {
  readonly #limits: GuardLimits;
  #beatMs: number;
  #mainAgeMs = 0;
  #lookedMs: number;
  #withdrawnMs: number | undefined;
  #killed = false;

  constructor(limits: GuardLimits, nowMs: number) {
    this.#limits = limits;
    this.#beatMs = nowMs;
    this.#lookedMs = nowMs;
  }

  beat(nowMs: number, mainAgeMs: number): void {
    this.#beatMs = nowMs;
    this.#mainAgeMs = mainAgeMs;
    if (mainAgeMs < this.#limits.hangMs) this.#withdrawnMs = undefined;
  }

  /** Call every few milliseconds. @param standsStill asked only in doubt: is the agent's process stopped or gone? */
  look(nowMs: number, standsStill: () => boolean): GuardStep {
    const starved = nowMs - this.#lookedMs > this.#limits.silenceMs / 2;
    this.#lookedMs = nowMs;
    if (starved) this.#beatMs = Math.max(this.#beatMs, nowMs - this.#limits.silenceMs / 2);
    if (this.reason(nowMs) === undefined) return 'none';
    // A process that could run and is not given the processor is late, not dead: on a busy machine that is no failure.
    const late = this.#mainAgeMs < this.#limits.hangMs && nowMs - this.#beatMs < this.#limits.lateMs;
    if (this.#withdrawnMs === undefined && late && !standsStill()) return 'none';
    if (this.#withdrawnMs === undefined) {
      this.#withdrawnMs = nowMs;
      return 'withdraw';
    }
    if (this.#killed || nowMs - this.#withdrawnMs < this.#limits.killMs) return 'none';
    this.#killed = true;
    return 'kill';
  }

  /** Why the agent counts as hung, in a sentence; undefined: it does not. */
  reason(nowMs: number): string | undefined {
    const silentMs = Math.round(nowMs - this.#beatMs);
    if (silentMs >= this.#limits.silenceMs) return `the agent gave no sign of life for ${silentMs} ms`;
    if (this.#mainAgeMs >= this.#limits.hangMs) {
      return `the agent's main loop has not turned for ${Math.round(this.#mainAgeMs)} ms`;
    }
    return undefined;
  }
}
