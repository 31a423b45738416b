import { contains4, contains6, parsePrefix4, parsePrefix6, type Prefix4, type Prefix6 } from '../../net/prefix.ts';

const IPV4_HEADER = 20;
const IPV4_LENGTH = 2;
const IPV4_DESTINATION = 16;
const IPV6_HEADER = 40;
const IPV6_LENGTH = 4;
const IPV6_DESTINATION = 24;

/** The prefixes of an instance, which determine which packets it may be given. */
export class PacketDestinations {
  readonly prefixes: readonly string[];
  readonly #prefixes4: readonly Prefix4[];
  readonly #prefixes6: readonly Prefix6[];

  constructor(prefixes: readonly string[]) {
    this.prefixes = prefixes;
    this.#prefixes4 = prefixes.flatMap((prefix) => parsePrefix4(prefix) ?? []);
    this.#prefixes6 = prefixes.flatMap((prefix) => parsePrefix6(prefix) ?? []);
  }

  /** @returns whether the bytes are one complete IP packet to one of the prefixes */
  judge(packet: Uint8Array): 'ours' | 'foreign' | 'malformed' {
    const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
    const version = (packet[0] ?? 0) >> 4;
    if (version === 4 && packet.length >= IPV4_HEADER && view.getUint16(IPV4_LENGTH) === packet.length) {
      const destination = view.getUint32(IPV4_DESTINATION);
      return this.#prefixes4.some((prefix) => contains4(prefix, destination)) ? 'ours' : 'foreign';
    }
    if (version === 6 && packet.length >= IPV6_HEADER && view.getUint16(IPV6_LENGTH) + IPV6_HEADER === packet.length) {
      return this.#prefixes6.some((prefix) => contains6(prefix, packet, IPV6_DESTINATION)) ? 'ours' : 'foreign';
    }
    return 'malformed';
  }
}
