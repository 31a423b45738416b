import type { Command } from 'commander';
import { registerConfigImport } from './config-import-command.ts';
import type { CheckOptions, DiffOptions, InitSecretOptions, InitTlsOptions, ShowOptions } from './config-run.ts';

export function registerConfigCommand(program: Command): void {
  const config = program
    .command('config')
    .description('validate, print and compare cluster files; create secrets and certificates');
  config
    .command('check <file>')
    .description('validate a cluster file; print each error with its location and a fix')
    .option('--node <name>', 'also check what this node needs: its name and its secret file')
    .option('--here', 'also check this machine as that node: interfaces, addresses, FRR')
    .option('--json', 'print JSON')
    .action(async (file: string, options: CheckOptions) => {
      const { runCheck } = await import('./config-run.ts');
      await runCheck(file, options);
    });
  config
    .command('show <file>')
    .description('print a cluster file with every default filled in; times are milliseconds')
    .option('--effective', 'also print what each node derives from it: TUN devices, routes, slices of ports')
    .option('--json', 'print JSON')
    .action(async (file: string, options: ShowOptions) => {
      const { runShow } = await import('./config-run.ts');
      await runShow(file, options);
    });
  config
    .command('diff <old> <new>')
    .description('print what a reload would do on each node: what is applied, what needs a restart')
    .option('--node <name>', 'on this node only')
    .option('--json', 'print JSON')
    .action(async (before: string, after: string, options: DiffOptions) => {
      const { runDiff } = await import('./config-run.ts');
      await runDiff(before, after, options);
    });
  config
    .command('schema')
    .description('print the JSON Schema of the cluster file, for editors')
    .action(async () => {
      const { runSchema } = await import('./config-run.ts');
      runSchema();
    });
  config
    .command('init-secret <file>')
    .description(
      'make a cluster secret of 32 random bytes that only its owner can read; an existing file stays as it is',
    )
    .option('--json', 'print JSON')
    .action(async (file: string, options: InitSecretOptions) => {
      const { runInitSecret } = await import('./config-run.ts');
      await runInitSecret(file, options);
    });
  config
    .command('init-tls <file>')
    .description(
      'make a certificate authority for the nodes of a cluster file, and a key and certificate for each; what exists stays as it is',
    )
    .requiredOption('--out <dir>', 'directory for the authority, with a directory for each node')
    .option('--force', 'recreate everything, the authority included')
    .option('--json', 'print JSON')
    .action(async (file: string, options: InitTlsOptions) => {
      const { runInitTls } = await import('./config-run.ts');
      await runInitTls(file, options);
    });
  registerConfigImport(config);
}
