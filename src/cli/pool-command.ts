import type { Command } from 'commander';
import { allNodesOption, connectionOptions } from './connection-options.ts';
import type { PoolOptions, TakeOptions } from './pool-run.ts';
import { givenText } from './given-text.ts';

export function registerPoolCommand(program: Command): void {
  const pool = program.command('pool').description('show how full pool4 is, and which node allocates from which slice');
  const take = pool
    .command('take <slot>')
    .description('also allocate ports from the slice of a node that is gone; refused while its heartbeats arrive')
    .option('--json', 'print JSON');
  connectionOptions(take).action(async (slot: string, options: TakeOptions) => {
    const { runTake } = await import('./pool-run.ts');
    await runTake(slot, options);
  });
  allNodesOption(connectionOptions(pool))
    .option('--instance <name>', 'only this instance', givenText)
    .option('--json', 'print JSON')
    .action(async (options: PoolOptions) => {
      const { runPool } = await import('./pool-run.ts');
      await runPool(options);
    });
}
