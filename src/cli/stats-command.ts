import type { Command } from 'commander';
import { allNodesOption, connectionOptions } from './connection-options.ts';
import type { StatsOptions } from './stats-run.ts';
import { givenText } from './given-text.ts';

export function registerStatsCommand(program: Command): void {
  const command = program
    .command('stats')
    .description('show counters: rate now, last minute, since the start; drops and answers with the largest first')
    .option('--instance <name>', 'only this instance', givenText)
    .option('--explain', 'add what each counter means and what to do when it grows')
    .option('--zero', 'also show what has never been counted')
    .option('--watch', 'refresh every second until interrupted')
    .option('--json', 'print JSON, with every counter; with --watch one line per second');
  allNodesOption(connectionOptions(command)).action(async (options: StatsOptions) => {
    const { runStats } = await import('./stats-run.ts');
    await runStats(options);
  });
}
