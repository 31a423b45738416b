import { type Command, Option } from 'commander';
import type { WhoWasOptions } from './whowas-run.ts';

export function registerWhoWasCommand(program: Command): void {
  program
    .command('whowas')
    .description('find in the NAT log which client had a pool4 address and port, or what a client had, at a time')
    .argument('[address:port]', 'pool4 address and port, such as 192.0.2.7:40312; left out with --client')
    .argument('[time]', 'time with its zone, such as 2026-11-29T14:03:10+01:00')
    .option('--client <address|prefix>', 'what this client had at the time (reverse query)')
    .addOption(new Option('--proto <name>', 'only this protocol').choices(['tcp', 'udp', 'icmp']))
    .option('--clock-skew <time>', "how far the asker's clock may be wrong, such as 30s", '0s')
    .option('--state-dir <directory>', 'where to look for the logs of the nodes', '/var/lib/isthmus')
    .option('--logs <directory...>', 'directories or files of the NAT log, of any node, in place of those')
    .option('--key-file <file>', 'key of the pseudonyms, where clients are recorded under those')
    .option('--json', 'print JSON')
    .action(async (place: string | undefined, time: string | undefined, options: WhoWasOptions) => {
      const { runWhoWas } = await import('./whowas-run.ts');
      await runWhoWas(place, time, options);
    });
}
