import { type Command, InvalidArgumentError } from 'commander';
import { connectionOptions, storedOption } from './connection-options.ts';
import type { EventsOptions } from './events-run.ts';

export function registerEventsCommand(program: Command): void {
  const command = program
    .command('events')
    .description('show what happened on this node: when, what, from, to and why')
    .option('--last <count>', 'the last so many; 0: all that are kept', parseCount, 50)
    .option('--follow', 'stay and show each new one')
    .option('--json', 'print one JSON object a line');
  connectionOptions(command.addOption(storedOption())).action(async (options: EventsOptions) => {
    const { runEvents } = await import('./events-run.ts');
    await runEvents(options);
  });
}

/** @throws InvalidArgumentError */
export function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count > 0xffffffff) throw new InvalidArgumentError('a number from 0 up is wanted');
  return count;
}
