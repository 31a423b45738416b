import type { Command } from 'commander';
import type { ControlClient } from '../agent/control/control-client.ts';
import { CONTROL } from '../agent/control/control-service.ts';
import type { Outcome } from '../agent/control/messages.ts';
import { type ConnectionOptions, connectionOptions, withAgent } from './control-connection.ts';
import { EXIT_FAILED, EXIT_OK } from './exit-status.ts';

interface DrainOptions extends ConnectionOptions {
  readonly reason?: string;
  readonly force?: true;
  readonly json?: true;
}

/** Draining hands every session over before it answers. */
const DRAIN_DEADLINE_MS = 60_000;

export function registerDrainCommands(program: Command): void {
  const drain = program
    .command('drain')
    .description(
      'take this node out without loss: hand its sessions over, then withdraw its routes; lasts over restarts',
    )
    .option('--reason <text>', 'why, for the events and for whoever looks at the status')
    .option('--force', 'even when another node is out already')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExit status: 0 drained, 1 refused or not complete, 2 no agent running.');
  connectionOptions(drain).action(async (options: DrainOptions) => {
    await withAgent(options, (client) => runDrain(client, options));
  });
  const undrain = program
    .command('undrain')
    .description('let a drained node serve again')
    .option('--json', 'print JSON');
  connectionOptions(undrain).action(async (options: DrainOptions) => {
    await withAgent(options, async (client) => {
      printOutcome(await client.call(CONTROL.undrain, {}), options.json === true);
    });
  });
}

async function runDrain(client: ControlClient, { reason = '', force, json }: DrainOptions): Promise<void> {
  const outcome = await client.call(CONTROL.drain, { reason, force: force === true }, DRAIN_DEADLINE_MS);
  printOutcome(outcome, json === true);
}

/** One sentence, to standard error when it says why not. */
function printOutcome(outcome: Outcome, json: boolean): void {
  if (json) console.log(JSON.stringify(outcome));
  else if (outcome.done) console.log(outcome.text);
  else console.error(`isthmus: ${outcome.text}`);
  process.exitCode = outcome.done ? EXIT_OK : EXIT_FAILED;
}
