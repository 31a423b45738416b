import { setTimeout as delay } from 'node:timers/promises';
import { AgentNotRunningError, type ControlClient } from '../agent/control/control-client.ts';
import { CONTROL } from '../agent/control/control-service.ts';
import type { StatusReply } from '../agent/control/messages.ts';
import { withAgent } from './control-connection.ts';
import { EXIT_FAILED, EXIT_NOT_SERVING, EXIT_OK } from './exit-status.ts';
import { fitScreen } from './fit-screen.ts';
import { foldLines } from './fold-lines.ts';
import { statusScreen } from './status-screen.ts';
import { paintFor } from './table.ts';
import type { ConnectionOptions } from './connection-options.ts';

export interface StatusOptions extends ConnectionOptions {
  readonly json?: true;
  readonly watch?: true;
}

const WATCH_INTERVAL_MS = 1000;
const CLEAR_SCREEN = '\u001B[H\u001B[2J\u001B[3J';

export async function runStatus(options: StatusOptions): Promise<void> {
  await (options.watch === true ? watch(options) : withAgent(options, (client) => show(client, options)));
}

/** 0 healthy, 1 degraded, 2 not serving. */
export function exitStatusOf({ health }: StatusReply): number {
  if (health === 'healthy') return EXIT_OK;
  return health === 'degraded' ? EXIT_FAILED : EXIT_NOT_SERVING;
}

async function show(client: ControlClient, { json }: StatusOptions): Promise<void> {
  const status = await client.call(CONTROL.getStatus, {});
  console.log(json === true ? JSON.stringify(status, null, 2) : screenOf(status).trimEnd());
  process.exitCode = exitStatusOf(status);
}

function screenOf(status: StatusReply): string {
  return foldLines(statusScreen(status, paintFor(process.stdout)), process.stdout.columns);
}

/** Stays over restarts of the agent: that is when one watches. */
async function watch(options: StatusOptions): Promise<void> {
  for (;;) {
    await withAgent(options, (client) => redraw(client, options));
    await delay(WATCH_INTERVAL_MS);
  }
}

async function redraw(client: ControlClient, { json }: StatusOptions): Promise<void> {
  for (;;) {
    try {
      const status = await client.call(CONTROL.getStatus, {});
      const screen = json === true ? `${JSON.stringify(status)}\n` : screenOf(status);
      process.stdout.write(
        json === true || !process.stdout.isTTY ? screen : CLEAR_SCREEN + fitScreen(screen, process.stdout),
      );
      process.exitCode = exitStatusOf(status);
    } catch (error) {
      if (error instanceof AgentNotRunningError && process.stdout.isTTY && json !== true)
        process.stdout.write(CLEAR_SCREEN);
      throw error;
    }
    await delay(WATCH_INTERVAL_MS);
  }
}
