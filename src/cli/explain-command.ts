import { type Command, Option } from 'commander';
import { allNodesOption, connectionOptions } from './connection-options.ts';
import { wholeNumber } from './whole-number.ts';
import type { ExplainOptions } from './explain-run.ts';
import { givenText } from './given-text.ts';

export function registerExplainCommand(program: Command): void {
  const command = program
    .command('explain')
    .description('show what would become of the next packet: instance, mapping, session, result, and why')
    .argument('<source>', 'IPv6 or IPv4 address')
    .argument('<destination>', 'address of the same family')
    .addOption(new Option('--protocol <name>', 'protocol of the packet').choices(['tcp', 'udp', 'icmp']).default('tcp'))
    .option('--sport <port>', 'source port, or query identifier of an ICMP echo', parsePort, 0)
    .option('--dport <port>', 'destination port', parsePort, 0)
    .option('--payload <bytes>', 'bytes behind the TCP, UDP or ICMP header', parsePayload, 0)
    .option('--hop-limit <count>', 'hop limit or TTL with which the packet arrives', parseHops, 64)
    .option('--instance <name>', 'use this instance regardless of the routes', givenText)
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExit status: 0 translated, 1 not translated or refused, 2 no agent running.');
  allNodesOption(connectionOptions(command)).action(
    async (source: string, destination: string, options: ExplainOptions) => {
      const { runExplain } = await import('./explain-run.ts');
      await runExplain(source, destination, options);
    },
  );
}

const parsePort = wholeNumber(0, 65_535);
const parsePayload = wholeNumber(0, 65_000);
const parseHops = wholeNumber(1, 255);
