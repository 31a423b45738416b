import { type Command, Option } from 'commander';
import { DEFAULT_RUN_DIR } from './connection-options.ts';
import type { WithdrawOptions } from './withdraw-run.ts';

export function registerWithdrawCommand(program: Command): void {
  program
    .command('withdraw')
    .description('withdraw all announcements of a node whose agent has ended; for ExecStopPost of the unit')
    .requiredOption('--config <file>', 'the cluster file')
    .requiredOption('--node <name>', 'which of its nodes this machine is')
    .addOption(new Option('--run-dir <dir>', 'where the agent keeps its lock').default(DEFAULT_RUN_DIR))
    .option('--json', 'print JSON')
    .action(async (options: WithdrawOptions) => {
      const { runWithdraw } = await import('./withdraw-run.ts');
      await runWithdraw(options);
    });
}
