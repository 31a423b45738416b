import { type Command, Option } from 'commander';
import { CONTROL } from '../agent/control/control-service.ts';
import type { ExplainReply } from '../agent/control/messages.ts';
import { type ConnectionOptions, connectionOptions, withAgent } from './control-connection.ts';
import { EXIT_FAILED, EXIT_OK } from './exit-status.ts';
import { parseCount } from './events-command.ts';

interface ExplainOptions extends ConnectionOptions {
  readonly instance?: string;
  readonly protocol: string;
  readonly sport: number;
  readonly dport: number;
  readonly json?: true;
}

export function registerExplainCommand(program: Command): void {
  const command = program
    .command('explain')
    .description('say what would happen to a packet: which instance, which mapping, which session')
    .argument('<source>', 'IPv6 or IPv4 address')
    .argument('<destination>', 'address of the same family')
    .addOption(new Option('--protocol <name>').choices(['tcp', 'udp', 'icmp']).default('tcp'))
    .option('--sport <port>', 'source port, or the identifier of an echo', parseCount, 0)
    .option('--dport <port>', 'destination port', parseCount, 0)
    .option('--instance <name>', 'ask this instance, whatever the routes say')
    .option('--json', 'print JSON');
  connectionOptions(command).action(async (source: string, destination: string, options: ExplainOptions) => {
    await withAgent(options, async (client) => {
      const { instance = '', protocol, sport, dport } = options;
      const request = { instance, protocol, source, sourcePort: sport, destination, destinationPort: dport };
      printExplanation(await client.call(CONTROL.explain, request), options.json === true);
    });
  });
}

function printExplanation(reply: ExplainReply, json: boolean): void {
  if (json) console.log(JSON.stringify(reply, null, 2));
  else {
    for (const [index, step] of reply.steps.entries()) console.log(`${index + 1}. ${step}`);
    console.log(`Verdict: ${reply.verdict}`);
  }
  process.exitCode = reply.verdict === 'translated' ? EXIT_OK : EXIT_FAILED;
}
