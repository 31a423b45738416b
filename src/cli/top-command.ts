import { Argument, type Command, Option } from 'commander';
import { allNodesOption, connectionOptions } from './connection-options.ts';
import { filterOptions } from './sessions-command.ts';
import { wholeNumber } from './whole-number.ts';
import type { TopOptions } from './top-run.ts';
import { givenText } from './given-text.ts';

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
        'what to sort by; new: sessions made within the last minute; ports: ports of pool4 in use or held, of clients ' +
          'and pool4 only',
      )
        .choices(['sessions', 'new', 'packets', 'bytes', 'ports'])
        .default('sessions'),
    )
    .option('--limit <count>', 'maximum number of groups to print, 1 to 1000', wholeNumber(1, 1000), 20)
    .option('--prefix-length <bits>', 'group clients or remotes by prefixes of this length', wholeNumber(1, 128), 0)
    .addOption(new Option('--csv', 'print comma-separated values').conflicts('json'))
    .option('--json', 'print JSON');
  filterOptions(command)
    .option('--remote <address[:port]|prefix>', 'only sessions with this IPv4 peer', givenText)
    .option('--owner <node>', 'only sessions owned by this node (name or slot)', givenText);
  allNodesOption(connectionOptions(command)).action(async (group: string, options: TopOptions) => {
    const { runTop } = await import('./top-run.ts');
    await runTop(group, options);
  });
}
