import { expect, it } from 'vitest';
import { findOwnAddresses, readOwnAddresses } from '../../../../src/agent/config/own-addresses.ts';
import { parseClusterText } from '../../../../src/cluster/cluster-file.ts';

const cluster = parseClusterText(
  `cluster: campus
secretFile: /etc/isthmus/cluster.key
nodes: { gw1: { slot: 1 } }
instances:
  internet: { kind: nat64, namespace: nat64, pool6: 64:ff9b::/96, pool4: [{ prefix: 192.0.2.0/28 }] }
  servers: { kind: siit, pool6: 2001:db8::/96, eam: [{ v6: 2001:db8:3::/120, v4: 198.51.100.0/24 }] }
`,
  'f',
);
const up = [{ ifname: 'up0', addr_info: [{ local: '192.0.2.3' }, { local: '192.0.2.16' }] }, { ifname: 'odd' }, null];

it('addresses that the machine has itself are found in the namespace of the instance, and only there', () => {
  const own = new Map([['nat64', readOwnAddresses(up)]]);
  expect(findOwnAddresses({ cluster }, own, '32768-60999')).toEqual([
    {
      path: ['instances', 'internet', 'pool4', 0],
      what: '192.0.2.3 is an address of this node (interface up0), with ephemeral ports 32768-60999 of its own',
      remedy: 'take it out of pool4, or from the interface; to share it, see docs/from-jool.md',
    },
  ]);
  expect(findOwnAddresses({ cluster }, new Map([[undefined, readOwnAddresses(up)]]), '1-2')).toEqual([]);
  const main = new Map([[undefined, [{ address: '198.51.100.9', interface: 'lo' }]]]);
  expect(findOwnAddresses({ cluster }, main, '1-2').map(({ path }) => path.join('.'))).toEqual([
    'instances.servers.eam.0',
  ]);
});

it('addresses are read as far as ip(8) says what is expected', () => {
  const odd = [
    null,
    'up0',
    7,
    { addr_info: [{ local: '192.0.2.1' }] },
    { ifname: 'up0' },
    { ifname: 'up0', addr_info: { local: '192.0.2.1' } },
    { ifname: 5, addr_info: [{ local: '192.0.2.1' }] },
    { ifname: 'up1', addr_info: [null, 'x', {}, { local: 5 }, { local: '192.0.2.2' }, { local: '192.0.2.3' }] },
  ];
  expect(readOwnAddresses(odd)).toEqual([
    { address: '192.0.2.2', interface: 'up1' },
    { address: '192.0.2.3', interface: 'up1' },
  ]);
});

it('an address that is none is of no instance', () => {
  const main = new Map([['nat64', [{ address: 'here', interface: 'up0' }]]]);
  expect(findOwnAddresses({ cluster }, main, '1-2')).toEqual([]);
});
