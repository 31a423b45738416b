import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  embeddedPrefix,
  instanceOptionsOf,
  type NodeConfig,
  readNodeConfig,
  readNodeView,
  upstreamOptionsOf,
} from '../../../../src/agent/config/node-config.ts';
import { parseClusterText } from '../../../../src/cluster/cluster-file.ts';
import { FileSections } from '../../../../src/cluster/file-sections.ts';

const INSTANCES = `instances:
  lower:
    kind: nat64
    namespace: nat64
    pool6: 64:ff9b::/96
    destinations: [0.0.0.0/1]
    pool4: [{ prefix: 192.0.2.0/28, protocols: [tcp, udp] }, { prefix: 192.0.2.32/28 }, { prefix: 192.0.2.0/28, ports: 1024-2047, protocols: [icmp] }]
    prefer: [gw2, gw1]
  upper:
    kind: nat64
    pool6: 64:ff9b::/96
    destinations: [128.0.0.0/1]
    pool4: [{ prefix: 192.0.2.16/28 }]
    prefer: [gw1]
  servers:
    kind: siit
    pool6: 2001:db8:46::/96
    eam: [{ v6: 2001:db8:3::/120, v4: 198.51.100.0/24 }, { v6: 2001:db8:12::5, v4: 203.0.113.5 }]
`;

function nodeOf(more = '', instances = INSTANCES, node = 'gw1'): NodeConfig {
  const text = `cluster: campus\nsecretFile: /k\nnodes: { gw1: { slot: 1 }, gw2: { slot: 2 } }\n${instances}${more}`;
  const cluster = parseClusterText(text, 'test.yaml');
  const { slot } = cluster.nodes[node];
  const sections = new FileSections(cluster);
  return { file: 'test.yaml', cluster, node, slot, links: [], secrets: [], revision: '', sections };
}

describe('the prefixes that are routed to an instance', () => {
  const routes = (config: NodeConfig) =>
    Object.fromEntries(instanceOptionsOf(config, '/run/isthmus').map((one) => [one.name, one.routes]));

  it('are its destinations behind pool6 and its own IPv4 addresses, each once', () => {
    expect(routes(nodeOf())).toEqual({
      lower: ['64:ff9b::/97', '192.0.2.0/28', '192.0.2.32/28'],
      upper: ['64:ff9b::128.0.0.0/97', '192.0.2.16/28'],
      servers: ['2001:db8:46::/96', '198.51.100.0/24', '203.0.113.5/32'],
    });
  });

  it.each([
    ['64:ff9b::/96', '0.0.0.0/0', '64:ff9b::/96'],
    ['64:ff9b::/96', '192.0.2.0/24', '64:ff9b::192.0.2.0/120'],
    // RFC 6052 section 2.4: byte 8 lies between the bytes of the address.
    ['2001:db8::/32', '192.0.2.33/32', '2001:db8:c000:221::/64'],
    ['2001:db8:100::/40', '192.0.2.0/24', '2001:db8:1c0:2::/64'],
    ['2001:db8:100::/40', '192.0.2.33/32', '2001:db8:1c0:2:21::/80'],
    ['2001:db8:122:300::/56', '192.0.2.33/32', '2001:db8:122:3c0:0:221::/96'],
    ['2001:db8:122:344::/64', '192.0.0.0/8', '2001:db8:122:344:c0::/80'],
  ])('of %s for %s: %s', (pool6, part, prefix) => {
    expect(embeddedPrefix(pool6, part)).toBe(prefix);
  });
});

