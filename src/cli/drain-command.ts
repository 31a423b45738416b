import type { Command } from 'commander';
import { connectionOptions } from './connection-options.ts';
import type { DrainOptions, UndrainOptions } from './drain-run.ts';

export function registerDrainCommands(program: Command): void {
  const drain = program
    .command('drain')
    .description(
      'withdraw this node without packet loss: hand its sessions over, then withdraw its routes; persists across restarts',
    )
    .option('--reason <text>', 'reason, shown in events and status')
    .option('--force', 'even when another node is draining or withdrawn')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExit status: 0 drained, 1 refused or not complete, 2 no agent running.');
  connectionOptions(drain).action(async (options: DrainOptions) => {
    const { runDrain } = await import('./drain-run.ts');
    await runDrain(options);
  });
  const undrain = program
    .command('undrain')
    .description('return a drained node to service')
    .option('--json', 'print JSON');
  connectionOptions(undrain).action(async (options: UndrainOptions) => {
    const { runUndrain } = await import('./drain-run.ts');
    await runUndrain(options);
  });
  const node = program.command('node').description('this node in its cluster');
  const release = node
    .command('release')
    .description(
      'end the time that a node stays out after it has failed, and forget former outages; the checks still decide',
    )
    .argument('[name]', 'the node, as with --node; absent: the one of this machine')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExit status: 0 released, 1 the node is not held, 2 no agent running.');
  connectionOptions(release).action(async (name: string | undefined, options: UndrainOptions) => {
    const { runRelease } = await import('./drain-run.ts');
    await runRelease(name, options);
  });
}
