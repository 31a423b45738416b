import type { Command } from 'commander';
import { EXIT_FAILED } from './exit-status.ts';

/** Runs what stands on the command line of this process, to the exit status of its end. */
export async function runCommandLine(program: Command): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    // What reaches this place is a fault of the program and not of its input: the stack says where.
    console.error(error);
    process.exitCode = EXIT_FAILED;
  }
}
