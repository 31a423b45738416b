import { type Command, InvalidArgumentError } from 'commander';
import { allNodesOption, connectionOptions, storedOption } from './connection-options.ts';
import type { EventsOptions } from './events-run.ts';
import { timeOptions } from './time-options.ts';

export function registerEventsCommand(program: Command): void {
  const command = program
    .command('events')
    .description('show the events of this node: time, subject, old and new state, reason')
    .option(
      '--last <count>',
      'number of latest events to show; 0: all that are stored (default: 50, or all of a time)',
      parseCount,
    )
    .option('--follow', 'wait and show each new event')
    .option('--json', 'print one JSON object per line');
  allNodesOption(connectionOptions(timeOptions(command).addOption(storedOption()))).action(
    async (options: EventsOptions) => {
      const { runEvents } = await import('./events-run.ts');
      await runEvents(options);
    },
  );
}

/** @throws InvalidArgumentError */
export function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count > 0xffffffff) throw new InvalidArgumentError('expected a number of 0 or more');
  return count;
}
