import { type Command, Option } from 'commander';
import { connectionOptions, storedOption } from './connection-options.ts';
import { TIME_FORMS } from './times.ts';
import type { WhoWasOptions } from './whowas-run.ts';

export function registerWhoWasCommand(program: Command): void {
  const command = program
    .command('whowas')
    .description('find in the NAT log which client had a pool4 address and port, or what a client had, at a time')
    .argument('[address:port]', 'pool4 address and port, such as 192.0.2.7:40312; left out with --client')
    .argument('[time]', `the time, needed except with --config (now); with its zone, else UTC: ${TIME_FORMS}`)
    .option('--client <address|prefix>', 'what this client had at the time (reverse query)')
    .addOption(new Option('--proto <name>', 'only this protocol').choices(['tcp', 'udp', 'icmp']))
    .option('--clock-skew <time>', "how far the asker's clock may be wrong, such as 30s", '0s')
    .option('--logs <directory...>', 'directories or files of the NAT log, of any node; no agent is queried then')
    .option(
      '--config <file>',
      'compute it from this cluster file, as it was then (pool4 with assignment: deterministic); no log is read',
    )
    .option('--key-file <file>', 'key of the pseudonyms, where clients are recorded under those')
    .addOption(storedOption())
    .option('--json', 'print JSON');
  connectionOptions(command).action(
    async (place: string | undefined, time: string | undefined, options: WhoWasOptions) => {
      const { runWhoWas } = await import('./whowas-run.ts');
      await runWhoWas(place, time, options);
    },
  );
}
