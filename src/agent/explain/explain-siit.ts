import { formatIpv4 } from '../../net/ipv4-address.ts';
import { formatIpv6 } from '../../net/ipv6-address.ts';
import { contains4, contains6, parsePrefix4, parsePrefix6, type Prefix4, type Prefix6 } from '../../net/prefix.ts';
import type { SiitOptions } from '../../translator/options.ts';
import { EmbeddingPrefix } from '../../translator/rfc6052.ts';
import { isGlobal4, isMartian4 } from '../../translator/special-addresses.ts';
import { dropped, type ExplainedPacket, type Explanation } from './explanation.ts';

/** RFC 7915 with explicit address mappings (RFC 7757 section 3.2), in words. */
export function explainSiit(options: SiitOptions, packet: ExplainedPacket): Explanation {
  const { sourcePort, destinationPort } = packet;
  const [from, to] =
    packet.family === 6
      ? [toIpv4(options, packet.from6), toIpv4(options, packet.to6)]
      : [toIpv6(options, packet.from4), toIpv6(options, packet.to4)];
  if (to === undefined) return undefined;
  const steps = [`destination ${packet.destination}: ${to.how}`];
  if (to.refused !== undefined) return dropped([...steps, to.refused]);
  if (from === undefined) {
    return dropped([...steps, `source ${packet.source} is in no EAM entry and not in pool6: it has no counterpart`]);
  }
  steps.push(`source ${packet.source}: ${from.how}`);
  return { steps, verdict: 'translated', source: from.text, sourcePort, destination: to.text, destinationPort };
}

interface Mapped {
  readonly text: string;
  readonly how: string;
  /** Why no packet goes to an address that the prefix stands for. */
  readonly refused?: string;
}

interface Pair {
  readonly v4: Prefix4;
  readonly v6: Prefix6;
  readonly name: string;
}

function pairsOf({ eam }: SiitOptions): Pair[] {
  return eam.flatMap(({ v4, v6 }) => {
    const [prefix4, prefix6] = [parsePrefix4(v4), parsePrefix6(v6)];
    return prefix4 && prefix6 ? [{ v4: prefix4, v6: prefix6, name: `${v6} – ${v4}` }] : [];
  });
}

/** The longest match wins (RFC 7757 section 3.2). */
function longest(pairs: readonly Pair[], lengthOf: (pair: Pair) => number): Pair | undefined {
  return pairs.reduce<Pair | undefined>(
    (best, pair) => (best && lengthOf(best) >= lengthOf(pair) ? best : pair),
    undefined,
  );
}

function toIpv4(options: SiitOptions, address: Uint8Array): Mapped | undefined {
  const pair = longest(
    pairsOf(options).filter(({ v6 }) => contains6(v6, address)),
    ({ v6 }) => v6.length,
  );
  if (pair !== undefined) {
    const suffix = bitsOf(address, pair.v6.length, 32 - pair.v4.length);
    return { text: formatIpv4((pair.v4.address + suffix) >>> 0), how: `EAM entry ${pair.name}` };
  }
  const pool6 = options.pool6.find((text) => new EmbeddingPrefix(text).contains(address, 0));
  if (pool6 === undefined) return undefined;
  const embedding = new EmbeddingPrefix(pool6);
  const remote = embedding.extract(address, 0);
  const mapped = { text: formatIpv4(remote), how: `in pool6 ${pool6}` };
  const refused = refusal(options, embedding, remote);
  return refused === undefined ? mapped : { ...mapped, refused };
}

function refusal(options: SiitOptions, { wellKnown }: EmbeddingPrefix, remote: number): string | undefined {
  const answered = 'answered with administratively prohibited';
  const text = formatIpv4(remote);
  if (wellKnown && !options.allowNonGlobal && !isGlobal4(remote)) {
    return `${text} is not global (RFC 6052 section 3.1); ${answered} (counter answerNonGlobal)`;
  }
  if (isDenied(options, remote)) return `${text} is on the denylist; ${answered} (counter answerDenied)`;
  if (!isMartian4(remote)) return undefined;
  return `${text} is a loopback, multicast or reserved address (counter dropNonGlobal)`;
}

function isDenied({ denylist4 }: SiitOptions, address: number): boolean {
  return denylist4.some((text) => {
    const prefix = parsePrefix4(text);
    return prefix !== undefined && contains4(prefix, address);
  });
}

function toIpv6(options: SiitOptions, address: number): Mapped | undefined {
  const pair = longest(
    pairsOf(options).filter(({ v4 }) => contains4(v4, address)),
    ({ v4 }) => v4.length,
  );
  const bytes = new Uint8Array(16);
  if (pair !== undefined) {
    bytes.set(pair.v6.bytes);
    writeBits(bytes, pair.v6.length, 32 - pair.v4.length, address);
    return { text: formatIpv6(bytes), how: `EAM entry ${pair.name}` };
  }
  const [pool6] = options.pool6;
  if (isDenied(options, address) || pool6 === undefined) return undefined;
  new EmbeddingPrefix(pool6).embed(address, bytes, 0);
  return { text: formatIpv6(bytes), how: `embedded in pool6 ${pool6}` };
}

/** `count` bits of the address behind bit `first`, as a number. */
function bitsOf(bytes: Uint8Array, first: number, count: number): number {
  let value = 0;
  for (let bit = first; bit < first + count; bit++)
    value = value * 2 + (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
  return value;
}

/** Writes the lowest `count` bits of a number behind bit `first`. */
function writeBits(bytes: Uint8Array, first: number, count: number, value: number): void {
  for (let index = 0; index < count; index++) {
    const bit = first + index;
    if (((value >>> (count - 1 - index)) & 1) === 1) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  }
}
