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
/** Faults that nobody caught: the process is in an unknown state, so it withdraws and ends. */
const FAULTS = ['uncaughtException', 'unhandledRejection'] as const;

/** Faults that are reported: one that repeats itself for ever must not be all that the agent does. */
const MAX_FAULTS = 8;

/**
 * Waits for a reason to end: a signal, or a fault that nothing caught. SIGHUP calls `onHangup`. What comes after the
 * first reason is ignored: an impatient second Ctrl-C must not cut a withdrawal short.
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
