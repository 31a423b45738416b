import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  agentOf,
  CLUSTER_FILE,
  type GatewayAgent,
  makeSecret,
  ownState,
  RUN_DIR,
} from '../../../src/lab/gateway/agent.ts';
import { clusterFile } from '../../../src/lab/topology/cluster-file.ts';
import { Frr } from '../../../src/lab/routers/frr.ts';
import {
  buildSite,
  DATA_PLANE,
  type Gateway,
  gatewayNamed,
  SERVER4,
  type Site,
} from '../../../src/lab/topology/site.ts';
import { waitFor } from '../../../src/lab/world/wait.ts';
import { WallClock } from '../../../src/lab/world/wall-clock.ts';
import { labTest } from '../needs-root.ts';

const WITHIN = { timeoutMs: 120_000, everyMs: 500 };
const CASE_MS = 300_000;
const FULL = '/run/full';
const TAYGA = `tun-device tayga0
ipv4-addr 192.168.255.1
prefix 2001:db8:ffff::/96
dynamic-pool 192.168.255.0/24
data-dir /run/lab
`;

interface Finding {
  readonly code: string;
  readonly evidence: string;
  readonly remedy: string;
}
interface Report {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  readonly unchecked: readonly { readonly check: string; readonly reason: string }[];
}

/** One thing that is broken, on gw1's machine or in its data plane (`plane`), by the shell. */
interface Break {
  readonly what: string;
  readonly main?: string;
  readonly plane?: string;
  readonly code: string;
  readonly evidence: RegExp;
  readonly mendMain?: string;
  readonly mendPlane?: string;
}

/** What does not come in the way of each other is broken at once: a report names all of it. */
interface Group {
  readonly what: string;
  readonly args?: readonly string[];
  readonly breaks: readonly Break[];
}

const NETWORK: readonly Break[] = [
  {
    what: 'a strict reverse path filter',
    plane: 'echo 1 >/proc/sys/net/ipv4/conf/up0/rp_filter',
    code: 'reverse-path-filter',
    evidence: /^rp_filter of up0 is strict/,
  },
  {
    what: 'a default route by advertisements that are not taken any more',
    plane:
      'echo 1 >/proc/sys/net/ipv6/conf/up0/accept_ra; ip -6 route add default via PEER6 dev up0 metric 900 proto ra',
    code: 'default-route-expires',
    evidence: /default route by up0 comes from router advertisements/,
    mendPlane: 'ip -6 route delete default via PEER6 dev up0 metric 900',
  },
  {
    what: 'a router that is not there',
    plane: 'ip -4 route add default via NOBODY4 dev up0 metric 900',
    code: 'next-hop-unreachable',
    evidence: /^the IPv4 next hop \S+\.99 \(up0\) answers neither an echo nor ARP/,
    mendPlane: 'ip -4 route delete default metric 900',
  },
  {
    what: 'a default route by an interface without carrier',
    plane:
      'ip link add dead0 type veth peer name dead1; ip link set dead0 up; ' +
      'ip -6 route add default via fe80::1 dev dead0 metric 9000',
    code: 'next-hop-unreachable',
    evidence: /^the IPv6 default route leads to fe80::1 \(dead0\), which has no carrier/,
    mendPlane: 'ip link delete dead0',
  },
];

const OFFLOADS: readonly Break[] = [
  {
    what: 'TSO that is off',
    plane: 'ethtool -K up0 tso off',
    code: 'offload-unsuitable',
    evidence: /^tx-tcp-segmentation of up0 is off/,
  },
  {
    what: 'GRO that chains packets',
    plane: 'ethtool -K up0 rx-gro-list on',
    code: 'offload-unsuitable',
    evidence: /^rx-gro-list of up0 is on/,
  },
  {
    what: 'an interface, other than half a cable of the lab, without GRO',
    plane: 'ip tuntap add lan0 mode tap; ethtool -K lan0 gro off; ip link set lan0 up',
    code: 'offload-unsuitable',
    evidence: /^generic-receive-offload of lan0 is off/,
    mendPlane: 'ip link delete lan0',
  },
];

const MACHINE: readonly Break[] = [
  {
    what: 'FRR without watchfrr',
    main: 'mount -t tmpfs tmpfs /etc/frr; mkdir /etc/frr/nat64; echo bfdd=yes >/etc/frr/nat64/daemons',
    code: 'watchfrr-missing',
    evidence: /^watchfrr does not run/,
  },
  {
    what: "a file of FRR's that is not its own",
    main: 'echo >/etc/frr/nat64/frr.conf',
    code: 'file-unusable',
    evidence: /^\/etc\/frr\/nat64\/frr\.conf belongs to root/,
    mendMain: 'umount /etc/frr',
  },
  {
    what: 'a machine without TUN',
    main: 'mount -t tmpfs tmpfs /dev/net',
    code: 'kernel-feature-missing',
    evidence: /^\/dev\/net\/tun is missing/,
    mendMain: 'umount /dev/net',
  },
  {
    what: 'a full state directory',
    main: `mkdir -p ${FULL}; mount -t tmpfs -o size=8m tmpfs ${FULL}`,
    code: 'state-directory-full',
    evidence: /^[0-8] MiB are free/,
    mendMain: `umount ${FULL}`,
  },
  {
    what: 'rules that rewrite addresses',
    plane:
      'nft add table ip n; nft "add chain ip n out { type nat hook postrouting priority 100; }"; ' +
      'nft add rule ip n out oifname lan9 masquerade',
    code: 'packets-rewritten',
    evidence: /^the nftables chain ip n out \(hook postrouting\) rewrites addresses/,
    mendPlane: 'nft delete table ip n',
  },
  {
    what: 'a target that does not answer',
    code: 'target-unreachable',
    evidence: /^11\.4\.0\.99 does not answer through internet as 64:ff9b::11\.4\.0\.99/,
  },
];

