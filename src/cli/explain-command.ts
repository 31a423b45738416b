import { type Command, InvalidArgumentError, Option } from 'commander';
import { CONTROL } from '../agent/control/control-service.ts';
import type { ExplainReply } from '../agent/control/messages.ts';
import { type ConnectionOptions, connectionOptions, withAgent } from './control-connection.ts';
import { EXIT_FAILED, EXIT_OK } from './exit-status.ts';

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
    .addOption(new Option('--protocol <name>', 'of the packet').choices(['tcp', 'udp', 'icmp']).default('tcp'))
    .option('--sport <port>', 'source port, or the identifier of an echo', parsePort, 0)
    .option('--dport <port>', 'destination port', parsePort, 0)
    .option('--instance <name>', 'ask this instance, whatever the routes say')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExit status: 0 translated, 1 not translated or refused, 2 no agent running.');
  connectionOptions(command).action(async (source: string, destination: string, options: ExplainOptions) => {
    await withAgent(options, async (client) => {
      const { instance = '', protocol, sport, dport } = options;
      const request = { instance, protocol, source, sourcePort: sport, destination, destinationPort: dport };
      printExplanation(await client.call(CONTROL.explain, request), options.json === true);
    });
  });
}

/** What stands otherwise in JSON. */
const VERDICTS: Readonly<Record<string, string>> = { notOurs: 'left alone: it is for no instance here' };

/** @throws InvalidArgumentError */
function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('a number from 0 to 65535 is wanted');
  return port;
}

function printExplanation(reply: ExplainReply, json: boolean): void {
  if (json) console.log(JSON.stringify(reply, null, 2));
  else {
    for (const [index, step] of reply.steps.entries()) console.log(`${index + 1}. ${step}`);
    console.log(`Verdict: ${VERDICTS[reply.verdict] ?? reply.verdict}`);
  }
  process.exitCode = reply.verdict === 'translated' ? EXIT_OK : EXIT_FAILED;
}
