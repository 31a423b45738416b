import { describe, expect, it } from 'vitest';
import { readJoolJson } from '../../../../src/cluster/import/jool-json.ts';
import {
  addressOf,
  type JoolParts,
  portsOf,
  prefix4Of,
  prefix6Of,
  transportOf,
} from '../../../../src/cluster/import/jool-parts.ts';

function partsOf(json: unknown): JoolParts {
  return readJoolJson(JSON.stringify(json), 'jool.json');
}

describe('ports of Jool', () => {
  it.each<[unknown, [number, number]]>([
    ['1024-65535', [1024, 65_535]],
    ['0', [0, 0]],
    [65_535, [65_535, 65_535]],
    ['7-7', [7, 7]],
  ])('%s are taken', (text, range) => expect(portsOf(text, 'here')).toEqual(range));

  it.each(['65536', '1-65536', '2-1', '1-2-3', '-1', '1-', '', 'a', '123456', ' 1', undefined])(
    '%s are none',
    (text) => {
      expect(() => portsOf(text, 'here')).toThrow(/^here: .* is not a range of ports; write it like 61001-65535$/);
    },
  );
});

describe('a transport address of Jool', () => {
  it.each([
    ['2001:DB8::1#80', { address: '2001:db8::1', port: 80 }],
    ['192.0.2.1#0', { address: '192.0.2.1', port: 0 }],
    ['192.0.2.1#65535', { address: '192.0.2.1', port: 65_535 }],
  ])('is %s', (text, value) => expect(transportOf(text, 'here')).toEqual(value));

  it.each([
    '192.0.2.1#65536',
    '192.0.2.1',
    '192.0.2.1#',
    '192.0.2.1#80#80',
    '#80',
    'x#80',
    '192.0.2.1#8x',
    '192.0.2.1#x8',
  ])('is not %s', (text) => {
    expect(() => transportOf(text, 'here')).toThrow(
      `here: ${JSON.stringify(text)} is not a transport address; write it like 192.0.2.1#80`,
    );
  });
});

describe('addresses and prefixes of Jool', () => {
  it('have one spelling, and an address alone has full length', () => {
    expect([prefix4Of('192.0.2.1', 'x'), prefix4Of('192.0.2.0/24', 'x')]).toEqual(['192.0.2.1/32', '192.0.2.0/24']);
    expect([prefix6Of('2001:DB8::1', 'x'), prefix6Of('64:ff9b::0.0.0.0/96', 'x')]).toEqual([
      '2001:db8::1/128',
      '64:ff9b::/96',
    ]);
    expect([addressOf('192.0.2.1'), addressOf('2001:DB8::1'), addressOf('x')]).toEqual([
      '192.0.2.1',
      '2001:db8::1',
      undefined,
    ]);
  });

  it('are refused with what they should be', () => {
    expect(() => prefix4Of('192.0.2.1/24', 'x')).toThrow('x: "192.0.2.1/24" is not an IPv4 prefix');
    expect(() => prefix6Of(['a'], 'x')).toThrow('x: ["a"] is not an IPv6 prefix; write it like 2001:db8::/64');
  });
});