const LINKS: readonly Break[] = [
  {
    what: 'a link without a cable',
    main: 'ip link set ring0 down',
    code: 'link-silent',
    evidence: /^nothing from gw2 comes in on ring0/,
    mendMain: 'ip link set ring0 up',
  },
  {
    what: 'a link whose path is narrower than its ends',
    main: 'ip link set ring1 mtu 1400',
    code: 'link-narrow',
    evidence: /^frames of gw2 above an MTU of 1400 do not arrive on ring1/,
    mendMain: 'ip link set ring1 mtu 1500',
  },
];

const FILTERS: readonly Break[] = [
  {
    what: 'rules that drop what is translated',
    plane:
      'nft add table inet f; ' +
      'nft "add chain inet f through { type filter hook forward priority 0; policy drop; }"; ' +
      'nft add rule inet f through ct state established accept',
    code: 'packets-filtered',
    evidence: /^the nftables chain inet f through \(hook forward\) drops what no rule accepts/,
    mendPlane: 'nft delete table inet f',
  },
  {
    what: 'a fast path that stays off for them',
    code: 'fast-path-off',
    evidence:
      /^the fast path of internet \(auto\) stays off: its packets would bypass the nftables chain inet f through/,
  },
];

const GROUPS: readonly Group[] = [
  { what: 'routes and filters of the network', breaks: NETWORK },
  { what: 'offloads', breaks: OFFLOADS },
  {
    what: 'FRR, devices, space and rules of the machine',
    args: ['--state-dir', FULL, '--through', '11.4.0.99'],
    breaks: MACHINE,
  },
  { what: 'links', breaks: LINKS },
  { what: 'rules that drop', breaks: FILTERS },
];

