import { describe, expect, it } from 'vitest';
import { judgeInput, judgeTransit } from '../../../../src/agent/doctor/firewall.ts';
import {
  frrExaminer,
  homesOf,
  judgeDaemons,
  type NamedUpstream,
  type Space,
  upstreamsOf,
} from '../../../../src/agent/doctor/frr-processes.ts';
import { parseBaseChains } from '../../../../src/agent/doctor/read-ruleset.ts';
import { CLUSTER, nodeConfig, SimulatedMachine } from './simulated-machine.ts';

const HEAD = CLUSTER.slice(0, CLUSTER.indexOf('upstreams:'));

function upstream(text: string): NamedUpstream {
  const [named] = upstreamsOf(nodeConfig(`${HEAD}upstreams:\n  core: ${text}\n`));
  if (named === undefined) throw new Error('there is an upstream');
  return named;
}

const MAIN: Space = { namespace: undefined, identity: 'net:[1]', interfaces: [{ name: 'up0', addresses: [] }] };
const PLANE: Space = {
  namespace: 'nat64',
  identity: 'net:[2]',
  interfaces: [
    { name: 'up1', addresses: ['11.10.1.2/24', '2001:db8:a1::2/64'] },
    { name: 'up2', addresses: ['11.10.2.2/31'] },
  ],
};

const running = (name: string, networkNamespace: string | undefined, ...argv: string[]) => ({
  pid: 100,
  name,
  argv: [`/usr/lib/frr/${name}`, ...argv],
  networkNamespace,
});

describe('the namespace of the routers of an upstream', () => {
  it.each([
    ['{ bfd: [{ peer: 11.10.1.1, interface: up0 }] }', [MAIN]],
    ['{ bfd: [{ peer: 11.10.1.1, interface: up1 }] }', [PLANE]],
    ['{ bfd: [{ peer: 11.10.1.1, interface: up9 }] }', []],
    ['{ bgp: { asn: 64512, neighbors: [{ peer: 11.10.1.1 }] } }', [PLANE]],
    ['{ bgp: { asn: 64512, neighbors: [{ peer: 11.10.2.3 }] } }', [PLANE]],
    ['{ bgp: { asn: 64512, neighbors: [{ peer: 11.10.2.4 }] } }', []],
    ['{ bgp: { asn: 64512, neighbors: [{ peer: "2001:db8:a1::1" }] } }', [PLANE]],
    ['{ bgp: { asn: 64512, neighbors: [{ peer: "2001:db8:a2::1" }] } }', []],
  ])('%s', (text, homes) => {
    expect(homesOf(upstream(text)[1], [MAIN, PLANE])).toEqual(homes);
  });
});

describe('the daemons of FRR', () => {
  const core = upstream('{ frr: { pathspace: nat64 }, bfd: [{ peer: 11.10.1.1, interface: up1 }] }');
  const evidences = (named: NamedUpstream, processes: Parameters<typeof judgeDaemons>[1], spaces = [MAIN, PLANE]) =>
    judgeDaemons(named, processes, spaces).map(({ code, evidence }) => `${code}: ${evidence}`);

  it('may be anywhere while their namespace, or that of the routers, is not known', () => {
    const unknown = [running('bfdd', undefined, '-N', 'nat64'), running('zebra', undefined, '-N', 'nat64')];
    expect(evidences(core, unknown)).toEqual([]);
    const elsewhere = [running('bfdd', 'net:[1]', '-N', 'nat64'), running('zebra', 'net:[1]', '-N', 'nat64')];
    expect(evidences(core, elsewhere, [MAIN])).toEqual([]);
  });

  it('in another namespace than the routers, with the name that is known for it', () => {
    const processes = [running('bfdd', 'net:[1]', '-N', 'nat64'), running('zebra', 'net:[7]', '-N', 'nat64')];
    expect(evidences(core, processes)).toEqual([
      'frr-wrong-namespace: bfdd (pid 100) runs in the main namespace, but its routers are in the namespace nat64',
      'frr-wrong-namespace: zebra (pid 100) runs in another namespace (net:[7]), but its routers are in the namespace nat64',
    ]);
    const [found] = judgeDaemons(core, processes, [MAIN, PLANE]);
    expect(found?.remedy).toContain('in /etc/frr/nat64/daemons, then: systemctl restart frr@nat64');
  });

  it('of another pathspace are others', () => {
    const others = [running('bfdd', 'net:[2]', '-N', 'other'), running('zebra', 'net:[2]')];
    expect(evidences(core, others)).toEqual([
      'frr-unreachable: no bfdd with pathspace nat64 runs',
      'frr-unreachable: no zebra with pathspace nat64 runs',
    ]);
    const plain = upstream('{ bgp: { asn: 64512, neighbors: [{ peer: 11.10.1.1 }] } }');
    const [found] = judgeDaemons(plain, [running('zebra', 'net:[2]')], [MAIN, PLANE]);
    expect(found).toMatchObject({
      code: 'frr-unreachable',
      severity: 'error',
      subject: 'upstream core',
      evidence: 'no bgpd runs',
      remedy: 'enable bgpd in /etc/frr/daemons, then: systemctl restart frr',
    });
  });

  it('are not needed by an upstream of another node, and not asked for there', async () => {
    const machine = new SimulatedMachine();
    machine.running = [];
    const config = nodeConfig(
      `${HEAD}upstreams:\n  core: { nodes: [gw2], bfd: [{ peer: 11.10.1.1, interface: up0 }] }\n`,
    );
    expect(await frrExaminer(config, machine).examine()).toEqual([]);
  });
});

