/** Packets for tests, built and checked without any code of the translator: the checksum is RFC 1071 written down. */
import { parseIp } from './oracle-address.ts';

export function checksumOf(bytes: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) {
    sum += (bytes[at] << 8) + (bytes[at + 1] ?? 0);
    if (sum > 0xffff) sum = (sum & 0xffff) + 1;
  }
  return ~sum & 0xffff;
}

const u16 = (value: number): number[] => [value >> 8, value & 255];
const u32 = (value: number): number[] => [...u16(value >>> 16), ...u16(value & 0xffff)];

export interface Fields {
  readonly src: string;
  readonly dst: string;
  readonly hops?: number;
  readonly dontFragment?: boolean;
}

/** A whole IP packet around a transport, whose checksum is put in at `checksumAt`. */
export function packet(fields: Fields, protocol: number, transport: readonly number[], checksumAt: number): Uint8Array {
  const src = parseIp(fields.src);
  const dst = parseIp(fields.dst);
  const six = src.length === 16;
  const body = [...transport];
  const pseudo = six
    ? [...src, ...dst, ...u32(body.length), 0, 0, 0, protocol]
    : [...src, ...dst, 0, protocol, ...u16(body.length)];
  const sum = checksumOf(protocol === 1 ? body : [...pseudo, ...body]);
  body.splice(checksumAt, 2, ...u16(sum === 0 && protocol === 17 ? 0xffff : sum));
  const hops = fields.hops ?? 64;
  if (six) return Uint8Array.from([0x60, 0, 0, 0, ...u16(body.length), protocol, hops, ...src, ...dst, ...body]);
  const flags = fields.dontFragment === false ? 0 : 0x4000;
  const header = [0x45, 0, ...u16(20 + body.length), 0, 0, ...u16(flags), hops, protocol, 0, 0, ...src, ...dst];
  header.splice(10, 2, ...u16(checksumOf(header)));
  return Uint8Array.from([...header, ...body]);
}

export function udp(fields: Fields, srcPort: number, dstPort: number, payload: readonly number[] = []): Uint8Array {
  return packet(fields, 17, [...u16(srcPort), ...u16(dstPort), ...u16(8 + payload.length), 0, 0, ...payload], 6);
}

export const FLAGS = { fin: 1, syn: 2, rst: 4, ack: 16 } as const;

export function tcp(
  fields: Fields,
  srcPort: number,
  dstPort: number,
  flags: number,
  payload: readonly number[] = [],
): Uint8Array {
  const header = [...u16(srcPort), ...u16(dstPort), ...u32(1000), ...u32(2000), 0x50, flags, ...u16(4096), 0, 0, 0, 0];
  return packet(fields, 6, [...header, ...payload], 16);
}

export function echo(fields: Fields, type: number, identifier: number, payload: readonly number[] = []): Uint8Array {
  const protocol = fields.src.includes(':') ? 58 : 1;
  return packet(fields, protocol, [type, 0, 0, 0, ...u16(identifier), 0, 1, ...payload], 2);
}

export function icmpError(fields: Fields, type: number, code: number, word: number, quoted: Uint8Array): Uint8Array {
  const protocol = fields.src.includes(':') ? 58 : 1;
  return packet(fields, protocol, [type, code, 0, 0, ...u32(word), ...quoted], 2);
}

/** Whether every checksum of a packet is right, by the definition and not by an update. */
export function checksumsAreRight(bytes: Uint8Array): boolean {
  const all = [...bytes];
  const six = all[0] >> 4 === 6;
  const header = six ? 40 : 20;
  if (!six && checksumOf(all.slice(0, 20)) !== 0) return false;
  const fragment = six && all[6] === 44;
  if (fragment) return true;
  const protocol = six ? all[6] : all[9];
  if (![1, 6, 17, 58].includes(protocol)) return true;
  const body = all.slice(header, six ? 40 + (all[4] << 8) + all[5] : (all[2] << 8) + all[3]);
  if (protocol === 1) return checksumOf(body) === 0;
  const addresses = six ? all.slice(8, 40) : all.slice(12, 20);
  const pseudo = six
    ? [...addresses, ...u32(body.length), 0, 0, 0, protocol]
    : [...addresses, 0, protocol, ...u16(body.length)];
  return checksumOf([...pseudo, ...body]) === 0;
}
