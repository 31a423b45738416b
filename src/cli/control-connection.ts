import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AgentNotRunningError, AgentRefusedError, ControlClient } from '../agent/control/control-client.ts';
import { CHANGE_GROUP, READ_GROUP } from '../agent/control/socket-access.ts';
import { CONTROL } from '../agent/control/control-service.ts';
import type { AllNodesOptions, ConnectionOptions } from './connection-options.ts';
import { EXIT_FAILED, EXIT_NOT_SERVING, EXIT_OK, EXIT_USAGE } from './exit-status.ts';
import { printFailure } from './failure.ts';
import { paintFor } from './table.ts';
import { toJson } from './json.ts';

/** The agent to connect to, the requested node, and whether the agent must forward the request to it. */
interface Route {
  readonly path: string;
  readonly node?: string;
  readonly through?: string;
}

/**
 * Connects to the agent of the requested node if it runs here, else through the local agent.
 * @throws AgentNotRunningError with a sentence that names the location
 */
function routeTo({ node, runDir }: ConnectionOptions): Route {
  if (node === undefined) return { path: socketIn(runDir) };
  const path = join(runDir, `${node}.sock`);
  const others = existsSync(path) ? [] : namesIn(runDir).filter((name) => name.endsWith('.sock'));
  const [other, more] = others;
  if (other === undefined || more !== undefined) return { path, node };
  return { path: join(runDir, other), node, through: node };
}

/** The socket of this machine's agent. @throws AgentNotRunningError, AgentRefusedError */
export function localSocket({ node, runDir }: ConnectionOptions): string {
  return allowedSocket(node === undefined ? socketIn(runDir) : join(runDir, `${node}.sock`));
}

function socketIn(runDir: string): string {
  const sockets = namesIn(runDir).filter((name) => name.endsWith('.sock'));
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
 * Runs `action` with a connection. An unresponsive agent, or a rejection, results in one sentence and the exit status.
 * @param notRunning fallback without an agent
 */
export async function withAgent(
  options: AllNodesOptions & { readonly json?: true },
  action: (client: ControlClient) => Promise<void>,
  notRunning?: (error: AgentNotRunningError) => void,
): Promise<void> {
  const { all, ...rest } = options;
  if (all === true) return withEveryAgent(rest, action, notRunning);
  let client: ControlClient | undefined;
  try {
    const { path, ...route } = routeTo(options);
    client = new ControlClient(allowedSocket(path), route);
    await action(client);
  } catch (error) {
    if (error instanceof AgentNotRunningError) {
      printFailure(error, EXIT_NOT_SERVING, options.json === true && notRunning === undefined);
      notRunning?.(error);
    } else if (error instanceof AgentRefusedError) {
      printFailure(error, exitStatusOf(error), options.json === true);
    } else throw error;
  } finally {
    client?.close();
  }
}

/**
 * Configuration mistakes give the exit status of `config check`; requests for something that does not exist or cannot
 * be read are wrong usage.
 */
function exitStatusOf({ code }: AgentRefusedError): number {
  return code === 'configuration-invalid' || code === 'request-invalid' ? EXIT_USAGE : EXIT_FAILED;
}

/**
 * Runs `action` for every node of the cluster, this machine's first. A node that does not answer gives one sentence,
 * and the exit status is that of the worst node.
 */
async function withEveryAgent(
  options: ConnectionOptions & { readonly json?: true },
  action: (client: ControlClient) => Promise<void>,
  notRunning?: (error: AgentNotRunningError) => void,
): Promise<void> {
  let nodes: string[] = [];
  const list = async (client: ControlClient): Promise<void> => {
    const status = await client.call(CONTROL.getStatus, {});
    nodes = status.nodes.map(({ name }) => name);
  };
  await withAgent(options, list, notRunning);
  const paint = paintFor(process.stdout);
  let worst = Number(process.exitCode ?? EXIT_OK);
  for (const [index, node] of nodes.entries()) {
    if (options.json !== true) console.log(`${index === 0 ? '' : '\n'}${paint('heading', `node ${node}`)}`);
    process.exitCode = EXIT_OK;
    await withAgent({ ...options, node }, action);
    worst = Math.max(worst, process.exitCode);
  }
  process.exitCode = worst;
}

/**
 * Prints a reply as JSON; with `--all` as an object that includes the node.
 * @param node from `ControlClient.node`
 */
export function printJson(value: object, { all }: AllNodesOptions, client: ControlClient): void {
  if (all !== true) console.log(toJson(value, 2));
  else console.log(toJson({ node: client.node, reply: value }));
}

/** @throws AgentRefusedError when the folder exists without permission */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    if (hasCode(error, 'EACCES')) throw notAllowed(folder);
    throw error;
  }
}

/**
 * The control socket, or the read-only one if only that is accessible.
 * @throws AgentRefusedError when neither is
 */
function allowedSocket(path: string): string {
  const look = path.replace(/\.sock$/, '.look');
  if (opens(path)) return path;
  if (existsSync(look) && opens(look)) return look;
  throw notAllowed(path);
}

/** Whether it is absent or accessible: only an existing file can lack permission. */
function opens(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch (error) {
    return !hasCode(error, 'EACCES');
  }
}

function notAllowed(path: string): AgentRefusedError {
  return new AgentRefusedError(
    `you may not read ${path}: join the group ${READ_GROUP} to read, ${CHANGE_GROUP} to change things too, or be root`,
    'not-allowed',
  );
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
