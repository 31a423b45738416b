import { InterfaceQuery } from '../linux/interface-state.ts';
import { RouteLookup } from '../linux/route-lookup.ts';
import { IPV4_DESTINATION, IPV4_SOURCE, IPV6_DESTINATION, IPV6_SOURCE } from '../net/ip-headers.ts';

/**
 * Looks up the interface, in the network namespace of this thread, by which the kernel would forward a packet received
 * from a TUN.
 * @param packet with the IP header
 * @returns its name; empty: there is no route, or one without an outgoing interface
 * @throws SystemCallError
 */
export function interfaceFor(packet: Uint8Array, tun: string): string {
  const [source, destination, size] =
    packet[0] >>> 4 === 6 ? [IPV6_SOURCE, IPV6_DESTINATION, 16] : [IPV4_SOURCE, IPV4_DESTINATION, 4];
  const routes = new RouteLookup();
  const interfaces = new InterfaceQuery();
  try {
    const part = (at: number): Uint8Array => packet.slice(at, at + size);
    const incoming = interfaces.state(tun)?.index ?? 0;
    const index = routes.interfaceTo(part(destination), part(source), incoming);
    return index === undefined ? '' : (interfaces.nameOf(index) ?? '');
  } finally {
    routes.close();
    interfaces.close();
  }
}