/** One group of things after the other is really broken on a pair, found, mended, and found no more. */
describe.runIf(labTest)('isthmus doctor finds', () => {
  let site: Site;
  let gw1: Gateway;
  let agent: GatewayAgent;
  let clockOfGw2: WallClock;

  beforeAll(async () => {
    site = await buildSite({ gateways: 2, mode: 'preferred' });
    gw1 = gatewayNamed(site, 'gw1');
    agent = agentOf(gw1);
    const other = agentOf(gatewayNamed(site, 'gw2'));
    clockOfGw2 = await WallClock.create(other.machine, `${RUN_DIR}/clock`);
    const secret = makeSecret();
    for (const one of [agent, other]) await one.install(clusterFile(site.gateways), secret);
    agent.start();
    other.start({ under: clockOfGw2.command });
    await agent.until('to be active', (status) => ownState(status).state === 'active', WITHIN.timeoutMs);
    await untilClean();
  }, CASE_MS);

  afterAll(async () => {
    await site?.world.close();
  });

  async function doctor(...args: readonly string[]): Promise<Report> {
    const list = ['doctor', '--config', CLUSTER_FILE, '--node', 'gw1', '--run-dir', RUN_DIR, '--json', ...args];
    const { stdout, stderr } = await agent.isthmus(list);
    if (!stdout.startsWith('{')) throw new Error(`no report: ${stderr}`);
    return JSON.parse(stdout);
  }

  /** Until a report has all of these. */
  async function untilFound(
    wanted: readonly Pick<Break, 'code' | 'evidence'>[],
    args: readonly string[] = [],
  ): Promise<void> {
    let last: Report | undefined;
    const isIn = ({ findings }: Report, { code, evidence }: Pick<Break, 'code' | 'evidence'>): boolean =>
      findings.some((finding) => finding.code === code && evidence.test(finding.evidence) && finding.remedy !== '');
    await waitFor(
      `doctor to find ${wanted.map(({ code }) => code).join(', ')}`,
      async () => {
        const report = await doctor(...args);
        last = report;
        return wanted.every((one) => isIn(report, one)) ? true : undefined;
      },
      { ...WITHIN, diagnose: () => JSON.stringify(last) },
    );
  }

  async function untilClean(...args: readonly string[]): Promise<void> {
    let last: Report | undefined;
    await waitFor(
      'a report without findings',
      async () => {
        last = await doctor('--through', SERVER4, ...args);
        return last.ok && last.unchecked.length === 0 ? true : undefined;
      },
      { ...WITHIN, diagnose: () => JSON.stringify(last) },
    );
  }

  async function here(script: string | undefined, where: { namespace?: string } = {}): Promise<void> {
    if (script === undefined) return;
    const text = script.replaceAll('PEER6', gw1.peer6).replaceAll('NOBODY4', gw1.peer4.replace(/\d+$/, '99'));
    await gw1.machine.run(['sh', '-ec', text], where);
  }

  it.each(GROUPS)(
    '$what',
    async ({ breaks, args }) => {
      for (const { main, plane } of breaks) {
        await here(main);
        await here(plane, { namespace: DATA_PLANE });
      }
      await untilFound(breaks, args);
      for (const { mendMain, mendPlane } of breaks) {
        await here(mendMain);
        await here(mendPlane, { namespace: DATA_PLANE });
      }
      // What is not mended above, doctor mends.
      await expect(untilClean('--fix')).resolves.toBeUndefined();
    },
    CASE_MS,
  );

  it(
    'an address of pool4 that the router has, another translator, a wrong clock, a file that names what is not here',
    async () => {
      await site.router.ip([`address add 11.64.0.3/32 dev ${gw1.path.interface}`]);
      await gw1.machine.writeFile('/run/lab/tayga.conf', TAYGA);
      const argv = ['tayga', '-d', '-c', '/run/lab/tayga.conf'];
      const tayga = gw1.machine.start('tayga', argv, { namespace: DATA_PLANE });
      await clockOfGw2.set(-600);
      const file = `${RUN_DIR}/other.yaml`;
      await gw1.machine.writeFile(file, clusterFile(site.gateways).replaceAll('interface: up0', 'interface: up9'));
      const wanted = [
        { code: 'pool-address-elsewhere', evidence: /^11\.64\.0\.3 of pool4 is answered by \S+ on up0/ },
        { code: 'other-translator', evidence: /^tayga \(pid \d+\) runs in the namespace nat64/ },
        { code: 'clock-skew', evidence: /^its clock is \d+\.\d s behind that of gw1/ },
        { code: 'machine-mismatch', evidence: /up9/ },
      ];
      await expect(untilFound(wanted, ['--config', file])).resolves.toBeUndefined();
      await site.router.ip([`address delete 11.64.0.3/32 dev ${gw1.path.interface}`]);
      await tayga.stop();
      await clockOfGw2.set(0);
      await expect(untilClean()).resolves.toBeUndefined();
    },
    CASE_MS,
  );

  it(
    'a router without BGP, and one that keeps routes when bgpd is gone',
    async () => {
      const file = `${RUN_DIR}/bgp.yaml`;
      const upstream =
        '  speaker:\n    nodes: [gw1]\n    frr: { pathspace: nat64 }\n' +
        `    bgp: { asn: 64512, neighbors: [{ peer: ${gw1.peer4} }] }\n`;
      await gw1.machine.writeFile(file, clusterFile(site.gateways).replace('checks:\n', `${upstream}checks:\n`));
      const speaker = (own: number, id: string, other: number, peer: string): string =>
        `router bgp ${own}\n bgp router-id ${id}\n bgp graceful-restart\n neighbor ${peer} remote-as ${other}\n`;
      const { gateway4 } = gw1.path;
      await gw1.frr.start(new Map([['bgpd', speaker(64512, gateway4, 64513, gw1.peer4)]] as const));
      const down = { code: 'router-session-down', evidence: /^BGP with 11\.10\.1\.1 is (Active|Connect|Idle)/ };
      await untilFound([down], ['--config', file]);
      const router = new Frr(site.router, 'speaker', { inMainNamespace: true });
      const configs = [
        ['zebra', ''],
        ['bgpd', speaker(64513, gw1.peer4, 64512, gateway4)],
      ] as const;
      await router.start(new Map(configs));
      const retained = { code: 'machine-mismatch', evidence: /by BGP graceful restart 11\.10\.1\.1/ };
      await expect(untilFound([retained], ['--config', file])).resolves.toBeUndefined();
      await router.stop();
      await gw1.frr.processes.get('bgpd')?.stop();
      await expect(untilClean()).resolves.toBeUndefined();
    },
    CASE_MS,
  );

  it(
    'that a program hangs, in its time, and goes on without it',
    async () => {
      await gw1.machine.writeFile('/run/lab/nft', '#!/bin/sh\nexec sleep 1000\n', 0o755);
      await here('mount --bind /run/lab/nft "$(command -v nft)"');
      // The limit of the examination, 10 s; or that of a command, which is as long.
      const ofTheHanging = { check: 'firewall', reason: expect.stringMatching(/not finished after 10 s|nft/) };
      let last: Report | undefined;
      const report = await waitFor(
        'a report without findings, and without the firewall',
        async () => {
          last = await doctor();
          return last.findings.length === 0 && last.unchecked.length === 1 ? last : undefined;
        },
        { ...WITHIN, diagnose: () => JSON.stringify(last) },
      );
      expect(report.unchecked).toEqual([ofTheHanging]);
      await here('umount "$(command -v nft)"');
      await expect(untilClean()).resolves.toBeUndefined();
    },
    CASE_MS,
  );
});
