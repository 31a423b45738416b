import type { Command } from 'commander';
import { EXIT_FAILED } from './exit-status.ts';

/** Runs what stands on the command line of this process, to the exit status of its end. */
export async function runCommandLine(program: Command): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    const refusal = refusalOf(error);
    // What else reaches this place is a fault of the program and not of its input: the stack says where.
    console.error(refusal ?? error);
    process.exitCode = EXIT_FAILED;
  }
}

/** A sentence for whoever lacks the permission to use a file; undefined: it is something else. */
export function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return undefined;
  if (error.code !== 'EACCES' && error.code !== 'EPERM') return undefined;
  return `isthmus: you may not use ${String(error.path)}: run this as root, or as its owner`;
}
