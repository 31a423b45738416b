import { beforeEach, describe, expect, it } from 'vitest';
import { examinersFor } from '../../../../src/agent/doctor/checks.ts';
import { examineAll } from '../../../../src/agent/doctor/examination.ts';
import type { Examination } from '../../../../src/agent/doctor/finding.ts';
import { repairAll } from '../../../../src/agent/doctor/repair.ts';
import { CommandError } from '../../../../src/linux/command.ts';
import { CLUSTER, ethtool, nodeConfig, route, SimulatedMachine, sysctls } from './simulated-machine.ts';

let machine: SimulatedMachine;
beforeEach(() => {
  machine = new SimulatedMachine();
});

async function examine(through?: string, text = CLUSTER): Promise<Examination> {
  const dns64 = '2001:db8:6::53';
  const request = { config: nodeConfig(text), stateDirectory: '/var/lib/isthmus', through, dns64 };
  return examineAll(examinersFor(request, machine));
}

/** `code subject: evidence` of each finding; nothing may be unchecked. */
async function findings(through?: string): Promise<string[]> {
  const { findings: found, unchecked } = await examine(through);
  expect(unchecked).toEqual([]);
  return found.map(({ code, subject, evidence }) => `${code} ${subject}: ${evidence}`);
}

const chain = (hook: string, policy: string, type = 'filter') => ({
  chain: { family: 'inet', table: 'filter', name: hook, type, hook, prio: 0, policy },
});
const rule = (of: string, ...expr: object[]) => ({
  rule: { family: 'inet', table: 'filter', chain: of, expr },
});
const dport = (protocol: string, right: unknown) => ({
  match: { op: '==', left: { payload: { protocol, field: 'dport' } }, right },
});
const ruleset = (...nftables: object[]) => JSON.stringify({ nftables });

describe('the examination of a machine', () => {
  it('finds nothing on a healthy one, also when a packet is sent through it', async () => {
    expect(await findings()).toEqual([]);
    expect(await findings('198.51.100.1')).toEqual([]);
  });

  it('gives each check its time, and goes on without those that hang or fail', async () => {
    const never = { name: 'hanging', examine: () => new Promise<never>(() => undefined) };
    const failing = { name: 'failing', examine: () => Promise.reject(new Error('spawn nft ENOENT')) };
    const good = { name: 'good', examine: async () => [] };
    expect(await examineAll([never, failing, good], 20)).toEqual({
      findings: [],
      unchecked: [
        { check: 'hanging', reason: 'not finished after 0.02 s' },
        { check: 'failing', reason: 'spawn nft ENOENT' },
      ],
      checked: ['good'],
    });
  });

  it('says that it does not know what a missing program or agent would have told', async () => {
    machine.outputs.set('nat64 nft', new CommandError('nft', undefined, 'spawn nft ENOENT'));
    machine.problems = undefined;
    const { findings: found, unchecked } = await examine();
    expect(found).toEqual([]);
    expect(unchecked.map(({ check }) => check)).toEqual(['firewall', 'agent']);
  });
});

