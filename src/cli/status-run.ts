import type { AgentNotRunningError, ControlClient } from '../agent/control/control-client.ts';
import { CONTROL } from '../agent/control/control-service.ts';
import type { StatusReply } from '../agent/control/messages.ts';
import { printJson, withAgent } from './control-connection.ts';
import { EXIT_FAILED, EXIT_NOT_SERVING, EXIT_OK } from './exit-status.ts';
import { eventLine } from './events-run.ts';
import { foldLines } from './fold-lines.ts';
import { statusScreen } from './status-screen.ts';
import { lastState, type StoredOptions, storedRecords } from './stored-records.ts';
import { paintFor } from './table.ts';
import { watch } from './watch.ts';
import { toJson } from './json.ts';

export interface StatusOptions extends StoredOptions {
  readonly json?: true;
  readonly watch?: true;
}

export async function runStatus(options: StatusOptions): Promise<void> {
  await (options.watch === true
    ? watch(options, (client) => draw(client, options))
    : withAgent(
        options,
        (client) => show(client, options),
        (error) => showStored(options, error),
      ));
}

/** 0 healthy, 1 degraded, 2 not serving. */
export function exitStatusOf({ health }: StatusReply): number {
  if (health === 'healthy') return EXIT_OK;
  return health === 'degraded' ? EXIT_FAILED : EXIT_NOT_SERVING;
}

async function show(client: ControlClient, options: StatusOptions): Promise<void> {
  const status = await client.call(CONTROL.getStatus, {});
  if (options.json === true) printJson(status, options, client);
  else console.log(screenOf(status).trimEnd());
  process.exitCode = exitStatusOf(status);
}

const STORED_EVENTS = 10;

/** Without an agent: the last known state of each node, and its preceding events. */
function showStored(options: StatusOptions, { code, message }: AgentNotRunningError): void {
  const records = storedRecords(options);
  if (options.json === true) {
    const nodes = records.map((one) => ({ node: one.node, drained: one.drained, last: lastState(one) ?? null }));
    console.log(toJson({ ok: false, code, error: message, nodes }, 2));
    return;
  }
  const paint = paintFor(process.stdout);
  for (const one of records) {
    const last = lastState(one);
    const stood = last === undefined ? 'nothing is stored of its state' : `it was ${last.to} last (${last.reason})`;
    console.log(`${paint('bad', 'NOT RUNNING')}  node ${one.node}: ${stood}${one.drained ? '; it is drained' : ''}`);
    for (const event of one.events.slice(-STORED_EVENTS)) console.log(`  ${eventLine(event, paint)}`);
  }
}

function screenOf(status: StatusReply): string {
  return foldLines(statusScreen(status, paintFor(process.stdout)), process.stdout.columns);
}

async function draw(client: ControlClient, { json }: StatusOptions): Promise<string> {
  const status = await client.call(CONTROL.getStatus, {});
  process.exitCode = exitStatusOf(status);
  return json === true ? `${toJson(status)}\n` : screenOf(status);
}
