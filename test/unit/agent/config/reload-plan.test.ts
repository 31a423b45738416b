import { describe, expect, it } from 'vitest';
import { nat64 } from '../../../../src/cluster/instance-schema.ts';
import { reloadableKeys } from '../../../../src/cluster/values.ts';
import { embeddedPrefix } from '../../../../src/agent/config/node-config.ts';
import { planReload, planSecrets } from '../../../../src/agent/config/reload-plan.ts';
import { parseClusterText } from '../../../../src/cluster/cluster-file.ts';

const FILE = `cluster: campus
secretFile: /etc/isthmus/cluster.key
slots: 4
nodes:
  gw1: { slot: 1, links: [ring0] }
  gw2: { slot: 2, links: [ring0] }
instances:
  internet:
    kind: nat64
    pool6: 64:ff9b::/96
    pool4:
      - { prefix: 11.64.0.0/29, ports: 1024-65535 }
    icmp: { source4: 11.64.1.1 }
    timeouts: { udp: 5m }
    static:
      - { protocol: tcp, v6: 2001:db8::5, port6: 80, v4: 11.64.0.1, port4: 2080 }
  servers:
    kind: siit
    pool6: 2001:db8:64::/96
    eam: [{ v6: 2001:db8:3::/120, v4: 198.51.100.0/24 }]
upstreams:
  core: { nodes: [gw2], bfd: [{ peer: 10.0.0.1 }], withdraw: bfd-remove }
`;

function plan(from: string, to: string, node = 'gw1') {
  const changed = FILE.replace(from, to);
  expect(changed).not.toBe(FILE);
  return planReload(parseClusterText(FILE, 'a'), parseClusterText(changed, 'b'), node);
}

describe('a reload of secrets', () => {
  const [old, young] = [Buffer.from('one secret of the cluster'), Buffer.from('the other secret of the cluster')];

  it.each([
    [[old], [old], undefined],
    [[old], [Buffer.from(old)], undefined],
    [[old], [old, young], 'the same secret seals, a new one is accepted beside it'],
    [[old, young], [young, old], 'another secret seals, one that was known before is still accepted'],
    [[young, old], [young], 'the same secret seals, and no other one is accepted'],
    [[old], [young], 'another secret seals, and no other one is accepted'],
  ])('says what becomes of them (%#)', (before, after, text) => {
    expect(planSecrets(before, after)).toBe(text);
  });

  it('takes other files for them', () => {
    const more = 'secretFile: /etc/isthmus/new.key\npreviousSecretFile: /etc/isthmus/cluster.key';
    expect(plan('secretFile: /etc/isthmus/cluster.key', more).refused).toEqual([]);
  });
});

