import type { Code } from '../codes.ts';

/** Why a command failed. */
export interface Failure {
  readonly code: Code;
  readonly message: string;
}

/**
 * Prints why a command failed: a sentence on standard error, and with `--json` also an object with the code on standard
 * output.
 */
export function printFailure({ code, message }: Failure, exitStatus: number, json: boolean): void {
  console.error(`isthmus: ${message}`);
  if (json) printFailureJson({ code, message });
  process.exitCode = exitStatus;
}

export function printFailureJson({ code, message }: Failure): void {
  console.log(JSON.stringify({ ok: false, code, error: message }));
}
