import type { Command } from 'commander';
import { connectionOptions, storedOption } from './connection-options.ts';
import { parseCount } from './events-command.ts';
import type { HistoryOptions } from './history-run.ts';
import { timeOption, timeOptions } from './time-options.ts';

export function registerHistoryCommand(program: Command): void {
  const command = program
    .command('history')
    .description(
      'show what happened on all nodes, in one order: states, announcements, replication links, takeovers, drains and ' +
        'other commands with their user, reloads, drills; of a time, all events; from files where no agent runs',
    )
    .option('--last <count>', 'number of latest entries to show; 0: all (default: 100, or all of a time)', parseCount)
    .addOption(
      timeOption('--at <time>', 'all events of all nodes from 5 minutes before this time to 5 minutes after').conflicts(
        ['since', 'until'],
      ),
    )
    .option(
      '--every',
      'all events, also what changes nothing about who serves what: checks, replicas, limits; as with a time',
    )
    .option('--json', 'print one JSON object per line')
    .addHelpText(
      'after',
      '\nExit status: 0 all nodes answered, 1 a node did not, 2 no agent running (files are shown).',
    );
  connectionOptions(timeOptions(command).addOption(storedOption())).action(async (options: HistoryOptions) => {
    const { runClusterHistory } = await import('./history-run.ts');
    await runClusterHistory(options);
  });
}
