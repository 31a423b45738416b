import { expect, it } from 'vitest';
import type { Session } from '../../../src/agent/control/messages.ts';
import { sessionRow } from '../../../src/cli/sessions-run.ts';

const session: Session = {
  instance: 'internet',
  protocol: 'udp',
  client: '2001:db8::1',
  clientPort: 1000,
  pool4: '192.0.2.1',
  pool4Port: 2000,
  remote: '198.51.100.1',
  remotePort: 53,
  state: '',
  expiresInMs: 5000,
  owner: 'gw1',
  idleMs: 0,
  ageMs: 0,
  packetsOut: 0,
  bytesOut: 0,
  packetsIn: 0,
  bytesIn: 0,
  fastPath: false,
};

it('says of a session that has expired, and is still in the table, that it ends now', () => {
  expect(sessionRow(session)[8]).toBe('5 s');
  expect(sessionRow({ ...session, expiresInMs: 0 })[8]).toBe('now');
});
