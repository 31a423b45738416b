/** One row of the JSON file. */
export interface FaultRow {
  readonly fault: string;
  /** The longest time over which every packet of a steady flow was lost, ms. */
  readonly outageMs: number;
  /** The router's BFD detection time, as reported by it, ms. */
  readonly bfdDetectionMs: number;
  readonly brokenTcp: number;
  /** Unanswered packets of steady flows, both directions together. */
  readonly lostPackets: number;
  /** The traffic is on the expected node, every TCP connection is alive, and the outage was within the limit. */
  readonly ok: boolean;
}

/** Limit of a fault's outage. */
export type Allowance =
  /** Detected by checks with their own intervals, or by the router: no limit but the drill's time limit. */
  | 'any'
  /** The router's detection time plus 100 ms. */
  | 'detection'
  /** FRR is alive, so the withdrawal does not depend on BFD: 100 ms. */
  | 'at-once'
  | 'nothing';

/** Observations of one fault. */
export interface Seen {
  readonly fault: string;
  readonly allowed: Allowance;
  readonly outageMs: number;
  readonly bfdDetectionMs: number;
  readonly brokenTcp: number;
  readonly lostPackets: number;
  /** The traffic is on the expected node. */
  readonly inPlace: boolean;
}

const MARGIN_MS = 100;

/** The maximum outage, ms. */
export function outageLimit(allowed: Allowance, bfdDetectionMs: number): number {
  if (allowed === 'any') return Infinity;
  if (allowed === 'nothing') return 0;
  return allowed === 'at-once' ? MARGIN_MS : bfdDetectionMs + MARGIN_MS;
}

export function judge(seen: Seen): FaultRow {
  const { fault, allowed, bfdDetectionMs, brokenTcp, lostPackets, inPlace } = seen;
  const outageMs = Math.round(seen.outageMs);
  const within = outageMs <= outageLimit(allowed, bfdDetectionMs) && (allowed !== 'nothing' || lostPackets === 0);
  return { fault, outageMs, bfdDetectionMs, brokenTcp, lostPackets, ok: inPlace && brokenTcp === 0 && within };
}
