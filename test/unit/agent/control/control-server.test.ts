import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  AgentNotRunningError,
  AgentRefusedError,
  ControlClient,
} from '../../../../src/agent/control/control-client.ts';
import { ControlError } from '../../../../src/agent/control/control-error.ts';
import { type ControlHandlers, ControlServer } from '../../../../src/agent/control/control-server.ts';
import { CONTROL } from '../../../../src/agent/control/control-service.ts';
import { buildStatus } from '../../../../src/agent/status/status-builder.ts';
import { healthyInput } from '../status-fixture.ts';
import { refusing } from './refusing-handlers.ts';

let folder = '';
let server: ControlServer | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-'));
});
afterEach(() => {
  server?.stop();
  server = undefined;
  rmSync(folder, { recursive: true });
});

async function connected(handlers: Partial<ControlHandlers>): Promise<ControlClient> {
  const path = join(folder, 'gw1.sock');
  const readSocket = join(folder, 'gw1.look');
  server = await ControlServer.start({ socket: path, readSocket }, { ...refusing, ...handlers });
  // This machine has the groups or it has not: nobody else may come in either way.
  for (const one of [path, readSocket]) expect(statSync(one).mode & 0o007).toBe(0);
  return new ControlClient(path);
}

describe('the control service', () => {
  it('carries the whole status, defaults included', async () => {
    const status = buildStatus(healthyInput());
    const client = await connected({ getStatus: async () => status });
    const received = await client.call(CONTROL.getStatus, {});
    expect(received).toEqual(status);
    expect(Object.keys(received.nodes[0] ?? {}).sort()).toEqual(Object.keys(status.nodes[0] ?? {}).sort());
    client.close();
  });

  it('gives every field of a request a value, and brings a refusal back as its sentence', async () => {
    const client = await connected({
      getPool: async (request) => {
        expect(request).toEqual({ instance: '' });
        throw new ControlError('there is no instance x');
      },
    });
    await expect(client.call(CONTROL.getPool, {})).rejects.toThrow(
      new AgentRefusedError('there is no instance x', 'request-invalid'),
    );
    client.close();
  });

  it('streams pages, and ends the source when the client leaves', async () => {
    let ended = false;
    const client = await connected({
      listBib: async function* () {
        try {
          for (let page = 0; ; page++) {
            const entry = { instance: 'internet', protocol: 'tcp', client: '2001:db8::1', pool4: '192.0.2.1' };
            yield {
              entries: [{ ...entry, clientPort: page, pool4Port: 1024, sessions: 1, static: false, oldestMs: 0 }],
            };
          }
        } finally {
          ended = true;
        }
      },
    });
    const ports: number[] = [];
    for await (const { entries } of client.stream(CONTROL.listBib, {})) {
      ports.push(...entries.map(({ clientPort }) => clientPort));
      if (ports.length === 100) break;
    }
    expect(ports).toEqual(Array.from({ length: 100 }, (_, index) => index));
    await vi.waitFor(() => expect(ended).toBe(true));
    client.close();
  });

  it('says that no agent is running when there is no socket or nobody behind it', async () => {
    expect(() => new ControlClient(join(folder, 'gw9.sock'))).toThrow(AgentNotRunningError);
    const client = await connected({});
    server?.stop();
    server = undefined;
    await expect(client.call(CONTROL.getStatus, {})).rejects.toThrow(AgentNotRunningError);
    client.close();
  });
});
