import { PROTOCOL_ICMP, PROTOCOL_TCP, PROTOCOL_UDP } from '../../../net/ip-headers.ts';
import { parseIpv4 } from '../../../net/ipv4-address.ts';
import { parseIpv6 } from '../../../net/ipv6-address.ts';
import type { Nat64Options } from '../../options.ts';
import type { BibTable } from '../tables/bib-table.ts';
import { ClientShards } from './shard-map.ts';

const PROTOCOLS = { tcp: PROTOCOL_TCP, udp: PROTOCOL_UDP, icmp: PROTOCOL_ICMP } as const;

/**
 * Adds the configured entries to the BIB, except those whose pool4 port already has an entry or whose client belongs to
 * another shard.
 */
export function addStaticEntries(options: Nat64Options, entries: BibTable): void {
  const { shard, limits } = options;
  const clients = shard === undefined ? undefined : new ClientShards(shard.count, limits.clientPrefixLength);
  for (const { protocol, v6, port6, v4, port4 } of options.static) {
    const client = parseIpv6(v6);
    const address = parseIpv4(v4);
    if (client === undefined || address === undefined) continue;
    if (entries.findByPool4(PROTOCOLS[protocol], address, port4) >= 0) continue;
    const view = new DataView(client.buffer);
    const [a, b, c, d] = [0, 4, 8, 12].map((at) => view.getUint32(at));
    if (clients !== undefined && clients.of(a, b, c, d) !== shard?.index) continue;
    entries.create(PROTOCOLS[protocol], a, b, c, d, port6, address, port4, true);
  }
}
