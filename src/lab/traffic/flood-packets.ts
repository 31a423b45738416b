import { complement, fold, pseudoHeaderSum, sumWords } from '../../net/checksum.ts';
import { parseIpv4 } from '../../net/ipv4-address.ts';
import { parseIpv6 } from '../../net/ipv6-address.ts';

/** Kinds of floods. */
export const FLOODS = [
  /** UDP over IPv6, each packet from a different port of a different host in a different /48. */
  'networks',
  /** The same from random hosts of one /64. */
  'one-64',
  /** The same from random /64s of one /48. */
  'one-48',
  /** TCP SYNs over IPv6, each from a different /48. */
  'syn',
  /** UDP over IPv6 from one host, with a hop limit that expires in the translator of the lab's gateways. */
  'expired',
  /** UDP over IPv4 from random sources and ports. */
  'strangers',
  /** Later fragments of UDP datagrams over IPv4 from random sources, without first fragments. */
  'fragments',
] as const;
export type Flood = (typeof FLOODS)[number];

/** Bytes of each packet over IPv6; over IPv4 it is 20 less. */
const LENGTH = 64;
const [IPV6, IPV4] = [40, 20];
const [TCP, UDP] = [6, 17];
const SYN = 0x5002;
const HOP_LIMIT = 64;
/** The sender, the router and the gateway's kernel each decrement it; the translator receives 1. */
const EXPIRED_HOP_LIMIT = 4;
const MORE_FRAGMENTS = 0x2000;
/** Source networks of floods are in fd00::/8: `fd77:NETWORK:…`. */
const PREFIX = 0xfd77;

/** Writes the packets of a flood into one buffer; reproducible for a seed. */
export class FloodPackets {
  readonly bytes = new ArrayBuffer(LENGTH);
  readonly length: number;
  readonly #view = new DataView(this.bytes);
  readonly #flood: Flood;
  readonly #is4: boolean;
  #state: number;

  /** @param target address and port of every packet. @throws Error for the other address family */
  constructor(flood: Flood, target: { readonly address: string; readonly port: number }, seed = 1) {
    this.#flood = flood;
    this.#state = seed >>> 0 || 1;
    this.#is4 = flood === 'strangers' || flood === 'fragments';
    this.length = this.#is4 ? LENGTH - IPV6 + IPV4 : LENGTH;
    if (this.#is4) this.#open4(target.address);
    else this.#open6(target.address);
    this.#view.setUint16(this.#transport + 2, target.port);
  }

  /** Writes the next packet. */
  next(): void {
    const view = this.#view;
    if (this.#is4) {
      // 12.0.0.0 to 107.255.255.255: global unicast.
      view.setUint8(12, 12 + (this.#random() % 96));
      view.setUint8(13, this.#random() & 255);
      view.setUint16(14, this.#random() & 0xffff);
      view.setUint16(4, this.#random() & 0xffff);
      view.setUint16(10, 0);
      view.setUint16(10, complement(fold(sumWords(view, 0, IPV4))));
    } else this.#source6();
    if (this.#flood === 'fragments') return;
    view.setUint16(this.#transport, this.#flood === 'expired' ? 5000 : 1024 + (this.#random() % 60_000));
    this.#seal();
  }

  get #transport(): number {
    return this.#is4 ? IPV4 : IPV6;
  }

  get #protocol(): number {
    return this.#flood === 'syn' ? TCP : UDP;
  }

  #open6(address: string): void {
    const bytes = parseIpv6(address);
    if (bytes === undefined) throw new Error(`"${address}" is not an IPv6 address`);
    const view = this.#view;
    view.setUint32(0, 0x60000000);
    view.setUint16(4, LENGTH - IPV6);
    view.setUint8(6, this.#protocol);
    view.setUint8(7, this.#flood === 'expired' ? EXPIRED_HOP_LIMIT : HOP_LIMIT);
    view.setUint16(8, PREFIX);
    view.setUint16(10, 1);
    view.setUint16(22, 1);
    new Uint8Array(this.bytes).set(bytes, 24);
    if (this.#flood === 'syn') view.setUint16(IPV6 + 12, SYN);
    else view.setUint16(IPV6 + 4, LENGTH - IPV6);
  }

  #open4(address: string): void {
    const target = parseIpv4(address);
    if (target === undefined) throw new Error(`"${address}" is not an IPv4 address`);
    const view = this.#view;
    view.setUint8(0, 0x45);
    view.setUint16(2, this.length);
    view.setUint16(6, this.#flood === 'fragments' ? MORE_FRAGMENTS + 1 : 0);
    view.setUint8(8, HOP_LIMIT);
    view.setUint8(9, UDP);
    view.setUint32(16, target);
    view.setUint16(IPV4 + 4, this.length - IPV4);
  }

  #source6(): void {
    const view = this.#view;
    if (this.#flood === 'one-64') {
      view.setUint32(16, this.#random());
      view.setUint32(20, this.#random());
    } else if (this.#flood === 'one-48') view.setUint16(14, this.#random() & 0xffff);
    else if (this.#flood !== 'expired') view.setUint32(10, this.#random());
  }

  /** Sets the transport checksum, over IPv4 and IPv6 (RFC 768: 0 means none). */
  #seal(): void {
    const [view, at] = [this.#view, this.#transport];
    const field = at + (this.#protocol === TCP ? 16 : 6);
    const length = this.length - at;
    const addresses = this.#is4 ? sumWords(view, 12, 8) : sumWords(view, 8, 32);
    view.setUint16(field, 0);
    const sum = addresses + pseudoHeaderSum(this.#protocol, length) + sumWords(view, at, length);
    view.setUint16(field, complement(fold(sum)) || 0xffff);
  }

  /** Xorshift, 32 bits. */
  #random(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state >>> 0;
    return this.#state;
  }
}
