import { type Command, InvalidArgumentError, Option } from 'commander';
import { DEFAULT_RUN_DIR } from './connection-options.ts';
import type { WithdrawOptions } from './withdraw-run.ts';

const MOST_SECONDS = 3600;

export function registerWithdrawCommand(program: Command): void {
  program
    .command('withdraw')
    .description('withdraw all announcements of a node whose agent has ended; for ExecStopPost of the unit')
    .requiredOption('--config <file>', 'the cluster file')
    .requiredOption('--node <name>', 'which of its nodes this machine is')
    .addOption(new Option('--run-dir <dir>', 'folder that holds the lock of the agent').default(DEFAULT_RUN_DIR))
    .option(
      '--prove <seconds>',
      'watch for this time whether packets still arrive, and do more against it while they do; not where the ' +
        'service manager starts the agent again, which does the same',
      parseSeconds,
      0,
    )
    .option('--json', 'print JSON')
    .action(async (options: WithdrawOptions) => {
      const { runWithdraw } = await import('./withdraw-run.ts');
      await runWithdraw(options);
    });
}

/** @throws InvalidArgumentError */
function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!/^\d+$/.test(text) || seconds > MOST_SECONDS) {
    throw new InvalidArgumentError(`expected a number of seconds from 0 to ${MOST_SECONDS}`);
  }
  return seconds;
}
