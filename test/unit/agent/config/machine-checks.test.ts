import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkHere } from '../../../../src/agent/config/machine-checks.ts';
import { type NodeConfig, readNodeConfig } from '../../../../src/agent/config/node-config.ts';
import { placesIn } from '../../../../src/cluster/cluster-file.ts';
import type { DaemonShell, FrrPlace } from '../../../../src/frr/daemon-shell.ts';
import { FrrNotRunningError } from '../../../../src/frr/vty-connection.ts';

let folder: string;
let interfaces: Set<string>;
let daemons: Map<string, string>;
/** Places of the FRR that was asked. */
let places: Set<string>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-here-'));
  interfaces = new Set(['ring0', 'nat64 up0']);
  places = new Set();
  daemons = new Map([
    ['bfdd', '[]'],
    ['bgpd', '{"peers":{"10.0.0.1":{"state":"Active"}}}'],
  ]);
});
afterEach(() => rmSync(folder, { recursive: true }));

async function config(upstreams: string): Promise<NodeConfig> {
  const [file, secret] = [join(folder, 'cluster.yaml'), join(folder, 'key')];
  writeFileSync(secret, '0123456789abcdef0123456789abcdef', { mode: 0o600 });
  const text = `cluster: campus
secretFile: ${secret}
nodes: { gw1: { slot: 1, links: [ring0] }, gw2: { slot: 2 } }
instances:
  internet: { kind: nat64, namespace: nat64, pool6: 64:ff9b::/96, pool4: [{ prefix: 11.64.0.0/29 }] }
upstreams:
${upstreams}`;
  writeFileSync(file, text);
  return readNodeConfig(file, 'gw1');
}

function shellOf(daemon: string, { pathspace, runDir }: FrrPlace): DaemonShell {
  places.add(`${daemon} of ${pathspace ?? '-'} in ${runDir ?? '-'}`);
  const show = async (command: string): Promise<string> => {
    const answer = daemons.get(`${daemon} ${command}`) ?? daemons.get(daemon);
    if (answer === undefined) throw new FrrNotRunningError('there is no such socket');
    return answer;
  };
  return { socketPath: daemon, show, configure: async () => undefined, close: () => undefined };
}

async function mistakes(upstreams: string): Promise<string[]> {
  const node = await config(upstreams);
  const found = await checkHere(node, {
    viewOf: (namespace) => ({
      interfaceState: async (name) => {
        const key = namespace === undefined ? name : `${namespace} ${name}`;
        return interfaces.has(key) ? { index: 1, up: true, running: true } : undefined;
      },
    }),
    shellOf,
    addressesOf: async () => [],
    ephemeralPorts: async () => '32768-60999',
  });
  const placed = await placesIn(node.file, found);
  return placed.map(({ line, column, path, what, remedy }) => `${line}:${column} ${path}: ${what}; ${remedy}`);
}

const BFD = '  core: { bfd: [{ peer: 10.0.0.1, interface: up0 }], withdraw: bfd-remove }\n';

