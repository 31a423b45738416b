import type { Clock } from '../../replication/clock.ts';
import type { CheckStatus } from '../control/messages.ts';
import { type Finding, findingOf } from './finding.ts';
import { RiseFall } from './rise-fall.ts';

/** What a failing check does to the node: takes it out, or is a problem that status shows. */
export type CheckEffect = 'withdraw' | 'degrade';

/** Something that can be looked at. It may throw: that is a failure or unknown (finding.ts), with the error's message. */
export interface Probe {
  readonly name: string;
  /** @param tell hears, while the look goes on, what is certain already */
  check(report: (finding: Finding) => void): Promise<Finding>;
  stop?(): Promise<void>;
}

/** How a check judges what its looks have found. Times in milliseconds. */
export interface CheckRules {
  readonly effect: CheckEffect;
  readonly intervalMs: number;
  /** A look that takes longer counts as failed. */
  readonly timeoutMs: number;
  /**
   * The probe says by itself what has not answered in time. A look that has no result even then was not given the
   * processor: that is unknown.
   */
  readonly ownLimit?: boolean;
  /** Good looks in a row until a failed check passes again. */
  readonly rise: number;
  /** Bad looks in a row until a check fails. */
  readonly fall: number;
  /**
   * What fails is shared by all nodes: it takes a node out only while another one serves that does not suffer from it.
   */
  readonly shared?: boolean;
  /** A failure takes nothing out before the check has once passed: it may never have been possible here. */
  readonly armedByPass?: boolean;
}

/** A check that looks at the world by itself, at its own pace; `latest` is what it last found. */
export interface BackgroundCheck {
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly latest: CheckStatus;
  readonly shared: boolean;
  /** It has looked at least once: before that nobody knows. */
  readonly known: boolean;
  /** The first look is not over, and it may take the node out. */
  readonly pending: boolean;
  /** The very last look was bad enough to take a node out, though the check may not have failed yet. */
  readonly lastFailed: boolean;
}

/**
 * A timer that is late by so much says that the agent was not given the processor: then it cannot tell that something
 * else is silent.
 */
const STARVED_MS = 200;

/** Looks again and again, one look at a time, and lets rise and fall decide. */
export class PeriodicCheck implements BackgroundCheck {
  readonly shared: boolean;
  readonly #probe: Probe;
  readonly #rules: CheckRules;
  readonly #clock: Clock;
  readonly #judge: RiseFall;
  #finding: Finding = { result: 'ok', text: 'no successful probe yet' };
  /** The finding that the verdict rests on: while a check fails, the last bad one. */
  #shown: Finding = this.#finding;
  #armed: boolean;
  /** Looks in a row that could not tell. */
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

  /** The next look begins an interval after this one began, but never before this one has ended. */
  #check(): void {
    const begunMs = this.#clock.now();
    const { timeoutMs, intervalMs } = this.#rules;
    let gaveUp = false;
    let patient = true;
    const giveUp = (): void => {
      if (patient && this.#clock.now() - begunMs - timeoutMs > STARVED_MS) {
        // The answer may be waiting behind this timer.
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
    // A first bad look keeps a node from announcing; what would only be shown waits for more of them.
    const decisive = this.#armed && this.#rules.effect === 'withdraw' && finding.effect === undefined;
    this.#judge.take(ok, ok || decisive);
    if (ok && this.#judge.passes) this.#armed = true;
    if (ok === this.#judge.passes) this.#shown = finding;
  }
}
