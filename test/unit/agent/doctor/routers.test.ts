import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../../../src/agent/doctor/finding.ts';
import { routerSessionExaminer } from '../../../../src/agent/doctor/router-sessions.ts';
import { judgeFailure, throughExaminer } from '../../../../src/agent/doctor/through.ts';
import type { FrrPlace } from '../../../../src/frr/daemon-shell.ts';
import { CLUSTER, nodeConfig, SimulatedMachine } from './simulated-machine.ts';

const HEAD = CLUSTER.slice(0, CLUSTER.indexOf('upstreams:'));

/** An FRR that prints `shown`, and what was asked of which of its daemons. */
class Routers {
  readonly machine = new SimulatedMachine();
  readonly asked: string[] = [];
  closed = 0;

  constructor(shown: { bfd?: readonly object[]; bgp?: object }) {
    const open = (daemon: string, place: FrrPlace) => ({
      socketPath: daemon,
      show: async (command: string) => {
        this.asked.push([place.pathspace ?? '-', place.runDir ?? '-', daemon, command].join(' '));
        return JSON.stringify(daemon === 'bfdd' ? (shown.bfd ?? []) : (shown.bgp ?? {}));
      },
      configure: async () => undefined,
      close: () => void (this.closed += 1),
    });
    Object.assign(this.machine, { shellOf: open });
  }

  async findings(upstreams: string): Promise<Diagnosis[]> {
    const config = nodeConfig(`${HEAD}upstreams:\n${upstreams}`);
    return [...(await routerSessionExaminer(config, this.machine).examine())];
  }
}

const shown = (status: string, more: object = {}) => ({ peer: '11.10.1.1', status, ...more });
const evidences = (found: readonly Diagnosis[]): string[] => found.map(({ evidence }) => evidence);

describe('BFD sessions with the routers', () => {
  const DOWN = 'BFD with 11.10.1.1 is down: the router does not answer BFD';

  it.each([
    ['its interface', 'interface: up0', { interface: 'up0' }, { interface: 'up1' }],
    ['its local address', 'local: 11.10.1.2', { local: '11.10.1.2' }, { local: '11.10.1.3' }],
    ['that it is several hops away', 'multihop: true, local: 11.10.1.2', { multihop: true }, { multihop: false }],
  ])('are told from others with the same router by %s', async (_what, wanted, own, other) => {
    const upstreams = `  core: { bfd: [{ peer: 11.10.1.1, ${wanted} }] }`;
    const fine = new Routers({ bfd: [shown('down', other), shown('up', own)] });
    expect(evidences(await fine.findings(upstreams))).toEqual([]);
    const broken = new Routers({ bfd: [shown('up', other), shown('down', own)] });
    expect(evidences(await broken.findings(upstreams))).toEqual([DOWN]);
  });

  it.each([
    { status: 'down', found: [DOWN] },
    { status: 'init', found: ['BFD with 11.10.1.1 is init: the router does not answer BFD'] },
    { status: 'up', found: [] },
    { status: 'shutdown', found: [] },
  ])('$status', async ({ status, found }) => {
    const routers = new Routers({ bfd: [shown(status, { interface: 'up0' })] });
    expect(evidences(await routers.findings('  core: { bfd: [{ peer: 11.10.1.1, interface: up0 }] }'))).toEqual(found);
  });

  it('that FRR does not have are those of a withdrawn node', async () => {
    const routers = new Routers({ bfd: [{ peer: '11.10.9.9', interface: 'up0', status: 'down' }] });
    expect(await routers.findings('  core: { bfd: [{ peer: 11.10.1.1, interface: up0 }] }')).toEqual([]);
  });

  it('are asked of the FRR of the upstream, and the connection is closed', async () => {
    const routers = new Routers({ bfd: [shown('up')] });
    await routers.findings(`  core: { frr: { pathspace: nat64 }, bfd: [{ peer: 11.10.1.1, interface: up0 }] }
  edge: { frr: { runDir: /run/other }, bfd: [{ peer: 11.10.1.1, interface: up0 }] }
  elsewhere: { nodes: [gw2], bfd: [{ peer: 11.10.1.1, interface: up0 }] }
`);
    expect(routers.asked.toSorted()).toEqual([
      '- /run/other bfdd show bfd peers json',
      'nat64 - bfdd show bfd peers json',
    ]);
    expect(routers.closed).toBe(2);
  });
});

