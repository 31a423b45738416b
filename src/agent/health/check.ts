import type { Clock } from '../../replication/clock.ts';
import type { CheckStatus } from '../control/messages.ts';
import { type Finding, findingOf } from './finding.ts';
import { RiseFall } from './rise-fall.ts';

/** Effect of a failing check: withdraws the node, or is a problem in the status. */
export type CheckEffect = 'withdraw' | 'degrade';

/** A probe. It may throw: the result is then failed or unknown (finding.ts), with the error's message. */
export interface Probe {
  readonly name: string;
  /** @param report receives preliminary findings while the probe runs */
  check(report: (finding: Finding) => void): Promise<Finding>;
  stop?(): Promise<void>;
}

/** Evaluation of probe results. Times in milliseconds. */
export interface CheckRules {
  readonly effect: CheckEffect;
  readonly intervalMs: number;
  /** A probe that takes longer counts as failed. */
  readonly timeoutMs: number;
  /**
   * The probe has its own time limit. If it has no result even after that, the process was not scheduled: the result is
   * unknown.
   */
  readonly ownLimit?: boolean;
  /** Consecutive successes until a failed check passes again. */
  readonly rise: number;
  /** Consecutive failures until a check fails. */
  readonly fall: number;
  /** The failure may be shared by all nodes: it withdraws a node only while another one serves that is not affected. */
  readonly shared?: boolean;
  /**
   * A failure withdraws the node only after the check has once passed, because it may never have been possible here.
   */
  readonly armedByPass?: boolean;
}

/** A check that probes at its own interval; `latest` is its last result. */
export interface BackgroundCheck {
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly latest: CheckStatus;
  readonly shared: boolean;
  /** It has completed at least one probe. */
  readonly known: boolean;
  /** The first probe is not complete, and may withdraw the node. */
  readonly pending: boolean;
  /** The very last probe failed with the effect of withdrawing, although the check may not have failed yet. */
  readonly lastFailed: boolean;
}

/**
 * A timer later than this means that the agent was not scheduled: then it cannot conclude that something else is
 * silent.
 */
const STARVED_MS = 200;

/** Probes periodically, one at a time, and applies rise and fall. */
export class PeriodicCheck implements BackgroundCheck {
  readonly shared: boolean;
  readonly #probe: Probe;
  readonly #rules: CheckRules;
  readonly #clock: Clock;
  readonly #judge: RiseFall;
  #finding: Finding = { result: 'ok', text: 'no successful probe yet' };
  /** The finding on which the verdict is based: while a check fails, the last failure. */
  #shown: Finding = this.#finding;
  #armed: boolean;
  /** Consecutive unknown results. */
  #unknown = 0;
  #cancel: (() => void) | undefined;
  #stopped = false;

  constructor(probe: Probe, rules: CheckRules, clock: Clock) {
    this.#probe = probe;
    this.#rules = rules;
    this.#clock = clock;
    this.#judge = new RiseFall(rules.rise, rules.fall);
    this.#armed = rules.armedByPass !== true;
    this.shared = rules.shared === true;
  }

  get known(): boolean {
    return this.#judge.known || this.#unknown > 0;
  }

  get pending(): boolean {
    return !this.known && this.#rules.effect === 'withdraw' && this.#armed;
  }

  get lastFailed(): boolean {
    return this.#finding.result === 'failed' && this.#finding.effect !== 'degrade';
  }

  get latest(): CheckStatus {
    const { name } = this.#probe;
    const ok = this.#judge.passes;
    const result = this.#unknown >= this.#rules.fall ? 'unknown' : ok ? 'ok' : 'failed';
    const { text, effect } = this.#shown;
    const statement = result === 'unknown' ? `unknown: ${this.#finding.text}; last known: ${text}` : text;
    if (ok) return { name, ok, result, effect: this.#rules.effect, text: statement };
    if (this.#armed) return { name, ok, result, effect: effect ?? this.#rules.effect, text: statement };
    return {
      name,
      ok,
      result,
      effect: 'degrade',
      text: `${statement}; it has never passed, so it does not withdraw the node`,
    };
  }

  async start(): Promise<void> {
    this.#next(0);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    await this.#probe.stop?.();
  }

  #next(delayMs: number): void {
    if (this.#stopped) return;
    this.#cancel = this.#clock.after(delayMs, () => this.#check());
  }

  /** The next probe begins an interval after the start of the previous one, but not before its end. */
  #check(): void {
    const begunMs = this.#clock.now();
    const { timeoutMs, intervalMs } = this.#rules;
    let gaveUp = false;
    let patient = true;
    const giveUp = (): void => {
      if (patient && this.#clock.now() - begunMs - timeoutMs > STARVED_MS) {
        // The answer may be queued behind this timer.
        patient = false;
        cancel = this.#clock.after(STARVED_MS, giveUp);
        return;
      }
      gaveUp = true;
      const result = this.#rules.ownLimit === true ? 'unknown' : 'failed';
      this.#take({ result, text: `no result within ${timeoutMs} ms` });
    };
    let cancel = this.#clock.after(timeoutMs, giveUp);
    const settled = (finding: Finding): void => {
      cancel();
      if (this.#stopped) return;
      const lateMs = this.#clock.now() - begunMs - timeoutMs;
      const starved = finding.result === 'failed' && lateMs > STARVED_MS;
      if (!gaveUp)
        this.#take(starved ? { result: 'unknown', text: `the agent was late by ${Math.round(lateMs)} ms` } : finding);
      this.#next(Math.max(0, begunMs + intervalMs - this.#clock.now()));
    };
    const report = (finding: Finding): void => {
      if (!this.known && !this.#stopped) this.#take(finding);
    };
    this.#probe.check(report).then(settled, (error: unknown) => {
      settled(findingOf(error));
    });
  }

  #take(finding: Finding): void {
    this.#finding = finding;
    if (finding.result === 'unknown') {
      this.#unknown += 1;
      return;
    }
    this.#unknown = 0;
    const ok = finding.result === 'ok';
    // A first failure keeps a node from announcing; a check that only degrades waits for more of them.
    const decisive = this.#armed && this.#rules.effect === 'withdraw' && finding.effect === undefined;
    this.#judge.take(ok, ok || decisive);
    if (ok && this.#judge.passes) this.#armed = true;
    if (ok === this.#judge.passes) this.#shown = finding;
  }
}
