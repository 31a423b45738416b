import { GRPC_IN_FILE, LabAuthority } from '../gateway/tls.ts';
import { connect } from '../world/link.ts';
import type { Machine } from '../world/machine.ts';
import type { World } from '../world/world.ts';
import type { Gateway, SiteWithoutRouting } from './site.ts';
import { Wan } from './wan.ts';

/*
 *   ring        ring0 and ring1 of each gateway lead to its neighbours; two gateways have two links
 *   lan         lan0 of each gateway leads to one switch
 *   prp         lan0 and lan1 lead to two switches that are not joined: each frame goes by both, as with IEC 62439-3
 *   two-sites   the first half of the gateways is at the site north, the others at south, each with a switch (lan0);
 *               between the sites, and beside the switches, streams of gRPC over a router that carries no multicast
 */
export const TOPOLOGIES = ['ring', 'lan', 'prp', 'two-sites'] as const;
export type Topology = (typeof TOPOLOGIES)[number];

/** Replication of gateways: the wires, and the sections of the cluster file. */
export interface ReplicationLinks {
  /** Connects the gateways; absent: a ring (site.ts). */
  readonly join?: (world: World, gateways: readonly Machine[]) => Promise<void>;
  /** The part of the cluster file above its nodes. */
  readonly head: string;
  /** A node's entry in the cluster file. */
  readonly entryOf: (gateway: Pick<Gateway, 'slot'>) => string;
  /** Additional set-up once the site is built. @param clusterFile the complete text */
  readonly prepare: (site: SiteWithoutRouting, clusterFile: string) => Promise<void>;
}

const NO_MORE = async (): Promise<void> => undefined;

/** @param nodes how many gateways there are */
export function replicationLinks(topology: Topology, nodes: number): ReplicationLinks {
  const linked = (links: string): ReplicationLinks['entryOf'] => {
    return ({ slot }) => `{ slot: ${slot}, links: [${links}] }`;
  };
  if (topology === 'ring') return { head: '', entryOf: linked('ring0, ring1'), prepare: NO_MORE };
  if (topology === 'lan') {
    return {
      join: (world, gateways) => joinBySwitch(world, 'lan', gateways, 'lan0'),
      head: '',
      entryOf: linked('lan0'),
      prepare: NO_MORE,
    };
  }
  if (topology === 'two-sites') return twoSites(Math.ceil(nodes / 2), nodes);
  return {
    join: async (world, gateways) => {
      await Promise.all([
        joinBySwitch(world, 'lan-a', gateways, 'lan0'),
        joinBySwitch(world, 'lan-b', gateways, 'lan1'),
      ]);
    },
    head: '',
    entryOf: linked('lan0, lan1'),
    prepare: NO_MORE,
  };
}

/** @param north gateways of the first site */
function twoSites(north: number, nodes: number): ReplicationLinks {
  const siteOf = (slot: number): { readonly name: string; readonly size: number } =>
    slot <= north ? { name: 'north', size: north } : { name: 'south', size: nodes - north };
  return {
    join: async (world, gateways) => {
      const sites = [gateways.slice(0, north), gateways.slice(north)];
      // A single node at its site only has streams.
      const joined = sites.map(async (site, index) => {
        if (site.length > 1) await joinBySwitch(world, index === 0 ? 'north' : 'south', site, 'lan0');
      });
      await Promise.all(joined);
    },
    head: GRPC_IN_FILE,
    entryOf: ({ slot }) => {
      const { name, size } = siteOf(slot);
      const links = size > 1 ? ' links: [lan0],' : '';
      return `{ slot: ${slot}, site: ${name},${links} grpc: "${Wan.addressOf({ slot })}" }`;
    },
    prepare: async (site, clusterFile) => {
      await Wan.connect(site);
      const [first] = site.gateways;
      if (first === undefined) return;
      const authority = await LabAuthority.make(first.machine, 'authority', clusterFile);
      for (const { name, machine } of site.gateways) await authority.install(name, machine);
    },
  };
}

/** A machine that acts as a plain switch, with a port to each of the gateways. */
async function joinBySwitch(
  world: World,
  name: string,
  gateways: readonly Machine[],
  interfaceName: string,
): Promise<void> {
  const machine = await world.machine(name);
  await machine.run(['sh', '-ec', 'echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6']);
  await machine.ip(['link add switch type bridge mcast_snooping 0', 'link set switch up']);
  for (const gateway of gateways) {
    await connect(world, { machine, interface: gateway.name }, { machine: gateway, interface: interfaceName });
    await machine.ip([`link set ${gateway.name} master switch`]);
    await gateway.waitForCarrier(interfaceName);
  }
}
