/**
 * ICMP extensions after the packet that an error quotes (RFC 4884), and the one object that this translator adds: the
 * address of a router that has none in IPv4, as Interface Information (RFC 5837 section 4, asked for by RFC 6791
 * section 4).
 *
 *     | version 2 (4 bits), 0 | checksum | objects …
 *                                         | length 2 | class 2 | type 4 |  AFI 2 (IPv6) | 0 | address 16 |
 */
import { complement, sumWords } from '../../net/checksum.ts';
import type { PacketArena } from '../../net/packet-arena.ts';
import type { ParsedPacket } from '../parsed-packet.ts';

/** A quoted datagram in front of extensions is padded to at least this (RFC 4884 section 4). */
export const SMALLEST_QUOTE = 128;
export const EXTENSION_HEADER = 4;
export const ADDRESS_OBJECT = 24;
const EXTENSION_CHECKSUM = 2;
const OBJECT_HEADER = 4;
const VERSION = 2;
const CLASS_INTERFACE = 2;
/** Interface role in the upper two bits of the type: the incoming interface; of the fields, the address alone. */
const ROLE_INCOMING = 0;
const TYPE_ADDRESS = (ROLE_INCOMING << 6) | 0x04;
const AFI_IPV6 = 2;

/**
 * Whether the address object can be added to the extensions at `at`: they are of the version that has objects, each is
 * whole, and none has the role already, because one role in two objects is illegal (RFC 5837 section 4.5).
 */
export function areExtensible(arena: PacketArena, at: number, length: number): boolean {
  const { view, bytes } = arena;
  if (length < EXTENSION_HEADER || bytes[at] >>> 4 !== VERSION) return false;
  const end = at + length;
  for (let object = at + EXTENSION_HEADER; object < end;) {
    const size = object + OBJECT_HEADER <= end ? view.getUint16(object) : 0;
    if (size < OBJECT_HEADER || object + size > end) return false;
    if (bytes[object + 2] === CLASS_INTERFACE && bytes[object + 3] >>> 6 === ROLE_INCOMING) return false;
    object += size;
  }
  return true;
}

export function writeExtensionHeader(arena: PacketArena, at: number): void {
  arena.view.setUint32(at, (VERSION << 28) >>> 0);
}

/**
 * Writes the source of the IPv6 packet `p` after the `length` bytes of extensions at `at`. ADDRESS_OBJECT bytes must be
 * free there.
 */
export function addAddressObject(arena: PacketArena, at: number, length: number, p: ParsedPacket): void {
  const { view, bytes } = arena;
  const object = at + length;
  view.setUint16(object, ADDRESS_OBJECT);
  bytes[object + 2] = CLASS_INTERFACE;
  bytes[object + 3] = TYPE_ADDRESS;
  view.setUint32(object + 4, AFI_IPV6 << 16);
  view.setUint32(object + 8, p.src0);
  view.setUint32(object + 12, p.src1);
  view.setUint32(object + 16, p.src2);
  view.setUint32(object + 20, p.src3);
  view.setUint16(at + EXTENSION_CHECKSUM, 0);
  view.setUint16(at + EXTENSION_CHECKSUM, complement(sumWords(view, at, length + ADDRESS_OBJECT)));
}
