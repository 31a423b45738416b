import { z } from 'zod';

/** Parameters of a run, which distinguish rows of the same attack. */
export interface Setting {
  readonly nodes: number;
  readonly fastPath: boolean;
  /** With a loop at normal priority on every CPU. */
  readonly hog: boolean;
}

/** One row of the JSON file. */
export interface HostileRow extends Setting {
  readonly attack: string;
  /** Number of times that a node stopped announcing. */
  readonly withdrawals: number;
  readonly brokenTcp: number;
  /** The longest time over which every packet of an established flow was lost, ms. */
  readonly stallMs: number;
  /** Sessions from before the attack that no longer answered after it. */
  readonly lostSessions: number;
  /** The attack's own observation, in one sentence. */
  readonly found: string;
  readonly ok: boolean;
}

const rowsFile = z.array(
  z.strictObject({
    attack: z.string(),
    nodes: z.number(),
    fastPath: z.boolean(),
    hog: z.boolean(),
    withdrawals: z.number(),
    brokenTcp: z.number(),
    stallMs: z.number(),
    lostSessions: z.number(),
    found: z.string(),
    ok: z.boolean(),
  }),
);

/** The rows of a JSON file of an earlier run. @throws SyntaxError, ZodError when it is not such a file */
export function readRows(text: string): HostileRow[] {
  return rowsFile.parse(JSON.parse(text));
}

/** Pure: whether a row is of this attack with these parameters. */
export function sameRun(row: HostileRow, attack: string, { nodes, fastPath, hog }: Setting): boolean {
  return row.attack === attack && row.nodes === nodes && row.fastPath === fastPath && row.hog === hog;
}

/** Limits of an attack's effects. */
export interface Allowed {
  /** Number of times that a node may stop announcing. */
  readonly withdrawals: number;
  /** Without the fast path; undefined: no limit. */
  readonly stallMs?: number;
  /** With the fast path, if the attack itself ends the node that carries the traffic. */
  readonly fastStallMs?: number;
}

/** Observations of one attack. */
export interface Seen {
  readonly withdrawals: number;
  readonly brokenTcp: number;
  readonly sessions: { readonly alive: number; readonly total: number };
  readonly stallMs: number;
  /** The attack's own observation. */
  readonly found: string;
  readonly asStated: boolean;
}

/** Established flows in the fast path do not depend on the worker, which the attack overloads. */
export const FAST_PATH_STALL_MS = 500;

/** Pure. */
export function judge(attack: string, setting: Setting, allowed: Allowed, seen: Seen): HostileRow {
  const lostSessions = seen.sessions.total - seen.sessions.alive;
  const stallMs = Math.round(seen.stallMs);
  const longest = setting.fastPath ? (allowed.fastStallMs ?? FAST_PATH_STALL_MS) : (allowed.stallMs ?? Infinity);
  const { withdrawals, brokenTcp, found, asStated } = seen;
  const calm = withdrawals <= allowed.withdrawals && brokenTcp === 0 && lostSessions === 0 && stallMs <= longest;
  return { attack, ...setting, withdrawals, brokenTcp, stallMs, lostSessions, found, ok: calm && asStated };
}
