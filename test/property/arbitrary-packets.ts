import fc from 'fast-check';
import { echo, type Fields, packet, tcp, udp } from '../unit/translator/packets.ts';

const port = fc.integer({ min: 1, max: 65_535 });
const payload = fc.uint8Array({ maxLength: 1200 }).map((bytes) => Array.from(bytes));
const flags = fc.integer({ min: 0, max: 255 });

/** A whole TCP segment, UDP datagram, echo message or packet of some other protocol between two hosts. */
export function arbitraryPacket(src: string, dst: string): fc.Arbitrary<Uint8Array> {
  const six = src.includes(':');
  const hops = fc.integer({ min: 4, max: 255 });
  const fields = hops.map((value): Fields => ({ src, dst, hops: value }));
  const type = fc.constantFrom(...(six ? [128, 129] : [8, 0]));
  return fc.oneof(
    fc.tuple(fields, port, port, payload).map(([f, from, to, data]) => udp(f, from, to, data)),
    fc.tuple(fields, port, port, flags, payload).map(([f, from, to, bits, data]) => tcp(f, from, to, bits, data)),
    fc.tuple(fields, type, port, payload).map(([f, kind, id, data]) => echo(f, kind, id, data)),
    fc.tuple(fields, payload).map(([f, data]) => packet(f, 253, [...data, 0, 0], 0)),
  );
}

/** The same packet with another traffic class or TOS; in IPv6 with a flow label too. */
export function withClass(bytes: Uint8Array, value: number): Uint8Array {
  const out = bytes.slice();
  if (out[0] >> 4 === 6) {
    out[0] = 0x60 | (value >> 4);
    out[1] = ((value & 15) << 4) | 0xb;
    out[2] = 0xad;
    return out;
  }
  out[1] = value;
  return withHeaderChecksum(out);
}

export function withHeaderChecksum(bytes: Uint8Array): Uint8Array {
  const out = bytes.slice();
  out[10] = 0;
  out[11] = 0;
  let sum = 0;
  for (let at = 0; at < (out[0] & 15) * 4; at += 2) sum += (out[at] << 8) | out[at + 1];
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  out[10] = (~sum >> 8) & 255;
  out[11] = ~sum & 255;
  return out;
}

/** The IPv4 packet as a fragment of one that is longer. */
export function asFragment4(bytes: Uint8Array, identification: number, units: number, more: boolean): Uint8Array {
  const out = bytes.slice();
  out[4] = identification >> 8;
  out[5] = identification & 255;
  out[6] = (more ? 0x20 : 0) | (units >> 8);
  out[7] = units & 255;
  return withHeaderChecksum(out);
}
