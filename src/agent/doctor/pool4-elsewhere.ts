import { z } from 'zod';
import { formatIpv4 } from '../../net/ipv4-address.ts';
import { parsePrefix4 } from '../../net/prefix.ts';
import type { NodeConfig } from '../config/node-config.ts';
import type { Diagnosis, Examiner } from './finding.ts';
import { type ArpReply, dataPlanes, type DoctorMachine, type EtherInterface, spaceName } from './machine.ts';

/**
 * Maximum number of addresses per namespace: the first ones of each prefix, alternating. More would be a network scan.
 */
const MOST_ADDRESSES = 64;

const addresses = z.array(
  z.object({
    ifname: z.string(),
    link_type: z.string().optional(),
    address: z.string().optional(),
    addr_info: z.array(z.object({ family: z.string().optional() })).optional(),
  }),
);

/** Addresses of pool4 claimed by another machine on the link, which would receive the answers. */
export function pool4Examiner(config: NodeConfig, machine: DoctorMachine): Examiner {
  const examine = async (): Promise<Diagnosis[]> => {
    const found = dataPlanes(config).map(async (namespace) => {
      const wanted = addressesOf(config, namespace);
      const links = etherInterfaces(await machine.run(['ip', '-json', 'address', 'show'], { namespace }));
      if (wanted.length === 0 || links.length === 0) return [];
      return judgeReplies(namespace, await machine.arpReplies(namespace, links, wanted));
    });
    return (await Promise.all(found)).flat();
  };
  return { name: 'pool4 addresses elsewhere', examine };
}

/** Pure. Alternates between prefixes, so that each is tested. */
export function addressesOf({ cluster }: Pick<NodeConfig, 'cluster'>, namespace: string | undefined): string[] {
  const prefixes = Object.values(cluster.instances)
    .filter((instance) => instance.namespace === namespace)
    .flatMap((instance) => (instance.kind === 'nat64' ? instance.pool4.map(({ prefix }) => prefix) : []))
    .flatMap((text) => parsePrefix4(text) ?? []);
  const found: string[] = [];
  for (let at = 0; found.length < MOST_ADDRESSES; at++) {
    const inside = prefixes.filter(({ length }) => at < 2 ** (32 - length));
    if (inside.length === 0) break;
    found.push(...inside.map(({ address }) => formatIpv4(address + at)));
  }
  return found.slice(0, MOST_ADDRESSES);
}

/** Pure. Interfaces with ARP: Ethernet, with an IPv4 address. @param json output of `ip -json address` */
export function etherInterfaces(json: string): EtherInterface[] {
  return addresses.parse(JSON.parse(json)).flatMap(({ ifname, link_type: type, address, addr_info: list = [] }) => {
    if (type !== 'ether' || address === undefined || !list.some(({ family }) => family === 'inet')) return [];
    return [{ name: ifname, mac: address }];
  });
}

/** Pure. */
export function judgeReplies(namespace: string | undefined, replies: readonly ArpReply[]): Diagnosis[] {
  const seen = new Map(replies.map((reply) => [`${reply.interface} ${reply.address4} ${reply.mac}`, reply]));
  return [...seen.values()].map(({ interface: name, address4, mac }) => ({
    code: 'pool-address-elsewhere',
    severity: 'error',
    subject: spaceName(namespace),
    evidence: `${address4} of pool4 is answered by ${mac} on ${name}: answers for clients may go there`,
    remedy: `find ${mac} and take the address from it, or switch proxy ARP off there; else take other addresses for pool4`,
  }));
}
