import { z } from 'zod';

/** Results of the flows of a probe since the account began. Milliseconds and packets. */
const account = z.object({
  sent: z.number(),
  lost: z.number(),
  /** The longest time over which every packet of one flow was lost. */
  outageMs: z.number(),
  /** Longest outage of each flow of paced packets. */
  outages: z.array(z.number()),
  tcp: z.number(),
  /** Connections that ended, no longer answered, or had wrong content. */
  tcpBroken: z.number(),
  tcpGapMs: z.number(),
  /** New connections: opened, and refused or without an answer. */
  opened: z.number(),
  refused: z.number(),
  /** Failed DNS64 look-ups, and their total. */
  lookups: z.number(),
  lookupsFailed: z.number(),
  /** Pings, those without an answer, and why there are none; empty: there are. */
  pings: z.number().default(0),
  pingsLost: z.number().default(0),
  pingFailure: z.string().default('not sent by this release'),
});

/** Lines written by a probe. `live`: current state. */
export const probeLine = z.discriminatedUnion('event', [
  z.object({ event: z.literal('ready') }),
  z.object({ event: z.literal('live'), gapMs: z.number(), lost: z.number() }),
  account.extend({ event: z.literal('account') }),
]);

export type ProbeAccount = z.output<typeof account>;
export type ProbeLine = z.output<typeof probeLine>;

/** The connection to a probe: lines to it (`mark`, `account`), lines from it. */
export interface ProbeWire {
  writeLine(line: string): void;
  onLine(listener: (line: string) => void): void;
  /** The connection has ended. */
  onEnd?(listener: () => void): void;
}

const ACCOUNT_MS = 20_000;
/** A probe reports four times a second: one silent for this time is not measuring. */
const SILENT_MS = 10_000;

/** A running probe, as used by a drill. */
export class ProbeFeed {
  readonly #wire: ProbeWire;
  #gapMs = 0;
  #lost = 0;
  #ended = false;
  #lineMs: number;
  readonly #nowMs: () => number;
  #waiting: ((account: ProbeAccount | undefined) => void) | undefined;

  constructor(wire: ProbeWire, nowMs: () => number = () => performance.now()) {
    this.#wire = wire;
    this.#nowMs = nowMs;
    this.#lineMs = nowMs();
    wire.onLine((line) => this.#take(line));
    wire.onEnd?.(() => {
      this.#ended = true;
      this.#waiting?.(undefined);
    });
  }

  /** Why the probe is not measuring; undefined: it is. */
  get failure(): string | undefined {
    if (this.#ended) return 'the connection to the probe has ended: nobody measures';
    const silent = this.#nowMs() - this.#lineMs;
    return silent > SILENT_MS
      ? `the probe has been silent for ${Math.round(silent / 1000)} s: nobody measures`
      : undefined;
  }

  /** The current gap of the worst flow, and packets lost since the mark. */
  get live(): { readonly gapMs: number; readonly lost: number } {
    return { gapMs: this.#gapMs, lost: this.#lost };
  }

  /** Starts a new account. */
  mark(): void {
    [this.#gapMs, this.#lost] = [0, 0];
    this.#wire.writeLine('mark');
  }

  /** Results since the mark; undefined when the probe does not answer. */
  async account(): Promise<ProbeAccount | undefined> {
    if (this.#ended) return undefined;
    const answer = new Promise<ProbeAccount | undefined>((resolve) => {
      this.#waiting = resolve;
    });
    this.#wire.writeLine('account');
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), ACCOUNT_MS);
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Unknown lines are skipped: a warning of Node.js, an event of a later release. */
  #take(line: string): void {
    const parsed = probeLine.safeParse(jsonOf(line));
    if (!parsed.success) return;
    this.#lineMs = this.#nowMs();
    if (parsed.data.event === 'live') [this.#gapMs, this.#lost] = [parsed.data.gapMs, parsed.data.lost];
    if (parsed.data.event === 'account') this.#waiting?.(parsed.data);
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
