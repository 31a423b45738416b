import { contains4, parsePrefix4, type Prefix4 } from '../../net/prefix.ts';
import type { PacketArena } from '../../net/packet-arena.ts';
import type { SiitOptions } from '../options.ts';
import { EmbeddingPrefix } from '../rfc6052.ts';
import { isGlobal4, isMartian4 } from '../special-addresses.ts';
import { EamTable } from './eam-table.ts';

/**
 * How an address was translated, or why not. An illegal one (RFC 7915 section 4.1: loopback, multicast …) is written
 * nevertheless.
 */
export const AddressOutcome = { eam: 0, pool6: 1, none: 2, nonGlobal: 3, illegal: 4, denied: 5 } as const;
export type AddressOutcome = (typeof AddressOutcome)[keyof typeof AddressOutcome];

/** Stateless address translation: explicit mappings first, then pool6 (RFC 7757 section 3.3, RFC 6052 section 2.3). */
export class AddressTranslation {
  /** The IPv4 address that the last `to4` found, host order. */
  address = 0;
  readonly #eam: EamTable;
  readonly #pool6: readonly EmbeddingPrefix[];
  readonly #denied: readonly Prefix4[];
  readonly #allowNonGlobal: boolean;

  constructor(options: Pick<SiitOptions, 'eam' | 'pool6' | 'denylist4' | 'allowNonGlobal'>) {
    this.#eam = new EamTable(options.eam);
    this.#pool6 = options.pool6.map((text) => new EmbeddingPrefix(text));
    this.#denied = options.denylist4.flatMap((text) => parsePrefix4(text) ?? []);
    this.#allowNonGlobal = options.allowNonGlobal;
  }

  hasMapping4(address: number): boolean {
    return this.#eam.find4(address) >= 0;
  }

  /** Translates the 16 bytes at `at`; the result is in `address`. */
  to4(arena: PacketArena, at: number): AddressOutcome {
    const { view, bytes } = arena;
    const a = view.getUint32(at);
    const b = view.getUint32(at + 4);
    const c = view.getUint32(at + 8);
    const d = view.getUint32(at + 12);
    const entry = this.#eam.find6(a, b, c, d);
    if (entry >= 0) {
      this.address = this.#eam.to4(entry, a, b, c, d);
      return AddressOutcome.eam;
    }
    for (let index = 0; index < this.#pool6.length; index++) {
      const prefix = this.#pool6[index];
      if (!prefix.contains(bytes, at)) continue;
      this.address = prefix.extract(bytes, at);
      return this.#judge(prefix, this.address);
    }
    return AddressOutcome.none;
  }

  /**
   * Writes the IPv6 form to 16 bytes at `offset`. @param pool6Only ignore explicit mappings (hairpinning, RFC 7757
   * section 4)
   */
  to6(address: number, pool6Only: boolean, into: Uint8Array, offset: number): AddressOutcome {
    const entry = pool6Only ? -1 : this.#eam.find4(address);
    if (entry >= 0) {
      this.#eam.to6(entry, address, into, offset);
      return AddressOutcome.eam;
    }
    if (this.#pool6.length === 0) return AddressOutcome.none;
    const prefix = this.#pool6[0];
    prefix.embed(address, into, offset);
    return this.#judge(prefix, address);
  }

  #judge(prefix: EmbeddingPrefix, address: number): AddressOutcome {
    if (isMartian4(address)) return AddressOutcome.illegal;
    if (prefix.wellKnown && !this.#allowNonGlobal && !isGlobal4(address)) return AddressOutcome.nonGlobal;
    for (let index = 0; index < this.#denied.length; index++)
      if (contains4(this.#denied[index], address)) return AddressOutcome.denied;
    return AddressOutcome.pool6;
  }
}
