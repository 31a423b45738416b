import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { type GroupSocket, openGroup } from '../../../../src/agent/adopt/joold-group.ts';

/** Whether a socket of this namespace is bound to a port. */
function isBound(port: number): boolean {
  const place = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return ['udp', 'udp6'].some((table) =>
    readFileSync(`/proc/self/net/${table}`, 'utf8')
      .split('\n')
      .some((line) => line.trim().split(/\s+/)[1]?.endsWith(place)),
  );
}

/** Opens a group at an interface. */
function open(group: string, port: number, name: string): { socket: GroupSocket; reasons: string[] } {
  const reasons: string[] = [];
  const receive = (): void => void reasons.push('something came');
  const socket = openGroup(
    { group, port, interface: name },
    { receive, failed: (reason) => void reasons.push(reason) },
  );
  return { socket, reasons };
}

describe.each([
  ['ff08::db8:64:64', 46_401],
  ['233.252.0.64', 46_402],
])('joining %s', (group, port) => {
  it('fails once, with a sentence, where the interface is not there, and leaves no socket', async () => {
    const { socket, reasons } = open(group, port, 'nothere0');
    await vi.waitFor(() => expect(reasons).toEqual(['there is no interface nothere0']));
    await vi.waitFor(() => expect(isBound(port)).toBe(false));
    expect(() => socket.close()).not.toThrow();
    expect(reasons).toHaveLength(1);
  });

  it('lasts until it is closed, which may be done twice', async () => {
    const { socket, reasons } = open(group, port, 'lo');
    await vi.waitFor(() => expect(isBound(port)).toBe(true));
    socket.close();
    await vi.waitFor(() => expect(isBound(port)).toBe(false));
    expect(() => socket.close()).not.toThrow();
    expect(reasons).toEqual([]);
  });
});
