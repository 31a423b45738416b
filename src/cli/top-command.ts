import { Argument, type Command, Option } from 'commander';
import { allNodesOption, connectionOptions } from './connection-options.ts';
import { filterOptions } from './sessions-command.ts';
import { wholeNumber } from './whole-number.ts';
import type { TopOptions } from './top-run.ts';
import { givenText } from './given-text.ts';

const COLUMNS = `
SESSIONS        sessions that this node knows
NEW/S, IN/S     sessions per second, mean of the last minute: opened by clients, and from the IPv4 side (as by a scan)
OLDEST          age of the oldest of these sessions
PORTS           ports of pool4 in use or held: BIB entries
PACKETS, BYTES  of these sessions, both ways, as this node has carried them since its agent started
EXCESS          how much of the figure sorted by may belong to others, where there are too many to count each; else -`;

export function registerTopCommand(program: Command): void {
  const command = program
    .command('top')
    .description('show who has the most sessions, new sessions, packets, bytes or ports of pool4')
    .addArgument(
      new Argument('[group]', 'clients, remote addresses, pool4 addresses, or ports of remote addresses')
        .choices(['clients', 'remotes', 'pool4', 'ports'])
        .default('clients'),
    )
    .addOption(
      new Option(
        '--sort <figure>',
        'what to sort by; new: sessions that clients opened within the last minute; in: those opened from the IPv4 side; ' +
          'ports: ports of pool4 in use or held, of clients and pool4 only',
      )
        .choices(['sessions', 'new', 'in', 'packets', 'bytes', 'ports'])
        .default('sessions'),
    )
    .option('--limit <count>', 'maximum number of groups to print, 1 to 1000', wholeNumber(1, 1000), 20)
    .option('--prefix-length <bits>', 'group clients or remotes by prefixes of this length', wholeNumber(1, 128), 0)
    .addOption(new Option('--csv', 'print comma-separated values').conflicts('json'))
    .option('--json', 'print JSON')
    .addHelpText('after', COLUMNS);
  filterOptions(command)
    .option('--remote <address[:port]|prefix>', 'only sessions with this IPv4 peer', givenText)
    .option('--owner <node>', 'only sessions owned by this node (name or slot)', givenText);
  allNodesOption(connectionOptions(command)).action(async (group: string, options: TopOptions) => {
    const { runTop } = await import('./top-run.ts');
    await runTop(group, options);
  });
}
