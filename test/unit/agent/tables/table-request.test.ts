import { describe, expect, it } from 'vitest';
import { ControlError } from '../../../../src/agent/control/control-error.ts';
import type { SessionsRequest } from '../../../../src/agent/control/messages.ts';
import { readFilter } from '../../../../src/agent/tables/table-request.ts';
import { EVERYTHING, type TableFilter } from '../../../../src/translator/nat64/tables/table-filter.ts';
import { ALL_SESSIONS } from './all-sessions.ts';

const CLIENT = [0x2001_0db8, 0x0001_0000, 0, 5] as const;
const NETWORK = [0x2001_0db8, 0x0001_0000, 0, 0] as const;

describe('what an operator asks for', () => {
  it.each<[Partial<SessionsRequest>, Partial<TableFilter>]>([
    [{}, {}],
    [
      { protocol: 'udp', owner: 3 },
      { protocol: 17, owner: 3 },
    ],
    [{ client: '2001:db8:1::5' }, { client: CLIENT, clientLength: 128 }],
    [{ client: '[2001:db8:1::5]:40000' }, { client: CLIENT, clientLength: 128, clientPort: 40_000 }],
    [{ client: '2001:db8:1::/64' }, { client: NETWORK, clientLength: 64 }],
    // The network that an address is in: what else could be meant.
    [{ client: '2001:db8:1::5/64' }, { client: NETWORK, clientLength: 64 }],
    [{ pool4: '192.0.2.1' }, { pool4: 0xc000_0201, pool4Length: 32 }],
    [{ pool4: '192.0.2.1:0' }, { pool4: 0xc000_0201, pool4Length: 32, pool4Port: 0 }],
    [{ pool4: '192.0.2.77/28' }, { pool4: 0xc000_0240, pool4Length: 28 }],
    [{ remote: '198.51.100.7:65535' }, { remote: 0xc633_6407, remoteLength: 32, remotePort: 65_535 }],
    [{ remote: '0.0.0.0/0' }, { remote: 0, remoteLength: 0 }],
  ])('%j', (request, expected) => {
    expect(readFilter({ ...ALL_SESSIONS, ...request })).toEqual({ ...EVERYTHING, ...expected });
  });

  it.each<[Partial<SessionsRequest>, string]>([
    [{ client: '192.0.2.1' }, '192.0.2.1 is not an IPv6 address, with or without a port, nor a prefix'],
    [{ client: '2001:db8::/129' }, '2001:db8::/129 is not'],
    [{ client: '[2001:db8::1]:99999' }, '99999 is not a port; ports are 0 to 65535'],
    [{ pool4: 'x' }, 'such as 192.0.2.1, 192.0.2.1:1024 or 192.0.2.0/24'],
    [{ pool4: '192.0.2.1:' }, '192.0.2.1: is not'],
    [{ pool4: '192.0.2.0/24/2' }, '192.0.2.0/24/2 is not'],
    [{ remote: '1.2.3' }, '1.2.3 is not'],
    [{ remote: '192.0.2.0/1e1' }, '192.0.2.0/1e1 is not'],
    [{ remote: '192.0.2.0/+24' }, '192.0.2.0/+24 is not'],
    [{ client: '2001:db8::/0064' }, '2001:db8::/0064 is not'],
    [{ client: '2001:db8::/6x' }, '2001:db8::/6x is not'],
    [{ remote: '192.0.2.1:99999' }, '99999 is not a port'],
    [{ protocol: 'sctp' }, 'sctp is not a protocol; there are: tcp, udp, icmp'],
  ])('%j is refused with a sentence', (request, sentence) => {
    const read = (): TableFilter => readFilter({ ...ALL_SESSIONS, ...request });
    expect(read).toThrow(ControlError);
    expect(read).toThrow(sentence);
  });
});
