import { z } from 'zod';
import type { NeighborCase } from './cases.ts';

const row = z.object({
  /** The FRR that announces and withdraws. */
  gateway: z.string(),
  neighbor: z.string(),
  kind: z.string(),
  /** Empty: nobody withdrew, the fault itself had to end the traffic. */
  method: z.string(),
  family: z.union([z.literal(4), z.literal(6)]),
  fault: z.string(),
  gracefulRestart: z.enum(['disabled', 'helper', 'restart']),
  statedMs: z.number(),
  /** From the call or the fault to the last packet at the gateway. */
  stoppedMs: z.number().nullable(),
  /** Of it the gateway itself needed so long, until FRR had carried the method out or the fault was made. */
  ownMs: z.number(),
  /** Packets still came when the observation ended. */
  blackHole: z.boolean(),
  /** `config check` refuses the method for this router, since a black hole is what it brings about. */
  refused: z.boolean(),
  ok: z.boolean(),
});

/** One family of one case. */
export type NeighborRow = Readonly<z.output<typeof row>>;

/** What `--json FILE` has written. @throws ZodError, SyntaxError */
export function parseRows(text: string): NeighborRow[] {
  return z.array(row).parse(JSON.parse(text));
}

/** What a lab on a loaded machine may take on top of the stated time, ms. */
export const ALLOWANCE_MS = 1500;

export interface Measured {
  readonly family: 4 | 6;
  /** Absent: packets still came at the end. */
  readonly stoppedMs?: number | undefined;
  readonly ownMs: number;
}

/**
 * A case is as it should be when the traffic has ended within the stated time; where the method is refused for this
 * router, when it shows the black hole that it is refused for. Pure.
 */
export function judge(
  names: Pick<NeighborRow, 'gateway' | 'neighbor'>,
  one: NeighborCase,
  refused: boolean,
  { family, stoppedMs, ownMs }: Measured,
): NeighborRow {
  const blackHole = stoppedMs === undefined;
  const { kind, method = '', fault, gracefulRestart, statedMs } = one;
  const inTime = stoppedMs !== undefined && stoppedMs <= ownMs + statedMs + ALLOWANCE_MS;
  return {
    ...names,
    kind,
    method,
    family,
    fault,
    gracefulRestart,
    statedMs,
    stoppedMs: stoppedMs === undefined ? null : Math.max(0, Math.round(stoppedMs)),
    ownMs: Math.round(ownMs),
    blackHole,
    refused,
    ok: refused ? blackHole : inTime,
  };
}

/** Rows of one case have the same name. */
export function caseName({
  gateway,
  neighbor,
  kind,
  method = '',
  fault,
  gracefulRestart,
}: Pick<NeighborRow, 'gateway' | 'neighbor' | 'kind' | 'fault' | 'gracefulRestart'> & {
  readonly method?: string | undefined;
}): string {
  return `gateway-${gateway} ${neighbor} ${kind} ${method} ${fault} graceful-restart-${gracefulRestart}`;
}

/** The rows of one run after those of another; a case that was measured again has its new rows. Pure. */
export function merged(before: readonly NeighborRow[], after: readonly NeighborRow[]): NeighborRow[] {
  const again = new Set(after.map(caseName));
  const all = [...before.filter((one) => !again.has(caseName(one))), ...after];
  const key = (one: NeighborRow): string => `${caseName(one)} ${one.family}`;
  return all.toSorted((one, other) => key(one).localeCompare(key(other), 'en', { numeric: true }));
}

/** As it is stored: a line for each row. */
export function rowsText(rows: readonly NeighborRow[]): string {
  return `[\n${rows.map((one) => `  ${JSON.stringify(one)}`).join(',\n')}\n]\n`;
}
