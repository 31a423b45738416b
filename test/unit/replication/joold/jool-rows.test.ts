import { describe, expect, it } from 'vitest';
import { formatIpv4 } from '../../../../src/net/ipv4-address.ts';
import { formatIpv6, parseIpv6 } from '../../../../src/net/ipv6-address.ts';
import { parseSessionRow } from '../../../../src/replication/joold/jool-rows.ts';
import { tableOf } from './captured.ts';

const ROW = 'TCP,2001:db8::5,4000,64:ff9b::c633:6403,80,192.0.2.1,10028,198.51.100.3,80,1:59:19.772,V6_FIN_RCV';

describe('a row of jool session display', () => {
  it.each(['4.1.9', '4.1.15'])('of version %s is read, all fields equal', (version) => {
    for (const row of tableOf(`joold-${version}.sessions.csv`)) {
      const session = parseSessionRow(row);
      if (typeof session !== 'object') throw new Error(`${row}: ${session}`);
      const { protocol, client, clientPort, pool4, pool4Port, server4, server6, serverPort, state } = session;
      const [name, address6, port6, mapped, port66, address4, port4, server, port, , tcpState] = row.split(',');
      const six = [formatIpv6(client), clientPort, server6];
      const four = [formatIpv4(pool4), pool4Port, formatIpv4(server4), serverPort];
      expect([protocol.toUpperCase(), ...six]).toEqual([name, address6, Number(port6), parseIpv6(mapped)]);
      expect(four).toEqual([address4, Number(port4), server, Number(port)]);
      expect(state).toBe(tcpState === undefined || tcpState === '' ? 'ESTABLISHED' : tcpState);
      expect(port66).toMatch(/^\d+$/);
    }
  });

  it('has the time left in milliseconds', () => {
    expect(parseSessionRow(ROW)).toMatchObject({ lifetimeMs: 7_159_772, timer: 'EST' });
    expect(parseSessionRow(ROW.replace('1:59:19.772', '0:04:00'))).toMatchObject({ lifetimeMs: 240_000 });
    expect(parseSessionRow(ROW.replace('1:59:19.772', '12345:00:01'))).toMatchObject({ lifetimeMs: 44_442_001_000 });
  });

  it.each([
    ['fewer fields', 'TCP,2001:db8::5,4000', '3 fields'],
    ['another protocol', ROW.replace('TCP', 'SCTP'), 'SCTP'],
    ['a host name', ROW.replace('198.51.100.3', 'www.example.net'), '--numeric'],
    ['a name in the place of the client', ROW.replace('2001:db8::5', 'client.example.net'), '--numeric'],
    ['a name in the place of the server of IPv6', ROW.replace('64:ff9b::c633:6403', 'www.example.net'), '--numeric'],
    ['a name in the place of pool4', ROW.replace('192.0.2.1', 'nat.example.net'), '--numeric'],
    ['a name of the port of the client', ROW.replace(',4000,', ',client,'), '--numeric'],
    ['a name of the port of pool4', ROW.replace(',10028,', ',mapped,'), '--numeric'],
    ['a time of 60 minutes', ROW.replace('1:59:19.772', '1:60:19.772'), 'no time'],
    ['a time of 60 seconds', ROW.replace('1:59:19.772', '1:59:60'), 'no time'],
    ['tenths of a second', ROW.replace('1:59:19.772', '1:59:19.7'), 'no time'],
    ['six digits of hours', ROW.replace('1:59:19.772', '123456:00:00'), 'no time'],
    ['a service name', ROW.replace(',80,1:', ',http,1:'), '--numeric'],
    ['a port above 65535', ROW.replace('4000', '70000'), '65535'],
    ['no time', ROW.replace('1:59:19.772', 'soon'), 'soon'],
    ['an unknown state', ROW.replace('V6_FIN_RCV', 'UNKNOWN'), 'UNKNOWN'],
  ])('with %s is refused with a sentence', (_what, row, sentence) => {
    expect(parseSessionRow(row)).toContain(sentence);
  });

  it('is none in a line of titles or an empty one', () => {
    expect(parseSessionRow('Protocol,IPv6 Remote Address,IPv6 Remote L4-ID')).toBeUndefined();
    expect(parseSessionRow('  ')).toBeUndefined();
  });
});
