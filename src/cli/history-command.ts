import type { Command } from 'commander';
import { connectionOptions, storedOption } from './connection-options.ts';
import { parseCount } from './events-command.ts';
import type { HistoryOptions } from './history-run.ts';

export function registerHistoryCommand(program: Command): void {
  const command = program
    .command('history')
    .description(
      'show what happened on all nodes, in one order: states, announcements, takeovers, drains and other commands ' +
        'with their user, reloads, drills; from files where no agent runs',
    )
    .option('--last <count>', 'number of latest entries to show; 0: all', parseCount, 100)
    .option('--json', 'print one JSON object per line')
    .addHelpText(
      'after',
      '\nExit status: 0 all nodes answered, 1 a node did not, 2 no agent running (files are shown).',
    );
  connectionOptions(command.addOption(storedOption())).action(async (options: HistoryOptions) => {
    const { runClusterHistory } = await import('./history-run.ts');
    await runClusterHistory(options);
  });
}
