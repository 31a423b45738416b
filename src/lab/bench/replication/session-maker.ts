import { GSO_NONE } from '../../../net/offload.ts';
import { PacketArena } from '../../../net/packet-arena.ts';
import { TranslatorCounters } from '../../../translator/counters.ts';
import { Nat64Translator } from '../../../translator/nat64/nat64-translator.ts';
import type { Nat64Options } from '../../../translator/options.ts';
import { HEADROOM, TAILROOM, Verdict } from '../../../translator/translator.ts';
import { instanceOptions } from '../course.ts';

const CLIENTS = 4096;
const FIRST_PORT = 1024;
const IPV6 = 40;
const TCP = 20;
/** Bytes of a SYN. */
export const SYN_BYTES = IPV6 + TCP;
/** Slices for two nodes, each for more than a million sessions. */
const POOL4 = '11.64.0.0/26';

export function benchTranslatorOptions(slot: number, sessions: number): Nat64Options {
  const { translator } = instanceOptions({});
  if (translator.kind !== 'nat64') throw new Error('the course runs a nat64 instance');
  return {
    ...translator,
    slot,
    slots: 2,
    pool4: translator.pool4.map((entry) => ({ ...entry, prefix: POOL4 })),
    // Sessions must not expire during a run.
    timeouts: { ...translator.timeouts, tcpTransitory: translator.timeouts.tcpEstablished },
    limits: { ...translator.limits, sessions: sessions + 1024, bibEntries: sessions + 1024 },
  };
}

/** A translator of one of two nodes, and TCP SYNs that create sessions in it, each of a different client or port. */
export class SessionMaker {
  readonly translator: Nat64Translator;
  readonly #arena = new PacketArena(HEADROOM + SYN_BYTES + TAILROOM);
  readonly #offload = { partialChecksum: true, gsoType: GSO_NONE, gsoSize: 0 };
  #made = 0;

  /** @param sessions capacity of the table */
  constructor(slot: number, sessions: number) {
    this.translator = new Nat64Translator(
      benchTranslatorOptions(slot, sessions),
      { emit: () => undefined },
      new TranslatorCounters(),
    );
  }

  make(count: number, nowMs: number): void {
    for (let left = count; left > 0; left--) {
      writeSyn(this.#arena.bytes, this.#arena.view, HEADROOM, this.#made++);
      const verdict = this.translator.process(this.#arena, HEADROOM, SYN_BYTES, this.#offload, nowMs);
      if (verdict !== Verdict.translated) throw new Error(`session ${this.#made} was not made: verdict ${verdict}`);
    }
  }
}

/**
 * The SYN of session `number`, each with a different client or port; written completely, because the translator has
 * modified the previous one.
 */
export function writeSyn(bytes: Uint8Array, view: DataView, offset: number, number: number): void {
  view.setUint32(offset, 0x60000000);
  view.setUint16(offset + 4, TCP);
  bytes[offset + 6] = 6;
  bytes[offset + 7] = 64;
  bytes.fill(0, offset + 8, offset + SYN_BYTES);
  view.setUint32(offset + 8, 0x20010db8);
  view.setUint32(offset + 20, 1 + (number % CLIENTS));
  view.setUint32(offset + 24, 0x0064ff9b);
  view.setUint32(offset + 36, 0x0b040050);
  view.setUint16(offset + IPV6, FIRST_PORT + Math.floor(number / CLIENTS));
  view.setUint16(offset + IPV6 + 2, 443);
  bytes[offset + IPV6 + 12] = 0x50;
  bytes[offset + IPV6 + 13] = 2;
}
