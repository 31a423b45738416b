import { describe, expect, it, vi } from 'vitest';
import { EchoSocket } from '../../../src/linux/echo-socket.ts';
import { InterfaceQuery } from '../../../src/linux/interface-state.ts';
import { SystemCallError } from '../../../src/linux/libc.ts';
import { RouteLookup } from '../../../src/linux/route-lookup.ts';
import { runCommand, ipJson } from '../../../src/linux/command.ts';
import { missingCapabilities } from '../../../src/linux/capabilities.ts';

const mayPing = missingCapabilities(['CAP_NET_RAW']).length === 0;

describe('the state of an interface', () => {
  it('is what ip says, and nothing for one that is not there', async () => {
    const query = new InterfaceQuery();
    for (const link of await ipJson(runCommand, ['link', 'show'])) {
      if (
        typeof link !== 'object' ||
        link === null ||
        !('ifname' in link) ||
        !('flags' in link) ||
        !('ifindex' in link)
      ) {
        throw new Error('ip says something else');
      }
      const flags = Array.isArray(link.flags) ? link.flags : [];
      const state = query.state(String(link.ifname));
      expect([state?.index, state?.up]).toEqual([link.ifindex, flags.includes('UP')]);
      expect(state?.running).toBe(flags.includes('UP') && flags.includes('LOWER_UP'));
    }
    expect(query.state('lo')).toMatchObject({ index: 1, up: true, running: true });
    for (const name of ['nowhere0', '', 'a-name-that-is-too-long']) expect(query.state(name)).toBeUndefined();
    query.close();
  });
});

describe('a look-up of a route', () => {
  it('names the interface that ip route get names', async () => {
    const lookup = new RouteLookup();
    const query = new InterfaceQuery();
    for (const [address, bytes] of [
      ['198.51.100.7', [198, 51, 100, 7]],
      ['2001:db8::7', [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7]],
    ] as const) {
      let device: string | undefined;
      try {
        device = / dev (\S+)/.exec(await runCommand(['ip', 'route', 'get', address]))?.[1];
      } catch {
        device = undefined; // no way there
      }
      const expected = device === undefined ? undefined : query.state(device)?.index;
      expect(lookup.interfaceTo(new Uint8Array(bytes))).toBe(expected);
    }
    lookup.close();
    query.close();
  });

  it('finds no way to the machine itself, nor to where nothing leads', () => {
    const lookup = new RouteLookup();
    expect(lookup.interfaceTo(new Uint8Array([127, 0, 0, 1]))).toBeUndefined();
    expect(lookup.interfaceTo(new Uint8Array(16).fill(0, 0, 15).fill(1, 15))).toBeUndefined();
    lookup.close();
  });
});

describe.runIf(mayPing)('an echo', () => {
  it.each([[[127, 0, 0, 1]], [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]]])(
    'is answered by the machine itself (%j), each by its own sequence',
    async (bytes) => {
      const socket = new EchoSocket(new Uint8Array(bytes), 4711);
      expect(socket.hasReply(1)).toBe(false);
      socket.send(1);
      await vi.waitUntil(() => socket.hasReply(1), { timeout: 2000, interval: 2 });
      socket.send(2);
      await vi.waitUntil(() => socket.hasReply(2), { timeout: 2000, interval: 2 });
      expect(socket.hasReply(1)).toBe(false);
      socket.close();
    },
  );

  it('needs a way', () => {
    expect(() => new EchoSocket(new Uint8Array([255, 255, 255, 255]), 1)).toThrow(SystemCallError);
  });
});
