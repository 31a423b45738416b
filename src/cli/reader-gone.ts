import type { Command } from 'commander';
import { EXIT_FAILED } from './exit-status.ts';

/** The status that a shell shows for a program killed by SIGPIPE: 128 + 13. */
const EXIT_BROKEN_PIPE = 141;

/** Commands that must clean up at their end, or outlive their reader: they handle a closed pipe themselves. */
const OWN_HANDLING: ReadonlySet<string> = new Set(['agent', 'lab', 'drill']);

/** Ends commands that only print when their reader has gone, as in `isthmus events | head`. */
export function endWithoutReader(program: Command): void {
  program.hook('preAction', (_program, action) => {
    // The listener is set once however many commands this process runs.
    if (!OWN_HANDLING.has(areaOf(action, program))) process.stdout.off('error', end).once('error', end);
  });
}

/** The first word of a command: `lab` of `lab demo`. */
function areaOf(command: Command, program: Command): string {
  const { parent } = command;
  return parent === null || parent === program ? command.name() : areaOf(parent, program);
}

/** Other errors, such as a full disk behind a redirection, are printed. */
function end(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(EXIT_BROKEN_PIPE);
  console.error(`isthmus: the output cannot be written: ${error.message}`);
  process.exit(EXIT_FAILED);
}
