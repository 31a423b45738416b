import type { Code } from '../../codes.ts';

/** What is reported as often as it is found, and lasts: one event would push everything else out of the history. */
const LASTING: ReadonlySet<Code> = new Set<Code>([
  'announcement-failed',
  'withdrawal-unverified',
  'slices-not-changed',
]);
/** A condition that lasts is reported again after so long, with how often it came meanwhile. Milliseconds. */
const REPEAT_MS = 600_000;
/** Subjects that are remembered, of more the oldest is forgotten; and conditions of each. */
const MOST_SUBJECTS = 1024;
const MOST_CONDITIONS = 16;

/** What of an event says whether it is one more of the same. */
interface Repeatable {
  readonly code: Code;
  readonly subject: string;
  readonly name: string;
  readonly to: string;
  readonly reason: string;
}

interface Condition {
  /** When it was last reported, and how often it has come since. */
  atMs: number;
  count: number;
}

/**
 * Conditions that are found again and again: the first time is an event, and then one in ten minutes that says how often
 * it came. Any other event about the same subject is their end, says how often they came, and the next time is an event
 * again.
 */
export class RepeatedEvents {
  readonly #subjects = new Map<string, Map<string, Condition>>();

  /** @returns the event to report, or undefined: it is one more of those */
  filter<Input extends Repeatable>(input: Input, nowMs: number): Input | undefined {
    const subject = `${input.subject} ${input.name}`;
    const conditions = this.#subjects.get(subject);
    if (!LASTING.has(input.code)) {
      this.#subjects.delete(subject);
      const count = [...(conditions?.values() ?? [])].reduce((sum, one) => sum + one.count, 0);
      return count === 0 ? input : withNote(input, `what was reported before came ${count} times more`);
    }
    const kind = `${input.code} ${input.to} ${withoutNumbers(input.reason)}`;
    const before = conditions?.get(kind);
    if (before === undefined) {
      this.#remember(subject, kind, nowMs);
      return input;
    }
    before.count += 1;
    const passedMs = Math.abs(nowMs - before.atMs);
    if (passedMs < REPEAT_MS) return undefined;
    const note = `${before.count} times in the last ${Math.round(passedMs / 60_000)} min`;
    before.atMs = nowMs;
    before.count = 0;
    return withNote(input, note);
  }

  #remember(subject: string, kind: string, nowMs: number): void {
    const conditions = this.#subjects.get(subject) ?? new Map<string, Condition>();
    // A subject with ever new reasons begins anew.
    if (conditions.size >= MOST_CONDITIONS) conditions.clear();
    conditions.set(kind, { atMs: nowMs, count: 0 });
    this.#subjects.set(subject, conditions);
    const [oldest] = this.#subjects.keys();
    if (this.#subjects.size > MOST_SUBJECTS && oldest !== undefined) this.#subjects.delete(oldest);
  }
}

function withNote<Input extends Repeatable>(input: Input, note: string): Input {
  return { ...input, reason: input.reason === '' ? note : `${input.reason} (${note})` };
}

/** Addresses, counts and times change while the condition is the same. */
function withoutNumbers(reason: string): string {
  return reason.replaceAll(/[0-9a-f]*[0-9:][0-9a-f:.]*/gi, '#');
}
