import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseInterfaces, type DataPlaneFacts, readDataPlane } from '../../../src/fastpath/data-interfaces.ts';
import { inNetworkNamespace } from '../../../src/linux/network-place.ts';

const NONE = 0xfffe;
const up = (index: number, name: string, more: object = {}) => ({
  index,
  name,
  hardwareType: 1,
  up: true,
  master: 0,
  kind: '',
  ...more,
});

function facts(more: Partial<DataPlaneFacts>): DataPlaneFacts {
  const interfaces = [up(2, 'up0'), up(3, 'in0')];
  return {
    interfaces,
    routed: new Set([2, 3]),
    reversePathFilter: new Map(),
    filters: [],
    filtersBehind: new Map(),
    ...more,
  };
}

describe('the interfaces of the fast path', () => {
  it('are those that are up and that routes use', () => {
    const interfaces = [
      up(2, 'up0'),
      up(3, 'ring0'),
      up(4, 'in0', { up: false }),
      up(5, 'isthmus0', { hardwareType: NONE }),
    ];
    expect(chooseInterfaces(facts({ interfaces, routed: new Set([2, 4, 5]) }))).toEqual({ interfaces: ['up0'] });
  });

  it('are a bond, a VLAN and a part of a VRF, and not the parts of a bond or a bridge', () => {
    const interfaces = [
      up(2, 'bond0', { kind: 'bond' }),
      up(3, 'eth0', { master: 2 }),
      up(4, 'bond0.7', { kind: 'vlan' }),
      up(5, 'red', { kind: 'vrf' }),
      up(6, 'eth1', { master: 5 }),
    ];
    const routed = new Set([2, 3, 4, 6]);
    expect(chooseInterfaces(facts({ interfaces, routed })).interfaces).toEqual(['bond0', 'bond0.7', 'eth1']);
  });

  it('are 32 at most', () => {
    const interfaces = Array.from({ length: 40 }, (_, index) => up(index + 2, `up${index}`));
    const routed = new Set(interfaces.map(({ index }) => index));
    const chosen = chooseInterfaces(facts({ interfaces, routed })).interfaces;
    expect([chosen.length, chosen[0], chosen[31]]).toEqual([32, 'up0', 'up31']);
  });

  it('come with what their packets would bypass', () => {
    expect(
      chooseInterfaces(facts({ filters: ['the nftables chain inet filter forward', 'the iptables table nat'] })),
    ).toEqual({
      interfaces: ['up0', 'in0'],
      bypasses: 'its packets would bypass the nftables chain inet filter forward and 1 more',
    });
    expect(chooseInterfaces(facts({ filters: ['the iptables table nat'] })).bypasses).toBe(
      'its packets would bypass the iptables table nat',
    );
    const reversePathFilter = new Map([
      ['up0', 2],
      ['in0', 1],
      ['ring0', 1],
    ]);
    expect(chooseInterfaces(facts({ reversePathFilter })).bypasses).toContain('strict on in0');
    expect(chooseInterfaces(facts({ reversePathFilter: new Map([['ring0', 1]]) })).bypasses).toBeUndefined();
    const flower = { kind: 'flower', priority: 7, names: [] };
    expect(chooseInterfaces(facts({ filtersBehind: new Map([['in0', flower]]) })).bypasses).toBe(
      'its packets would bypass the ingress filter of in0 with pref 7 (flower)',
    );
    expect(chooseInterfaces(facts({ filtersBehind: new Map([['ring0', flower]]) })).bypasses).toBeUndefined();
  });
});

const SPACE = `isthmus-data-${process.pid}`;

describe.runIf(process.getuid?.() === 0)('what the interfaces are chosen by', () => {
  const ip = (...words: string[]): void => void execFileSync('ip', words);
  const setFilter = (name: string, value: number): void => {
    const key = `net.ipv4.conf.${name}.rp_filter=${value}`;
    execFileSync('ip', ['netns', 'exec', SPACE, 'sysctl', '-qw', key]);
  };
  const read = (): DataPlaneFacts => inNetworkNamespace(`/run/netns/${SPACE}`, readDataPlane);

  beforeAll(() => {
    ip('netns', 'add', SPACE);
    ip('-n', SPACE, 'link', 'add', 'up0', 'type', 'veth', 'peer', 'name', 'far0');
    ip('-n', SPACE, 'link', 'add', 'down0', 'type', 'veth', 'peer', 'name', 'farther0');
    for (const name of ['up0', 'far0']) ip('-n', SPACE, 'link', 'set', name, 'up');
    ip('-n', SPACE, 'addr', 'add', '10.0.0.2/24', 'dev', 'up0');
    ip('-n', SPACE, 'route', 'add', 'default', 'via', '10.0.0.1');
  });
  afterAll(() => ip('netns', 'delete', SPACE));

  it('is read from the network namespace of the thread', () => {
    const { interfaces, routed, filters } = read();
    const index = (wanted: string): number => interfaces.find(({ name }) => name === wanted)?.index ?? 0;
    expect(interfaces.map(({ name }) => name)).toEqual(expect.arrayContaining(['lo', 'up0', 'far0', 'down0']));
    expect([routed.has(index('up0')), routed.has(index('down0'))]).toEqual([true, false]);
    expect(filters).toEqual([]);
    expect(chooseInterfaces(read()).interfaces).toContain('up0');
  });

  it.each([
    [0, 0, 0],
    [1, 0, 1],
    [0, 1, 1],
    [2, 1, 2],
    [1, 2, 2],
  ])('holds the larger value of rp_filter: %s for all and %s for the interface is %s', (all, own, expected) => {
    setFilter('all', all);
    setFilter('up0', own);
    expect(read().reversePathFilter.get('up0')).toBe(expected);
  });
});
