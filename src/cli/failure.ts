import type { Code } from '../codes.ts';

/** Why a command could not do what it was asked to do. */
export interface Failure {
  readonly code: Code;
  readonly message: string;
}

/**
 * Prints why a command failed: the sentence on standard error, and with `--json` also an object with the code on
 * standard output, where a program reads the answer.
 */
export function printFailure({ code, message }: Failure, exitStatus: number, json: boolean): void {
  console.error(`isthmus: ${message}`);
  if (json) printFailureJson({ code, message });
  process.exitCode = exitStatus;
}

export function printFailureJson({ code, message }: Failure): void {
  console.log(JSON.stringify({ ok: false, code, error: message }));
}
