import { once } from 'node:events';
import { createServer, type Server, Socket } from 'node:net';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LATE } from '../../../../src/agent/health/finding.ts';
import { NamespaceAnswers } from '../../../../src/agent/health/namespace-answers.ts';
import type { ViewQuestion } from '../../../../src/agent/health/namespace-questions.ts';
import { silence } from '../../../../src/agent/health/silence.ts';
import { EchoSocket } from '../../../../src/linux/echo-socket.ts';
import { RouteLookup } from '../../../../src/linux/route-lookup.ts';

const PATIENT = 30_000;
let answers: NamespaceAnswers;
let servers: Server[];
beforeEach(() => {
  answers = new NamespaceAnswers();
  servers = [];
});
afterEach(() => {
  answers.close();
  for (const server of servers) server.close();
  vi.restoreAllMocks();
});

/** A server on the loopback interface, and its port. */
async function listening(): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** The value of the answer. @throws what the answer says has failed */
async function ask(question: ViewQuestion): Promise<unknown> {
  const reply = await answers.reply({ id: 7, question });
  expect(reply.id).toBe(7);
  if ('failure' in reply) throw Object.assign(new Error(reply.failure), { code: reply.code });
  return reply.value;
}

const route = (addresses: readonly string[], source?: string) => ask({ method: 'interfacesTo', addresses, source });

describe('what is answered about a namespace', () => {
  it('is the state of an interface, or that there is none', async () => {
    expect(await ask({ method: 'interfaceState', name: 'lo' })).toEqual({ index: 1, up: true, running: true });
    expect(await ask({ method: 'interfaceState', name: 'nowhere0' })).toBeUndefined();
  });

  it('is the interface to each address, of both families, and from a source', async () => {
    const asked: unknown[] = [];
    vi.spyOn(RouteLookup.prototype, 'interfaceTo').mockImplementation((address, source) => {
      asked.push([...address], source && [...source]);
      return asked.length;
    });
    const six = (last: number): number[] => [0x20, 1, 0xd, 0xb8, ...Array<number>(11).fill(0), last];
    expect(await route(['203.0.113.9', '2001:db8::5'])).toEqual([2, 4]);
    expect(await route(['2001:db8::6'], '2001:db8::7')).toEqual([6]);
    expect(asked).toEqual([[203, 0, 113, 9], undefined, six(5), undefined, six(6), six(7)]);
    await expect(route(['127.0.0.9', 'somewhere'])).rejects.toThrow('"somewhere" is not an address');
    await expect(route(['::1'], 'here')).rejects.toMatchObject({ message: '"here" is not an address', code: '' });
  });

  it('are its own addresses that others can reach', async () => {
    const at = (address: string, family: 'IPv4' | 'IPv6', internal = false) => ({ address, family, internal });
    const interfaces = vi.spyOn(os, 'networkInterfaces');
    interfaces.mockReturnValue({
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing else of them is read
      ...({
        lo: [at('127.0.0.1', 'IPv4', true), at('::1', 'IPv6', true)],
        up0: [at('192.0.2.7', 'IPv4'), at('127.64.64.1', 'IPv4'), at('2001:db8::7', 'IPv6')],
      } as unknown as ReturnType<typeof os.networkInterfaces>),
      gone0: undefined,
    });
    syncBuiltinESMExports();
    try {
      expect(await ask({ method: 'localAddresses' })).toEqual([
        { interface: 'up0', family: 4, address: '192.0.2.7' },
        { interface: 'up0', family: 6, address: '2001:db8::7' },
      ]);
    } finally {
      interfaces.mockRestore();
      syncBuiltinESMExports();
    }
  });
});

describe('an echo request', () => {
  it.each(['127.0.0.9', '::1'])('to %s is answered in the time that it took', async (address) => {
    const begun = performance.now();
    const tookMs = await ask({ method: 'ping', address, timeoutMs: PATIENT });
    expect(tookMs).toBeGreaterThan(0);
    expect(tookMs).toBeLessThan(performance.now() - begun);
  });

  it('has a number of its own, so that it takes no other reply for its own', async () => {
    const numbers: number[] = [];
    const send = vi.spyOn(EchoSocket.prototype, 'send');
    send.mockImplementation((sequence) => void numbers.push(sequence));
    vi.spyOn(EchoSocket.prototype, 'hasReply').mockImplementation((sequence) => {
      return numbers.length === 2 && numbers.includes(sequence);
    });
    const question = { method: 'ping', address: '127.0.0.9', timeoutMs: PATIENT } as const;
    await Promise.all([ask(question), ask(question)]);
    expect(new Set(numbers).size).toBe(2);
  });

  it('that nobody answers ends after its time, and leaves no socket', async () => {
    vi.spyOn(EchoSocket.prototype, 'hasReply').mockReturnValue(false);
    const close = vi.spyOn(EchoSocket.prototype, 'close');
    const begun = performance.now();
    await expect(ask({ method: 'ping', address: '127.0.0.9', timeoutMs: 30 })).rejects.toThrow(
      'no echo reply within 30 ms',
    );
    expect(performance.now() - begun).toBeGreaterThanOrEqual(30);
    expect(close).toHaveBeenCalledTimes(1);
  });
});

describe('a connection', () => {
  it('is opened, and closed again, in the time that it took', async () => {
    const port = await listening();
    const closed = new Promise((resolve) => {
      servers[0]?.once('connection', (socket) => socket.once('close', resolve));
    });
    const begun = performance.now();
    const tookMs = await ask({ method: 'connect', address: '127.0.0.1', port, timeoutMs: PATIENT });
    expect(tookMs).toBeGreaterThan(0);
    expect(tookMs).toBeLessThan(performance.now() - begun);
    await closed;
  });

  it('that is refused fails with the code of the system', async () => {
    const port = await listening();
    servers.pop()?.close();
    const question = { method: 'connect', address: '127.0.0.1', port, timeoutMs: PATIENT } as const;
    await expect(ask(question)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('counts that was there in time, though this thread looks late', async () => {
    const port = await listening();
    const answer = ask({ method: 'connect', address: '127.0.0.1', port, timeoutMs: 20 });
    await new Promise(setImmediate);
    // The kernel has accepted it meanwhile.
    for (const until = performance.now() + 60; performance.now() < until;) port.toString();
    expect(await answer).toBeGreaterThan(0);
  });

  it('that nobody answers ends after its time', async () => {
    // Its first packet is never sent.
    vi.spyOn(Socket.prototype, 'connect').mockReturnThis();
    const begun = performance.now();
    await expect(ask({ method: 'connect', address: '127.0.0.1', port: 9, timeoutMs: 30 })).rejects.toThrow(
      'no answer within 30 ms',
    );
    expect(performance.now() - begun).toBeGreaterThanOrEqual(30);
  });
});

describe('no answer', () => {
  const after = (passedMs: number): Error => {
    vi.spyOn(performance, 'now').mockReturnValue(1000 + passedMs);
    return silence('no answer within 500 ms', 1000, 500);
  };

  it.each([500, 600])('is conclusive where this thread looked after %s ms of 500', (passedMs) => {
    const error = after(passedMs);
    expect(error.message).toBe('no answer within 500 ms');
    expect(error).not.toHaveProperty('code');
  });

  it('is not where this thread was late, which is said', () => {
    expect(after(601.4)).toMatchObject({
      message: 'no answer within 500 ms, and the check was late by 101 ms',
      code: LATE,
    });
  });
});
