import type { Command } from 'commander';
import { EXIT_FAILED } from './exit-status.ts';

/** Parses this process's command line and runs the command until it ends. */
export async function runCommandLine(program: Command): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    const refusal = refusalOf(error);
    // Anything else is a program error, not an input error: the stack shows the location.
    console.error(refusal ?? error);
    process.exitCode = EXIT_FAILED;
  }
}

/** A message for a user without permission for a file; undefined: another error. */
export function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return undefined;
  if (error.code !== 'EACCES' && error.code !== 'EPERM') return undefined;
  return `isthmus: you may not use ${String(error.path)}: run this as root, or as its owner`;
}
