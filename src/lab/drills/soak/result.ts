/** Effect of one flood of a soak on the other traffic. */
export interface SoakRow {
  readonly flood: string;
  readonly fastPath: boolean;
  readonly seconds: number;
  /** Packets per second actually sent. */
  readonly perSecond: number;
  readonly withdrawals: number;
  readonly brokenTcp: number;
  readonly stallMs: number;
  /** Short connections opened meanwhile, and failed ones. */
  readonly opened: number;
  readonly failed: number;
  readonly ok: boolean;
}

export interface SoakResult {
  readonly rows: readonly SoakRow[];
  /** Resident memory of each agent after the first and after the last round, bytes: with and without the fast path. */
  readonly memory: ReadonlyArray<{
    readonly node: string;
    readonly fastPath: boolean;
    readonly first: number;
    readonly last: number;
  }>;
}

/** Permitted growth of an agent from the first round to the last, bytes: garbage not collected yet. */
export const MEMORY_ALLOWANCE = 64 * 1024 * 1024;
/** Longest stall of established flows with the fast path, ms. */
export const STALL_LIMIT_MS = 500;

/** Pure. */
export function isCalm({ fastPath, withdrawals, brokenTcp, stallMs }: Omit<SoakRow, 'ok'>): boolean {
  return withdrawals === 0 && brokenTcp === 0 && (!fastPath || stallMs < STALL_LIMIT_MS);
}

/** Pure. */
export function passed({ rows, memory }: SoakResult): boolean {
  return (
    rows.length > 0 && rows.every(({ ok }) => ok) && memory.every(({ first, last }) => last - first <= MEMORY_ALLOWANCE)
  );
}
