import type { Command } from 'commander';
import { allNodesOption, connectionOptions, storedOption } from './connection-options.ts';
import type { StatusOptions } from './status-run.ts';

export function registerStatusCommand(program: Command): void {
  const command = program
    .command('status')
    .description('show the cluster on one screen, most severe problem first')
    .option('--json', 'print JSON; with --watch one line per second')
    .option('--watch', 'refresh every second until interrupted')
    .addHelpText('after', '\nExit status: 0 healthy, 1 degraded, 2 not serving or no agent running.');
  allNodesOption(connectionOptions(command.addOption(storedOption()))).action(async (options: StatusOptions) => {
    const { runStatus } = await import('./status-run.ts');
    await runStatus(options);
  });
}
