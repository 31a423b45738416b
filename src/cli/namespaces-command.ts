import type { Command } from 'commander';
import type { NamespacesOptions } from './namespaces-run.ts';

export function registerNamespacesCommand(program: Command): void {
  program
    .command('namespaces')
    .description('make the network namespaces of a node that are missing; the unit does it before the agent starts')
    .requiredOption('--config <file>', 'cluster file')
    .requiredOption('--node <name>', 'name of this node')
    .option('--json', 'print JSON')
    .action(async (options: NamespacesOptions) => {
      const { runNamespaces } = await import('./namespaces-run.ts');
      process.exitCode = await runNamespaces(options);
    });
}
