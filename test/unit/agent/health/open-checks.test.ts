import { describe, expect, it } from 'vitest';
import { openChecks, watchedDaemons } from '../../../../src/agent/health/open-checks.ts';
import { parseClusterText } from '../../../../src/cluster/cluster-file.ts';
import type { UpstreamOptions } from '../../../../src/frr/upstreams.ts';
import { SimulatedClock } from '../simulated-clock.ts';
import { instance } from '../status-fixture.ts';
import { SimulatedView } from './simulated-view.ts';

const FILE = `
cluster: campus
secretFile: /etc/isthmus/cluster.key
nodes: { gw1: { slot: 1 }, gw2: { slot: 2 } }
instances:
  internet: { kind: nat64, namespace: nat64, pool6: 64:ff9b::/96, pool4: [{ prefix: 11.64.0.0/29 }] }
  servers: { kind: siit, namespace: dmz, pool6: "2001:db8:100::/40" }
`;

const CORE: UpstreamOptions = {
  name: 'core',
  frr: { pathspace: 'nat64' },
  bfd: [{ peer: '10.0.0.1', interface: 'up0' }],
  withdraw: ['bfd-shutdown'],
};

function open(more = '', node = 'gw1', upstreams: readonly UpstreamOptions[] = [CORE]) {
  const cluster = parseClusterText(FILE + more, 'test.yaml');
  const asked: (string | undefined)[] = [];
  const checks = openChecks({
    cluster,
    node,
    slot: 1,
    instances: Object.entries(cluster.instances).map(([name, { namespace }]) => ({
      name,
      namespace,
      tun: name,
      routes: [],
      summary: () => instance({ name }),
      reconnect: async () => undefined,
    })),
    upstreams,
    clock: new SimulatedClock(),
    guard: { guardStatus: () => undefined },
    files: { problem: '' },
    redundantRings: ['hsr0'],
    peers: () => [],
    viewOf: (namespace) => {
      asked.push(namespace);
      return new SimulatedView();
    },
    pausing: { reason: undefined },
    onRepaired: () => undefined,
  });
  return { asked, checks, names: checks.map(({ latest }) => latest.name) };
}

describe('the checks of a node', () => {
  it('are there without a word in the file', () => {
    expect(open().names).toEqual([
      'tun internet',
      'translation internet',
      'pool4 internet',
      'tun servers',
      'carrier',
      'default route nat64',
      'default route dmz',
      'frr',
      'replication',
      'ring hsr0',
      'event loop',
      'memory',
      'guard',
      'state files',
    ]);
  });

  it('are those that the file asks for, on the nodes that it names', () => {
    const more = `checks:
  tun: { effect: off }
  carrier: { interfaces: [up9], namespace: outside }
  memory: { effect: withdraw }
  upstreams:
    dns: { address: 11.1.2.3 }
    v6: { address: 2001:db8::1, namespace: dmz }
  exec:
    site: { command: [/bin/true], nodes: [gw2] }
    own: { command: [/bin/true], effect: withdraw, shared: false }
`;
    const { names, checks, asked } = open(more);
    expect(names.filter((name) => /^(tun|upstream|exec)/.test(name))).toEqual([
      'upstream dns',
      'upstream v6',
      'exec own',
    ]);
    expect(asked).toEqual(['nat64', 'dmz', 'outside', 'nat64', 'dmz', 'nat64', 'dmz']);
    expect(checks.filter(({ shared }) => shared).map(({ latest }) => latest.name)).toEqual([
      'translation internet',
      'carrier',
      'default route nat64',
      'default route dmz',
      'frr',
      'upstream dns',
      'upstream v6',
    ]);
    expect(checks.find(({ latest }) => latest.name === 'memory')?.latest.effect).toBe('withdraw');
    expect(open(more, 'gw2').names).toContain('exec site');
  });

  it('look at the FRR daemons that the upstreams need, each once', () => {
    const bgp = { asn: 1, neighbors: [{ peer: '10.0.0.1', bfd: true }], prefixes: [] };
    const other: UpstreamOptions = { name: 'other', frr: {}, bfd: [], bgp, withdraw: ['bgp-prefix'] };
    const watched = watchedDaemons([CORE, { ...CORE, name: 'again' }, other]);
    expect(watched.map(({ daemon, place }) => `${daemon} ${place.pathspace ?? ''}`)).toEqual([
      'zebra nat64',
      'bfdd nat64',
      'zebra ',
      'bfdd ',
      'bgpd ',
    ]);
    expect(open('', 'gw1', []).names).not.toContain('frr');
  });
});
