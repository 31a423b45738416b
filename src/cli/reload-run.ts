import { CONTROL } from '../agent/control/control-service.ts';
import type { ReloadReply } from '../agent/control/messages.ts';
import { withAgent } from './control-connection.ts';
import { EXIT_FAILED, EXIT_OK } from './exit-status.ts';
import type { ConnectionOptions } from './connection-options.ts';
import { toJson } from './json.ts';

export interface ReloadOptions extends ConnectionOptions {
  readonly dryRun?: true;
  readonly json?: true;
}

const RELOAD_DEADLINE_MS = 30_000;

export async function runReload(options: ReloadOptions): Promise<void> {
  await withAgent(options, async (client) => {
    const reply = await client.call(CONTROL.reload, { dryRun: options.dryRun === true }, RELOAD_DEADLINE_MS);
    printReload(reply, options.json === true);
  });
}

function printReload(reply: ReloadReply, json: boolean): void {
  if (json) console.log(toJson(reply, 2));
  else {
    for (const change of reply.changes) console.log(`  ${change}`);
    for (const reason of reply.refused) console.error(`  not applied: ${reason}`);
    (reply.done ? console.log : console.error)(reply.text);
  }
  process.exitCode = reply.done ? EXIT_OK : EXIT_FAILED;
}
