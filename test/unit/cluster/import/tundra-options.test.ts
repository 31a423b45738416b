import { describe, expect, it } from 'vitest';
import { directivesOf } from '../../../../src/cluster/import/directives.ts';
import type { InstanceDraft } from '../../../../src/cluster/import/draft.ts';
import { importTayga } from '../../../../src/cluster/import/tayga-conf.ts';
import { importTundra } from '../../../../src/cluster/import/tundra-conf.ts';

function tundra(mode: string, ...lines: string[]): InstanceDraft {
  const text = [`addressing.mode = ${mode}`, 'addressing.nat64_clat_siit.prefix = 2001:db8:64::', ...lines].join('\n');
  return importTundra(text, 'tundra.conf', 'x');
}

function keysOf({ keys }: InstanceDraft): Record<string, unknown> {
  const all: Record<string, unknown> = {};
  for (const { key, value } of keys) {
    if (typeof value === 'string') all[key] = value;
    else if ('keys' in value) for (const inner of value.keys) all[`${key}.${inner.key}`] = inner.value;
    else all[key] = value.items.map(({ text }) => text);
  }
  return all;
}

const SIIT = { kind: 'siit', pool6: '"2001:db8:64::/96"' };
const PAIR = ['addressing.nat64_clat.ipv4 = 192.0.2.1', 'addressing.nat64_clat.ipv6 = 2001:DB8::46'];
const found = ({ findings }: InstanceDraft): string[] => findings.map(({ what }) => what);

describe('the mode of Tundra', () => {
  it.each(['nat64', 'clat'])('%s has the pair of addresses', (mode) => {
    const draft = tundra(mode, ...PAIR);
    expect(keysOf(draft)).toEqual({ ...SIIT, eam: ['{ v6: "2001:db8::46/128", v4: 192.0.2.1/32 }'] });
    expect(found(draft)).toEqual(mode === 'nat64' ? ['addressing.mode nat64'] : []);
  });

  it('siit has no pair, whatever the file has of one', () => {
    expect([keysOf(tundra('siit', ...PAIR)), found(tundra('siit', ...PAIR))]).toEqual([SIIT, []]);
  });

  it.each([
    ['an IPv4 address', PAIR.slice(1), 'addressing.nat64_clat.ipv4: '],
    ['an IPv6 address', PAIR.slice(0, 1), 'tundra.conf:3: '],
    ['one that can be read', [PAIR[0], 'addressing.nat64_clat.ipv6 = x'], 'tundra.conf:3: '],
  ])('clat needs %s', (_, lines, place) => {
    expect(() => tundra('clat', ...lines)).toThrow(`${place}the mode needs an address of each family; set addressing`);
  });

  it('is refused at its line where it is another one, and for the file where it is none', () => {
    const text = '# first\n\naddressing.mode = external\n';
    expect(() => importTundra(text, 'tundra.conf', 'x')).toThrow(
      'tundra.conf:3: addressing.mode external; nat64, clat and siit can be imported',
    );
    expect(() => importTundra('', 'tundra.conf', 'x')).toThrow('tundra.conf: no addressing.mode; nat64');
  });

  it('needs a prefix that is one of 96 bits', () => {
    expect(() => importTundra('addressing.mode = siit', 'tundra.conf', 'x')).toThrow(
      'addressing.nat64_clat_siit.prefix: the prefix is empty; Tundra looks it up by DNS',
    );
    const text = 'addressing.mode = siit\naddressing.nat64_clat_siit.prefix = 2001:db8::/32';
    expect(() => importTundra(text, 'tundra.conf', 'x')).toThrow('tundra.conf:2: ');
  });
});

