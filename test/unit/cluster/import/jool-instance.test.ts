import { describe, expect, it } from 'vitest';
import { readJoolJson } from '../../../../src/cluster/import/jool-json.ts';
import { mergedPrefixes } from '../../../../src/cluster/import/jool-pool4.ts';
import { draftOf, nat64, POOL4, siit } from './jool-draft.ts';

describe('pool4', () => {
  it('is one entry where Jool has one for each protocol', () => {
    const pool4 = (range: unknown): object[] =>
      ['TCP', 'UDP', 'ICMP'].map((protocol) => ({ protocol, prefix: '192.0.2.0/31', 'port range': range }));
    const global = { pool6: '64:ff9b::/96' };
    expect(() => nat64({ global, pool4: pool4(2000) })).toThrow('1 ports cannot be cut into 2 slots');
    expect(nat64({ global, pool4: pool4('2000-2999') }).pool4).toEqual([
      { prefix: '192.0.2.0/31', ports: [2000, 2999], protocols: ['tcp', 'udp', 'icmp'], clients: [] },
    ]);
  });

  it('has the upper ports where no range is named', () => {
    const pool4 = [{ protocol: 'UDP', prefix: '192.0.2.1' }];
    expect(nat64({ global: { pool6: '64:ff9b::/96' }, pool4 }).pool4[0]?.ports).toEqual([61001, 65535]);
  });

  it('begins at port 1 for TCP and UDP, and at 0 for identifiers of ICMP', () => {
    const pool4 = ['TCP', 'ICMP'].map((protocol) => ({ protocol, prefix: '192.0.2.1', 'port range': '0-65535' }));
    expect(nat64({ global: { pool6: '64:ff9b::/96' }, pool4 }).pool4).toMatchObject([
      { ports: [1, 65535], protocols: ['tcp'] },
      { ports: [0, 65535], protocols: ['icmp'] },
    ]);
  });

  it('serves the clients that a mark stands for, and leaves out marks that nobody explains', () => {
    const pool4 = [...POOL4, { mark: 7, protocol: 'TCP', prefix: '192.0.2.9', 'port range': '1024-65535' }];
    const global = { pool6: '64:ff9b::/96' };
    const marks = new Map([[7, ['2001:db8:7::/48']]]);
    expect(nat64({ global, pool4 }, { marks }).pool4[1]?.clients).toEqual(['2001:db8:7::/48']);
    const draft = draftOf({ global, pool4 });
    expect(draft.findings.map(({ what }) => what)).toEqual(['pool4 entries with mark 7']);
    expect(nat64({ global, pool4 }).pool4).toHaveLength(1);
    expect(() => nat64({ global, pool4: pool4.slice(1) })).toThrow('--mark 7=2001:db8::/48');
  });

  it('that is empty is the machine itself, whose address must be named', () => {
    const json = { global: { pool6: '64:ff9b::/96' }, pool4: [] };
    expect(() => nat64(json)).toThrow('--address 192.0.2.1');
    expect(nat64(json, { ownAddresses: ['192.0.2.1'] }).pool4).toMatchObject([
      { prefix: '192.0.2.1/32', ports: [61001, 65535] },
    ]);
  });

  it('names iterations as not needed', () => {
    const pool4 = [
      { ...POOL4[0], 'max-iterations': 'infinity' },
      { ...POOL4[0], protocol: 'UDP', 'max-iterations': 'auto' },
    ];
    expect(draftOf({ global: { pool6: '64:ff9b::/96' }, pool4 }).findings).toHaveLength(1);
  });
});

describe('addresses in a row', () => {
  it.each([
    [['192.0.2.4/32', '192.0.2.5/32'], ['192.0.2.4/31']],
    [
      ['192.0.2.5/32', '192.0.2.6/32'],
      ['192.0.2.5/32', '192.0.2.6/32'],
    ],
    [
      ['192.0.2.0/32', '192.0.2.1/32', '192.0.2.2/32'],
      ['192.0.2.0/31', '192.0.2.2/32'],
    ],
    [['0.0.0.0/1', '128.0.0.0/1'], ['0.0.0.0/0']],
    [['255.255.255.254/32', '255.255.255.255/32'], ['255.255.255.254/31']],
    [
      ['10.0.0.0/24', '10.0.0.128/25', '9.0.0.1/32'],
      ['9.0.0.1/32', '10.0.0.0/24'],
    ],
  ])('%s are %s', (given, expected) => expect(mergedPrefixes(given)).toEqual(expected));
});

