import { echo, FLAGS, icmpError, packet, tcp, udp } from '../../unit/translator/packets.ts';
import { put16 } from './dissection.ts';

/** Addresses that the targets know; `six` and `four` are one place seen from either side. */
export interface Side {
  readonly inside6: readonly string[];
  readonly outside6: readonly string[];
  readonly outside4: readonly string[];
  readonly inside4: readonly string[];
}

const text = (letters: string): number[] => Array.from(letters, (letter) => letter.charCodeAt(0));
const filler = (length: number): number[] => Array.from({ length }, (_, index) => index & 255);
const SIZES = [0, 1, 7, 8, 100, 536, 1180, 1220, 1232, 1240, 1420, 1452, 1460, 1480, 3000];
const FTP = [
  'EPSV\r\n',
  'EPSV 2\r\n',
  'EPSV ALL\r\n',
  'EPRT |2|2001:db8::5|50000|\r\n',
  'EPRT |2|2001:db8::5|50000',
  'ALGS STATUS64\r\nALGS DISABLE64\r\nALGS ENABLE64\r\n',
  'AUTH TLS\r\n',
  '227 Entering Passive Mode (198,51,100,7,20,162).\r\n',
  '200 NOOP command successful\r\n',
  '234 ok\r\n',
];

/** Packets of every kind between these addresses, whole and right. */
export function shapesOf(side: Side): Uint8Array[] {
  const shapes: Uint8Array[] = [];
  for (const src of side.inside6) for (const dst of side.outside6) shapes.push(...between(src, dst, true));
  for (const src of side.outside4) for (const dst of side.inside4) shapes.push(...between(src, dst, false));
  return shapes;
}

function between(src: string, dst: string, six: boolean): Uint8Array[] {
  const fields = { src, dst, hops: 64 };
  const loose = { ...fields, dontFragment: false };
  const [ask, answer] = six ? [128, 129] : [8, 0];
  const plain = [
    ...SIZES.map((size) => udp(fields, 4000, 53, filler(size))),
    ...SIZES.map((size) => udp(loose, 53, 2000, filler(size))),
    ...[FLAGS.syn, FLAGS.syn | FLAGS.ack, FLAGS.ack, FLAGS.fin | FLAGS.ack, FLAGS.rst].map((flags) =>
      tcp(fields, 4001, 80, flags, filler(flags === FLAGS.ack ? 900 : 0)),
    ),
    synWithOptions(fields),
    ...FTP.flatMap((line) => [
      tcp(fields, 4002, 21, FLAGS.ack, text(line)),
      tcp(fields, 21, 2000, FLAGS.ack, text(line)),
    ]),
    tcp(fields, 4002, 21, FLAGS.syn),
    ...SIZES.slice(0, 6).map((size) => echo(fields, ask, 77, filler(size))),
    echo(fields, answer, 2000, filler(40)),
    packet(fields, 132, filler(24), 8),
  ];
  const shaped = [...plain];
  shaped.push(...plain.slice(6, 14).flatMap((bytes) => (six ? fragments6(bytes) : fragments4(bytes))));
  if (six) shaped.push(...plain.slice(2, 30).map((bytes, index) => withExtensions(bytes, index)));
  else shaped.push(...plain.slice(2, 30).map((bytes, index) => withOptions(bytes, index)));
  shaped.push(...errorsAbout(src, dst, six, plain));
  return shaped;
}

function synWithOptions(fields: { src: string; dst: string }): Uint8Array {
  const options = [2, 4, 0x23, 0, 4, 2, 8, 10, 1, 2, 3, 4, 0, 0, 0, 0, 1, 3, 3, 7];
  const header = [0x0f, 0xa1, 0, 80, 0, 0, 0, 1, 0, 0, 0, 0, 0xa0, 2, 16, 0, 0, 0, 0, 0];
  return packet(fields, 6, [...header, ...options], 16);
}

/** Errors of every type about packets that went the other way. */
function errorsAbout(src: string, dst: string, six: boolean, plain: readonly Uint8Array[]): Uint8Array[] {
  const types = six
    ? [
        [1, 0],
        [1, 1],
        [1, 4],
        [2, 0],
        [3, 0],
        [4, 0],
        [4, 1],
        [4, 2],
      ]
    : [
        [3, 0],
        [3, 1],
        [3, 3],
        [3, 4],
        [3, 13],
        [11, 0],
        [12, 0],
        [12, 2],
        [4, 0],
      ];
  return types.flatMap(([type, code], index) => {
    const about = turned(plain[(index * 5) % plain.length]);
    const word = code === 4 || type === 2 ? 1400 : type === 4 || type === 12 ? 8 : 0;
    const [whole, cut] = [about.subarray(0, six ? 1232 : 548), about.subarray(0, six ? 48 : 28)];
    return [
      icmpError({ src, dst }, type, code, word, whole),
      icmpError({ src, dst }, type, code, word, cut),
      withInterfaceInformation({ src, dst }, type, code, about, six),
    ];
  });
}

