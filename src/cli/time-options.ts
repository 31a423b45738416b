import { type Command, InvalidArgumentError, Option } from 'commander';
import { formatTime } from './table.ts';
import { parsePastTime, parseTime, TIME_FORMS, TimeError } from './times.ts';

/** Adds `--since` and `--until`, of which one may not come before the other. */
export function timeOptions(command: Command): Command {
  return command
    .addOption(timeOption('--since <time>', `only from this time on: ${TIME_FORMS}`))
    .addOption(new Option('--until <time>', 'only up to this time').argParser(argument(parseTime)))
    .hook('preAction', (_command, action) => {
      const { since, until } = action.opts<{ readonly since?: number; readonly until?: number }>();
      if (since !== undefined && until !== undefined && since > until)
        action.error(`error: --since (${formatTime(since)}) is after --until (${formatTime(until)})`);
    });
}

/** An option for a time that has been. */
export function timeOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser(argument(parsePastTime));
}

/** @returns a parser as Commander wants it, which throws InvalidArgumentError */
function argument(parse: (text: string, nowMs: number) => number): (text: string) => number {
  return (text) => {
    try {
      return parse(text, Date.now());
    } catch (error) {
      throw error instanceof TimeError ? new InvalidArgumentError(error.message) : error;
    }
  };
}
