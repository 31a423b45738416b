import { expect, it } from 'vitest';
import { InterfaceDown } from '../../../src/frr/interface-down.ts';

const PEERS = [
  { address: '10.0.0.1', kinds: ['bfd'] },
  { address: '2001:db8::1', kinds: ['bfd'] },
] as const;

it('sets the interfaces down that lead to the peers, where FRR is, and says that they stay so', async () => {
  const done: string[] = [];
  const down = new InterfaceDown(
    PEERS,
    () => '/proc/7/ns/net',
    async (name, path) => void done.push(`${path} ${name}`),
    (peers) => (peers.length === 2 ? ['up0', 'up1'] : []),
  );
  expect(await down.use()).toBe('up0, up1 was set down; it stays down until an operator sets it up again');
  expect(done).toEqual(['/proc/7/ns/net up0', '/proc/7/ns/net up1']);
});

it('does nothing where nobody knows which', async () => {
  const setDown = async (): Promise<void> => expect.unreachable();
  expect(
    await new InterfaceDown(
      PEERS,
      () => undefined,
      setDown,
      () => ['up0'],
    ).use(),
  ).toBeUndefined();
  expect(
    await new InterfaceDown(
      PEERS,
      () => '/proc/7/ns/net',
      setDown,
      () => [],
    ).use(),
  ).toBeUndefined();
});