describe('a reload', () => {
  it('of the same file changes nothing', () => {
    const config = parseClusterText(FILE, 'a');
    expect(planReload(config, config, 'gw1')).toEqual({ changes: [], unconcerned: [], refused: [], instances: [] });
  });

  it('applies timeouts and ports to the instance that they belong to', () => {
    expect(plan('udp: 5m', 'udp: 6m')).toEqual({
      changes: ['instances.internet.timeouts.udp: 300000 → 360000'],
      unconcerned: [],
      refused: [],
      instances: ['internet'],
    });
    expect(plan('1024-65535', '2048-65535').refused).toEqual([]);
  });

  it('takes over what no session hangs on, and nothing else of an instance with state', () => {
    expect([...reloadableKeys(nat64.shape)].toSorted()).toEqual(
      [
        ['addressDependentFiltering', 'adopt', 'clampMss', 'dropExternallyInitiatedTcp', 'dropPings', 'export'],
        ['natLog', 'natLogDestinations', 'pool4', 'poolWatermarks', 'prefer', 'static', 'timeouts'],
      ].flat(),
    );
  });

  it('gives a pool other addresses, and a stateless instance other mappings', () => {
    expect(plan('11.64.0.0/29', '11.64.0.0/28')).toMatchObject({ refused: [], instances: ['internet'] });
    expect(plan('198.51.100.0/24', '203.0.113.0/24')).toMatchObject({ refused: [], instances: ['servers'] });
  });

  it.each([
    ['v4: 198.51.100.5', 'v4: 198.51.100.5/32'],
    ['v6: 2001:DB8:3:0::5', 'v6: 2001:db8:3::5/128'],
  ])('sees no change where a prefix is only respelled: %s', (one, other) => {
    const eam = (text: string): string => {
      const [key] = text.split(':');
      const rest = key === 'v4' ? 'v6: 2001:db8:3::5' : 'v4: 198.51.100.5';
      return FILE.replace('{ v6: 2001:db8:3::/120, v4: 198.51.100.0/24 }', `{ ${rest}, ${text} }`);
    };
    const respelled = planReload(parseClusterText(eam(one), 'a'), parseClusterText(eam(other), 'b'), 'gw1');
    expect(respelled).toEqual({ changes: [], unconcerned: [], refused: [], instances: [] });
  });

  it('adds static entries, and takes none away', () => {
    const entry = '- { protocol: tcp, v6: 2001:db8::5, port6: 80, v4: 11.64.0.1, port4: 2080 }';
    const more = entry.replace('::5', '::6').replace('2080', '2081');
    expect(plan(entry, `${entry}\n      ${more}`)).toMatchObject({ refused: [], instances: ['internet'] });
    expect(plan(entry, more).refused.join()).toContain(
      'static needs a restart of the agent: a static entry was removed',
    );
  });

  it('leaves to another node what is of that node alone', () => {
    const elsewhere = ['peer: 10.0.0.1', 'peer: 10.0.0.2'] as const;
    expect(plan(...elsewhere)).toMatchObject({ changes: [], refused: [] });
    expect(plan(...elsewhere).unconcerned.join()).toContain('upstreams.core.bfd');
    expect(plan(...elsewhere, 'gw2').changes.join()).toContain('upstreams.core.bfd');
    expect(plan(...elsewhere, 'gw2').refused).toEqual([]);
    expect(plan('gw2: { slot: 2, links: [ring0]', 'gw2: { slot: 2, links: [ring1]').refused).toEqual([]);
  });

  it.each([
    ['kind: nat64', 'kind: nat64\n    limits: { sessionsPerClient: 100, fragmentsHeldPerSource: 3 }'],
    ['kind: nat64', 'kind: nat64\n    prefer: [gw2, gw1]'],
    ['slots: 4', 'slots: 4\nchecks: { tun: { effect: degrade } }'],
    ['slots: 4', 'slots: 4\nstates: { hold: 1s }'],
    ['slots: 4', 'slots: 4\nlogLevel: debug'],
    ['nodes: [gw2], bfd: [{ peer: 10.0.0.1 }]', 'bfd: [{ peer: 10.0.0.1 }, { peer: 10.0.0.2 }]'],
    ['upstreams:', 'upstreams:\n  edge: { bfd: [{ peer: 10.0.0.9 }], withdraw: bfd-remove }'],
  ])('applies %s → %s', (from, to) => {
    expect(plan(from, to).refused).toEqual([]);
    expect(plan(from, to).changes).not.toEqual([]);
  });

  it('makes new instances, ends those without sessions, and lets those with sessions be', () => {
    const second = 'more:\n    kind: nat64\n    pool6: 2001:db8:65::/96\n    pool4: [{ prefix: 11.65.0.0/29 }]';
    expect(plan('  servers:', `  ${second}\n  servers:`)).toMatchObject({ refused: [], instances: ['more'] });
    const servers = FILE.slice(FILE.indexOf('  servers:'), FILE.indexOf('upstreams:'));
    expect(plan(servers, '')).toMatchObject({ refused: [], instances: ['servers'] });
    const internet = FILE.slice(FILE.indexOf('  internet:'), FILE.indexOf('  servers:'));
    expect(plan(internet, '').refused).toEqual([
      'instances.internet needs a restart of the agent: its sessions would end with it; drain the node before',
    ]);
  });

  it('lets the rules of instances for certain clients be as they are', () => {
    const before = FILE.replace('kind: siit', 'kind: siit\n    clients: ["2001:db8:7::/64"]');
    const more = 'more: { kind: siit, pool6: 2001:db8:65::/96 }';
    const planned = (place: string, text: string) => {
      expect(before).toContain(place);
      const after = before.replace(place, text);
      return planReload(parseClusterText(before, 'a'), parseClusterText(after, 'b'), 'gw1').refused;
    };
    expect(planned('upstreams:', `  ${more}\nupstreams:`)).toEqual([]);
    expect(planned('  servers:', `  ${more}\n  servers:`).join()).toContain(
      'instances.servers needs a restart of the agent: its rules depend on what other instances there are',
    );
  });

  it.each([
    [
      'kind: nat64',
      'kind: nat64\n    limits: { sessions: 5000 }',
      'instances.internet.limits.sessions needs a restart',
    ],
    ['kind: nat64', 'kind: nat64\n    limits: { clientPrefixLength: 56 }', 'the tables have their size from the start'],
    ['slots: 4', 'slots: 8', 'slots needs a restart of the agent: every port would change its slice'],
    ['nodes:', 'coordinator: { kind: etcd, endpoints: ["10.0.0.9:2379"] }\nnodes:', 'coordinator'],
    ['nodes:', 'replication: { port: 7000 }\nnodes:', 'replication.port needs a restart of the agent: the links'],
    ['slot: 1', 'slot: 3', 'nodes.gw1.slot needs a restart of the agent'],
    ['64:ff9b::/96', '2001:db8::/96', 'instances.internet.pool6 needs a restart of the agent'],
    ['kind: nat64', 'kind: nat64\n    shards: 2', 'instances.internet.shards needs a restart of the agent'],
    ['kind: siit', 'kind: siit\n    shards: 2', 'instances.servers.shards needs a restart of the agent'],
    ['kind: siit', 'kind: siit\n    namespace: other', 'instances.servers.namespace needs a restart of the agent'],
  ])('refuses %s → %s with a sentence', (from, to, sentence) => {
    expect(plan(from, to).refused.join('\n')).toContain(sentence);
  });
});

