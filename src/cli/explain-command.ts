import { type Command, InvalidArgumentError, Option } from 'commander';
import { allNodesOption, connectionOptions } from './connection-options.ts';
import type { ExplainOptions } from './explain-run.ts';

export function registerExplainCommand(program: Command): void {
  const command = program
    .command('explain')
    .description('show how a packet would be handled: instance, mapping, session, and why')
    .argument('<source>', 'IPv6 or IPv4 address')
    .argument('<destination>', 'address of the same family')
    .addOption(new Option('--protocol <name>', 'protocol of the packet').choices(['tcp', 'udp', 'icmp']).default('tcp'))
    .option('--sport <port>', 'source port, or query identifier of an ICMP echo', parsePort, 0)
    .option('--dport <port>', 'destination port', parsePort, 0)
    .option('--instance <name>', 'use this instance regardless of the routes')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExit status: 0 translated, 1 not translated or refused, 2 no agent running.');
  allNodesOption(connectionOptions(command)).action(
    async (source: string, destination: string, options: ExplainOptions) => {
      const { runExplain } = await import('./explain-run.ts');
      await runExplain(source, destination, options);
    },
  );
}

/** @throws InvalidArgumentError */
function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('expected a number from 0 to 65535');
  return port;
}
