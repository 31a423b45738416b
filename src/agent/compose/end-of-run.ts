/** Why an agent ends. */
export interface EndOfRun {
  /** One sentence. */
  readonly reason: string;
  readonly failed: boolean;
}

interface ProcessSignals {
  on(event: string, listener: (value: unknown) => void): unknown;
  off(event: string, listener: (value: unknown) => void): unknown;
}

const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const;
/** Unhandled errors: the process is in an unknown state, so it withdraws and ends. */
const FAULTS = ['uncaughtException', 'unhandledRejection'] as const;

/** Maximum number of errors reported, in case one recurs endlessly. */
const MAX_FAULTS = 8;

/**
 * Waits for a reason to end: a signal, or an unhandled error. SIGHUP calls `onHangup`. Later reasons are ignored: a
 * second Ctrl-C must not interrupt a withdrawal.
 */
export function untilEnd(
  signals: ProcessSignals,
  onHangup: () => void,
  onFault: (fault: unknown) => void,
): Promise<EndOfRun> {
  let faults = 0;
  return new Promise((resolve) => {
    for (const signal of STOP_SIGNALS) {
      signals.on(signal, () => resolve({ reason: `stopped by ${signal}`, failed: false }));
    }
    for (const fault of FAULTS) {
      signals.on(fault, (value) => {
        faults += 1;
        if (faults <= MAX_FAULTS) onFault(value);
        const text = value instanceof Error ? value.message : String(value);
        resolve({ reason: `a fault of the program: ${text}`, failed: true });
      });
    }
    signals.on('SIGHUP', onHangup);
  });
}
