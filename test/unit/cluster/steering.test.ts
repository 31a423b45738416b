import { describe, expect, it } from 'vitest';
import { instanceOptionsOf, upstreamOptionsOf } from '../../../src/agent/config/node-config.ts';
import { FileSections } from '../../../src/cluster/file-sections.ts';
import { parseClusterText } from '../../../src/cluster/cluster-file.ts';
import type { InstanceOptions } from '../../../src/dataplane/instance-options.ts';

function optionsOf(instances: string): Map<string, InstanceOptions> {
  const text = `
cluster: campus
secretFile: /etc/isthmus/cluster.key
nodes: { gw1: { slot: 1 } }
instances:
${instances}`;
  const cluster = parseClusterText(text, 'test.yaml');
  const config = {
    file: 'test.yaml',
    cluster,
    node: 'gw1',
    slot: 1,
    links: [],
    secrets: [],
    revision: '',
    sections: new FileSections(cluster),
  };
  return new Map(instanceOptionsOf(config, '/run/isthmus').map((options) => [options.name, options]));
}

const rest = '  rest: { kind: nat64, pool6: 64:ff9b::/96, pool4: [{ prefix: 192.0.2.0/28 }] }\n';
const halls =
  '  halls: { kind: nat64, pool6: 64:ff9b::/96, clients: [2001:db8:a::/48], pool4: [{ prefix: 192.0.2.16/28 }] }\n';

describe('instances for certain clients', () => {
  it('have a table and a priority of their own; others have none', () => {
    const options = optionsOf(rest + halls);
    expect(options.get('rest')?.steering).toBeUndefined();
    const steering = { clients: ['2001:db8:a::/48'], table: 64_002, priority: 6402, refused: [] };
    expect(options.get('halls')?.steering).toEqual(steering);
  });

  it('refuse the packets of clients that no instance serves', () => {
    const upper = rest.replace('pool6', 'destinations: [128.0.0.0/1], pool6');
    const lower = halls.replace('pool6', 'destinations: [0.0.0.0/1], routingTable: 300, pool6');
    expect(optionsOf(upper + lower).get('halls')?.steering).toMatchObject({
      table: 300,
      refused: ['64:ff9b::/97'],
    });
    expect(optionsOf(upper + halls).get('halls')?.steering?.refused).toEqual([]);
  });

  it('may share pool6 with others whose clients are others', () => {
    const labs = halls.replace('halls', 'labs').replace('db8:a', 'db8:b').replace('2.16', '2.32');
    expect(optionsOf(halls + labs).get('labs')?.steering?.table).toBe(64_002);
    const inside = labs.replace('2001:db8:b::/48', '2001:db8:a:1::/64');
    expect(() => optionsOf(halls + inside)).toThrow(/clients: they overlap those of halls/);
    const table = labs.replace('kind', 'routingTable: 64001, kind');
    expect(() => optionsOf(halls + table)).toThrow(/its routing table would be 64001, as that of halls/);
  });
});

describe('what BGP announces', () => {
  it('has the length of a host that is mapped without one', () => {
    const cluster = parseClusterText(
      `cluster: campus
secretFile: /k
nodes: { gw1: { slot: 1 } }
instances:
  edge: { kind: siit, pool6: 2001:db8:46::/96, eam: [{ v6: 2001:db8:12::5, v4: 203.0.113.5 }] }
upstreams:
  core: { bgp: { asn: 64512, neighbors: [{ peer: 192.0.3.1 }] }, withdraw: bgp-prefix }
`,
      'test.yaml',
    );
    const sections = new FileSections(cluster);
    const node = { file: 'test.yaml', cluster, node: 'gw1', slot: 1, links: [], secrets: [], revision: '', sections };
    const options = upstreamOptionsOf(node);
    expect(options[0]?.bgp?.prefixes.map(({ prefix }) => prefix)).toEqual(['2001:db8:46::/96', '203.0.113.5/32']);
  });

  it('has a pool6 once that instances for different clients share', () => {
    const upstream = `upstreams:
  core: { bgp: { asn: 64512, neighbors: [{ peer: 192.0.3.1 }] }, withdraw: bgp-prefix }
`;
    const cluster = parseClusterText(
      `cluster: campus\nsecretFile: /k\nnodes: { gw1: { slot: 1 } }\ninstances:\n${halls}${rest}${upstream}`,
      'test.yaml',
    );
    const config = {
      file: 'test.yaml',
      cluster,
      node: 'gw1',
      slot: 1,
      links: [],
      secrets: [],
      revision: '',
      sections: new FileSections(cluster),
    };
    const [core] = upstreamOptionsOf(config);
    const prefixes = core?.bgp?.prefixes.map(({ prefix }) => prefix);
    expect(prefixes).toEqual(['64:ff9b::/96', '192.0.2.16/28', '192.0.2.0/28']);
  });
});
