import { setTimeout as delay } from 'node:timers/promises';
import { AgentNotRunningError, type ControlClient } from '../agent/control/control-client.ts';
import type { ConnectionOptions } from './connection-options.ts';
import { withAgent } from './control-connection.ts';
import { fitScreen } from './fit-screen.ts';

const WATCH_INTERVAL_MS = 1000;
const CLEAR_SCREEN = '\u001B[H\u001B[2J\u001B[3J';

/** Options of commands that are repeated each second. */
export interface WatchOptions extends ConnectionOptions {
  readonly json?: true;
}

/**
 * Refreshes every second until interrupted, also across restarts of the agent.
 * @param draw queries the agent; with `--json` it returns one line
 */
export async function watch(options: WatchOptions, draw: (client: ControlClient) => Promise<string>): Promise<void> {
  for (;;) {
    await withAgent(options, (client) => redraw(client, options, draw));
    await delay(WATCH_INTERVAL_MS);
  }
}

async function redraw(
  client: ControlClient,
  { json }: WatchOptions,
  draw: (client: ControlClient) => Promise<string>,
): Promise<void> {
  const screen = process.stdout.isTTY && json !== true;
  for (;;) {
    try {
      const text = await draw(client);
      process.stdout.write(screen ? CLEAR_SCREEN + fitScreen(text, process.stdout) : text);
    } catch (error) {
      if (error instanceof AgentNotRunningError && screen) process.stdout.write(CLEAR_SCREEN);
      throw error;
    }
    await delay(WATCH_INTERVAL_MS);
  }
}
