import type { Command } from 'commander';
import { connectionOptions } from './connection-options.ts';
import type { ReloadOptions } from './reload-run.ts';

export function registerReloadCommand(program: Command): void {
  const command = program
    .command('reload')
    .description('read the cluster file again and apply what changed, without touching sessions')
    .option('--dry-run', 'only print what would change')
    .option('--json', 'print JSON');
  connectionOptions(command).action(async (options: ReloadOptions) => {
    const { runReload } = await import('./reload-run.ts');
    await runReload(options);
  });
}
