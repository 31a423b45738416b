/** One row of the JSON file; it has exactly these fields. */
export interface FaultRow {
  readonly fault: string;
  /** The longest time over which every packet of a steady flow was lost, ms. */
  readonly outageMs: number;
  /** After so long without a sign of life the router gives a gateway up, as it says itself, ms. */
  readonly bfdDetectionMs: number;
  readonly brokenTcp: number;
  /** Packets of steady flows, of both directions together, that were never answered. */
  readonly lostPackets: number;
  /** The traffic ended where it should, every TCP connection lives, and the outage was within what the fault allows. */
  readonly ok: boolean;
}

/** What a fault may cost. */
export type Allowance =
  /** Found out by checks with intervals of their own, or by the router: no limit but the drill's patience. */
  | 'any'
  /** At most the router's detection time and 100 ms. */
  | 'detection'
  /** FRR lives, so nobody has to wait for BFD: at most 100 ms. */
  | 'at-once'
  | 'nothing';

/** What was seen of one fault. */
export interface Seen {
  readonly fault: string;
  readonly allowed: Allowance;
  readonly outageMs: number;
  readonly bfdDetectionMs: number;
  readonly brokenTcp: number;
  readonly lostPackets: number;
  /** The traffic ended on the node where it should. */
  readonly inPlace: boolean;
}

const MARGIN_MS = 100;

/** The longest outage that is allowed, ms. */
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
