import { Argument, type Command } from 'commander';

const CLUSTER_FILE = '/etc/isthmus/cluster.yaml';

interface NamesOptions {
  readonly config: string;
}

/** Used by the shell completion scripts only, therefore hidden from the help. */
export function registerCompletionCommand(program: Command): void {
  program
    .command('completion', { hidden: true })
    .command('names')
    .addArgument(new Argument('<kind>').choices(['node', 'instance']))
    .option('--config <file>', 'cluster file', CLUSTER_FILE)
    .action(async (kind: 'node' | 'instance', { config }: NamesOptions) => {
      const { namesIn } = await import('./completion-run.ts');
      process.stdout.write(
        namesIn(config, kind)
          .map((name) => `${name}\n`)
          .join(''),
      );
    });
}
