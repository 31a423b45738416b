import { createSocket, Socket } from 'node:dgram';
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import type { RoundTrip } from '../../../../src/agent/health/namespace-questions.ts';
import { RoundTrips } from '../../../../src/agent/health/round-trips.ts';

const PATIENT = 30_000;
let trips: RoundTrips;
let binds: MockInstance<Socket['bind']>;
let closes: MockInstance<Socket['close']>;
beforeEach(() => {
  binds = vi.spyOn(Socket.prototype, 'bind');
  closes = vi.spyOn(Socket.prototype, 'close');
  trips = new RoundTrips();
});
afterEach(() => {
  trips.close();
  vi.restoreAllMocks();
});

/** Over the loopback interface, without a translator: an IPv6 socket that talks to an IPv4 address. */
function path(host = 1, target = host): RoundTrip {
  return { source6: '::ffff:127.0.0.1', target6: `::ffff:127.0.1.${target}`, address4: `127.0.1.${host}` };
}

/** Sockets that were opened and are not closed. */
function sockets(): number {
  return binds.mock.calls.length - closes.mock.calls.length;
}

describe('a datagram through the translator and back', () => {
  it('takes the time that is told', async () => {
    const begun = performance.now();
    const tookMs = await trips.run(path(), PATIENT);
    expect(tookMs).toBeGreaterThan(0);
    expect(tookMs).toBeLessThan(performance.now() - begun);
  });

  it('always has the same sockets, so that it costs one session', async () => {
    await trips.run(path(), PATIENT);
    expect(sockets()).toBe(2);
    for (let times = 0; times < 5; times++) await trips.run(path(), PATIENT);
    expect(sockets()).toBe(2);
    await trips.run(path(2), PATIENT);
    expect(sockets()).toBe(4);
  });

  it('has sockets for 64 paths, and the oldest go first', async () => {
    for (let host = 1; host <= 64; host++) await trips.run(path(host), PATIENT);
    expect(sockets()).toBe(128);
    await trips.run(path(65), PATIENT);
    expect(sockets()).toBe(128);
    const opened = binds.mock.calls.length;
    for (const host of [2, 64, 65]) await trips.run(path(host), PATIENT);
    expect(binds).toHaveBeenCalledTimes(opened);
    await trips.run(path(1), PATIENT);
    expect(binds).toHaveBeenCalledTimes(opened + 2);
  });

  it('is itself what must come back, and nothing else that comes', async () => {
    // oxlint-disable-next-line typescript/unbound-method -- it is given its socket below
    const { send } = Socket.prototype;
    let answers = 0;
    vi.spyOn(Socket.prototype, 'send').mockImplementation(function (this: Socket, ...call: unknown[]) {
      const [, , address] = call;
      // The answer, which goes to IPv4, is that to an earlier probe.
      if (address === '127.0.0.1') call[0] = `isthmus probe ${++answers}`;
      Reflect.apply(send, this, call);
    });
    await expect(trips.run(path(), 50)).rejects.toThrow('the probe did not come back within 50 ms');
    expect(answers).toBe(1);
  });

  it('that is lost fails after its time; its sockets stay for the next one', async () => {
    const begun = performance.now();
    // Nobody has a socket on this address: the kernel says so with an ICMP error.
    await expect(trips.run(path(1, 2), 40)).rejects.toThrow('the probe did not come back within 40 ms');
    expect(performance.now() - begun).toBeGreaterThanOrEqual(40);
    expect(sockets()).toBe(2);
  });

  it('leaves no listener behind', async () => {
    const on = vi.spyOn(Socket.prototype, 'on');
    const clients = new Set<Socket>();
    for (let times = 0; times < 3; times++) {
      await trips.run(path(), PATIENT);
      for (const context of on.mock.contexts) if (context instanceof Socket) clients.add(context);
    }
    // The one that returns them has its own.
    expect([...clients].reduce((sum, socket) => sum + socket.listenerCount('message'), 0)).toBe(1);
    expect(clients.size).toBe(2);
  });
});

describe('sockets', () => {
  it('that cannot send any more are opened anew by the next probe', async () => {
    // A broadcast, which a socket may only send if it has said so: EACCES.
    const broadcast = { ...path(), target6: '::ffff:127.255.255.255' };
    await expect(trips.run(broadcast, PATIENT)).rejects.toMatchObject({ code: 'EACCES' });
    expect(sockets()).toBe(0);
  });

  it('are not opened where an address is not there, and none of the two stays', async () => {
    await expect(trips.run({ ...path(), address4: '198.51.100.77' }, PATIENT)).rejects.toMatchObject({
      code: 'EADDRNOTAVAIL',
    });
    await expect(trips.run({ ...path(), source6: '2001:db8:dead::1' }, PATIENT)).rejects.toMatchObject({
      code: 'EADDRNOTAVAIL',
    });
    expect(sockets()).toBe(0);
  });

  it('answer whoever sends to them, to the address that it came from', async () => {
    let port = 0;
    await trips.run(path(), PATIENT);
    for (const context of binds.mock.contexts) {
      if (!(context instanceof Socket)) continue;
      const { address, port: own } = context.address();
      if (address === '127.0.1.1') port = own;
    }
    const client = createSocket('udp4');
    const came = new Promise<[string, number]>((resolve) => {
      client.once('message', (message, from) => resolve([message.toString(), from.port]));
    });
    client.send('hello', port, '127.0.1.1');
    expect(await came).toEqual(['hello', port]);
    client.close();
  });
});