describe('a reload of an instance with shards', () => {
  it.each([
    ['1024-65535', '2048-65535', 'instances.internet.pool4'],
    [
      'port4: 2080 }',
      'port4: 2080 }\n      - { protocol: udp, v6: 2001:db8::6, port6: 5, v4: 11.64.0.1, port4: 5 }',
      'static',
    ],
  ])('refuses %s → %s: ports would change their shard', (from, to, path) => {
    const before = FILE.replace('kind: nat64', 'kind: nat64\n    shards: 2').replace('1024-65535', '5-65535');
    const after = before.replace(from === '1024-65535' ? '5-65535' : from, to);
    expect(after).not.toBe(before);
    const { refused } = planReload(parseClusterText(before, 'a'), parseClusterText(after, 'b'), 'gw1');
    expect(refused.join('\n')).toContain('ports would change their shard, and lose sessions');
    expect(refused.join('\n')).toContain(path);
  });

  it('applies timeouts all the same', () => {
    const before = FILE.replace('kind: nat64', 'kind: nat64\n    shards: 2');
    const after = before.replace('udp: 5m', 'udp: 6m');
    const { refused, instances } = planReload(parseClusterText(before, 'a'), parseClusterText(after, 'b'), 'gw1');
    expect([refused, instances]).toEqual([[], ['internet']]);
  });
});

describe('the route of a part of the IPv4 internet', () => {
  it.each([
    ['64:ff9b::/96', '0.0.0.0/0', '64:ff9b::/96'],
    ['64:ff9b::/96', '128.0.0.0/1', '64:ff9b::128.0.0.0/97'],
    ['2001:db8:100::/40', '192.0.0.0/2', '2001:db8:1c0::/42'],
    ['2001:db8:122:344::/64', '192.0.2.0/24', '2001:db8:122:344:c0:2::/96'],
  ])('%s and %s: %s', (pool6, part, expected) => expect(embeddedPrefix(pool6, part)).toBe(expected));
});
