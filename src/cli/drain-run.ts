import { CONTROL } from '../agent/control/control-service.ts';
import type { Outcome } from '../agent/control/messages.ts';
import { withAgent } from './control-connection.ts';
import { EXIT_FAILED, EXIT_OK } from './exit-status.ts';
import type { ConnectionOptions } from './connection-options.ts';
import { toJson } from './json.ts';

export interface DrainOptions extends ConnectionOptions {
  readonly reason?: string;
  readonly force?: true;
  readonly json?: true;
}

export interface UndrainOptions extends ConnectionOptions {
  readonly json?: true;
}

/**
 * Draining hands all sessions over, and waits as a backup for the configured time, before it answers. If the agent
 * dies, the call ends at once.
 */
export const DRAIN_DEADLINE_MS = 24 * 60 * 60_000;

export async function runDrain(options: DrainOptions): Promise<void> {
  const { reason = '', force, json } = options;
  await withAgent(options, async (client) => {
    const outcome = await client.call(CONTROL.drain, { reason, force: force === true }, DRAIN_DEADLINE_MS);
    printOutcome(outcome, json === true);
  });
}

export async function runUndrain(options: UndrainOptions): Promise<void> {
  await withAgent(options, async (client) => {
    printOutcome(await client.call(CONTROL.undrain, {}), options.json === true);
  });
}

/** @param name takes precedence over `--node` */
export async function runRelease(name: string | undefined, options: UndrainOptions): Promise<void> {
  await withAgent(name === undefined ? options : { ...options, node: name }, async (client) => {
    printOutcome(await client.call(CONTROL.release, {}), options.json === true);
  });
}

/** One sentence, on standard error if it is a failure. */
export function printOutcome(outcome: Outcome, json: boolean): void {
  if (json) console.log(toJson(outcome));
  else if (outcome.done) console.log(outcome.text);
  else console.error(`isthmus: ${outcome.text}`);
  process.exitCode = outcome.done ? EXIT_OK : EXIT_FAILED;
}