describe('yes and no of Tundra', () => {
  it.each(['yes', 'y', 'true', 'on', '1', 'YES'])('private addresses are translated with %s', (value) => {
    const draft = tundra('siit', `addressing.nat64_clat_siit.allow_translation_of_private_ips = ${value}`);
    expect(keysOf(draft)).toEqual({ ...SIIT, allowNonGlobal: 'true' });
  });

  it.each(['no', 'n', 'false', 'off', '0', 'yess', 'xon'])('and are not with %s', (value) => {
    const draft = tundra('siit', `addressing.nat64_clat_siit.allow_translation_of_private_ips = ${value}`);
    expect(keysOf(draft)).toEqual(SIIT);
  });

  it.each(['no', 'N', 'false', 'off', '0'])(
    'traffic classes are not copied with %s, each direction for itself',
    (value) => {
      expect(keysOf(tundra('siit', `translator.4to6.copy_dscp_and_ecn = ${value}`))).toEqual({
        ...SIIT,
        trafficClass: 'zero',
      });
      expect(keysOf(tundra('siit', `translator.6to4.copy_dscp_and_ecn = ${value}`))).toEqual({ ...SIIT, tos: '0' });
    },
  );

  it.each(['yes', 'true', '1', 'nope', 'xno'])('and are with %s', (value) => {
    for (const way of ['4to6', '6to4']) {
      expect(keysOf(tundra('siit', `translator.${way}.copy_dscp_and_ecn = ${value}`))).toEqual(SIIT);
    }
  });
});

describe('other options of Tundra', () => {
  it('are those of the device, its addresses and its MTUs, but for what is usual', () => {
    const draft = tundra(
      'siit',
      'io.tun.interface_name = tundra0',
      'router.ipv4 = 192.0.2.254',
      'router.ipv6 = 2001:DB8::FE',
      'translator.ipv4.outbound_mtu = 1500',
      'translator.ipv6.outbound_mtu = 1480',
      'io.mode = tun',
      'addressing.external.whatever = 1',
    );
    expect(keysOf(draft)).toEqual({
      ...SIIT,
      tun: 'tundra0',
      'icmp.source4': '192.0.2.254',
      'icmp.source6': '"2001:db8::fe"',
      mtu6: '1480',
    });
    expect(found(draft)).toEqual([]);
    expect(keysOf(tundra('siit', 'translator.ipv4.outbound_mtu = 1480'))).toEqual({ ...SIIT, mtu4: '1480' });
    expect(keysOf(tundra('siit', 'router.ipv4 = x', 'router.ipv6 = y'))).toEqual(SIIT);
  });

  it('are named where they have no equivalent, or where Tundra does not have them', () => {
    const lines = [
      'program.translator_threads = 4',
      'program.privilege_drop_user = tundra',
      'program.privilege_drop_group = tundra',
      'io.tun.device_path = /dev/net/tun',
      'io.tun.owner_user = u',
      'io.tun.owner_group = g',
      'io.mode = inherited-fds',
      'xrouter.ipv4 = 1',
      'router.ipv44 = 1',
      'router.ipv5 = 1',
      'io.modes = 1',
      'translator.ipv4.outbound_mtux = 1',
      'addressing.modes = 1',
      'toString = 1',
    ];
    const { findings } = tundra('siit', ...lines);
    expect(findings.map(({ what }) => what).toSorted()).toEqual(
      lines.map((line) => line.replace(' = ', ' ')).toSorted(),
    );
    expect(findings.every(({ meaning }) => meaning.length > 10)).toBe(true);
  });
});