describe('the examination finds', () => {
  it('a filter of a fast path whose worker is gone', async () => {
    machine.left = [{ interface: 'up0', interfaceIndex: 2, id: 7, priority: 0xf000, handle: 1 }];
    expect(await findings()).toEqual([
      expect.stringMatching(/^fast-path-left namespace nat64: up0 has the filter of a fast path whose worker is gone/),
    ]);
    const [found] = (await examine()).findings;
    expect(found?.fix?.argv.join(' ')).toBe('tc filter delete dev up0 ingress pref 61440 handle 0x1 bpf');
  });

  it('a kernel without TUN, without what the fast path calls, or without UDP segments', async () => {
    machine.present.clear();
    machine.kernel = '5.10.0-28-amd64';
    machine.instances = [];
    expect(await findings()).toEqual(
      [
        expect.stringContaining('/dev/net/tun is missing'),
        expect.stringContaining('Linux 5.10.0-28-amd64 is older than 5.14: the fast path of internet stays off'),
      ].concat(expect.stringContaining('no UDP segmentation on a TUN')),
    );
    machine.present.add('/dev/net/tun');
    machine.kernel = '6.6.1';
    expect(await findings()).toEqual([]);
  });

  it('eBPF that is refused, and a TUN without segments, whatever the release', async () => {
    machine.refusedBpf = 'bpf map create of isthmus_trial failed: EPERM';
    machine.instances = ['lower', 'upper', 'old'].map((name) => ({ name, state: 'running', tunOffloads: ['csum'] }));
    Object.assign(machine.instances[1] ?? {}, { tunOffloads: ['csum', 'tso4', 'tso6', 'uso4', 'uso6'] });
    Object.assign(machine.instances[2] ?? {}, { state: 'failed' });
    expect(await findings()).toEqual([
      expect.stringMatching(/^kernel-feature-missing kernel: the kernel refuses eBPF \(bpf map create .* EPERM\)/),
      expect.stringContaining('the TUN of lower takes no TCP segments'),
      expect.stringContaining('no UDP segmentation on a TUN'),
    ]);
    Object.assign(machine.instances[0] ?? {}, { tunOffloads: ['csum', 'tso4', 'tso6'] });
    expect(await findings()).toEqual([expect.stringContaining('eBPF'), expect.stringContaining('no UDP segmentation')]);
  });

  it('forwarding that is off, for each family', async () => {
    machine.outputs.set('nat64 sh', sysctls({ 'net/ipv6/conf/all/forwarding': '0' }));
    expect(await findings()).toEqual([
      expect.stringMatching(/^forwarding-off namespace nat64: net\.ipv6\.conf\.all\.forwarding is 0/),
    ]);
  });

  it('strict reverse path filters, which the value of all interfaces overrides', async () => {
    machine.outputs.set('nat64 sh', sysctls({ 'net/ipv4/conf/up0/rp_filter': '1' }));
    expect(await findings()).toEqual([expect.stringContaining('rp_filter of up0 is strict')]);
    machine.outputs.set(
      'nat64 sh',
      sysctls({ 'net/ipv4/conf/up0/rp_filter': '1', 'net/ipv4/conf/all/rp_filter': '2' }),
    );
    expect(await findings()).toEqual([]);
  });

  it('an IPv6 default route by router advertisements that are not taken any more', async () => {
    machine.outputs.set('nat64 ip -json -6 route show default', route('2001:db8:a1::1', { protocol: 'ra' }));
    expect(await findings()).toEqual([expect.stringMatching(/^default-route-expires .*by up0/)]);
    machine.outputs.set('nat64 sh', sysctls({ 'net/ipv6/conf/up0/accept_ra': '2' }));
    expect(await findings()).toEqual([]);
  });

  it('a default route that is missing, unless other routes lead far', async () => {
    machine.outputs.set('nat64 ip -json -4 route show default', '[]');
    expect(await findings()).toEqual([]);
    machine.outputs.set('nat64 ip -json route get 9', new CommandError('ip', 2, 'Network is unreachable'));
    expect(await findings()).toEqual([
      'default-route-missing namespace nat64: there is no IPv4 default route: what is translated to IPv4 has nowhere to go',
    ]);
  });

  it('a next hop without carrier, or that neither answers nor resolves', async () => {
    machine.silent.add('11.10.1.1');
    expect(await findings()).toEqual([]);
    machine.outputs.set('nat64 ip -json neighbor show to 11.10.1.1', '[{"dst":"11.10.1.1","state":["FAILED"]}]');
    expect(await findings()).toEqual([expect.stringMatching(/^next-hop-unreachable .*11\.10\.1\.1 \(up0\) answers/)]);
    machine.outputs.set('nat64 ip -json -4 route show default', route('11.10.1.1', { flags: ['dead', 'linkdown'] }));
    expect(await findings()).toEqual([expect.stringContaining('which has no carrier')]);
  });

  it('FRR in the wrong network namespace, and daemons that do not run', async () => {
    machine.running = machine.running.filter(({ name }) => name !== 'bgpd');
    for (const process of machine.running) if (process.name === 'bfdd') process.networkNamespace = 'net:[1]';
    expect(await findings()).toEqual([
      'frr-wrong-namespace upstream core: bfdd (pid 101) runs in the main namespace, but its routers are in the namespace nat64',
      'frr-unreachable upstream edge: no bgpd with pathspace nat64 runs',
    ]);
  });

  it('FRR without watchfrr, and a file that is not its own', async () => {
    machine.present.add('/etc/frr/nat64/daemons');
    machine.owner = 'root';
    expect(await findings()).toEqual([
      expect.stringMatching(/^watchfrr-missing frr@nat64/),
      expect.stringContaining('/etc/frr/nat64/frr.conf belongs to root'),
    ]);
  });

  it('routers without BFD or BGP, but not those that are shut down on purpose', async () => {
    machine.bfd =
      '[{"peer":"11.10.1.1","interface":"up0","status":"down","diagnostic":"control detection time expired"}]';
    machine.bgp = '{"peers":{"11.10.1.1":{"state":"Active"}}}';
    expect(await findings()).toEqual([
      'router-session-down upstream core: BFD with 11.10.1.1 is down: this node received no BFD packet from the router ' +
        'within the detection time (diagnostic: control detection time expired; diagnostic of the router: ok)',
      'router-session-down upstream edge: BGP with 11.10.1.1 is Active',
    ]);
    machine.bfd = '[{"peer":"11.10.1.1","interface":"up0","status":"shutdown"}]';
    machine.bgp = '{"peers":{"11.10.1.1":{"state":"Idle (Admin)"}}}';
    expect(await findings()).toEqual([]);
  });

  it('chains that drop what is translated, and what rewrites it', async () => {
    machine.outputs.set(
      'nat64 nft',
      ruleset(
        chain('forward', 'drop'),
        rule(
          'forward',
          { match: { op: 'in', left: { ct: { key: 'state' } }, right: ['established'] } },
          { accept: null },
        ),
        chain('postrouting', 'accept', 'nat'),
        rule('postrouting', { masquerade: null }),
      ),
    );
    expect(await findings()).toEqual([
      expect.stringMatching(/^packets-filtered namespace nat64: the nftables chain inet filter forward/),
      expect.stringMatching(/^packets-rewritten namespace nat64: the nftables chain inet filter postrouting/),
      expect.stringMatching(/^filter-bypassed namespace nat64: .* of internet do not pass .* inet filter forward/),
    ]);
    const tun = { match: { op: '==', left: { meta: { key: 'iifname' } }, right: 'nat-internet' } };
    machine.outputs.set('nat64 nft', ruleset(chain('forward', 'drop'), rule('forward', tun, { accept: null })));
    expect(await findings()).toEqual([expect.stringMatching(/^filter-bypassed namespace nat64/)]);
  });

  it('chains that the fast path stays off for, where it is on by itself', async () => {
    machine.outputs.set('nat64 nft', ruleset(chain('forward', 'accept'), rule('forward', { counter: null })));
    const found = async (setting: string): Promise<string[]> => {
      const text = CLUSTER.replace('    fastPath: { interfaces: [up0] }\n', setting);
      return (await examine(undefined, text)).findings.map(({ code, evidence }) => `${code}: ${evidence}`);
    };
    const off =
      'fast-path-off: the fast path of internet (auto) stays off: ' +
      'its packets would bypass the nftables chain inet filter forward';
    expect(await found('')).toEqual([off]);
    expect(await found('    fastPath: auto\n')).toEqual([off]);
    expect(await found('    fastPath: off\n')).toEqual([]);
    expect(await found('    fastPath: required\n')).toEqual([]);
    machine.outputs.set('nat64 nft', ruleset(chain('forward', 'accept'), rule('forward', { drop: null })));
    expect(await found('    fastPath: required\n')).toContainEqual(expect.stringMatching(/^filter-bypassed: /));
    machine.outputs.set('nat64 nft', ruleset(chain('forward', 'accept'), chain('input', 'accept'), rule('input')));
    expect(await found('    fastPath: auto\n')).toEqual([]);
  });

  it.each([
    ['a policy', [chain('input', 'drop')], true],
    ['another port', [chain('input', 'drop'), rule('input', dport('udp', 22), { accept: null })], true],
    ['the other protocol', [chain('input', 'drop'), rule('input', dport('tcp', 6464), { accept: null })], true],
    ['a last rule', [chain('input', 'accept'), rule('input', { counter: null }, { drop: null })], true],
    [
      'a set with it',
      [chain('input', 'drop'), rule('input', dport('udp', { set: [53, 6464] }), { accept: null })],
      false,
    ],
    [
      'a range with it',
      [chain('input', 'drop'), rule('input', dport('udp', { set: [{ range: [6000, 7000] }] }), { accept: null })],
      false,
    ],
    ['a jump', [chain('input', 'drop'), rule('input', { jump: { target: 'links' } })], false],
  ])('replication that is dropped by %s', async (_name, rules, found) => {
    machine.outputs.set('main nft', ruleset(...rules));
    expect(await findings()).toEqual(
      found
        ? [
            'packets-filtered main namespace: the nftables chain inet filter input drops udp port 6464, which replication needs',
          ]
        : [],
    );
  });

  it('another NAT64 in the same namespace, and not elsewhere', async () => {
    machine.files.set('/proc/modules', 'jool 16384 0 - Live 0x0\njool_common 16384 1 jool, Live 0x0\n');
    machine.running.push({ pid: 7, name: 'tayga', argv: ['tayga'], networkNamespace: 'net:[2]' });
    machine.running.push({ pid: 8, name: 'tayga', argv: ['tayga'], networkNamespace: 'net:[9]' });
    expect(await findings()).toEqual([
      'other-translator namespace nat64: tayga (pid 7) runs in the namespace nat64 and may route the same prefixes',
      expect.stringMatching(/^other-translator kernel: the module jool is loaded/),
    ]);
  });

  it('a full file system', async () => {
    machine.space = { freeBytes: 5 * 1024 * 1024, freeInodes: 1000 };
    expect(await findings()).toEqual([expect.stringMatching(/^state-directory-full .*: 5 MiB are free/)]);
    machine.space = { freeBytes: 1e10, freeInodes: 3 };
    expect(await findings()).toEqual([expect.stringContaining('3 inodes are free')]);
  });

  it('what the agent knows, with its code', async () => {
    machine.problems = [
      { severity: 'degraded', subject: 'node gw2', text: 'another node uses slot 1', code: 'slot-duplicate' },
    ];
    const { findings: found } = await examine();
    expect(found).toEqual([
      {
        code: 'slot-duplicate',
        severity: 'warning',
        subject: 'node gw2',
        evidence: 'another node uses slot 1',
        remedy: 'stop the other agent, or give it a name of its own in the cluster file',
      },
    ]);
  });

  it('clocks that differ, of nodes that live', async () => {
    const clock = async (clockAheadMs: number, alive = true): Promise<string[]> => {
      machine.nodes = [
        { name: 'gw1', self: true, alive: true, clockAheadMs: 0 },
        { name: 'gw2', self: false, alive, clockAheadMs },
      ];
      return findings();
    };
    const effect = 'times in the events and NAT logs of the two cannot be compared';
    expect(await clock(2400)).toEqual([`clock-skew node gw2: its clock is 2.4 s ahead of that of gw1: ${effect}`]);
    expect(await clock(-600_000)).toEqual([`clock-skew node gw2: its clock is 600.0 s behind that of gw1: ${effect}`]);
    expect(await clock(1000)).toEqual([]);
    expect(await clock(2400, false)).toEqual([]);
  });

  it('offloads that lose packets or time, but for what the driver cannot do', async () => {
    const offloads = async (changes: Parameters<typeof ethtool>[0], text = CLUSTER): Promise<string[]> => {
      machine.outputs.set('nat64 ethtool --json -k up0', ethtool(changes));
      const { findings: found } = await examine(undefined, text);
      return found.map(
        ({ severity, evidence, fix }) => `${severity} ${evidence.split(':')[0]}: ${fix?.argv.join(' ')}`,
      );
    };
    const on = { active: true, requested: true };
    const off = { active: false, requested: false };
    expect(await offloads({ 'large-receive-offload': on, 'rx-gro-list': on })).toEqual([
      'error large-receive-offload of up0 is on: ethtool -K up0 lro off',
      'warning rx-gro-list of up0 is on: ethtool -K up0 rx-gro-list off',
    ]);
    expect(await offloads({ 'generic-receive-offload': off, 'tx-tcp-segmentation': off })).toEqual([
      'warning generic-receive-offload of up0 is off: ethtool -K up0 gro on',
      'warning tx-tcp-segmentation of up0 is off: ethtool -K up0 tso on',
    ]);
    expect(await offloads({ 'tx-tcp-segmentation': { active: false, fixed: true, requested: false } })).toEqual([]);
    expect(await offloads({ 'tx-tcp-segmentation': { active: false, requested: true } })).toEqual([]);
    const asked = '    interfaceOffloads: [{ interface: up0, features: [rx-gro-list] }]\n';
    const text = CLUSTER.replace('upstreams:', `${asked}upstreams:`);
    expect(await offloads({ 'rx-gro-list': on }, text)).toEqual([]);
  });

  it('a target that does not answer, and whether it would without translation', async () => {
    machine.silent.add('64:ff9b::198.51.100.1');
    expect(await findings('198.51.100.1')).toEqual([
      expect.stringMatching(/^target-unreachable instance internet: .*; without translation it answers$/),
    ]);
    machine.silent.add('198.51.100.1');
    expect(await findings('198.51.100.1')).toEqual([expect.stringMatching(/: no answer$/)]);
  });
});

