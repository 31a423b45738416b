/*
 * How the effect of what a daemon was told is read back. The guard loads this file, so nothing here may need a package.
 */

/** FRR must show the effect of commands within this time, milliseconds. */
export const VERIFY_MS = 500;
const LOOK_MS = 10;

/** Looks until what was asked for is seen. @returns false when it was not within the time */
export async function isSeenWithin(timeoutMs: number, check: () => Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    if (await check()) return true;
    if (performance.now() >= deadline) return false;
    await new Promise((resolve) => {
      setTimeout(resolve, LOOK_MS);
    });
  }
}

/** How something is withdrawn by one of several methods. */
export interface ByMethod<Method> {
  /** @throws when it cannot be carried out */
  readonly carryOut: (method: Method) => Promise<void>;
  /** Whether FRR shows the effect by now. */
  readonly isSeen: (method: Method) => Promise<boolean>;
  readonly name: (method: Method) => string;
  /** What a method without an effect has not done, in words. */
  readonly unseen: (method: Method) => string;
}

export interface Withdrawn {
  /** A method has worked. */
  readonly done: boolean;
  /** Why each one before has not, by its name. */
  readonly failures: readonly string[];
}

/**
 * The order of withdrawal, of the agent and of its guard: the next method is taken when one cannot be carried out, or
 * FRR does not show its effect in time.
 * @param methods weaker first
 */
export async function withdrawByFirst<Method>(
  methods: readonly Method[],
  verifyMs: number,
  { carryOut, isSeen, name, unseen }: ByMethod<Method>,
): Promise<Withdrawn> {
  const failures: string[] = [];
  for (const method of methods) {
    try {
      await carryOut(method);
      if (await isSeenWithin(verifyMs, async () => isSeen(method))) return { done: true, failures };
      failures.push(`${name(method)}: ${unseen(method)}`);
    } catch (error) {
      failures.push(`${name(method)}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { done: false, failures };
}