describe('directives of TAYGA', () => {
  const drafts = (...lines: string[]): InstanceDraft[] => importTayga(lines.join('\n'), 'tayga.conf', 'x');

  it.each([
    ['no', true],
    ['off', true],
    ['false', true],
    ['0', true],
    ['yes', false],
    ['nope', false],
    ['xno', false],
  ])('wkpf-strict %s lets other addresses than global ones through: %s', (value, is) => {
    const [draft] = drafts('prefix 64:ff9b::/96', `wkpf-strict ${value}`);
    expect(draft?.has('allowNonGlobal')).toBe(is);
    expect(draft?.findings).toEqual([]);
  });

  it.each([
    ['drop', undefined],
    ['fwd', 'forward'],
    ['calc', 'compute'],
  ])('udp-cksum-mode %s is %s', (value, mode) => {
    const [draft] = drafts('prefix 64:ff9b::/96', `udp-cksum-mode ${value}`);
    expect(draft === undefined ? '' : keysOf(draft)['zeroChecksumUdp']).toBe(mode);
  });

  it('make two instances of a pool beside mappings, each with what belongs to it', () => {
    const lines = ['prefix 64:ff9b::/96', 'tun-device nat64', 'dynamic-pool 192.168.255.0/24'];
    const [alone, ...none] = drafts(...lines);
    expect([alone?.name, alone?.kind, none.length]).toEqual(['x-pool', 'nat64', 0]);
    const [pool, siit] = drafts(...lines, 'map 192.168.255.7 2001:db8::7', 'map 203.0.113.0/24 2001:db8:1::/120');
    if (pool === undefined || siit === undefined) throw new Error('two drafts are made');
    expect(keysOf(pool)).toEqual({
      kind: 'nat64',
      pool6: '"64:ff9b::/96"',
      pool4: ['{ prefix: 192.168.255.0/24, ports: 1024-65535 }'],
    });
    expect(found(pool)).toEqual(['dynamic-pool 192.168.255.0/24', 'map 192.168.255.7/32 inside the dynamic pool']);
    expect(keysOf(siit)).toEqual({
      kind: 'siit',
      pool6: '"64:ff9b::/96"',
      tun: 'nat64',
      eam: ['{ v6: "2001:db8::7/128", v4: 192.168.255.7/32 }', '{ v6: "2001:db8:1::/120", v4: 203.0.113.0/24 }'],
      clients: '["2001:db8::7/128", "2001:db8:1::/120"]',
    });
  });

  it('without a mapping make an instance without a list of them', () => {
    const [draft] = drafts('prefix 64:ff9b::/96');
    expect(draft === undefined ? {} : keysOf(draft)).toEqual({ kind: 'siit', pool6: '"64:ff9b::/96"' });
  });

  it('are refused at their lines', () => {
    expect(() => drafts('# a comment', '', 'map 192.0.2.1')).toThrow('tayga.conf:3: "" is not an IPv6 prefix');
    expect(() => drafts('ipv6-addr x')).toThrow(
      'tayga.conf:1: "x" is not an address; write it like 192.0.2.1 or 2001:db8::1',
    );
    expect(() => drafts('tun-device a', 'dynamic-pool 192.168.255.0/24')).toThrow(
      'tayga.conf:2: a dynamic pool without prefix; a nat64 instance needs a pool6: prefix 64:ff9b::/96',
    );
  });

  it('are named where they have no equivalent, or where TAYGA does not have them', () => {
    const lines = [
      'data-dir /x',
      'map-file /y',
      'log drop',
      'strict-frag-hdr on',
      'tun-up on',
      'tun-ip on',
      'tun-route x',
    ];
    const [draft] = drafts('prefix 64:ff9b::/96', ...lines, 'worker-threads 2', 'toString 1', 'maps x');
    expect(draft === undefined ? [] : found(draft)).toEqual([...lines, 'worker-threads 2', 'toString 1', 'maps x']);
  });
});

describe('lines of a configuration file', () => {
  it('have a key, what stands behind it, and their number', () => {
    const options = { comments: /#.*$/, separator: /\s*=\s*/, end: 'END' };
    expect(directivesOf('a = 1 # one\n\n  # two\nb\n c=d=e \n END \nf = 2', 'x', options)).toEqual([
      { key: 'a', value: '1', place: 'x:1' },
      { key: 'b', value: '', place: 'x:4' },
      { key: 'c', value: 'd e', place: 'x:5' },
    ]);
    expect(directivesOf('END', 'x', { comments: /#.*$/, separator: /=/ })).toEqual([
      { key: 'END', value: '', place: 'x:1' },
    ]);
  });
});
