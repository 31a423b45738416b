import { join } from 'node:path';
import { z } from 'zod';
import { ipJson } from '../../linux/command.ts';
import { parseIpv4 } from '../../net/ipv4-address.ts';
import { parseIpv6 } from '../../net/ipv6-address.ts';
import { contains6 } from '../../net/prefix.ts';
import { pathspaceOf } from '../../frr/daemon-process.ts';
import type { Process } from '../../linux/processes.ts';
import type { NodeConfig } from '../config/node-config.ts';
import type { Diagnosis, Examiner } from './finding.ts';
import { dataPlanes, type DoctorMachine, spaceName } from './machine.ts';

type Upstream = NodeConfig['cluster']['upstreams'][string];
export type NamedUpstream = readonly [name: string, upstream: Upstream];

/** The upstreams of a node, with their names. */
export function upstreamsOf({ cluster, node }: NodeConfig): NamedUpstream[] {
  return Object.entries(cluster.upstreams).filter(([, { nodes }]) => nodes === undefined || nodes.includes(node));
}

/** An interface with its addresses in prefix notation. */
export interface AddressedInterface {
  readonly name: string;
  readonly addresses: readonly string[];
}

/** A network namespace of the machine. */
export interface Space {
  readonly namespace: string | undefined;
  /** Identity, as shown by a process in it. */
  readonly identity: string | undefined;
  readonly interfaces: readonly AddressedInterface[];
}

/** FRR's daemons: running, in the network namespace of their routers, and supervised. */
export function frrExaminer(config: NodeConfig, machine: DoctorMachine): Examiner {
  const examine = async (): Promise<Diagnosis[]> => {
    const upstreams = upstreamsOf(config);
    if (upstreams.length === 0) return [];
    const names = [...new Set([undefined, ...dataPlanes(config)])];
    const [processes, spaces] = await Promise.all([
      machine.processes(),
      Promise.all(names.map(async (namespace) => readSpace(machine, namespace))),
    ]);
    const daemons = upstreams.flatMap((named) => judgeDaemons(named, processes, spaces));
    const places = [...new Set(upstreams.map(([, { frr }]) => frr.pathspace))];
    const files = await Promise.all(places.map(async (pathspace) => judgeSettings(pathspace, processes, machine)));
    return [...daemons, ...files.flat()];
  };
  return { name: 'frr', examine };
}

const link = z.object({
  ifname: z.string(),
  addr_info: z.array(z.object({ local: z.string().optional(), prefixlen: z.number().optional() })).catch([]),
});

async function readSpace(machine: DoctorMachine, namespace: string | undefined): Promise<Space> {
  const identity = await machine.networkNamespace(namespace);
  if (identity === undefined) return { namespace, identity, interfaces: [] };
  const rows = await ipJson(machine.run, ['address', 'show'], namespace);
  const interfaces = rows.flatMap((row) => {
    const { data } = link.safeParse(row);
    if (data === undefined) return [];
    const addresses = data.addr_info.flatMap(({ local, prefixlen }) =>
      local === undefined || prefixlen === undefined ? [] : [`${local}/${prefixlen}`],
    );
    return [{ name: data.ifname, addresses }];
  });
  return { namespace, identity, interfaces };
}

/** The namespaces of the routers of an upstream: by its interface, or by the subnet of a local address. Pure. */
export function homesOf({ bfd, bgp }: Upstream, spaces: readonly Space[]): Space[] {
  const peers = [...bfd, ...(bgp?.neighbors ?? [])].map((peer) => ({
    peer: peer.peer,
    interface: 'interface' in peer ? peer.interface : undefined,
  }));
  return spaces.filter(({ interfaces }) =>
    peers.some((wanted) =>
      interfaces.some(({ name, addresses }) =>
        wanted.interface === undefined ? addresses.some((own) => onLink(own, wanted.peer)) : name === wanted.interface,
      ),
    ),
  );
}

