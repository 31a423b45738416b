/* Verification of the effect of commands to a daemon. The guard loads this file, so nothing here may need a package. */

/** Maximum time for FRR to show the effect of commands, milliseconds. */
export const VERIFY_MS = 500;
const POLL_MS = 10;

/** Polls until the condition holds. @returns false on timeout */
export async function isSeenWithin(timeoutMs: number, check: () => Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    if (await check()) return true;
    if (performance.now() >= deadline) return false;
    await new Promise((resolve) => {
      setTimeout(resolve, POLL_MS);
    });
  }
}

/** Executes a withdrawal by one of several methods. */
export interface ByMethod<Method> {
  /** @throws when it cannot be executed */
  readonly carryOut: (method: Method) => Promise<void>;
  /** Whether FRR shows the effect now. */
  readonly isSeen: (method: Method) => Promise<boolean>;
  readonly name: (method: Method) => string;
  /** Description of the missing effect of a method. */
  readonly unseen: (method: Method) => string;
}

export interface Withdrawn {
  /** A method has worked. */
  readonly done: boolean;
  /** Reasons for earlier failures, by method. */
  readonly failures: readonly string[];
}

/**
 * The order of withdrawal, for the agent and its guard: the next method is tried when one cannot be executed, or FRR
 * does not show its effect in time.
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
