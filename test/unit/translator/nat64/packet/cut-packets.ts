import { checksumOf } from '../../packets.ts';

/** The part [from, to) of what an IPv6 packet carries, behind a Fragment header. */
export function fragment6(whole: Uint8Array, from: number, to: number, identification = 7): Uint8Array {
  const body = whole.slice(40 + from, 40 + to);
  const more = 40 + to < whole.length ? 1 : 0;
  const header = [
    whole[6],
    0,
    (from >> 8) & 255,
    (from & 0xf8) | more,
    0,
    0,
    identification >> 8,
    identification & 255,
  ];
  const bytes = Uint8Array.from([...whole.slice(0, 40), ...header, ...body]);
  bytes.set([(8 + body.length) >> 8, (8 + body.length) & 255, 44], 4);
  return bytes;
}

/** The same of an IPv4 packet without options. */
export function fragment4(whole: Uint8Array, from: number, to: number, identification = 7): Uint8Array {
  const bytes = Uint8Array.from([...whole.slice(0, 20), ...whole.slice(20 + from, 20 + to)]);
  const more = 20 + to < whole.length ? 0x20 : 0;
  bytes.set([bytes.length >> 8, bytes.length & 255, 0, identification, more, from / 8], 2);
  bytes.set([0, 0], 10);
  const sum = checksumOf(Array.from(bytes.slice(0, 20)));
  bytes.set([sum >> 8, sum & 255], 10);
  return bytes;
}