describe('the settings of FRR', () => {
  const config = nodeConfig(`${HEAD}upstreams:\n  core: { bgp: { asn: 64512, neighbors: [{ peer: 11.10.1.1 }] } }\n`);
  const findings = async (change: (machine: SimulatedMachine) => void): Promise<unknown[]> => {
    const machine = new SimulatedMachine();
    machine.running = ['zebra', 'bgpd'].map((name) => running(name, 'net:[2]'));
    machine.present.add('/etc/frr/daemons');
    change(machine);
    return [...(await frrExaminer(config, machine).examine())];
  };

  it('have watchfrr start a daemon again, the one of this FRR', async () => {
    const missing = {
      code: 'watchfrr-missing',
      severity: 'warning',
      subject: 'frr',
      evidence: 'watchfrr does not run: a daemon that ends is not started again',
      remedy: 'systemctl enable --now frr',
    };
    expect(await findings(() => undefined)).toEqual([missing]);
    expect(await findings(({ running: all }) => void all.push(running('watchfrr', 'net:[1]', '-N', 'x')))).toEqual([
      missing,
    ]);
    expect(await findings(({ running: all }) => void all.push(running('watchfrr', 'net:[1]')))).toEqual([]);
  });

  it('belong to FRR, or are given to it', async () => {
    const watched = ({ running: all }: SimulatedMachine): void => void all.push(running('watchfrr', 'net:[1]'));
    const found = await findings((machine) => {
      watched(machine);
      machine.owner = 'root';
    });
    expect(found).toEqual([
      expect.objectContaining({
        code: 'file-unusable',
        remedy: 'chown frr:frr /etc/frr/frr.conf',
        fix: { argv: ['chown', 'frr:frr', '/etc/frr/frr.conf'] },
      }),
    ]);
  });
});

describe('nftables chains', () => {
  const chains = (...list: readonly (readonly [hook: string, type: string, policy: string])[]) =>
    parseBaseChains(
      JSON.stringify({
        nftables: list.map(([hook, type, policy]) => ({
          chain: { family: 'inet', table: 'filter', name: hook, type, hook, policy },
        })),
      }),
    );
  const BFD = [{ protocol: 'udp' as const, port: 3784, purpose: 'BFD' }];

  it('that filter what comes to the node are looked at, those that translate addresses are not', () => {
    expect(judgeInput(undefined, chains(['input', 'filter', 'drop']), BFD)).toEqual([
      {
        code: 'packets-filtered',
        severity: 'error',
        subject: 'main namespace',
        evidence: 'the nftables chain inet filter input drops udp port 3784, which BFD needs',
        remedy: 'nft insert rule inet filter input udp dport 3784 accept, and the same in /etc/nftables.conf',
      },
    ]);
    expect(judgeInput(undefined, chains(['input', 'nat', 'drop']), BFD)).toEqual([]);
    expect(judgeInput(undefined, chains(['output', 'filter', 'drop'], ['input', 'filter', 'accept']), BFD)).toEqual([]);
    expect(judgeInput(undefined, chains(['input', 'filter', 'drop']), [])).toEqual([]);
  });

  it.each([
    ['prerouting', 'filter', 1],
    ['forward', 'filter', 1],
    ['postrouting', 'filter', 1],
    ['prerouting', 'nat', 0],
    ['input', 'filter', 0],
    ['output', 'filter', 0],
  ])('%s (%s) with the policy drop: what is translated goes through %i of them', (hook, type, count) => {
    expect(judgeTransit('nat64', chains([hook, type, 'drop']))).toHaveLength(count);
    expect(judgeTransit('nat64', chains([hook, type, 'accept']))).toEqual([]);
  });
});