describe('a cluster file on its machine', () => {
  it('fits when interfaces are there and FRR knows the upstreams', async () => {
    expect(await mistakes(BFD)).toEqual([]);
    expect(
      await mistakes('  core: { bgp: { asn: 1, neighbors: [{ peer: 10.0.0.1 }] }, withdraw: bgp-prefix }'),
    ).toEqual([]);
  });

  it('does not fit when an interface is missing, with its place', async () => {
    interfaces = new Set(['up0']);
    expect(await mistakes(BFD)).toEqual([
      '3:34 nodes.gw1.links[0]: there is no interface ring0 in the main namespace; correct the name, or make the interface',
    ]);
    interfaces = new Set(['ring0']);
    expect(await mistakes(BFD)).toEqual([
      '7:46 upstreams.core.bfd[0].interface: there is no interface up0 in the main namespace or namespace nat64; correct the name, or make the interface',
    ]);
  });

  it('does not fit when FRR does not run, or does not know a neighbour that it cannot be told of', async () => {
    daemons.delete('bfdd');
    expect((await mistakes(BFD))[0]).toMatch(
      /upstreams\.core\.frr: bfdd does not answer: .*; write bfdd=yes in \/etc\/frr\/daemons, then: systemctl restart frr;/,
    );
    expect((await mistakes(BFD.replace('core: {', 'core: { frr: { pathspace: nat64 },')))[0]).toMatch(
      /; write bfdd=yes in \/etc\/frr\/nat64\/daemons, then: systemctl restart frr@nat64; or correct frr\.pathspace$/,
    );
    const neighbors = '[{ peer: 10.0.0.9 }, { peer: 10.0.0.8, remoteAs: 2 }]';
    expect(await mistakes(`  core: { bgp: { asn: 1, neighbors: ${neighbors} }, withdraw: bgp-prefix }`)).toEqual([
      '7:46 upstreams.core.bgp.neighbors[0].peer: FRR does not know the BGP neighbour 10.0.0.9; configure the neighbour in FRR, or give its remoteAs; FRR knows 10.0.0.1',
    ]);
  });

  it('is only asked of the upstreams of this node', async () => {
    daemons.clear();
    interfaces.delete('nat64 up0');
    expect(await mistakes(BFD.replace('core: {', 'core: { nodes: [gw2],'))).toEqual([]);
  });

  it('routers that go on sending for long when bgpd is gone, since this FRR asks them to', async () => {
    const upstream = '  core: { bgp: { asn: 64512, neighbors: [{ peer: 10.0.0.1 }] } }';
    const detail = (configuredRestartTimer: number, localGrMode: string): string =>
      JSON.stringify({
        '10.0.0.1': {
          gracefulRestartInfo: { localGrMode, remoteGrMode: 'Helper', timers: { configuredRestartTimer } },
        },
      });
    daemons.set('bgpd show bgp neighbors 10.0.0.1 json', detail(120, 'Restart*'));
    expect(await mistakes(upstream)).toEqual([
      expect.stringMatching(
        /10\.0\.0\.1 continues to send for 120 s when bgpd ends without a word.*"bgp graceful-restart restart-time 5"/,
      ),
    ]);
    daemons.set('bgpd show bgp neighbors 10.0.0.1 json', detail(120, 'Helper*'));
    expect(await mistakes(upstream)).toEqual([
      expect.stringContaining('10.0.0.1 may continue to send (BIRD does) for 120 s'),
    ]);
    for (const kind of ['frr', '"frr<10.7"']) {
      expect(await mistakes(upstream.replace('core: {', `core: { neighbor: ${kind},`))).toEqual([]);
    }
    for (const kind of ['bird', 'other', '{ dropsOnAdminDown: true }']) {
      expect(await mistakes(upstream.replace('core: {', `core: { neighbor: ${kind},`))).toHaveLength(1);
    }
    daemons.set('bgpd show bgp neighbors 10.0.0.1 json', detail(120, 'Disable*'));
    expect(await mistakes(upstream)).toEqual([]);
    daemons.set('bgpd show bgp neighbors 10.0.0.1 json', detail(5, 'Restart'));
    expect(await mistakes(upstream)).toEqual([]);
  });

  it('nothing of a neighbour that is to be made, also where there is no "router bgp" yet', async () => {
    daemons.set('bgpd', '{}');
    expect(await mistakes('  core: { bgp: { asn: 64512, neighbors: [{ peer: 10.0.0.1, remoteAs: 64500 }] } }')).toEqual(
      [],
    );
    expect(await mistakes('  core: { bgp: { asn: 64512, neighbors: [{ peer: 10.0.0.1 }] } }')).toEqual([
      expect.stringContaining('FRR does not know the BGP neighbour 10.0.0.1'),
    ]);
  });

  it('an FRR is asked where the file says that it is', async () => {
    await mistakes(BFD);
    await mistakes(BFD.replace('core: {', 'core: { frr: { pathspace: nat64, runDir: /run/frr-two },'));
    await mistakes('  core: { frr: { runDir: /run/frr-two }, bgp: { asn: 1, neighbors: [{ peer: 10.0.0.1 }] } }');
    expect([...places]).toEqual(['bfdd of - in -', 'bfdd of nat64 in /run/frr-two', 'bgpd of - in /run/frr-two']);
  });

  it('the neighbours of a VRF are asked for there', async () => {
    const upstream = '  core: { bgp: { asn: 64512, vrf: blue, neighbors: [{ peer: 10.0.0.7 }] } }';
    daemons = new Map([['bgpd show bgp vrf blue summary json', '{"peers":{"10.0.0.7":{"state":"Active"}}}']]);
    expect(await mistakes(upstream)).toEqual([]);
    const info = { localGrMode: 'Restart', remoteGrMode: 'Helper', timers: { configuredRestartTimer: 11 } };
    const detail = JSON.stringify({ '10.0.0.7': { gracefulRestartInfo: info } });
    daemons.set('bgpd show bgp vrf blue neighbors 10.0.0.7 json', detail);
    expect(await mistakes(upstream)).toEqual([expect.stringContaining('10.0.0.7 continues to send for 11 s')]);
    daemons.set('bgpd show bgp vrf blue neighbors 10.0.0.7 json', detail.replace('11', '10'));
    expect(await mistakes(upstream)).toEqual([]);
  });

  it('interfaces that carry clients are looked for in every namespace of the file', async () => {
    const checks = BFD.concat('checks: { carrier: { interfaces: [up0, up5], namespace: dmz } }\n');
    expect(await mistakes(checks)).toEqual([
      expect.stringMatching(
        /checks\.carrier\.interfaces\[1\]: there is no interface up5 in the main namespace or namespace dmz or namespace nat64;/,
      ),
    ]);
    interfaces.add('dmz up5');
    expect(await mistakes(checks)).toEqual([]);
  });
});
