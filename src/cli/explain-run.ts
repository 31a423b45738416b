import { CONTROL } from '../agent/control/control-service.ts';
import type { ExplainReply } from '../agent/control/messages.ts';
import { withAgent } from './control-connection.ts';
import { EXIT_FAILED, EXIT_OK } from './exit-status.ts';
import type { ConnectionOptions } from './connection-options.ts';

export interface ExplainOptions extends ConnectionOptions {
  readonly instance?: string;
  readonly protocol: string;
  readonly sport: number;
  readonly dport: number;
  readonly json?: true;
}

/** What stands otherwise in JSON. */
const VERDICTS: Readonly<Record<string, string>> = { notOurs: 'left alone: it is for no instance here' };

export async function runExplain(source: string, destination: string, options: ExplainOptions): Promise<void> {
  await withAgent(options, async (client) => {
    const { instance = '', protocol, sport, dport } = options;
    const request = { instance, protocol, source, sourcePort: sport, destination, destinationPort: dport };
    printExplanation(await client.call(CONTROL.explain, request), options.json === true);
  });
}

function printExplanation(reply: ExplainReply, json: boolean): void {
  if (json) console.log(JSON.stringify(reply, null, 2));
  else {
    for (const [index, step] of reply.steps.entries()) console.log(`${index + 1}. ${step}`);
    console.log(`Verdict: ${VERDICTS[reply.verdict] ?? reply.verdict}`);
  }
  process.exitCode = reply.verdict === 'translated' ? EXIT_OK : EXIT_FAILED;
}
