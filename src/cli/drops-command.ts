import type { Command } from 'commander';
import { allNodesOption, connectionOptions } from './connection-options.ts';
import type { DropsOptions } from './drops-run.ts';
import { wholeNumber } from './whole-number.ts';

export function registerDropsCommand(program: Command): void {
  const command = program
    .command('drops')
    .description(
      'show where packets of the last minute that were dropped, or answered with an ICMP error, came from and went, ' +
        'by reason',
    )
    .option('--reason <counter>', 'only this reason, such as dropNoMapping')
    .option('--instance <name>', 'only this instance')
    .option('--limit <count>', 'maximum number of sources, and of destinations, of each reason', wholeNumber(1, 64), 5)
    .option('--watch', 'refresh every second until interrupted')
    .option('--json', 'print JSON; with --watch one line per second')
    .addHelpText(
      'after',
      `
SOURCE, DESTINATION  an address; (own) or (NODE): the checks of this node, or of that one, go from there; EXAMPLE is the
                     latest packet from or to it; of packets that are dropped at the TUN, in the fast path (fastPathDropped)
                     or between shards there is none
PACKETS              of the time that the line of the reason names, half a minute to a minute
EXCESS               how many of the PACKETS may be those of other addresses: 32 are held of each reason;
                     -: none
A client at its limit stands under answerClientLimit. Below the name of a reason: what it means, and what to do.`,
    );
  allNodesOption(connectionOptions(command)).action(async (options: DropsOptions) => {
    const { runDrops } = await import('./drops-run.ts');
    await runDrops(options);
  });
}