describe('repairs', () => {
  it('are those of the findings that need no decision; one that fails stops no other', async () => {
    machine.outputs.set(
      'nat64 sh',
      sysctls({ 'net/ipv4/ip_forward': '0', 'net/ipv6/conf/all/forwarding': '0', 'net/ipv4/conf/all/rp_filter': '1' }),
    );
    machine.bfd = '[{"peer":"11.10.1.1","interface":"up0","status":"down"}]';
    const { findings: found } = await examine();
    const done: string[] = [];
    const repairs = await repairAll(found, async (argv, { namespace } = {}) => {
      done.push(`${namespace} ${argv.slice(-2).join(' ')}`);
      if (argv.includes('net/ipv4/ip_forward')) throw new Error('Read-only file system');
      return '';
    });
    expect(done).toEqual([
      'nat64 1 net/ipv4/ip_forward',
      'nat64 1 net/ipv6/conf/all/forwarding',
      'nat64 2 net/ipv4/conf/all/rp_filter',
    ]);
    expect(repairs.map(({ failure }) => failure)).toEqual(['Read-only file system', undefined, undefined]);
  });

  it('finds an address of pool4 that another machine answers for', async () => {
    machine.others.set('11.64.0.7', '02:00:00:00:00:99');
    machine.others.set('11.64.0.8', '02:00:00:00:00:99'); // not of pool4
    expect(await findings()).toEqual([
      'pool-address-elsewhere namespace nat64: 11.64.0.7 of pool4 is answered by 02:00:00:00:00:99 on up0: ' +
        'answers for clients may go there',
    ]);
  });

  it('finds a resolver without DNS64, and one with another prefix', async () => {
    machine.answers6 = [];
    expect(await findings()).toEqual([
      'resolver-prefix-mismatch resolver 2001:db8:6::53: it answers no AAAA for ipv4only.arpa: it does no DNS64',
    ]);
    machine.answers6 = ['64:ff9b::c000:aa', '2001:db8:64::c000:ab'];
    expect(await findings()).toEqual([
      'resolver-prefix-mismatch resolver 2001:db8:6::53: it answers 2001:db8:64::c000:ab for ipv4only.arpa, ' +
        'which is not behind 64:ff9b::/96',
    ]);
  });
});
