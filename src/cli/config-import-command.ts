import { type Command, Option } from 'commander';
import type { ImportOptions, JoolOptions } from './config-import-run.ts';

/** `config import`: cluster files from the configuration of other translators. */
export function registerConfigImport(config: Command): void {
  const group = config
    .command('import')
    .description('make a cluster file from the configuration of another translator');
  withCommonOptions(
    group
      .command('jool <file...>')
      .description(
        'from Jool: atomic configuration files (JSON), or what "jool … display --csv" prints for pool4, bib, eamt, denylist4 and global',
      ),
  )
    .addOption(
      new Option('--kind <kind>', 'kind of the instance, if it does not follow from its file').choices([
        'nat64',
        'siit',
      ]),
    )
    .option('--mark <mark=prefix,…>', 'clients (IPv6 prefixes) of a mark in pool4; repeatable', collect)
    .option('--address <address>', "the machine's own IPv4 address, for an empty pool4; repeatable", collect)
    .option('--namespace <instance=namespace>', 'network namespace of an instance; repeatable', collect)
    .option(
      '--destinations <instance=prefix,…>',
      'IPv4 destinations that routes led to an instance, where several have the same pool6; repeatable',
      collect,
    )
    .action(async (files: string[], options: JoolOptions) => {
      const { runImportJool } = await import('./config-import-run.ts');
      await runImportJool(files, options);
    });
  withCommonOptions(group.command('tayga <file...>').description('from TAYGA: tayga.conf, and its map-file')).action(
    async (files: string[], options: ImportOptions) => {
      const { runImportTayga } = await import('./config-import-run.ts');
      await runImportTayga(files, options);
    },
  );
  withCommonOptions(group.command('tundra <file...>').description('from Tundra: tundra-nat64.conf')).action(
    async (files: string[], options: ImportOptions) => {
      const { runImportTundra } = await import('./config-import-run.ts');
      await runImportTundra(files, options);
    },
  );
}

function withCommonOptions(command: Command): Command {
  return command
    .option('--nodes <names>', 'nodes of the cluster, separated by commas', 'gw1,gw2')
    .option('--links <interfaces>', 'interfaces between the nodes, separated by commas', 'ring0,ring1')
    .option('--cluster <name>', 'name of the cluster', 'campus')
    .option('--instance <name>', 'name of the instance, where the files name none')
    .option('--out <file>', 'write the cluster file there; it must not exist. Without it: to the standard output')
    .option('--json', 'print the cluster file and what has no equivalent as JSON');
}

function collect(value: string, former: string[] | undefined): string[] {
  return [...(former ?? []), value];
}