describe('the options of an instance', () => {
  const only = (settings: string) => {
    const text = `instances:\n  one: { kind: nat64, pool6: 64:ff9b::/96, pool4: [{ prefix: 192.0.2.0/28 }]${settings} }\n`;
    const [options] = instanceOptionsOf(nodeOf('', text), '/run/isthmus');
    return options;
  };

  it.each([
    ['', { mode: 'auto', flows: 262_144 }],
    [', fastPath: auto', { mode: 'auto', flows: 262_144 }],
    [', fastPath: required', { mode: 'required', flows: 262_144 }],
    [', fastPath: off', undefined],
    [', fastPath: { interfaces: [up0], sessions: 5000 }', { mode: 'required', interfaces: ['up0'], flows: 5000 }],
  ])('the fast path of "%s"', (settings, fastPath) => {
    expect(only(settings)?.fastPath).toEqual(fastPath);
  });

  it('have no namespace and no tuning that the file does not name, and those that it names', () => {
    const plain = only('');
    expect(plain).not.toHaveProperty('namespace');
    expect(plain).not.toHaveProperty('steering');
    expect(plain?.worker).not.toHaveProperty('cpu');
    const tuned = only(', namespace: nat64, shards: 2, worker: { cpu: 3, niceness: -5, spin: 20 }');
    expect(tuned).toMatchObject({
      namespace: 'nat64',
      shards: 2,
      runDirectory: '/run/isthmus',
      worker: { cpu: 3, niceness: -5, spinUs: 20 },
    });
  });

  it('have a seed of their own each time, of 32 bytes', () => {
    const seeds = [only(''), only('')].map((options) => options?.translator.seed);
    expect(seeds[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(seeds[1]).not.toBe(seeds[0]);
  });
});

describe('what is announced to an upstream', () => {
  const bgp = (more = '', node = 'gw1') => {
    const upstream = `upstreams:\n  core: { bgp: { asn: 64512, neighbors: [{ peer: 192.0.3.1 }]${more} } }\n`;
    const { bgp: options } = upstreamOptionsOf(nodeOf(upstream, INSTANCES, node))[0] ?? {};
    return Object.fromEntries((options?.prefixes ?? []).map(({ prefix, rank }) => [prefix, rank]));
  };

  it('is each prefix of the instances, by the place of the node in prefer; one that is not in it comes last', () => {
    expect(bgp()).toEqual({
      '64:ff9b::/97': 1,
      '192.0.2.0/28': 1,
      '192.0.2.32/28': 1,
      '64:ff9b::128.0.0.0/97': 0,
      '192.0.2.16/28': 0,
      '2001:db8:46::/96': 0,
      '198.51.100.0/24': 0,
      '203.0.113.5/32': 0,
    });
    expect(bgp('', 'gw2')).toMatchObject({ '64:ff9b::/97': 0, '64:ff9b::128.0.0.0/97': 1, '192.0.2.16/28': 1 });
  });

  it('is what the file lists, with the rank of the first instance that it overlaps, of its own family', () => {
    const listed = ', prefixes: ["64:ff9b::/96", 192.0.2.16/29, 192.0.2.0/24, "2001:db8:ffff::/48", 10.0.0.0/8]';
    expect(bgp(listed)).toEqual({
      '64:ff9b::/96': 1,
      '192.0.2.16/29': 0,
      '192.0.2.0/24': 1,
      '2001:db8:ffff::/48': 0,
      '10.0.0.0/8': 0,
    });
  });

  it('goes to the upstreams of the node alone, with what the file says of each', () => {
    const upstreams = `upstreams:
  core:
    nodes: [gw1]
    frr: { pathspace: nat64 }
    bfd: [{ peer: 192.0.3.1, interface: up0, receiveInterval: 100ms, transmitInterval: 50ms, detectMultiplier: 4 }]
    withdraw: bfd-remove
    verify: 700ms
    endDaemon: false
    interfaceDown: true
  edge:
    nodes: [gw2]
    bfd: [{ peer: 192.0.3.1 }]
  both:
    gate: off
    bfd: [{ peer: 192.0.3.9, multihop: true, local: 192.0.3.2 }]
`;
    const config = nodeOf(upstreams);
    expect(upstreamOptionsOf({ ...config, node: 'gw2' }).map(({ name }) => name)).toEqual(['edge', 'both']);
    const [core, both] = upstreamOptionsOf(config);
    expect(core).toEqual({
      name: 'core',
      frr: { pathspace: 'nat64' },
      bfd: [
        {
          peer: '192.0.3.1',
          interface: 'up0',
          multihop: false,
          detectMultiplier: 4,
          receiveIntervalMs: 100,
          transmitIntervalMs: 50,
        },
      ],
      withdraw: ['bfd-remove'],
      verifyMs: 700,
      endDaemon: false,
      interfaceDown: true,
      gate: true,
      prefixes: expect.arrayContaining(['64:ff9b::/97', '198.51.100.0/24']),
    });
    expect(both).toMatchObject({ name: 'both', frr: {}, gate: false, endDaemon: true, interfaceDown: false });
    expect(both?.bfd).toEqual([{ peer: '192.0.3.9', multihop: true, local: '192.0.3.2' }]);
  });
});

describe('the file of a cluster, read for a node', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'isthmus-config-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(more = ''): string {
    const file = join(folder, 'cluster.yaml');
    for (const [name, letter] of [
      ['key', 'a'],
      ['old', 'b'],
      ['pseudonyms', 'c'],
    ]) {
      writeFileSync(join(folder, name ?? ''), (letter ?? '').repeat(32), { mode: 0o600 });
    }
    const nodes = 'nodes: { gw1: { slot: 1, links: [ring0] }, gw2: { slot: 2 } }';
    writeFileSync(file, `cluster: campus\nsecretFile: ${folder}/key\n${nodes}\n${INSTANCES}${more}`);
    return file;
  }

  it('has the slot and the links of the node, and the secret', async () => {
    const config = await readNodeConfig(write(), 'gw1');
    expect(config).toMatchObject({ node: 'gw1', slot: 1, links: ['ring0'] });
    expect(config.secrets.map((secret) => Buffer.from(secret).toString())).toEqual(['a'.repeat(32)]);
    expect(config).not.toHaveProperty('tls');
    expect(config).not.toHaveProperty('pseudonymKey');
    expect((await readNodeConfig(write(), 'gw2')).revision).toBe(config.revision);
  });

  it('has the sealing secret first, then the previous one; and the key for pseudonyms', async () => {
    const file = write(
      `previousSecretFile: ${folder}/old\nnatLog: { clients: { pseudonymKeyFile: ${folder}/pseudonyms } }\n`,
    );
    const { secrets, pseudonymKey } = await readNodeConfig(file, 'gw1');
    expect(secrets.map((secret) => String.fromCodePoint(secret[0] ?? 0))).toEqual(['a', 'b']);
    expect(String(pseudonymKey)).toBe('c'.repeat(32));
  });

  it.each(['gw3', 'toString'])('has no node %s, and names those that it has', async (node) => {
    await expect(readNodeView(write(), node)).rejects.toMatchObject({
      code: 'configuration-invalid',
      mistakes: [{ path: 'nodes', what: `there is no node ${node}`, remedy: '--node is one of gw1, gw2' }],
    });
  });

  it('is read without the secret where that is missing, for a withdrawal; with it, it is refused', async () => {
    const file = write();
    rmSync(join(folder, 'key'));
    expect(await readNodeView(file, 'gw1')).toMatchObject({ slot: 1 });
    await expect(readNodeConfig(file, 'gw1')).rejects.toMatchObject({ code: 'configuration-invalid' });
  });
});