describe('BGP sessions with the routers', () => {
  const upstreams = '  edge: { bgp: { asn: 64512, neighbors: [{ peer: "2001:DB8::1" }] } }';
  const summary = (state: string, more: object = {}) => ({
    ipv6Unicast: { routerId: '11.10.1.2', peers: { '2001:db8::1': { state } }, ...more },
  });

  it.each([
    ['Established', []],
    ['Idle (Admin)', []],
    ['Connect', ['BGP with 2001:db8::1 is Connect']],
  ])('%s, however the address is spelt', async (state, found) => {
    const texts = evidences(await new Routers({ bgp: summary(state) }).findings(upstreams));
    expect(texts.map((text) => text.toLowerCase())).toEqual(found.map((text) => text.toLowerCase()));
  });

  it('come to nothing without a router ID, which is the remedy', async () => {
    const [found] = await new Routers({ bgp: summary('Active', { routerId: '0.0.0.0' }) }).findings(upstreams);
    expect(found?.evidence).toMatch(/is Active; bgpd has no router ID$/);
    expect(found?.remedy).toBe('set "bgp router-id ADDRESS" under "router bgp 64512"');
    const [other] = await new Routers({ bgp: summary('Active') }).findings(upstreams);
    expect(other?.remedy).toMatch(/^configure this node as a neighbour on the router .* tcp port 179$/);
  });

  it('are looked for in the VRF of the file', async () => {
    const routers = new Routers({ bgp: summary('Established') });
    await routers.findings(upstreams);
    await routers.findings(upstreams.replace('asn: 64512,', 'asn: 64512, vrf: blue,'));
    expect(routers.asked).toEqual(['- - bgpd show bgp summary json', '- - bgpd show bgp vrf blue summary json']);
  });
});

describe('a packet through the translator', () => {
  const failure = { target: '198.51.100.1', namespace: 'nat64', translated: 'no answer', straight: undefined };

  it('goes to the target behind pool6, and beside it to the target itself, from the namespace of the instance', async () => {
    const machine = new SimulatedMachine();
    const pinged: string[] = [];
    const ping = async (namespace: string | undefined, address: string, timeoutMs: number): Promise<number> => {
      pinged.push(`${namespace ?? 'main'} ${address} ${timeoutMs}`);
      throw new Error('no answer');
    };
    Object.assign(machine, { ping });
    await throughExaminer(nodeConfig(), '198.51.100.1', machine).examine();
    expect(pinged).toEqual(['nat64 64:ff9b::198.51.100.1 2000', 'nat64 198.51.100.1 2000']);
    pinged.length = 0;
    const [found] = await throughExaminer(nodeConfig(), '2001:db8::99', machine).examine();
    expect(pinged).toEqual(['main 2001:db8::99 2000']);
    expect(found).toMatchObject({ subject: '2001:db8::99', severity: 'error', code: 'target-unreachable' });
  });

  it('that has no instance for its target is a mistake in the target', () => {
    const found = judgeFailure({ ...failure, target: '2001:db8::99', instance: undefined, address: '2001:db8::99' });
    expect(found).toEqual({
      code: 'target-unreachable',
      severity: 'error',
      subject: '2001:db8::99',
      evidence: '2001:db8::99 does not answer, and no instance serves it: no answer',
      remedy: 'give an IPv4 address within `destinations` of an instance',
    });
  });

  it('that is lost, where the target answers without translation, is for the routers and the translator', () => {
    const found = judgeFailure({ ...failure, instance: 'internet', address: '64:ff9b::198.51.100.1' });
    expect(found).toMatchObject({
      code: 'target-unreachable',
      severity: 'error',
      subject: 'instance internet',
      evidence:
        '198.51.100.1 does not answer through internet as 64:ff9b::198.51.100.1: no answer; without translation it answers',
    });
    expect(found.remedy).toMatch(/^198\.51\.100\.1 answers without translation: .* whether the router sends pool4/);
  });

  it('that is lost like one without translation is for the routes', () => {
    const lost = { ...failure, instance: 'internet', address: '64:ff9b::198.51.100.1', straight: 'ENETUNREACH' };
    expect(judgeFailure(lost)).toMatchObject({
      code: 'target-unreachable',
      subject: 'instance internet',
      evidence: '198.51.100.1 does not answer through internet as 64:ff9b::198.51.100.1: no answer',
      remedy:
        'nor does it answer without translation (ENETUNREACH): check the routes of the namespace nat64 and at the target',
    });
    expect(judgeFailure({ ...lost, namespace: undefined }).remedy).toContain('the routes of the main namespace');
  });
});
