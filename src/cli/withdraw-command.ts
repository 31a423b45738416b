import type { Command } from 'commander';
import type { WithdrawOptions } from './withdraw-run.ts';

export function registerWithdrawCommand(program: Command): void {
  program
    .command('withdraw')
    .description('withdraw all announcements of a node whose agent has ended; for ExecStopPost of the unit')
    .requiredOption('--config <file>', 'the cluster file')
    .requiredOption('--node <name>', 'which of its nodes this machine is')
    .option('--json', 'print JSON')
    .action(async (options: WithdrawOptions) => {
      const { runWithdraw } = await import('./withdraw-run.ts');
      await runWithdraw(options);
    });
}
