import { describe, expect, it } from 'vitest';
import { AnnouncerOptionsError } from '../../../src/frr/announcer.ts';
import { type BgpOptions, checkBgp, inFamilies, makeNeighborCommands } from '../../../src/frr/bgp-options.ts';

const RIGHT: BgpOptions = {
  asn: 64512,
  neighbors: [{ peer: '10.0.0.1' }, { peer: '2001:db8::1' }],
  prefixes: [
    { prefix: '192.0.2.0/28', rank: 0 },
    { prefix: '64:ff9b::/96', rank: 0 },
  ],
};

describe('what BGP is configured with', () => {
  it.each<[string, Partial<BgpOptions>]>([
    ['all of it', {}],
    ['the first AS', { asn: 1 }],
    ['the last AS', { asn: 0xffff_ffff }],
    ['a VRF', { vrf: 'red' }],
    ['a VRF with the longest name', { vrf: 'x'.repeat(15) }],
    ['no prefix', { prefixes: [] }],
    [
      'as many prefixes as possible',
      { prefixes: Array.from({ length: 256 }, () => ({ prefix: '10.0.0.0/8', rank: 0 })) },
    ],
  ])('is right: %s', (_, changes) => {
    expect(() => checkBgp({ ...RIGHT, ...changes })).not.toThrow();
  });

  it.each<[Partial<BgpOptions>, string]>([
    [{ asn: 0 }, '0 is no AS number'],
    [{ asn: 0x1_0000_0000 }, '4294967296 is no AS number'],
    [{ asn: 1.5 }, '1.5 is no AS number'],
    [{ vrf: '' }, '"" cannot be the name of a VRF'],
    [{ vrf: 'x'.repeat(16) }, 'cannot be the name of a VRF'],
    [{ vrf: 'a b' }, 'cannot be the name of a VRF'],
    [{ vrf: 'a/b' }, 'cannot be the name of a VRF'],
    [{ neighbors: [] }, 'no BGP neighbour'],
    [{ neighbors: [{ peer: '10.0.0.1' }, { peer: 'router' }] }, 'BGP neighbour "router" is not an IP address'],
    [
      { prefixes: Array.from({ length: 257 }, () => ({ prefix: '10.0.0.0/8', rank: 0 })) },
      '257 prefixes for BGP, at most 256 are possible',
    ],
    [{ prefixes: [{ prefix: '192.0.2.0', rank: 0 }] }, '"192.0.2.0" is not a prefix'],
    [{ prefixes: [{ prefix: '192.0.2/24', rank: 0 }] }, '"192.0.2/24" is not a prefix'],
    [{ prefixes: [{ prefix: '10.0.0.0/8\nno router bgp', rank: 0 }] }, 'is not a prefix'],
  ])('is refused: %j', (changes, message) => {
    expect(() => checkBgp({ ...RIGHT, ...changes })).toThrow(AnnouncerOptionsError);
    expect(() => checkBgp({ ...RIGHT, ...changes })).toThrow(message);
  });
});

describe('the commands of BGP', () => {
  it('make a neighbour shut, with its outbound policy in its own family', () => {
    expect(makeNeighborCommands({ peer: '10.0.0.1', remoteAs: 64500 }, 'OUT')).toEqual([
      'neighbor 10.0.0.1 remote-as 64500',
      'neighbor 10.0.0.1 shutdown',
      'address-family ipv4 unicast',
      'neighbor 10.0.0.1 activate',
      'neighbor 10.0.0.1 route-map OUT out',
      'exit-address-family',
    ]);
    const six = makeNeighborCommands({ peer: '2001:db8::1', remoteAs: 64500, bfd: true }, 'OUT');
    expect(six.slice(2, 4)).toEqual(['neighbor 2001:db8::1 bfd', 'address-family ipv6 unicast']);
    expect(makeNeighborCommands({ peer: '10.0.0.1', remoteAs: 64500, bfd: false }, 'OUT')).toHaveLength(6);
    expect(makeNeighborCommands({ peer: '10.0.0.1' }, 'OUT')).toEqual([]);
  });

  it('name prefixes in their families, and no family without any', () => {
    const network = (prefix: string): string => `network ${prefix}`;
    expect(inFamilies(['64:ff9b::/96', '192.0.2.0/28', '198.51.100.0/24'], network)).toEqual([
      'address-family ipv4 unicast',
      'network 192.0.2.0/28',
      'network 198.51.100.0/24',
      'exit-address-family',
      'address-family ipv6 unicast',
      'network 64:ff9b::/96',
      'exit-address-family',
    ]);
    expect(inFamilies(['64:ff9b::/96'], network)[0]).toBe('address-family ipv6 unicast');
    expect(inFamilies([], network)).toEqual([]);
  });
});
