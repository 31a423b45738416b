import { parseIpv4 } from '../../net/ipv4-address.ts';
import { contains4, contains6, parsePrefix4, parsePrefix6, type Prefix4, type Prefix6 } from '../../net/prefix.ts';
import { GSO_NONE } from '../../net/offload.ts';
import { PacketArena } from '../../net/packet-arena.ts';
import { TCP_SYN } from '../../net/transport-headers.ts';
import type { SiitOptions } from '../../translator/options.ts';
import { EmbeddingPrefix } from '../../translator/rfc6052.ts';
import { TranslatorCounters } from '../../translator/counters.ts';
import { createTranslator } from '../../translator/create.ts';
import { HEADROOM, TAILROOM, Verdict } from '../../translator/translator.ts';
import { bytesOf, type ExplainedPacket } from './explained-packet.ts';
import { type Finding, reasonSentence, specialSentence } from './explanation.ts';

/**
 * Describes RFC 7915 translation with explicit address mappings (RFC 7757 section 3.2); undefined: the packet is not
 * for the instance. The result comes from a translator with the entries relevant to the packet.
 */
export function explainSiit(options: SiitOptions, packet: ExplainedPacket): Finding | undefined {
  const [from, to] =
    packet.family === 6
      ? [toIpv4(options, packet.from6), toIpv4(options, packet.to6)]
      : [toIpv6(options, packet.from4), toIpv6(options, packet.to4)];
  if (to === undefined) return undefined;
  const steps = [`destination ${packet.destination}: ${to.how}`];
  if (from === undefined) {
    steps.push(`source ${packet.source} is in no EAM entry and not in pool6: it has no counterpart`);
  } else steps.push(`source ${packet.source}: ${from.how}`);
  const { verdict, reason, out } = translated(options, packet);
  const special = [to.address4, from?.address4, parseIpv4(packet.source)]
    .map((address) => specialSentence(verdict, reason, address))
    .find((sentence) => sentence !== undefined);
  if (reason >= 0) steps.push(special ?? reasonSentence(verdict, reason));
  return { verdict, reason, steps, out, concerns: [] };
}

const VERDICTS: ReadonlyMap<Verdict, string> = new Map([
  [Verdict.translated, 'translated'],
  [Verdict.hairpinned, 'translated'],
  [Verdict.error, 'answered'],
  [Verdict.dropped, 'dropped'],
  [Verdict.held, 'held'],
]);

function translated(options: SiitOptions, packet: ExplainedPacket): Pick<Finding, 'verdict' | 'reason' | 'out'> {
  const out: Uint8Array[] = [];
  const sink = {
    emit: (arena: PacketArena, offset: number, length: number): void => {
      out.push(arena.bytes.slice(offset, offset + length));
    },
  };
  const addresses = packet.family === 6 ? [packet.from6, packet.to6] : [packet.from4, packet.to4];
  const eam = pairsOf(options)
    .filter(({ v4, v6 }) =>
      addresses.some((one) => (typeof one === 'number' ? contains4(v4, one) : contains6(v6, one))),
    )
    .map(({ entry }) => entry);
  const translator = createTranslator({ ...options, eam }, sink, new TranslatorCounters());
  const bytes = bytesOf(packet, packet.protocol === 'tcp' ? TCP_SYN : 0);
  const arena = new PacketArena(HEADROOM + bytes.length + TAILROOM);
  arena.bytes.set(bytes, HEADROOM);
  const offload = { partialChecksum: false, gsoType: GSO_NONE, gsoSize: 0 };
  const verdict = translator.process(arena, HEADROOM, bytes.length, offload, 0);
  const left = verdict === Verdict.translated || verdict === Verdict.hairpinned ? out : [];
  return { verdict: VERDICTS.get(verdict) ?? 'dropped', reason: translator.lastReason, out: left };
}

/** The IPv4 address of a client by an EAM entry or by its prefix; undefined: none. */
export function fixedAddressOf(options: SiitOptions, client: Uint8Array): number | undefined {
  return toIpv4(options, client)?.address4;
}

interface Mapped {
  /** The IPv4 address, of one that is mapped to IPv4. */
  readonly address4?: number;
  readonly how: string;
}

interface Pair {
  readonly v4: Prefix4;
  readonly v6: Prefix6;
  readonly name: string;
  readonly entry: SiitOptions['eam'][number];
}

function pairsOf({ eam }: SiitOptions): Pair[] {
  return eam.flatMap((entry) => {
    const { v4, v6 } = entry;
    const [prefix4, prefix6] = [parsePrefix4(v4), parsePrefix6(v6)];
    return prefix4 && prefix6 ? [{ v4: prefix4, v6: prefix6, name: `${v6} – ${v4}`, entry }] : [];
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
    return { address4: (pair.v4.address + suffix) >>> 0, how: `EAM entry ${pair.name}` };
  }
  const pool6 = options.pool6.find((text) => new EmbeddingPrefix(text).contains(address, 0));
  if (pool6 === undefined) return undefined;
  return { address4: new EmbeddingPrefix(pool6).extract(address, 0), how: `in pool6 ${pool6}` };
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
  if (pair !== undefined) return { how: `EAM entry ${pair.name}` };
  const [pool6] = options.pool6;
  if (isDenied(options, address) || pool6 === undefined) return undefined;
  return { how: `embedded in pool6 ${pool6}` };
}

/** `count` bits of the address from bit `first` on, as a number. */
function bitsOf(bytes: Uint8Array, first: number, count: number): number {
  let value = 0;
  for (let bit = first; bit < first + count; bit++)
    value = value * 2 + (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
  return value;
}
