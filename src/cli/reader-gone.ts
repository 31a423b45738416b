import type { Command } from 'commander';
import { EXIT_FAILED } from './exit-status.ts';

/** What a shell says of a program that SIGPIPE ended: 128 + 13. */
const EXIT_BROKEN_PIPE = 141;

/** Commands that must undo something at their end, or outlive their reader: they see to a closed pipe themselves. */
const OWN_WAY: ReadonlySet<string> = new Set(['agent', 'lab', 'drill']);

/** Ends the commands that only print as soon as nobody reads them any more, as in `isthmus events | head`. */
export function endWithoutReader(program: Command): void {
  program.hook('preAction', (_program, action) => {
    if (!OWN_WAY.has(areaOf(action, program))) process.stdout.once('error', end);
  });
}

/** The first word of a command: `lab` of `lab demo`. */
function areaOf(command: Command, program: Command): string {
  const { parent } = command;
  return parent === null || parent === program ? command.name() : areaOf(parent, program);
}

/** A full disk behind a redirection is no reader that went away: it is told of. */
function end(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(EXIT_BROKEN_PIPE);
  console.error(`isthmus: the output cannot be written: ${error.message}`);
  process.exit(EXIT_FAILED);
}
