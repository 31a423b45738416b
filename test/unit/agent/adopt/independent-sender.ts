import { parseIpv4 } from '../../../../src/net/ipv4-address.ts';
import { parseIpv6 } from '../../../../src/net/ipv6-address.ts';

/*
 * A sender of Jool's session synchronisation, written from the description of its layouts and not from the encoder:
 * octets are put one behind the other.
 */

export interface SaidSession {
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly src6: string;
  readonly src6Port: number;
  readonly src4: string;
  readonly src4Port: number;
  readonly dst4: string;
  readonly dst4Port: number;
  readonly state?: number;
  readonly timer?: number;
  readonly expirationMs?: number;
  readonly dst6?: string;
}

const NUMBERS = { tcp: 0, udp: 1, icmp: 2 } as const;

const be16 = (value: number): number[] => [value >> 8, value & 255];
const be32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const le16 = (value: number): number[] => [value & 255, value >> 8];
const le32 = (value: number): number[] => be32(value).toReversed();
const four = (text: string): number[] => be32(parseIpv4(text) ?? 0);
const six = (text: string): number[] => [...(parseIpv6(text) ?? [])];
const dst6Of = ({ dst6, dst4 }: SaidSession): number[] => six(dst6 ?? `64:ff9b::${dst4}`);

/** 36 octets in network order: Jool 4.1.13 and later. */
export function say4113(session: SaidSession): number[] {
  const {
    protocol,
    src6,
    src6Port,
    src4,
    src4Port,
    dst4,
    dst4Port,
    state = 0,
    timer = 0,
    expirationMs = 7e6,
  } = session;
  const bits = (NUMBERS[protocol] << 5) | (state << 2) | timer;
  const addresses = [...six(src6), ...four(src4), ...four(dst4)];
  const rest = [...be32(expirationMs), ...be16(src6Port), ...be16(src4Port), ...be16(dst4Port), ...be16(bits)];
  return [...le16(40), ...le16(1), ...addresses, ...rest];
}

/** 48 octets in network order: Jool 4.1.12. */
export function say4112(session: SaidSession): number[] {
  const { protocol, src6, src6Port, src4, src4Port, dst4Port, state = 0, timer = 0, expirationMs = 7e6 } = session;
  const bits = (NUMBERS[protocol] << 5) | (state << 2) | timer;
  const dst6Port = protocol === 'icmp' ? src6Port : dst4Port;
  const addresses = [...six(src6), ...dst6Of(session), ...four(src4)];
  const rest = [...be32(expirationMs), ...be16(src6Port), ...be16(dst6Port), ...be16(src4Port), ...be16(bits)];
  return [...le16(52), ...le16(1), ...addresses, ...rest];
}

const attribute = (type: number, value: readonly number[], nested = false): number[] => {
  const padding = (4 - (value.length % 4)) % 4;
  const head = [...le16(value.length + 4), ...le16(nested ? type | 0x8000 : type)];
  return [...head, ...value, ...Array.from({ length: padding }, () => 0)];
};
const transport = (type: number, address: readonly number[], port: number): number[] =>
  attribute(type, [...attribute(1, address), ...attribute(2, le16(port))], true);

/** Nested attributes, numbers in little endian: Jool 4.1.0 to 4.1.11 on a PC. */
export function say419(session: SaidSession): number[] {
  const {
    protocol,
    src6,
    src6Port,
    src4,
    src4Port,
    dst4,
    dst4Port,
    state = 0,
    timer = 0,
    expirationMs = 7e6,
  } = session;
  const dst6Port = protocol === 'icmp' ? src6Port : dst4Port;
  const ends = [
    ...transport(1, six(src6), src6Port),
    ...transport(2, dst6Of(session), dst6Port),
    ...transport(3, four(src4), src4Port),
    ...transport(4, four(dst4), dst4Port),
  ];
  const numbers = [NUMBERS[protocol], state, timer].flatMap((number, index) => attribute(5 + index, [number]));
  return attribute(1, [...ends, ...numbers, ...attribute(8, le32(expirationMs))], true);
}

export const LAYOUTS = { '4.1.9': say419, '4.1.12': say4112, '4.1.13': say4113 } as const;

/** A datagram with these sessions. */
export function datagram(
  sessions: readonly SaidSession[],
  say: (session: SaidSession) => number[] = say4113,
): Uint8Array {
  return Uint8Array.from(sessions.flatMap(say));
}
