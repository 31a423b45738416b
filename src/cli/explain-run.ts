import { CONTROL } from '../agent/control/control-service.ts';
import type { ExplainReply } from '../agent/control/messages.ts';
import { printJson, withAgent } from './control-connection.ts';
import { EXIT_FAILED, EXIT_OK } from './exit-status.ts';
import type { AllNodesOptions } from './connection-options.ts';

export interface ExplainOptions extends AllNodesOptions {
  readonly instance?: string;
  readonly protocol: string;
  readonly sport: number;
  readonly dport: number;
  readonly payload: number;
  readonly hopLimit: number;
  readonly json?: true;
}

/** Names in the text output that differ from JSON. */
const VERDICTS: Readonly<Record<string, string>> = {
  notOurs: 'left alone: it is for no instance here',
  answered: 'not translated: answered with an ICMP error',
  held: 'held: it leaves when what it waits for comes',
  noRoute: 'translated, but the kernel has no route for the result',
};

export async function runExplain(source: string, destination: string, options: ExplainOptions): Promise<void> {
  await withAgent(options, async (client) => {
    const { instance = '', protocol, sport, dport, payload, hopLimit } = options;
    const request = {
      instance,
      protocol,
      source,
      sourcePort: sport,
      destination,
      destinationPort: dport,
      payload,
      hopLimit,
    };
    const reply = await client.call(CONTROL.explain, request);
    if (options.json === true) printJson(reply, options, client);
    else printExplanation(reply);
    process.exitCode = reply.verdict === 'translated' ? EXIT_OK : EXIT_FAILED;
  });
}

function printExplanation(reply: ExplainReply): void {
  for (const [index, step] of reply.steps.entries()) console.log(`${index + 1}. ${step}`);
  console.log(`Verdict: ${VERDICTS[reply.verdict] ?? reply.verdict}`);
}
