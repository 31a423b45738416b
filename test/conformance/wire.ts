/** Whole packets, field by field, from the formats of RFC 791, 792, 768, 9293, 8200 and 4443 alone. */
import { parse } from 'ipaddr.js';

export type Bytes = readonly number[];

export const u16 = (value: number): number[] => [(value >> 8) & 255, value & 255];
export const u32 = (value: number): number[] => [...u16(Math.floor(value / 0x10000)), ...u16(value % 0x10000)];
export const address = (text: string): number[] => parse(text).toByteArray();
/** Payload that tells where each byte belongs. */
export const data = (length: number): number[] =>
  Array.from({ length }, (_, index) => (index * 7 + (index >> 8)) & 255);

function onesComplement(bytes: Bytes): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

export interface V4 {
  readonly src: string;
  readonly dst: string;
  readonly protocol: number;
  readonly tos?: number;
  readonly id?: number;
  readonly df?: boolean;
  readonly mf?: boolean;
  /** Fragment offset in bytes. */
  readonly offset?: number;
  readonly ttl?: number;
  readonly options?: Bytes;
  /** Instead of the true one. */
  readonly totalLength?: number;
  readonly badChecksum?: true;
}

export function v4(fields: V4, payload: Bytes): Uint8Array {
  const options = fields.options ?? [];
  const flags = (fields.df === true ? 0x4000 : 0) | (fields.mf === true ? 0x2000 : 0) | ((fields.offset ?? 0) >> 3);
  const header = [
    0x45 + options.length / 4,
    fields.tos ?? 0,
    ...u16(fields.totalLength ?? 20 + options.length + payload.length),
    ...u16(fields.id ?? 0),
    ...u16(flags),
    fields.ttl ?? 64,
    fields.protocol,
    0,
    0,
    ...address(fields.src),
    ...address(fields.dst),
    ...options,
  ];
  header.splice(10, 2, ...u16(onesComplement(header) ^ (fields.badChecksum === true ? 1 : 0)));
  return Uint8Array.from([...header, ...payload]);
}

export interface V6 {
  readonly src: string;
  readonly dst: string;
  readonly next: number;
  readonly trafficClass?: number;
  readonly flow?: number;
  readonly hops?: number;
  readonly payloadLength?: number;
}

export function v6(fields: V6, payload: Bytes): Uint8Array {
  const first = 0x60000000 + (fields.trafficClass ?? 0) * 0x100000 + (fields.flow ?? 0);
  const header = [...u32(first), ...u16(fields.payloadLength ?? payload.length), fields.next, fields.hops ?? 64];
  return Uint8Array.from([...header, ...address(fields.src), ...address(fields.dst), ...payload]);
}

/** Fragment header (RFC 8200 section 4.5). */
export function fragmentHeader(next: number, offset: number, more: boolean, id: number): number[] {
  return [next, 0, ...u16(offset | (more ? 1 : 0)), ...u32(id)];
}

export interface Ends {
  readonly src: string;
  readonly dst: string;
}

function withChecksum(ends: Ends, protocol: number, body: Bytes, at: number): number[] {
  const pair = [...address(ends.src), ...address(ends.dst)];
  const pseudo =
    pair.length === 8 ? [...pair, 0, protocol, ...u16(body.length)] : [...pair, ...u32(body.length), ...u32(protocol)];
  const sum = onesComplement(protocol === 1 ? body : [...pseudo, ...body]);
  const out = [...body];
  out.splice(at, 2, ...u16(sum === 0 && protocol === 17 ? 0xffff : sum));
  return out;
}

export function udp(ends: Ends, from: number, to: number, payload: Bytes): number[] {
  return withChecksum(ends, 17, [...u16(from), ...u16(to), ...u16(8 + payload.length), 0, 0, ...payload], 6);
}

export const SYN = 2;
export const ACK = 16;
export const FIN = 1;
export const RST = 4;

export interface Tcp {
  readonly seq?: number;
  readonly ack?: number;
  readonly options?: Bytes;
}

export function tcp(
  ends: Ends,
  from: number,
  to: number,
  flags: number,
  payload: Bytes = [],
  more: Tcp = {},
): number[] {
  const options = more.options ?? [];
  const offset = (5 + options.length / 4) << 4;
  const numbers = [...u32(more.seq ?? 1), ...u32(more.ack ?? 2)];
  const header = [...u16(from), ...u16(to), ...numbers, offset, flags, ...u16(512), 0, 0, 0, 0, ...options];
  return withChecksum(ends, 6, [...header, ...payload], 16);
}

/** ICMP or ICMPv6, by the addresses. */
export function icmp(ends: Ends, type: number, code: number, word: number, payload: Bytes): number[] {
  const protocol = ends.src.includes(':') ? 58 : 1;
  return withChecksum(ends, protocol, [type, code, 0, 0, ...u32(word), ...payload], 2);
}

export function echo(ends: Ends, type: number, id: number, payload: Bytes): number[] {
  return icmp(ends, type, 0, id * 0x10000 + 1, payload);
}