describe('a file of Jool', () => {
  it('has what stands in it, each table with its defaults', () => {
    const parts = partsOf({
      comment: { any: 'thing' },
      instance: 5,
      framework: 'netfilter',
      global: { comment: 'x', 'f-args': 3, 'logging-bib': true, pool6: null, 'mtu-plateaus': [1, 2], odd: { a: 1 } },
      pool4: [
        { protocol: 'tcp', prefix: '192.0.2.1' },
        { mark: 7, protocol: 'UDP', prefix: '192.0.2.0/31', 'port range': 2000, 'max-iterations': 5 },
      ],
      bib: [{ protocol: 'ICMP', 'ipv6 address': '2001:db8::1#5', 'ipv4 address': '192.0.2.1#6' }],
      eamt: [{ 'ipv6 prefix': '2001:db8::', 'ipv4 prefix': '192.0.2.3' }],
      denylist4: ['192.0.2.9', '198.51.100.0/24'],
      other: 1,
    });
    expect(parts).toMatchObject({
      source: 'jool.json',
      name: '5',
      framework: 'netfilter',
      displayed: false,
      pool4: [
        { mark: 0, protocol: 'tcp', prefix: '192.0.2.1/32', ports: [61_001, 65_535], maxIterations: undefined },
        { mark: 7, protocol: 'udp', prefix: '192.0.2.0/31', ports: [2000, 2000], maxIterations: '5' },
      ],
      bib: [{ protocol: 'icmp', v6: '2001:db8::1', port6: 5, v4: '192.0.2.1', port4: 6 }],
      eamt: [{ v6: '2001:db8::/128', v4: '192.0.2.3/32' }],
      denylist4: ['192.0.2.9/32', '198.51.100.0/24'],
      unknown: ['other'],
    });
    expect([...parts.globals]).toEqual([
      ['f-args', 3],
      ['logging-bib', true],
      ['pool6', null],
      ['mtu-plateaus', [1, 2]],
      ['odd', '{"a":1}'],
    ]);
  });

  it('has only the tables that stand in it', () => {
    const { name, framework, pool4, bib, eamt, denylist4, unknown, globals } = partsOf({});
    expect([name, framework, pool4, bib, eamt, denylist4]).toEqual(Array.from({ length: 6 }, () => undefined));
    expect([unknown, globals.size]).toEqual([[], 0]);
    expect(partsOf({ blacklist4: ['192.0.2.9'] }).denylist4).toEqual(['192.0.2.9/32']);
  });

  it('may have comments twice, and nothing else', () => {
    const text = '{ "comment": 1, "Comment": 2, "pool4": [] }';
    expect(readJoolJson(text, 'x').pool4).toEqual([]);
    expect(() => readJoolJson('{ "global": { "tos": 1, "TOS": 2 } }', 'x')).toThrow(
      'x: global: "tos" stands there twice; Jool refuses that too; keep one',
    );
  });

  it.each<[unknown, string]>([
    [null, 'jool.json: not an object; Jool expects { … } here'],
    [{ global: null }, 'jool.json: global: not an object; Jool expects { … } here'],
    [{ pool4: 'x' }, 'jool.json: pool4: not a list; Jool expects [ … ] here'],
    [{ eamt: [{}] }, 'jool.json: eamt[0]: "ipv6 prefix" is missing; Jool needs it too'],
    [{ eamt: [{ 'ipv6 prefix': '2001:db8::' }] }, 'jool.json: eamt[0]: "ipv4 prefix" is missing'],
    [{ pool4: [{ protocol: 'TCP', prefix: '192.0.2.1' }, []] }, 'jool.json: pool4[1]: not an object'],
    [{ pool4: [{ prefix: '192.0.2.1' }] }, 'jool.json: pool4[0]: "protocol" is missing'],
    [{ pool4: [{ protocol: 'TCP' }] }, 'jool.json: pool4[0]: "prefix" is missing'],
    [{ denylist4: ['192.0.2.1', 'x'] }, 'jool.json: denylist4[1]: "x" is not an IPv4 prefix'],
    [{ global: { 'mtu-plateaus': [1, 'x'] } }, 'jool.json: global.mtu-plateaus: not a setting; a number, a text, true'],
  ])('%j is refused at its place', (json, message) => expect(() => partsOf(json)).toThrow(message));

  it('that is no JSON is refused at the line and column where it ends to be', () => {
    expect(() => readJoolJson('{\n  "a": 1,\n  b\n}', 'jool.json')).toThrow(/^jool\.json:3:3: not JSON \(/);
    expect(() => readJoolJson('x', 'jool.json')).toThrow(/^jool\.json(?::1:1)?: not JSON \(.*give the file that/);
  });
});
