import { describe, expect, it } from 'vitest';
import { chooseInterfaces, type DataPlaneFacts } from '../../../src/fastpath/data-interfaces.ts';

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
  return { interfaces, routed: new Set([2, 3]), reversePathFilter: new Map(), filters: [], ...more };
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

  it('come with what their packets would bypass', () => {
    expect(
      chooseInterfaces(facts({ filters: ['the nftables chain inet filter forward', 'the iptables table nat'] })),
    ).toEqual({
      interfaces: ['up0', 'in0'],
      bypasses: 'its packets would bypass the nftables chain inet filter forward and 1 more',
    });
    const reversePathFilter = new Map([
      ['up0', 2],
      ['in0', 1],
      ['ring0', 1],
    ]);
    expect(chooseInterfaces(facts({ reversePathFilter })).bypasses).toContain('strict on in0');
    expect(chooseInterfaces(facts({ reversePathFilter: new Map([['ring0', 1]]) })).bypasses).toBeUndefined();
  });
});
