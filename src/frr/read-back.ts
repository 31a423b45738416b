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
