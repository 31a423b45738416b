import type { LeftProgram } from '../../../../src/fastpath/left-programs.ts';
import { parseClusterText } from '../../../../src/cluster/cluster-file.ts';
import { FileSections } from '../../../../src/cluster/file-sections.ts';
import type { NodeConfig } from '../../../../src/agent/config/node-config.ts';
import type { DoctorMachine } from '../../../../src/agent/doctor/machine.ts';
import { CommandError } from '../../../../src/linux/command.ts';

export const CLUSTER = `cluster: campus
secretFile: /etc/isthmus/cluster.key
nodes: { gw1: { slot: 1, links: [ring0] }, gw2: { slot: 2, links: [ring0] } }
instances:
  internet:
    kind: nat64
    namespace: nat64
    pool6: 64:ff9b::/96
    pool4: [{ prefix: 11.64.0.0/29 }]
    fastPath: { interfaces: [up0] }
upstreams:
  core:
    frr: { pathspace: nat64 }
    bfd: [{ peer: 11.10.1.1, interface: up0 }]
    neighbor: bird
  edge:
    nodes: [gw1]
    frr: { pathspace: nat64 }
    bgp: { asn: 64512, neighbors: [{ peer: 11.10.1.1 }] }
`;

export function nodeConfig(text = CLUSTER): NodeConfig {
  const cluster = parseClusterText(text, 'cluster.yaml');
  const sections = new FileSections(cluster);
  return { file: 'cluster.yaml', cluster, node: 'gw1', slot: 1, links: ['ring0'], secrets: [], revision: '', sections };
}

const LINKS = JSON.stringify([
  { ifname: 'lo', link_type: 'loopback', flags: ['UP'] },
  { ifname: 'up0', link_type: 'ether', flags: ['UP'] },
]);
const MAIN = 'net:[1]';
const PLANE = 'net:[2]';
const ADDRESSES = [
  {
    ifname: 'up0',
    link_type: 'ether',
    address: '02:00:00:00:00:01',
    addr_info: [
      { family: 'inet', local: '11.10.1.2', prefixlen: 24 },
      { family: 'inet6', local: '2001:db8:a1::2', prefixlen: 64 },
    ],
  },
];

/** A healthy machine, each part of which a test can break. */
export class SimulatedMachine implements DoctorMachine {
  kernel = '6.12.4-amd64';
  refusedBpf = undefined as string | undefined;
  readonly bpfRefusal = () => this.refusedBpf;
  readonly files = new Map<string, string>([['/proc/modules', 'tun 57344 4 - Live 0x0000000000000000\n']]);
  readonly present = new Set(['/dev/net/tun']);
  owner = 'frr';
  running = ['zebra', 'bfdd', 'bgpd'].map((name, index) => ({
    pid: 100 + index,
    name,
    argv: [`/usr/lib/frr/${name}`, '-N', 'nat64'],
    networkNamespace: PLANE as string | undefined,
  }));
  space = { freeBytes: 1e10, freeInodes: 1e6 };
  /** What commands print, by `NAMESPACE COMMAND`; the longest beginning counts. An error is thrown. */
  readonly outputs = new Map<string, string | Error>([
    ['nat64 sh', sysctls()],
    ['nat64 ip -json -4 route show default', route('11.10.1.1')],
    ['nat64 ip -json -6 route show default', route('2001:db8:a1::1')],
    ['nat64 ip -json route get', '[{}]'],
    ['nat64 ip -json neighbor', '[{"dst":"x","state":["REACHABLE"]}]'],
    ['nat64 ip -json address', JSON.stringify(ADDRESSES)],
    ['nat64 ip -json -details link', LINKS],
    ['nat64 ethtool --json -k up0', ethtool()],
    ['main ip -json address', '[{"ifname":"ring0","addr_info":[]}]'],
    ['main nft', '{"nftables":[]}'],
    ['nat64 nft', '{"nftables":[]}'],
  ]);
  bfd = '[{"peer":"11.10.1.1","interface":"up0","status":"up"}]';
  bgp = '{"ipv4Unicast":{"peers":{"11.10.1.1":{"state":"Established"}}}}';
  readonly silent = new Set<string>();
  nodes = [
    { name: 'gw1', self: true, alive: true, clockAheadMs: 0 },
    { name: 'gw2', self: false, alive: true, clockAheadMs: -15 },
  ];
  problems: { severity: string; subject: string; text: string; code: string }[] | undefined = [];

