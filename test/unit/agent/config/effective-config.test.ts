import { expect, it } from 'vitest';
import { effectiveOf } from '../../../../src/agent/config/effective-config.ts';
import { parseClusterText } from '../../../../src/cluster/cluster-file.ts';

it('every node has its own slice of each pool, and all slices together are the pool', () => {
  const cluster = parseClusterText(
    `cluster: campus
secretFile: /etc/isthmus/cluster.key
slots: 2
nodes: { gw1: { slot: 1 }, gw2: { slot: 2 } }
instances:
  internet: { kind: nat64, pool6: 64:ff9b::/96, destinations: [0.0.0.0/1], pool4: [{ prefix: 192.0.2.0/28, protocols: [tcp] }] }
`,
    'f',
  );
  const shown = { namespace: '', tun: 'nat-internet', routes: ['64:ff9b::/97', '192.0.2.0/28'] };
  expect(effectiveOf(cluster)).toEqual({
    gw1: { internet: { ...shown, slices: ['192.0.2.0/28 1024-33279 (tcp)'] } },
    gw2: { internet: { ...shown, slices: ['192.0.2.0/28 33280-65535 (tcp)'] } },
  });
});

it('an instance that shares addresses by no port has no slices, and its own namespace and interface', () => {
  const cluster = parseClusterText(
    `cluster: campus
secretFile: /etc/isthmus/cluster.key
nodes: { gw1: { slot: 1 } }
instances:
  servers: { kind: siit, namespace: dmz, pool6: 2001:db8::/96, eam: [{ v6: 2001:db8:3::/120, v4: 198.51.100.0/24 }] }
`,
    'f',
  );
  expect(effectiveOf(cluster)).toEqual({
    gw1: {
      servers: {
        namespace: 'dmz',
        tun: expect.stringContaining('servers'),
        routes: ['2001:db8::/96', '198.51.100.0/24'],
        slices: [],
      },
    },
  });
});
