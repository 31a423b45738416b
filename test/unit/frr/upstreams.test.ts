import { describe, expect, it } from 'vitest';
import { leftovers, type UpstreamOptions } from '../../../src/frr/upstreams.ts';

const CORE: UpstreamOptions = {
  name: 'core',
  frr: { pathspace: 'nat64' },
  bfd: [
    { peer: '10.0.0.1', interface: 'up0' },
    { peer: '2001:db8:a::1', interface: 'up0' },
  ],
  withdraw: ['bfd-shutdown', 'bfd-remove'],
};
const EDGE: UpstreamOptions = {
  name: 'edge',
  frr: { pathspace: 'nat64' },
  bfd: [],
  bgp: {
    asn: 64512,
    neighbors: [{ peer: '10.0.1.1' }, { peer: '10.0.1.2' }],
    prefixes: [
      { prefix: '64:ff9b::/96', rank: 0 },
      { prefix: '192.0.2.0/28', rank: 0 },
    ],
  },
  withdraw: ['bgp-shutdown'],
};
const { bgp } = EDGE;

/** What is taken away, and by what. */
function left(before: UpstreamOptions, after: readonly UpstreamOptions[]): unknown[] {
  return leftovers(before, after).map(({ bfd, bgp: group, withdraw }) => [
    bfd.map(({ peer }) => peer),
    group?.neighbors.map(({ peer }) => peer),
    group?.prefixes.map(({ prefix }) => prefix),
    withdraw,
  ]);
}

const VRRP: UpstreamOptions = {
  name: 'lan',
  frr: {},
  bfd: [],
  vrrp: { instances: ['V4'], trackFile: '/run/a.track', pidFile: '/run/keepalived.pid', backup: 50 },
  withdraw: ['vrrp-fault'],
};

describe('what is left of an upstream that changes', () => {
  it('is nothing when all of it is still there, whatever it is called and how it is withdrawn', () => {
    expect(left(CORE, [{ ...CORE, name: 'other', withdraw: ['bfd-remove'], verifyMs: 9 }])).toEqual([]);
    expect(left(EDGE, [EDGE])).toEqual([]);
    const ranks = bgp?.prefixes.map(({ prefix }) => ({ prefix, rank: 3 })) ?? [];
    expect(left(EDGE, [{ ...EDGE, bgp: { asn: 64512, neighbors: bgp?.neighbors ?? [], prefixes: ranks } }])).toEqual(
      [],
    );
  });

  it('are the peers that are gone, or all of them', () => {
    const ways = CORE.withdraw;
    expect(left(CORE, [{ ...CORE, bfd: CORE.bfd.slice(1) }])).toEqual([[['10.0.0.1'], undefined, undefined, ways]]);
    const all = CORE.bfd.map(({ peer }) => peer);
    expect(left(CORE, [])).toEqual([[all, undefined, undefined, ways]]);
    expect(left(CORE, [{ ...CORE, frr: { pathspace: 'other' } }])).toEqual([[all, undefined, undefined, ways]]);
  });

  it('are prefixes, which go by themselves, and neighbours, which are shut', () => {
    const [first, second] = bgp?.neighbors ?? [];
    const [six, four] = bgp?.prefixes ?? [];
    const fewer = { asn: 64512, neighbors: [first], prefixes: [four] };
    expect(left(EDGE, [{ ...EDGE, bgp: fewer }])).toEqual([
      [[], [first.peer, second.peer], [six.prefix], ['bgp-prefix']],
      [[], [second.peer], [], ['bgp-shutdown']],
    ]);
    // Of another router, or in another table of routes, it is another session.
    const neighbors = bgp?.neighbors ?? [];
    for (const other of [{ asn: 64513 }, { vrf: 'blue' }]) {
      const changed = { asn: 64512, neighbors, prefixes: bgp?.prefixes ?? [], ...other };
      expect(left(EDGE, [{ ...EDGE, bgp: changed }])).toEqual([
        [[], [first.peer, second.peer], [six.prefix, four.prefix], ['bgp-prefix']],
      ]);
    }
    // Without BGP the session stays the operator's, and says nothing.
    expect(left(EDGE, [])).toEqual([[[], [first.peer, second.peer], [six.prefix, four.prefix], ['bgp-prefix']]]);
  });

  it('are the instances of keepalived whose file nobody writes any more', () => {
    const moved = { instances: ['V4'], trackFile: '/run/b.track', pidFile: '/run/keepalived.pid', backup: 50 };
    const { bfd: peers } = CORE;
    expect(leftovers(VRRP, [CORE, { ...VRRP, name: 'other', frr: { pathspace: 'x' } }])).toEqual([]);
    expect(leftovers(VRRP, [CORE, { ...VRRP, vrrp: moved }])).toEqual([VRRP]);
    expect(leftovers({ ...VRRP, bfd: peers }, [])).toEqual([
      { name: 'lan', frr: {}, bfd: peers, withdraw: ['vrrp-fault'] },
      VRRP,
    ]);
  });

  it.each([
    ['interface', { interface: 'up1' }],
    ['local address', { local: '10.0.0.9' }],
    ['distance', { multihop: true }],
  ])('are peers whose %s has changed, and not those of whom only the timers have', (_, change) => {
    const [peer] = CORE.bfd;
    const before = { ...CORE, bfd: [{ peer: '10.0.0.1', interface: 'up0' }] };
    expect(left(before, [{ ...before, bfd: [{ ...peer, peer: '10.0.0.1', ...change }] }])).toEqual([
      [['10.0.0.1'], undefined, undefined, CORE.withdraw],
    ]);
    expect(left(before, [{ ...before, bfd: [{ peer: '10.0.0.1', interface: 'up0', detectMultiplier: 5 }] }])).toEqual(
      [],
    );
  });
});
