import type { Command } from 'commander';
import { CONTROL } from '../agent/control/control-service.ts';
import type { ReloadReply } from '../agent/control/messages.ts';
import { type ConnectionOptions, connectionOptions, withAgent } from './control-connection.ts';
import { EXIT_FAILED, EXIT_OK } from './exit-status.ts';

interface ReloadOptions extends ConnectionOptions {
  readonly dryRun?: true;
  readonly json?: true;
}

export function registerReloadCommand(program: Command): void {
  const command = program
    .command('reload')
    .description('read the cluster file again and apply what changed, without touching sessions')
    .option('--dry-run', 'only say what would change')
    .option('--json', 'print JSON');
  connectionOptions(command).action(async (options: ReloadOptions) => {
    await withAgent(options, async (client) => {
      const reply = await client.call(CONTROL.reload, { dryRun: options.dryRun === true }, 30_000);
      printReload(reply, options.json === true);
    });
  });
}

function printReload(reply: ReloadReply, json: boolean): void {
  if (json) console.log(JSON.stringify(reply, null, 2));
  else {
    for (const change of reply.changes) console.log(`  ${change}`);
    for (const reason of reply.refused) console.error(`  not applied: ${reason}`);
    (reply.done ? console.log : console.error)(reply.text);
  }
  process.exitCode = reply.done ? EXIT_OK : EXIT_FAILED;
}