describe('static entries and mappings', () => {
  it('are kept', () => {
    const bib = [
      { protocol: 'TCP', 'ipv6 address': '2001:DB8::1#80', 'ipv4 address': '192.0.2.1#8080', comment: 'web' },
    ];
    expect(nat64({ global: { pool6: '64:ff9b::/96' }, bib }).static).toEqual([
      { protocol: 'tcp', v6: '2001:db8::1', port6: 80, v4: '192.0.2.1', port4: 8080 },
    ]);
    const eamt = [{ 'ipv6 prefix': '2001:db8:1::', 'ipv4 prefix': '192.0.2.16/28', comment: { any: 1 } }];
    expect(() => siit({ eamt })).toThrow('192.0.2.16/28 has more addresses than 2001:db8:1::/128');
    const fitting = [{ 'ipv6 prefix': '2001:db8:1::/124', 'ipv4 prefix': '192.0.2.16/28' }];
    expect(siit({ eamt: fitting, denylist4: ['198.51.100.0'], blacklist4: ['198.51.100.1'] })).toMatchObject({
      eam: [{ v6: '2001:db8:1::/124', v4: '192.0.2.16/28' }],
      denylist4: ['198.51.100.1/32'],
    });
  });

  it.each([
    [{ protocol: 'SCTP', 'ipv6 address': '2001:db8::1#80', 'ipv4 address': '192.0.2.1#80' }, 'bib[0]: "SCTP" is not'],
    [{ protocol: 'TCP', 'ipv6 address': '2001:db8::1', 'ipv4 address': '192.0.2.1#80' }, 'is not a transport address'],
    [{ protocol: 'TCP', 'ipv4 address': '192.0.2.1#80' }, '"ipv6 address" is missing'],
    ['no', 'bib[0]: not an object'],
  ])('%s is refused', (entry, message) => {
    expect(() => nat64({ global: { pool6: '64:ff9b::/96' }, bib: [entry] })).toThrow(message);
  });
});

describe('an instance', () => {
  it('is nat64 or siit by what the file has; where nothing tells, the operator says it', () => {
    expect(draftOf({ global: { pool6: '64:ff9b::/96' }, pool4: POOL4 }).kind).toBe('nat64');
    expect(draftOf({ eamt: [] }).kind).toBe('siit');
    expect(() => draftOf({ global: { pool6: '64:ff9b::/96' } })).toThrow('--kind nat64 or --kind siit');
    expect(() => draftOf({ pool4: POOL4, eamt: [] })).toThrow('keys of NAT64 and of SIIT');
  });

  it('without tables is what its options are of, unless they are of both programs', () => {
    const ownAddresses = ['192.0.2.1'];
    const pool6 = '64:ff9b::/96';
    expect(draftOf({ global: { pool6, 'f-args': 11 } }, { ownAddresses }).kind).toBe('nat64');
    expect(draftOf({ global: { pool6, 'eam-hairpin-mode': 1 } }).kind).toBe('siit');
    expect(() => draftOf({ global: { pool6, 'f-args': 11, 'eam-hairpin-mode': 1 } })).toThrow('NAT64 and of SIIT');
    // Tables tell more than an option that was left in the file.
    expect(draftOf({ global: { pool6, 'f-args': 11 }, eamt: [] }).kind).toBe('siit');
    expect(draftOf({ eamt: [] }, { kind: 'siit' }).kind).toBe('siit');
  });

  it('has a name that the cluster file can have', () => {
    expect(draftOf({ instance: 'my nat!', eamt: [] }).name).toBe('my-nat-');
    expect(draftOf({ eamt: [] }).name).toBe('default');
    expect(draftOf({ eamt: [] }, { name: 'old' }).name).toBe('old');
    expect(draftOf({ instance: '__proto__', eamt: [] }).name).toBe('proto__');
  });

  it('is put into its namespace', () => {
    const instance = nat64(
      { instance: 'lower', global: { pool6: '64:ff9b::/96' } },
      { namespaces: new Map([['lower', 'nat64']]) },
    );
    expect(instance.namespace).toBe('nat64');
  });

  it.each([
    ['64:ff9b::/96', true],
    ['64:FF9B:0::0.0.0.0/96', true],
    ['64:ff9b:1::/96', false],
    ['2001:db8:64::/96', false],
  ])('with pool6 %s translates IPv4 addresses that are not global as Jool: %s', (pool6, said) => {
    expect(nat64({ global: { pool6 } }).allowNonGlobal).toBe(said);
  });

  it('has the destinations that routes led to it, if it is a NAT64', () => {
    const destinations = new Map([['lower', ['0.0.0.0/1', '192.0.2.0']]]);
    const instance = nat64({ instance: 'lower', global: { pool6: '64:ff9b::/96' } }, { destinations });
    expect(instance.destinations).toEqual(['0.0.0.0/1', '192.0.2.0/32']);
    expect(() => draftOf({ instance: 'lower', eamt: [] }, { destinations })).toThrow('is of kind siit');
  });

  it('does not tell capital letters in keys from small ones, as Jool', () => {
    const instance = nat64({ Global: { POOL6: '64:ff9b::/96', 'Drop-ICMPv6-Info': true }, Comment: 'a' });
    expect(instance).toMatchObject({ pool6: ['64:ff9b::/96'], dropPings: true });
    const eam = [{ 'IPv6 Prefix': '2001:db8::1', 'IPv4 prefix': '192.0.2.1', COMMENT: 1, comment: 2 }];
    expect(siit({ EAMT: eam }).eam).toEqual([{ v6: '2001:db8::1/128', v4: '192.0.2.1/32' }]);
    expect(() => draftOf({ global: {}, GLOBAL: {} })).toThrow('"global" stands there twice');
  });

  it('lists keys that Jool does not have', () => {
    expect(draftOf({ eamt: [], pool66: 1, framework: 'iptables' }).findings.map(({ what }) => what)).toEqual([
      'framework iptables',
      'pool66',
    ]);
  });

  it.each([
    ['{"a": 1,}', 'not JSON'],
    ['[]', 'not an object'],
    ['{"global": []}', 'jool.json: global: not an object'],
    ['{"pool4": {}}', 'jool.json: pool4: not a list'],
  ])('of the text %s is refused', (text, message) => {
    expect(() => readJoolJson(text, 'jool.json')).toThrow(message);
  });
});
