import type { Code } from '../../codes.ts';
import type { EventInput } from '../events/event-log.ts';
import type { RefusalReport } from './log-messages.ts';

type Reason = RefusalReport['reason'];

/** Time without refusals after which they have ended. */
const QUIET_MS = 60_000;
/** Interval for reporting continuing refusals again. */
const REPEAT_MS = 600_000;

const BEGIN: Readonly<Record<Reason, { readonly code: Code; readonly end: Code; readonly text: string }>> = {
  poolExhausted: { code: 'pool-exhausted', end: 'pool-available', text: 'no port of pool4 was free' },
  clientLimit: { code: 'client-limit-reached', end: 'client-limit-ended', text: 'the limit of a client was reached' },
  tableFull: {
    code: 'pool-exhausted',
    end: 'pool-available',
    text: 'the table of sessions or BIB entries was full',
  },
};

interface Lasting {
  readonly instance: string;
  readonly reason: Reason;
  readonly beganMs: number;
  lastMs: number;
  /** When it was last reported, and the packets since then. */
  reportedMs: number;
  since: number;
  packets: number;
  client: string;
}

/**
 * Refusals of clients as persistent conditions: an event when they begin, one every ten minutes with a count, and one
 * with the total when they have ended. Tracked per instance and reason, so that their number is limited.
 */
export class Refusals {
  readonly #addEvent: (event: EventInput) => void;
  readonly #lasting = new Map<string, Lasting>();

  constructor(addEvent: (event: EventInput) => void) {
    this.#addEvent = addEvent;
  }

  note({ instance, reason, packets, client }: RefusalReport, nowMs: number): void {
    const key = `${reason} ${instance}`;
    const before = this.#lasting.get(key);
    if (before === undefined) {
      const times = { beganMs: nowMs, lastMs: nowMs, reportedMs: nowMs };
      this.#lasting.set(key, { instance, reason, ...times, since: 0, packets, client });
      return this.#tell(instance, reason, `for ${counted(packets)}, the last one from ${client}`);
    }
    before.lastMs = nowMs;
    before.client = client;
    before.packets += packets;
    before.since += packets;
    if (nowMs - before.reportedMs < REPEAT_MS) return;
    const minutes = Math.round((nowMs - before.reportedMs) / 60_000);
    this.#tell(
      instance,
      reason,
      `for ${counted(before.since)} in the last ${minutes} min, the last one from ${client}`,
    );
    before.reportedMs = nowMs;
    before.since = 0;
  }

  /** Detects ended conditions; to be called periodically. */
  check(nowMs: number): void {
    for (const [key, { instance, reason, beganMs, lastMs, packets, client }] of this.#lasting) {
      if (nowMs - lastMs < QUIET_MS) continue;
      this.#lasting.delete(key);
      const sum = `refused ${counted(packets)} within ${Math.ceil((lastMs - beganMs) / 1000)} s`;
      this.#addEvent({
        code: BEGIN[reason].end,
        subject: 'instance',
        name: instance,
        from: 'refuses',
        to: 'refuses no more',
        reason: `${BEGIN[reason].text}: ${sum}, the last one from ${client}; none for ${QUIET_MS / 1000} s`,
      });
    }
  }

  #tell(instance: string, reason: Reason, text: string): void {
    const { code, text: what } = BEGIN[reason];
    this.#addEvent({ code, subject: 'instance', name: instance, to: 'refuses', reason: `${what} ${text}` });
  }
}

function counted(packets: number): string {
  return packets === 1 ? '1 packet' : `${packets} packets`;
}
