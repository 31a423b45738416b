import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { vi } from 'vitest';
import { type RunningNode, startNode } from '../../../../src/agent/compose/start-node.ts';
import * as configThread from '../../../../src/agent/config/config-thread.ts';
import { readNodeConfig } from '../../../../src/agent/config/node-config.ts';
import type { OwnHandlers } from '../../../../src/agent/control/control-server.ts';
import { silentLog } from '../../../../src/agent/events/agent-log.ts';
import { NamespaceThread } from '../../../../src/agent/health/namespace-view.ts';
import { Instance } from '../../../../src/dataplane/instance.ts';
import { LiveStand } from './live-stand.ts';

export const WITHIN = { timeout: 30_000, interval: 10 };
const CALLER = { user: 'ada' };

/** A whole node whose instances have no device and no worker, and whose namespaces are as they should be. */
export class StartStand extends LiveStand {
  readonly told: string[] = [];
  readonly views: string[] = [];
  readonly running: RunningNode[] = [];
  readonly file = join(this.folder, 'cluster.yaml');

  constructor() {
    super();
    vi.spyOn(Instance.prototype, 'setSlices').mockResolvedValue(undefined);
    vi.spyOn(Instance.prototype, 'setPeerAlive').mockReturnValue(undefined);
    const view = NamespaceThread.prototype;
    const up = { index: 7, up: true, running: true };
    vi.spyOn(view, 'interfaceState').mockResolvedValue(up);
    vi.spyOn(view, 'interfacesTo').mockImplementation(async (addresses) => addresses.map(() => 7));
    vi.spyOn(view, 'localAddresses').mockImplementation(async () => {
      this.views.push('opened');
      return [];
    });
    vi.spyOn(view, 'stop').mockImplementation(async () => void this.views.push('closed'));
    // The thread runs the same function; a test of sources has no compiled one.
    vi.spyOn(configThread, 'readNodeConfigAside').mockImplementation(readNodeConfig);
    mkdirSync(dirname(this.places.events), { recursive: true });
  }

  write(text: string): void {
    writeFileSync(join(this.folder, 'key'), 'k'.repeat(32), { mode: 0o600 });
    writeFileSync(this.file, `cluster: campus\nsecretFile: ${this.folder}/key\n${text}`);
  }

  async start(text: string, node = 'gw1'): Promise<RunningNode> {
    this.write(text);
    const config = await readNodeConfig(this.file, node);
    const http = {
      read: async () => ({}),
      difference: () => undefined,
      use: () => void this.told.push('http'),
    };
    const outside = { http, setLogLevel: (level: string) => void this.told.push(`level ${level}`) };
    const started = await startNode(config, this.places, silentLog, outside);
    this.running.push(started);
    return started;
  }

  /** Ends one as the agent's process does. */
  async stop(node: RunningNode): Promise<void> {
    this.running.splice(this.running.indexOf(node), 1);
    await node.agent.stop('stopped by the test');
    await node.natLog.stop(1000);
    await node.flushEvents(5000);
    await node.notifications.close(1000);
  }

  async end(): Promise<void> {
    for (let node = this.running[0]; node !== undefined; node = this.running[0]) await this.stop(node);
    this.remove();
  }
}

type Requests = { [Name in keyof OwnHandlers]: OwnHandlers[Name] };

/** Calls a handler as the control socket does. */
export function asked<Name extends keyof Requests>(
  node: RunningNode,
  name: Name,
  request: Parameters<Requests[Name]>[0],
  stopped = new AbortController().signal,
): ReturnType<Requests[Name]> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the handler of this name takes its request
  const handler = node.handlers[name] as (...call: unknown[]) => ReturnType<Requests[Name]>;
  return handler(request, stopped, CALLER);
}

export async function listed<T>(replies: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const reply of replies) all.push(reply);
  return all;
}
