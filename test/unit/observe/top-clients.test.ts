import { expect, it } from 'vitest';
import type { TopReply } from '../../../src/agent/control/messages.ts';
import { TopClients, withoutClients } from '../../../src/observe/top-clients.ts';

const REST = { excess: 0, newFromOutside: 0, oldestMs: 0, own: false, checkedBy: '' };

function reply(bytes: Readonly<Record<string, number>>): TopReply {
  const row = { instance: 'internet', protocol: '', port: 0, newLastMinute: 120, packets: 0, ...REST };
  const rows = Object.entries(bytes).map(([address, count], index) => {
    return Object.assign({ address, bytes: count, sessions: 9100 - index, poolPorts: 9000 - index }, row);
  });
  const total = { ...row, address: '', bytes: 0, sessions: 0, poolPorts: 12_500 };
  return { rows, groups: 40, approximate: false, largestHidden: 0, since: 0, total };
}

it('are shown with their ports, and with the traffic since the list before', () => {
  const top = new TopClients();
  const first = top.update(reply({ '2001:db8::1': 5000, '2001:db8::2': 800 }), 1000, 7);
  expect(first).toMatchObject({ time: 7, all: 40, ports: 12_500, problem: '' });
  const shown = { instance: 'internet', checkedBy: '', sessions: 9100, ports: 9000, newSessions: 2 };
  expect(first.clients[0]).toEqual({ address: '2001:db8::1', ...shown, bits: -1 });
  const second = top.update(reply({ '2001:db8::1': 15_000, '2001:db8::2': 300, '2001:db8::3': 1 }), 11_000, 8);
  expect(second.clients.map(({ bits }) => bits)).toEqual([8000, -1, -1]);
});

it('are so few that a page can show them, and compared beyond those', () => {
  const top = new TopClients();
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`2001:db8::${index}`, 0]));
  expect(top.update(reply(many), 0, 0).clients).toHaveLength(10);
  expect(top.update(reply({ '2001:db8::39': 1000 }), 1000, 0).clients[0]?.bits).toBe(8000);
});

it('say why there are none', () => {
  expect(withoutClients(3, 'no instance is stateful')).toMatchObject({
    clients: [],
    problem: 'no instance is stateful',
  });
});
