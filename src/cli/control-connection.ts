import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AgentNotRunningError, AgentRefusedError, ControlClient } from '../agent/control/control-client.ts';
import type { ConnectionOptions } from './connection-options.ts';
import { EXIT_FAILED, EXIT_NOT_SERVING } from './exit-status.ts';

/** @throws AgentNotRunningError with a sentence that says where it looked */
export function socketPath({ node, runDir }: ConnectionOptions): string {
  if (node !== undefined) return join(runDir, `${node}.sock`);
  const sockets = existsSync(runDir) ? readdirSync(runDir).filter((name) => name.endsWith('.sock')) : [];
  const [first, ...others] = sockets;
  if (first === undefined)
    throw new AgentNotRunningError(`no agent is running: there is no control socket in ${runDir}`);
  if (others.length > 0) {
    const names = sockets.map((name) => name.slice(0, -'.sock'.length)).sort();
    throw new AgentRefusedError(`several agents run here (${names.join(', ')}): say which with --node`);
  }
  return join(runDir, first);
}

/**
 * Runs `action` with a connection; what goes wrong with the agent becomes one line on standard error and the exit
 * status.
 */
export async function withAgent(
  options: ConnectionOptions,
  action: (client: ControlClient) => Promise<void>,
): Promise<void> {
  let client: ControlClient | undefined;
  try {
    client = new ControlClient(socketPath(options));
    await action(client);
  } catch (error) {
    if (error instanceof AgentNotRunningError) fail(error.message, EXIT_NOT_SERVING);
    else if (error instanceof AgentRefusedError) fail(error.message, EXIT_FAILED);
    else throw error;
  } finally {
    client?.close();
  }
}

function fail(message: string, exitStatus: number): void {
  console.error(`isthmus: ${message}`);
  process.exitCode = exitStatus;
}
