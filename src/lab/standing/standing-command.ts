import type { Command } from 'commander';
import type { UpOptions } from './standing-run.ts';

interface Named {
  readonly name: string;
}

const NAME = ['--name <name>', 'which of several labs', 'lab'] as const;

/** Adds `lab up`, `shell`, `list` and `down`: labs that outlive the command that creates them. */
export function registerStandingCommands(lab: Command): void {
  lab
    .command('up')
    .description('build a lab that stays until `isthmus lab down`: a cluster with drills allowed, and a probe')
    .option('--nodes <number>', 'how many gateways, 2 to 8', '2')
    .option('--topology <name>', 'how the gateways are joined for replication: ring, lan, prp, two-sites', 'ring')
    .option(
      '--router <name>',
      "the upstream router: bird (static routes and BFD), frr8 (this machine's FRR, BGP and BFD), frr10 (that of Debian 13)",
      'bird',
    )
    .option(...NAME)
    .addHelpText(
      'after',
      '\nOf a lab nothing is outside its namespaces but /run/isthmus-lab/NAME, with the logs of its agents. FRR 10 runs from a root tree in /var/cache/isthmus-lab, which is made when needed.',
    )
    .action(async (options: UpOptions) => {
      const { runUp } = await import('./standing-run.ts');
      process.exitCode = await runUp(options);
    });
  lab
    .command('shell <machine> [command...]')
    .description('run a command, or a shell, on a machine of a lab: gw1, router, client6, server4, store …')
    .option(...NAME)
    .passThroughOptions()
    .addHelpText(
      'after',
      '\nOptions after the machine belong to the command, with or without -- before it; those of `lab shell` come before the machine.\n`isthmus drill run --all` finds the probe of the lab by itself.\nExit status: that of the command.',
    )
    .action(async (machine: string, words: string[], { name }: Named, shell: Command) => {
      const command = words[0] === '--' ? words.slice(1) : words;
      const [first = ''] = words;
      if (first !== '--' && first.startsWith('-'))
        shell.error(`error: ${first} comes after the machine, where a command is expected: options come before it`);
      const { runShell } = await import('./standing-run.ts');
      process.exitCode = await runShell(machine, command, name);
    });
  lab
    .command('list')
    .description('list the running labs, and those whose holder has ended')
    .option('--json', 'print JSON')
    .action(async ({ json }: { readonly json?: true }) => {
      const { runLabList } = await import('./standing-run.ts');
      await runLabList(json === true);
    });
  lab
    .command('down')
    .description('end a lab and remove all of it, also after its holder was killed')
    .option(...NAME)
    .action(async ({ name }: Named) => {
      const { runDown } = await import('./standing-run.ts');
      process.exitCode = await runDown(name);
    });
}
