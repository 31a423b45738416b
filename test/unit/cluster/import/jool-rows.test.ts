import { describe, expect, it } from 'vitest';
import { readJoolCsv } from '../../../../src/cluster/import/jool-csv.ts';
import { type JoolParts, noParts } from '../../../../src/cluster/import/jool-parts.ts';

/** What lines of `jool … display --csv` say. */
function partsOf(...lines: string[]): JoolParts {
  const parts = noParts('jool.csv');
  readJoolCsv(`${lines.join('\n')}\n`, 'jool.csv', parts);
  return parts;
}

const settingOf = (cell: string): unknown => partsOf(`some-option,${cell}`).globals.get('some-option');

describe('a row of pool4', () => {
  it('has the mark, the protocol, the address, the ports, and iterations only where they are fixed', () => {
    const row = (fixed: number): string => `5,UDP,192.0.2.0/30,1000,2000,300,${fixed}`;
    const entry = { mark: 5, protocol: 'udp', prefix: '192.0.2.0/30', ports: [1000, 2000] };
    expect(partsOf(row(1)).pool4).toEqual([{ ...entry, maxIterations: '300' }]);
    expect(partsOf(row(0), row(1)).pool4).toEqual([
      { ...entry, maxIterations: undefined },
      { ...entry, maxIterations: '300' },
    ]);
  });

  it.each([
    ['a mark that is no number', 'x5,UDP,192.0.2.0,1,2,3,0'],
    ['a mark with more behind it', '5x,UDP,192.0.2.0,1,2,3,0'],
    ['a column too few', '5,UDP,192.0.2.0,1,2,3'],
    ['a column too many', '5,UDP,192.0.2.0,1,2,3,0,0'],
  ])('with %s is none', (_, row) => expect(() => partsOf(row)).toThrow('jool.csv:1: not a row of a display command'));

  it.each([
    ['another protocol', '5,SCTP,192.0.2.0,1,2,3,0', '"SCTP" is not a protocol; Jool has TCP, UDP and ICMP'],
    [
      'a client’s address',
      '5,TCP,2001:db8::1,1,2,3,0',
      '"2001:db8::1" is not an IPv4 prefix; write it like 192.0.2.0/24',
    ],
    ['ports that are turned', '5,TCP,192.0.2.0,2,1,3,0', '"2-1" is not a range of ports; write it like 61001-65535'],
  ])('with %s is refused with what is wrong', (_, row, message) => {
    expect(() => partsOf('IPv4 Prefix', row)).toThrow(`jool.csv:2: ${message}`);
  });
});

describe('a row of the BIB', () => {
  it.each(['tcp', 'UDP', 'icmp'])('is that of %s', (protocol) => {
    const parts = partsOf(`${protocol},2001:DB8::5,80,192.0.2.4,8080,1`);
    expect(parts.bib).toEqual([
      { protocol: protocol.toLowerCase(), v6: '2001:db8::5', port6: 80, v4: '192.0.2.4', port4: 8080 },
    ]);
  });

  it.each([
    ['an IPv6 side', 'TCP,client.example,80,192.0.2.4,8080,1'],
    ['an IPv4 side', 'TCP,2001:db8::5,80,server.example,8080,1'],
  ])('needs %s that is an address', (_, row) => {
    expect(() => partsOf(row)).toThrow('jool.csv:1: not addresses; use "jool bib display --csv --numeric"');
  });

  it('that is not static is counted, whatever names it has', () => {
    const parts = partsOf('TCP,client.example,http,server.example,http,0', 'UDP,a,b,c,d,no');
    expect([parts.bib, parts.dynamicEntries]).toEqual([[], 2]);
  });

  it.each(['sctp', 'xtcp', 'tcpx'])('of %s is none', (protocol) => {
    expect(() => partsOf(`${protocol},2001:db8::5,80,192.0.2.4,8080,1`)).toThrow('not a row of a display command');
  });
});