function onLink(own: string, peer: string): boolean {
  const [address = '', length = ''] = own.split('/');
  const peer4 = parseIpv4(peer);
  if (peer4 !== undefined) {
    const bits = 32 - Number(length);
    const own4 = parseIpv4(address);
    return own4 !== undefined && Math.floor(own4 / 2 ** bits) === Math.floor(peer4 / 2 ** bits);
  }
  const [bytes, peer6] = [parseIpv6(address), parseIpv6(peer)];
  return bytes !== undefined && peer6 !== undefined && contains6({ bytes, length: Number(length) }, peer6, 0);
}

/** Pure. */
export function judgeDaemons(
  [name, upstream]: NamedUpstream,
  processes: readonly Process[],
  spaces: readonly Space[],
): Diagnosis[] {
  const { frr, bfd, bgp } = upstream;
  const subject = `upstream ${name}`;
  const named = [...(bfd.length > 0 ? ['bfdd'] : []), ...(bgp === undefined ? [] : ['bgpd'])];
  const wanted = named.length === 0 ? [] : [...named, 'zebra'];
  const settings = join('/etc/frr', frr.pathspace ?? '', 'daemons');
  return wanted.flatMap((daemon): Diagnosis[] => {
    const running = processes.find((process) => process.name === daemon && pathspaceOf(process) === frr.pathspace);
    if (running === undefined) {
      const of = frr.pathspace === undefined ? '' : ` with pathspace ${frr.pathspace}`;
      const unit = frr.pathspace === undefined ? 'frr' : `frr@${frr.pathspace}`;
      const evidence = `no ${daemon}${of} runs`;
      const remedy = `enable ${daemon} in ${settings}, then: systemctl restart ${unit}`;
      return [{ code: 'frr-unreachable', severity: 'error', subject, evidence, remedy }];
    }
    const homes = homesOf(upstream, spaces);
    const { networkNamespace: there } = running;
    if (there === undefined || homes.length === 0 || homes.some(({ identity }) => identity === there)) return [];
    const where = spaces.find(({ identity }) => identity === there);
    const at = where === undefined ? `another namespace (${there})` : `the ${spaceName(where.namespace)}`;
    const home = spaceName(homes[0]?.namespace);
    const evidence = `${daemon} (pid ${running.pid}) runs in ${at}, but its routers are in the ${home}`;
    const remedy =
      `set watchfrr_options="--netns" in ${settings}, then: systemctl restart frr@${frr.pathspace ?? 'NAMESPACE'}` +
      ' (-N alone only selects the directory of sockets)';
    return [{ code: 'frr-wrong-namespace', severity: 'error', subject, evidence, remedy }];
  });
}

/** Settings of FRR's service apart from its daemons, in files under /etc/frr. */
async function judgeSettings(
  pathspace: string | undefined,
  processes: readonly Process[],
  machine: DoctorMachine,
): Promise<Diagnosis[]> {
  const folder = join('/etc/frr', pathspace ?? '');
  if (!machine.exists(join(folder, 'daemons'))) return [];
  const subject = pathspace === undefined ? 'frr' : `frr@${pathspace}`;
  const found: Diagnosis[] = [];
  if (!processes.some((process) => process.name === 'watchfrr' && pathspaceOf(process) === pathspace)) {
    found.push({
      code: 'watchfrr-missing',
      severity: 'warning',
      subject,
      evidence: 'watchfrr does not run: a daemon that ends is not started again',
      remedy: `systemctl enable --now ${subject}`,
    });
  }
  const file = join(folder, 'frr.conf');
  const owned = await machine.ownerOf(file);
  if (owned !== undefined && owned.owner !== 'frr') {
    const evidence = `${file} belongs to ${owned.owner}: FRR cannot save it, and may not be able to read it`;
    const fix = { argv: ['chown', 'frr:frr', file] };
    found.push({ code: 'file-unusable', severity: 'warning', subject, evidence, remedy: fix.argv.join(' '), fix });
  }
  return found;
}
