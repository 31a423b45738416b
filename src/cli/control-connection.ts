import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AgentNotRunningError, AgentRefusedError, ControlClient } from '../agent/control/control-client.ts';
import type { ConnectionOptions } from './connection-options.ts';
import { EXIT_FAILED, EXIT_NOT_SERVING } from './exit-status.ts';
import { printFailure } from './failure.ts';

/** @throws AgentNotRunningError with a sentence that says where it looked */
export function socketPath({ node, runDir }: ConnectionOptions): string {
  if (node !== undefined) return join(runDir, `${node}.sock`);
  const sockets = existsSync(runDir) ? readdirSync(runDir).filter((name) => name.endsWith('.sock')) : [];
  const [first, ...others] = sockets;
  if (first === undefined)
    throw new AgentNotRunningError(`no agent is running: there is no control socket in ${runDir}`);
  if (others.length > 0) {
    const names = sockets.map((name) => name.slice(0, -'.sock'.length)).sort();
    throw new AgentRefusedError(
      `several agents run here (${names.join(', ')}): choose one with --node`,
      'request-invalid',
    );
  }
  return join(runDir, first);
}

/**
 * Runs `action` with a connection. An agent that does not answer, or refuses, becomes one sentence and the exit
 * status.
 */
export async function withAgent(
  options: ConnectionOptions & { readonly json?: true },
  action: (client: ControlClient) => Promise<void>,
): Promise<void> {
  let client: ControlClient | undefined;
  try {
    client = new ControlClient(socketPath(options));
    await action(client);
  } catch (error) {
    if (error instanceof AgentNotRunningError) printFailure(error, EXIT_NOT_SERVING, options.json === true);
    else if (error instanceof AgentRefusedError) printFailure(error, EXIT_FAILED, options.json === true);
    else throw error;
  } finally {
    client?.close();
  }
}