describe('a row of two columns', () => {
  it('is a mapping where it has a prefix of each family, IPv6 first', () => {
    expect(partsOf('2001:db8::1,192.0.2.1', '2001:db8:1::/120,198.51.100.0/24').eamt).toEqual([
      { v6: '2001:db8::1/128', v4: '192.0.2.1/32' },
      { v6: '2001:db8:1::/120', v4: '198.51.100.0/24' },
    ]);
    for (const row of ['192.0.2.1,2001:db8::1', '2001:db8::1,2001:db8::2', '192.0.2.1,192.0.2.2']) {
      expect(() => partsOf(row)).toThrow('not a row of a display command');
    }
  });

  it.each<[string, unknown]>([
    ['', null],
    ['TRUE', true],
    ['true', true],
    ['FALSE', false],
    ['false', false],
    ['0', 0],
    ['1280', 1280],
    ['"65535,1492"', [65_535, 1492]],
    ['"1500"', 1500],
    ['0:05:00', '0:05:00'],
    ['64:ff9b::/96', '64:ff9b::/96'],
    ['12ms', '12ms'],
    ['ms12', 'ms12'],
    ['"1,b"', '1,b'],
    ['"1,2,"', '1,2,'],
    ['True', 'True'],
  ])('is an option of the value %s', (cell, value) => expect(settingOf(cell)).toEqual(value));

  it('is an option where it begins with a letter, and none where it does not', () => {
    expect([...partsOf('f-args, 11', 'Old Option_2,x').globals]).toEqual([
      ['f-args', 11],
      ['Old Option_2', 'x'],
    ]);
    for (const row of ['1option,1', '-option,1', 'opt!on,1', ',1']) {
      expect(() => partsOf(row)).toThrow('not a row of a display command');
    }
  });
});

describe('a row of one column', () => {
  it('is a prefix of the denylist', () => {
    expect(partsOf('192.0.2.0/24', '', '  198.51.100.1  ').denylist4).toEqual(['192.0.2.0/24', '198.51.100.1/32']);
    expect(() => partsOf('2001:db8::/32')).toThrow('not a row of a display command');
    expect(() => partsOf('a.b')).toThrow('"a.b" is not an IPv4 prefix');
  });
});

describe('a line of headings', () => {
  it('begins a table, which may have no rows; one that is there already stays', () => {
    const { pool4, bib, eamt, denylist4, displayed } = partsOf(
      'Mark,Protocol,Address,Min port,Max port,Iterations,Iterations fixed',
      'Protocol,IPv6 Address,IPv6 L4-ID,IPv4 Address,IPv4 L4-ID,Static?',
      'IPv6 Prefix,IPv4 Prefix',
      'IPv4 Prefix',
    );
    expect([pool4, bib, eamt, denylist4, displayed]).toEqual([[], [], [], [], true]);
    const rows = [
      '0,TCP,192.0.2.1,1,2,3,0',
      'TCP,2001:db8::5,80,192.0.2.4,8080,1',
      '2001:db8::1,192.0.2.1',
      '192.0.2.9',
    ];
    const twice = partsOf(
      ...rows,
      'Mark,Protocol,Address',
      'Protocol,IPv6 Address,',
      'IPv6 Prefix,IPv4 Prefix',
      'IPv4 Prefix',
    );
    expect([twice.pool4, twice.bib, twice.eamt, twice.denylist4].map((table) => table?.length)).toEqual([1, 1, 1, 1]);
  });

  it('of the options says nothing about tables', () => {
    const { pool4, bib, eamt, denylist4, globals } = partsOf('Field,Value');
    expect([pool4, bib, eamt, denylist4, globals.size]).toEqual([undefined, undefined, undefined, undefined, 0]);
  });
});

describe('a row of another command', () => {
  const session = '2001:db8::5,80,64:ff9b::1,80,192.0.2.1,61001,198.51.100.1,80,0:01:00';
  it.each(['tcp', 'UDP', 'Icmp'])('is a session of %s, which is state', (protocol) => {
    expect(() => partsOf(`${protocol},${session}`)).toThrow(
      'jool.csv:1: a session, which is state and not configuration; give it to "isthmus joold load" when the node runs',
    );
  });

  it('is a list of instances, of either framework', () => {
    for (const framework of ['netfilter', 'iptables']) {
      expect(() => partsOf(`0x1,default,${framework}`)).toThrow('a list of instances, without their configuration');
    }
    expect(() => partsOf('0x1,default,nftables')).toThrow('not a row of a display command');
  });
});
