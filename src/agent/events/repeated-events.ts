import type { Code } from '../../codes.ts';

/** Codes of recurring conditions, which could otherwise displace all other events. */
const LASTING: ReadonlySet<Code> = new Set<Code>([
  'announcement-failed',
  'withdrawal-unverified',
  'slices-not-changed',
]);
/** Interval for reporting a persistent condition again, with the number of occurrences. Milliseconds. */
const REPEAT_MS = 600_000;
/** Maximum number of subjects tracked, of which the oldest is dropped; and of conditions per subject. */
const MOST_SUBJECTS = 1024;
const MOST_CONDITIONS = 16;

/** The fields that identify recurrences of an event. */
interface Repeatable {
  readonly code: Code;
  readonly subject: string;
  readonly name: string;
  readonly to: string;
  readonly reason: string;
}

interface Condition {
  /** Time of the last report, and number of occurrences since. */
  atMs: number;
  count: number;
}

/**
 * Recurring conditions: the first occurrence is an event, then one per ten minutes with the number of occurrences. Any
 * other event about the same subject ends them and reports the number; the next occurrence is an event again.
 */
export class RepeatedEvents {
  readonly #subjects = new Map<string, Map<string, Condition>>();

  /** @returns the event to report; undefined: it is a recurrence */
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
    // A subject with ever new reasons is reset.
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

/** Addresses, counts and times vary within the same condition. */
function withoutNumbers(reason: string): string {
  return reason.replaceAll(/[0-9a-f]*[0-9:][0-9a-f:.]*/gi, '#');
}
