import { setTimeout as delay } from 'node:timers/promises';
import { AgentRefusedError, type ControlClient } from '../agent/control/control-client.ts';
import { CONTROL } from '../agent/control/control-service.ts';
import type { Outcome } from '../agent/control/messages.ts';
import type { AllNodesOptions, ConnectionOptions } from './connection-options.ts';
import { printJson, withAgent } from './control-connection.ts';
import { DRAIN_DEADLINE_MS, printOutcome } from './drain-run.ts';
import { EXIT_FAILED } from './exit-status.ts';

export interface PauseOptions extends AllNodesOptions {
  readonly reason?: string;
  readonly json?: true;
}

export interface SwitchoverOptions extends ConnectionOptions {
  readonly reason?: string;
  readonly timeout: number;
  readonly json?: true;
}

export async function runPause(options: PauseOptions): Promise<void> {
  const { reason = '' } = options;
  await withAgent(options, async (client) => print(await client.call(CONTROL.pause, { reason }), options, client));
}

export async function runResume(options: PauseOptions): Promise<void> {
  await withAgent(options, async (client) => print(await client.call(CONTROL.resume, {}), options, client));
}

function print(outcome: Outcome, options: PauseOptions, client: ControlClient): void {
  if (options.json !== true || options.all !== true) return printOutcome(outcome, options.json === true);
  printJson(outcome, options, client);
  if (!outcome.done) process.exitCode = EXIT_FAILED;
}

const POLL_MS = 200;

/** The node that is to serve comes first, so that there is always one that does. */
export async function runSwitchover(from: string, to: string, options: SwitchoverOptions): Promise<void> {
  const { json, timeout } = options;
  let isReady = false;
  await withAgent(options, async (client) => {
    await checkNames(client, from, to);
  });
  if (process.exitCode !== undefined && process.exitCode !== 0) return;
  await withAgent({ ...options, node: to }, async (client) => {
    isReady = await returnToService(client, to, timeout * 1000);
  });
  if (!isReady) return;
  await withAgent({ ...options, node: from }, async (client) => {
    const reason = options.reason ?? `switchover to ${to}`;
    const outcome = await client.call(CONTROL.drain, { reason, force: false }, DRAIN_DEADLINE_MS);
    const text = outcome.done ? `${outcome.text}; node ${to} serves` : outcome.text;
    printOutcome({ ...outcome, text }, json === true);
  });
}

async function checkNames(client: ControlClient, from: string, to: string): Promise<void> {
  const { nodes } = await client.call(CONTROL.getStatus, {});
  const known = nodes.map(({ name }) => name);
  const unknown = [from, to].find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new AgentRefusedError(`there is no node ${unknown}; there are: ${known.join(', ')}`, 'request-invalid');
  if (from === to) throw new AgentRefusedError(`${from} and ${to} are one node; name two`, 'request-invalid');
}

/** @returns true when it serves. @throws AgentRefusedError with its state when it does not within the time */
async function returnToService(client: ControlClient, node: string, limitMs: number): Promise<boolean> {
  const endMs = Date.now() + limitMs;
  for (let asked = false; ;) {
    const { nodes } = await client.call(CONTROL.getStatus, {});
    const { state, reason, announcing, upstreamDown } = nodes.find(({ self }) => self) ?? {};
    if (state === 'active' && announcing === true && upstreamDown !== true) return true;
    if (!asked && (state === 'withdrawn' || state === 'draining')) {
      const outcome = await client.call(CONTROL.undrain, {});
      if (!outcome.done) throw new AgentRefusedError(`node ${node} does not serve: ${outcome.text}`);
      asked = true;
    }
    if (Date.now() >= endMs)
      throw new AgentRefusedError(
        `node ${node} does not serve within ${limitMs / 1000} s: ${state}: ${reason}; nothing was drained`,
      );
    await delay(POLL_MS);
  }
}
