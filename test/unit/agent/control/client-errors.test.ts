import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ControlClient } from '../../../../src/agent/control/control-client.ts';
import { ControlError, NotAllowedError } from '../../../../src/agent/control/control-error.ts';
import { type ControlHandlers, ControlServer } from '../../../../src/agent/control/control-server.ts';
import { CODE_KEY, CONTROL } from '../../../../src/agent/control/control-service.ts';
import { complete, type Event } from '../../../../src/agent/control/messages.ts';
import { CallError } from '../../../../src/replication/calls/call-limits.ts';
import { refusing } from './refusing-handlers.ts';

const EVENT: Event = {
  time: 5,
  node: 'gw1',
  severity: 'info',
  subject: 'node',
  name: 'gw1',
  from: '',
  to: 'active',
  reason: '',
  code: 'node-active',
};

let folder = '';
const running: (() => void)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-'));
});
afterEach(() => {
  for (const end of running.splice(0).toReversed()) end();
  rmSync(folder, { recursive: true });
});

async function serving(handlers: Partial<ControlHandlers>): Promise<string> {
  const socket = join(folder, 'gw1.sock');
  const server = await ControlServer.start(
    { socket, readSocket: join(folder, 'gw1.look') },
    { ...refusing, ...handlers },
  );
  running.push(() => server.stop());
  return socket;
}

function clientOf(socket: string): ControlClient {
  const client = new ControlClient(socket);
  running.push(() => client.close());
  return client;
}

/** What any client of gRPC gets to see of an error. */
async function errorOf(socket: string): Promise<ServiceError> {
  const client = new Client(`unix:${socket}`, credentials.createInsecure());
  running.push(() => client.close());
  const { path, requestSerialize, responseDeserialize } = CONTROL.getStatus;
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(path, requestSerialize, responseDeserialize, {}, (error) => {
      if (error === null) reject(new Error('there is an answer'));
      else resolve(error);
    });
  });
}

describe('an error of a call', () => {
  it.each([
    [new NotAllowedError('only to read'), status.PERMISSION_DENIED, 'not-allowed', 'only to read'],
    [new ControlError('no such instance'), status.INVALID_ARGUMENT, 'request-invalid', 'no such instance'],
    [new CallError('node-busy', 'too much to do'), status.INTERNAL, 'node-busy', 'too much to do'],
    [new RangeError('a mistake of ours'), status.INTERNAL, 'request-failed', 'a mistake of ours'],
  ])('has a status of gRPC, and the code of what it is: %s', async (error, code, own, details) => {
    const getStatus = async (): Promise<never> => {
      throw error;
    };
    const found = await errorOf(await serving({ getStatus }));
    expect([found.code, found.details, found.metadata.get(CODE_KEY)]).toEqual([code, details, [own]]);
  });
});

describe('a client of the control socket', () => {
  it('takes replies of more than the 4 MiB that gRPC allows by default', async () => {
    const reason = 'x'.repeat(5 * 1024 * 1024);
    const socket = await serving({
      listEvents: async function* () {
        yield { ...EVENT, reason };
      },
    });
    const received: number[] = [];
    for await (const event of clientOf(socket).stream(CONTROL.listEvents, {})) received.push(event.reason.length);
    expect(received).toEqual([reason.length]);
  });

  it('leaves an error of the reader as it is, and tells the agent that he has gone', async () => {
    let stopped = false;
    const socket = await serving({
      listEvents: async function* (_request, signal) {
        signal.addEventListener('abort', () => (stopped = true));
        yield EVENT;
        await new Promise(() => undefined);
      },
    });
    const stream = clientOf(socket).stream(CONTROL.listEvents, {});
    expect((await stream.next()).value).toEqual(EVENT);
    const mistake = new RangeError('the terminal is too narrow');
    await expect(stream.throw(mistake)).rejects.toBe(mistake);
    await vi.waitFor(() => expect(stopped).toBe(true));
  });
});

describe('the control sockets', () => {
  it('cannot be made where their directory is missing', async () => {
    const missing = join(folder, 'missing');
    const sockets = { socket: join(missing, 'gw1.sock'), readSocket: join(missing, 'gw1.look') };
    await expect(ControlServer.start(sockets, refusing)).rejects.toThrow(/listen/);
  });

  it('refuse a request of more than 64 KiB', async () => {
    const client = clientOf(await serving({ drain: async () => ({ done: true, code: '', text: '' }) }));
    const ask = (length: number) => client.call(CONTROL.drain, { reason: 'x'.repeat(length), force: false });
    expect(await ask(60 * 1024)).toMatchObject({ done: true });
    await expect(ask(65 * 1024)).rejects.toMatchObject({ code: 'request-failed' });
  });
});

describe('a message that was decoded', () => {
  it('has each field as plain data, those of its class too, and nothing of the program that decoded it', () => {
    class Decoded {
      declare readonly inherited: number;
      readonly name = 'gw1';
      readonly $unknowns = [new Uint8Array(1)];
      readonly cost$ = 5;
      readonly nothing = null;
      readonly bytes = Uint8Array.of(1, 2);
      readonly inner = { list: [{ $unknowns: [], value: 1 }], $unknowns: [] };
      readonly encode = (): void => undefined;
    }
    Object.assign(Decoded.prototype, { inherited: 7 });
    expect(complete(new Decoded())).toEqual({
      inherited: 7,
      name: 'gw1',
      cost$: 5,
      bytes: Uint8Array.of(1, 2),
      inner: { list: [{ value: 1 }] },
    });
  });
});