/** RFC 4884: a quote of 128 bytes or more, then an extension header and an object. */
function withInterfaceInformation(
  fields: { src: string; dst: string },
  type: number,
  code: number,
  about: Uint8Array,
  six: boolean,
): Uint8Array {
  const quote = new Uint8Array(128);
  quote.set(about.subarray(0, 128));
  const extension = [0x20, 0, 0, 0, 0, 12, 2, 0x0a, 0, 0, 0, 7, 1, 2, 3, 4];
  const word = six ? (128 / 8) * 0x1000000 : (128 / 4) << 16;
  return icmpError(fields, type, code, word, Uint8Array.from([...quote, ...extension]));
}

/** The packet as its receiver would send one back: addresses and ports the other way round. Sums stay what they are. */
export function turned(bytes: Uint8Array): Uint8Array {
  const out = bytes.slice();
  const six = out[0] >> 4 === 6;
  const [at, size, l4] = six ? [8, 16, 40] : [12, 4, (out[0] & 15) * 4];
  out.copyWithin(at, at + size, at + 2 * size);
  out.set(bytes.subarray(at, at + size), at + size);
  const protocol = six ? out[6] : out[9];
  if ((protocol === 6 || protocol === 17) && out.length >= l4 + 4) {
    out.copyWithin(l4, l4 + 2, l4 + 4);
    out.set(bytes.subarray(l4, l4 + 2), l4 + 2);
  }
  return out;
}

function fragments6(bytes: Uint8Array): Uint8Array[] {
  const body = bytes.subarray(40);
  const cut = Math.max(8, Math.min(body.length & ~7, 600));
  return [0, cut].map((from) => {
    const part = body.subarray(from, from === 0 ? cut : undefined);
    const out = new Uint8Array(48 + part.length);
    out.set(bytes.subarray(0, 40));
    put16(out, 4, 8 + part.length);
    out[6] = 44;
    out[40] = bytes[6];
    put16(out, 42, from | (from === 0 ? 1 : 0));
    out[47] = 9;
    out.set(part, 48);
    return out;
  });
}

function fragments4(bytes: Uint8Array): Uint8Array[] {
  const body = bytes.subarray(20);
  const cut = Math.max(8, Math.min(body.length & ~7, 600));
  return [0, cut].map((from) => {
    const part = body.subarray(from, from === 0 ? cut : undefined);
    const out = new Uint8Array(20 + part.length);
    out.set(bytes.subarray(0, 20));
    put16(out, 2, out.length);
    out[5] = 9;
    put16(out, 6, (from >> 3) | (from === 0 ? 0x2000 : 0));
    out.set(part, 20);
    return out;
  });
}

const CHAINS: readonly (readonly number[])[] = [
  [0],
  [60],
  [43],
  [0, 60, 43],
  [44],
  [0, 44],
  [60, 60, 60, 60, 60, 60, 60, 60, 60],
];

function withExtensions(bytes: Uint8Array, index: number): Uint8Array {
  const chain = CHAINS[index % CHAINS.length];
  const headers = chain.flatMap((_, at) => [chain[at + 1] ?? bytes[6], 0, 0, 0, 0, 0, 0, 0]);
  const out = new Uint8Array(bytes.length + headers.length);
  out.set(bytes.subarray(0, 40));
  out.set(headers, 40);
  out.set(bytes.subarray(40), 40 + headers.length);
  out[6] = chain[0];
  put16(out, 4, out.length - 40);
  return out;
}

const OPTIONS: readonly (readonly number[])[] = [
  [1, 1, 1, 0],
  [7, 7, 4, 0, 0, 0, 0, 0],
  [131, 7, 4, 1, 2, 3, 4, 0],
  [131, 7, 8, 1, 2, 3, 4, 0],
  [137, 3, 4, 0],
  [68, 40, 5, 0],
];

function withOptions(bytes: Uint8Array, index: number): Uint8Array {
  const options = OPTIONS[index % OPTIONS.length];
  const out = new Uint8Array(bytes.length + options.length);
  out.set(bytes.subarray(0, 20));
  out.set(options, 20);
  out.set(bytes.subarray(20), 20 + options.length);
  out[0] = 0x45 + options.length / 4;
  put16(out, 2, out.length);
  return out;
}
