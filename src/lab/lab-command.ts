import type { Command } from 'commander';
import type { DemoOptions } from './demo/run-demo.ts';

/** Adds `isthmus lab …`. What the commands need is loaded when one runs: every other command starts without it. */
export function registerLabCommand(program: Command): void {
  const lab = program
    .command('lab')
    .description('a lab of network namespaces on this machine: demonstration and drills');
  lab
    .command('demo')
    .description('two gateways carry real traffic, the active agent is killed, nothing breaks')
    .option('--json <file>', 'also write what was measured to this file')
    .addHelpText(
      'after',
      '\nEverything happens in namespaces that vanish at the end, also after an interrupt.\nExit status 0 only if all of it was seen.',
    )
    .action(async (options: DemoOptions) => {
      const { runDemo } = await import('./demo/run-demo.ts');
      process.exitCode = await runDemo(options);
    });
}
