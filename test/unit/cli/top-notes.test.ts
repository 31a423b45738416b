import { expect, it } from 'vitest';
import type { TopRow } from '../../../src/agent/control/messages.ts';
import { topNotes } from '../../../src/cli/top-run.ts';

const row: TopRow = {
  instance: 'internet',
  address: '2001:db8::1',
  protocol: '',
  port: 0,
  sessions: 1,
  newLastMinute: 0,
  newFromOutside: 0,
  oldestMs: 0,
  packets: 0,
  bytes: 0,
  excess: 0,
  poolPorts: 0,
  own: false,
  checkedBy: '',
};

it('the notes of top say over which time each figure is counted, and what an own address is', () => {
  const since = Date.parse('2026-11-30T16:00:00Z');
  const now = 'NEW/S and IN/S: the mean of the last minute; SESSIONS and PORTS: now';
  expect(topNotes({ since, rows: [row] })).toEqual([
    now,
    'PACKETS and BYTES: what this node has carried since 2026-11-30T16:00:00.000Z',
  ]);
  expect(topNotes({ since: 0, rows: [row, { ...row, own: true }] })).toEqual([
    now,
    '(own): an address of the node itself; its checks go from there',
  ]);
  const gw2 = { ...row, checkedBy: 'gw2' };
  expect(topNotes({ since: 0, rows: [gw2, gw2, { ...row, own: true, checkedBy: 'gw1' }] })).toEqual([
    now,
    '(own): an address of the node itself; its checks go from there',
    '(gw2): an address of gw2; its checks go from there',
  ]);
});
