import { readFile } from 'node:fs/promises';
import type { CrossMistake } from '../../cluster/cross-mistake.ts';
import { parseIpv4 } from '../../net/ipv4-address.ts';
import { contains4, parsePrefix4 } from '../../net/prefix.ts';
import type { NodeConfig } from './node-config.ts';

/** A local IPv4 address. */
export interface OwnAddress {
  readonly address: string;
  readonly interface: string;
}

/**
 * IPv4 addresses that an instance would translate and that are local to the machine. The kernel delivers packets to
 * local addresses without consulting routes, so the translator would never receive them; and the machine's own
 * connections would use ports of clients.
 * @param ephemeral the kernel's local port range (net.ipv4.ip_local_port_range)
 */
export function findOwnAddresses(
  { cluster }: Pick<NodeConfig, 'cluster'>,
  own: ReadonlyMap<string | undefined, readonly OwnAddress[]>,
  ephemeral: string,
): CrossMistake[] {
  return Object.entries(cluster.instances).flatMap(([name, instance]) => {
    const key = instance.kind === 'nat64' ? 'pool4' : 'eam';
    const texts =
      instance.kind === 'nat64' ? instance.pool4.map(({ prefix }) => prefix) : instance.eam.map(({ v4 }) => v4);
    return texts.flatMap((text, index) => {
      const prefix = parsePrefix4(text);
      const hits = (own.get(instance.namespace) ?? []).filter(({ address }) => {
        const parsed = parseIpv4(address);
        return prefix !== undefined && parsed !== undefined && contains4(prefix, parsed);
      });
      return hits.map(({ address, interface: where }) => ({
        path: ['instances', name, key, index],
        what: `${address} is an address of this node (interface ${where}), with ephemeral ports ${ephemeral} of its own`,
        remedy: `take it out of ${key}, or from the interface; to share it, see docs/from-jool.md`,
      }));
    });
  });
}

/** Parses the output of `ip -json -4 address show`; unexpected items are skipped. */
export function readOwnAddresses(links: readonly unknown[]): OwnAddress[] {
  return links.flatMap((link) => {
    if (typeof link !== 'object' || link === null || !('addr_info' in link) || !('ifname' in link)) return [];
    const { addr_info: addresses, ifname } = link;
    if (!Array.isArray(addresses) || typeof ifname !== 'string') return [];
    return addresses.flatMap((entry: unknown) =>
      typeof entry === 'object' && entry !== null && 'local' in entry && typeof entry.local === 'string'
        ? [{ address: entry.local, interface: ifname }]
        : [],
    );
  });
}

/** Local port range of this machine, such as `32768-60999`. */
export async function ephemeralPorts(): Promise<string> {
  const text = await readFile('/proc/sys/net/ipv4/ip_local_port_range', 'utf8');
  return text.trim().split(/\s+/).join('-');
}
