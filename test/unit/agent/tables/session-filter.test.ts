import { describe, expect, it } from 'vitest';
import { ControlError } from '../../../../src/agent/control/control-error.ts';
import type { Session, SessionsRequest } from '../../../../src/agent/control/messages.ts';
import { SessionFilter } from '../../../../src/agent/tables/session-filter.ts';

const session: Session = {
  instance: 'internet',
  protocol: 'tcp',
  client: '2001:db8:1::5',
  clientPort: 40_000,
  pool4: '192.0.2.1',
  pool4Port: 2000,
  remote: '198.51.100.7',
  remotePort: 443,
  state: 'established',
  expiresInMs: 1000,
  owner: 'gw1',
};
const all: SessionsRequest = { instance: '', protocol: '', client: '', pool4: '', remote: '', owner: 0, limit: 0 };

describe('the filter of the tables', () => {
  it.each<[Partial<SessionsRequest>, boolean]>([
    [{}, true],
    [{ protocol: 'tcp' }, true],
    [{ protocol: 'udp' }, false],
    [{ client: '2001:db8:1::5' }, true],
    [{ client: '2001:db8:1::/48' }, true],
    [{ client: '2001:db8:2::/48' }, false],
    [{ pool4: '192.0.2.1' }, true],
    [{ pool4: '192.0.2.1:2000' }, true],
    [{ pool4: '192.0.2.1:2001' }, false],
    [{ remote: '198.51.100.7:443', protocol: 'tcp', client: '2001:db8::/32' }, true],
    [{ remote: '198.51.100.8' }, false],
  ])('%j', (request, expected) => {
    expect(new SessionFilter({ ...all, ...request }).matchesSession(session)).toBe(expected);
  });

  it.each<Partial<SessionsRequest>>([
    { client: '192.0.2.1' },
    { client: '2001:db8::1/32' },
    { pool4: 'x' },
    { remote: '1.2.3' },
  ])('refuses %j with a sentence', (request) => {
    expect(() => new SessionFilter({ ...all, ...request })).toThrow(ControlError);
  });
});
