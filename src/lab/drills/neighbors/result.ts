import { z } from 'zod';
import type { NeighborCase } from './cases.ts';

const row = z.object({
  /** The gateway's FRR. */
  gateway: z.string(),
  neighbor: z.string(),
  kind: z.string(),
  /** Empty: no withdrawal, the fault itself had to end the traffic. */
  method: z.string(),
  family: z.union([z.literal(4), z.literal(6)]),
  fault: z.string(),
  gracefulRestart: z.enum(['disabled', 'helper', 'restart']),
  statedMs: z.number(),
  /** From the call or the fault to the last packet at the gateway. */
  stoppedMs: z.number().nullable(),
  /** Part of it until FRR had executed the method or the fault was made. */
  ownMs: z.number(),
  /** Packets still arrived at the end of the observation. */
  blackHole: z.boolean(),
  /** `config check` rejects the method for this router, because it causes a black hole. */
  refused: z.boolean(),
  ok: z.boolean(),
});

/** One family of one case. */
export type NeighborRow = Readonly<z.output<typeof row>>;

/** Parses the output of `--json FILE`. @throws ZodError, SyntaxError */
export function parseRows(text: string): NeighborRow[] {
  return z.array(row).parse(JSON.parse(text));
}

/** Allowance for a lab on a loaded machine, ms. */
export const ALLOWANCE_MS = 1500;

export interface Measured {
  readonly family: 4 | 6;
  /** Absent: packets still arrived at the end. */
  readonly stoppedMs?: number | undefined;
  readonly ownMs: number;
}

/**
 * A case passes if the traffic has ended within the stated time; if the method is rejected for this router, it must
 * show the black hole. Pure.
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

/** Rows of one run merged with those of another; a repeated case has its new rows. Pure. */
export function merged(before: readonly NeighborRow[], after: readonly NeighborRow[]): NeighborRow[] {
  const again = new Set(after.map(caseName));
  const all = [...before.filter((one) => !again.has(caseName(one))), ...after];
  const key = (one: NeighborRow): string => `${caseName(one)} ${one.family}`;
  return all.toSorted((one, other) => key(one).localeCompare(key(other), 'en', { numeric: true }));
}

/** As stored: one line per row. */
export function rowsText(rows: readonly NeighborRow[]): string {
  return `[\n${rows.map((one) => `  ${JSON.stringify(one)}`).join(',\n')}\n]\n`;
}