  readonly run: DoctorMachine['run'] = async (argv, { namespace = 'main' } = {}) => {
    const call = `${namespace} ${argv.join(' ')}`;
    const known = [...this.outputs].filter(([beginning]) => call.startsWith(beginning));
    const output = known.toSorted(([one], [other]) => other.length - one.length)[0]?.[1];
    if (output === undefined) throw new CommandError(argv.join(' '), 127, 'not found');
    if (output instanceof Error) throw output;
    return output;
  };
  readonly readText = async (path: string) => this.files.get(path);
  readonly exists = (path: string) => this.present.has(path);
  readonly ownerOf = async () => ({ owner: this.owner, mode: 0o640 });
  readonly processes = async () => this.running;
  readonly networkNamespace = async (name: string | undefined) => (name === undefined ? MAIN : PLANE);
  readonly freeSpace = async () => this.space;
  readonly shellOf: DoctorMachine['shellOf'] = (daemon) => ({
    socketPath: daemon,
    show: async () => (daemon === 'bfdd' ? this.bfd : this.bgp),
    configure: async () => undefined,
    close: () => undefined,
  });
  instances = [{ name: 'internet', state: 'running', tunOffloads: ['csum', 'tso4', 'tso6', 'tsoEcn', 'uso4', 'uso6'] }];
  readonly status = async () => {
    const { problems, nodes, instances } = this;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the examination reads nothing else
    return problems === undefined ? undefined : ({ node: 'gw1', problems, nodes, instances } as never);
  };
  left: LeftProgram[] = [];
  readonly leftPrograms = async (namespace: string | undefined) => (namespace === undefined ? [] : this.left);
  readonly mistakesHere = async () => [];
  /** Link-layer addresses of others on up0, by the IPv4 address that they answer for. */
  readonly others = new Map<string, string>();
  readonly arpReplies: DoctorMachine['arpReplies'] = async (_namespace, interfaces, addresses) =>
    interfaces.flatMap(({ name }) =>
      addresses.flatMap((address4) => {
        const mac = this.others.get(address4);
        return mac === undefined ? [] : [{ interface: name, address4, mac }];
      }),
    );
  answers6: readonly string[] = ['64:ff9b::c000:aa', '64:ff9b::c000:ab'];
  readonly resolve6 = async () => this.answers6;
  readonly ping = async (_namespace: string | undefined, address: string) => {
    if (this.silent.has(address)) throw new Error('no answer');
    return 1;
  };
}

export function sysctls(changes: Readonly<Record<string, string>> = {}): string {
  const values = {
    'net/ipv4/ip_forward': '1',
    'net/ipv6/conf/all/forwarding': '1',
    'net/ipv4/conf/all/rp_filter': '0',
    'net/ipv4/conf/up0/rp_filter': '0',
    'net/ipv6/conf/up0/accept_ra': '1',
    ...changes,
  };
  return Object.entries(values)
    .map(([path, value]) => `${path} ${value}\n`)
    .join('');
}

/** What a usual network card does, with what a test changes of it. */
export function ethtool(changes: Readonly<Record<string, Partial<Features>>> = {}): string {
  const usual: Readonly<Record<string, Features>> = {
    'large-receive-offload': { active: false, fixed: false, requested: false },
    'rx-gro-list': { active: false, fixed: false, requested: false },
    'generic-receive-offload': { active: true, fixed: false, requested: true },
    'tcp-segmentation-offload': { active: true, fixed: null, requested: null },
    'tx-tcp-segmentation': { active: true, fixed: false, requested: true },
  };
  const changed = Object.entries(usual).map(([name, value]) => [name, { ...value, ...changes[name] }]);
  return JSON.stringify([{ ifname: 'up0', ...Object.fromEntries(changed) }]);
}

interface Features {
  active: boolean;
  fixed: boolean | null;
  requested: boolean | null;
}

export function route(gateway: string, more: object = {}): string {
  return JSON.stringify([{ dst: 'default', gateway, dev: 'up0', protocol: 'static', flags: [], ...more }]);
}
