/** Packets with every header field given, built from the RFCs' pictures. */
import { checksumOf } from '../packets.ts';
import { parseIp } from '../oracle-address.ts';

/** The same two hosts on both sides, as the options of the stateless bench pair them. */
export const REMOTE4 = '192.0.2.33';
export const REMOTE6 = '2001:db8:1c0:2:21::';
export const SERVER4 = '1.0.0.5';
export const SERVER6 = '2001:db8:3::5';

export const u16 = (value: number): number[] => [(value >> 8) & 255, value & 255];
export const u32 = (value: number): number[] => [...u16(value >>> 16), ...u16(value & 0xffff)];
/** `length` bytes that differ from their neighbours. */
export const filler = (length: number): number[] => Array.from({ length }, (_, index) => (index * 7 + 1) & 255);

export interface Ipv4Fields {
  readonly src?: string;
  readonly dst?: string;
  readonly tos?: number;
  readonly id?: number;
  /** Flags and fragment offset, as in the header. */
  readonly flags?: number;
  readonly ttl?: number;
  readonly options?: readonly number[];
  /** What the header says is behind it, where that is more than there is. */
  readonly payloadLength?: number;
}

export function ipv4(fields: Ipv4Fields, protocol: number, payload: readonly number[]): Uint8Array {
  const options = fields.options ?? [];
  const size = 20 + options.length;
  const total = size + (fields.payloadLength ?? payload.length);
  const first = [
    0x40 | (size / 4),
    fields.tos ?? 0,
    ...u16(total),
    ...u16(fields.id ?? 0),
    ...u16(fields.flags ?? 0x4000),
  ];
  const addresses = [...parseIp(fields.src ?? REMOTE4), ...parseIp(fields.dst ?? SERVER4)];
  const header = [...first, fields.ttl ?? 64, protocol, 0, 0, ...addresses, ...options];
  header.splice(10, 2, ...u16(checksumOf(header)));
  return Uint8Array.from([...header, ...payload]);
}

export interface Ipv6Fields {
  readonly src?: string;
  readonly dst?: string;
  readonly trafficClass?: number;
  readonly flowLabel?: number;
  readonly hops?: number;
  readonly payloadLength?: number;
}

export function ipv6(fields: Ipv6Fields, next: number, payload: readonly number[]): Uint8Array {
  const first = (0x60000000 | ((fields.trafficClass ?? 0) << 20) | (fields.flowLabel ?? 0)) >>> 0;
  const length = fields.payloadLength ?? payload.length;
  const addresses = [...parseIp(fields.src ?? SERVER6), ...parseIp(fields.dst ?? REMOTE6)];
  return Uint8Array.from([...u32(first), ...u16(length), next, fields.hops ?? 64, ...addresses, ...payload]);
}

export function fragmentHeader(next: number, offset: number, more: boolean, id: number): number[] {
  return [next, 0, ...u16(offset | (more ? 1 : 0)), ...u32(id)];
}

/** A transport with its checksum at `at` put in, for the pseudo-header of these addresses; ICMPv4 has none. */
export function summed(src: string, dst: string, protocol: number, transport: readonly number[], at: number): number[] {
  const pseudo = protocol === 1 ? [] : [...parseIp(src), ...parseIp(dst), ...u32(transport.length), 0, 0, 0, protocol];
  const sum = checksumOf([...pseudo, ...transport]);
  return transport.with(at, sum >> 8).with(at + 1, sum & 255);
}

export function udpBody(src: string, dst: string, payload: readonly number[]): number[] {
  return summed(src, dst, 17, [...u16(4000), ...u16(53), ...u16(8 + payload.length), 0, 0, ...payload], 6);
}

export const udp4 = (payload: readonly number[]): number[] => udpBody(REMOTE4, SERVER4, payload);
export const udp6 = (payload: readonly number[]): number[] => udpBody(SERVER6, REMOTE6, payload);

/**
 * An ICMP error of the remote side about a packet of the server, or the other way in IPv6; `rest` is the second word.
 */
export function error4(type: number, code: number, rest: readonly number[], quoted: Iterable<number>): Uint8Array {
  return ipv4({}, 1, summed('', '', 1, [type, code, 0, 0, ...rest, ...quoted], 2));
}

export function error6(
  type: number,
  code: number,
  rest: readonly number[],
  quoted: Iterable<number>,
  src = SERVER6,
): Uint8Array {
  return ipv6({ src }, 58, summed(src, REMOTE6, 58, [type, code, 0, 0, ...rest, ...quoted], 2));
}

/** What the server had sent, as the IPv4 side saw it, and what the remote host had sent, as the IPv6 side saw it. */
export function sent4(payload: readonly number[] = [1, 2, 3, 4], fields: Ipv4Fields = {}): Uint8Array {
  return ipv4({ src: SERVER4, dst: REMOTE4, ...fields }, 17, udpBody(SERVER4, REMOTE4, payload));
}

export function sent6(payload: readonly number[] = [1, 2, 3, 4], fields: Ipv6Fields = {}): Uint8Array {
  return ipv6({ src: REMOTE6, dst: SERVER6, ...fields }, 17, udpBody(REMOTE6, SERVER6, payload));
}

export function word16(bytes: Uint8Array | undefined, at: number): number {
  return ((bytes?.[at] ?? 0) << 8) | (bytes?.[at + 1] ?? 0);
}

/** Whether the ICMP checksum of a whole packet is right. */
export function icmpIsRight(packet: Uint8Array): boolean {
  const six = packet[0] >> 4 === 6;
  const body = [...packet.subarray(six ? 40 : 20)];
  return checksumOf([...(six ? [...packet.slice(8, 40), ...u32(body.length), 0, 0, 0, 58] : []), ...body]) === 0;
}
