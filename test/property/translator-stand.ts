import { PacketArena } from '../../src/net/packet-arena.ts';
import { TranslatorCounters } from '../../src/translator/counters.ts';
import { createTranslator } from '../../src/translator/create.ts';
import type { TranslatorOptions } from '../../src/translator/options.ts';
import { HEADROOM, TAILROOM, type Translator } from '../../src/translator/translator.ts';

const CANARY = 0xc5;
const MARGIN = 256;
const LARGEST = 66_000;

/** A translator whose arena is watched: bytes outside the headroom and tailroom of a packet must stay as they are. */
export class Stand {
  readonly translator: Translator;
  readonly #arena = new PacketArena(2 * MARGIN + HEADROOM + LARGEST + TAILROOM);
  readonly #out: Uint8Array[] = [];
  nowMs = 0;

  constructor(options: TranslatorOptions) {
    const emit = (arena: PacketArena, offset: number, length: number): void => {
      this.#out.push(arena.bytes.slice(offset, offset + length));
    };
    this.translator = createTranslator(options, { emit }, new TranslatorCounters());
  }

  /** @returns what came out; throws where bytes outside the packet's room changed */
  send(packet: Uint8Array): readonly Uint8Array[] {
    const { bytes } = this.#arena;
    const start = MARGIN + HEADROOM;
    const end = start + packet.length;
    bytes.fill(CANARY);
    bytes.set(packet, start);
    this.#out.length = 0;
    const offload = { partialChecksum: false, gsoType: 0, gsoSize: 0 };
    this.translator.process(this.#arena, start, packet.length, offload, this.nowMs);
    const before = bytes.subarray(0, MARGIN);
    const after = bytes.subarray(end + TAILROOM);
    if (!before.every(isCanary) || !after.every(isCanary))
      throw new Error('bytes outside the room of the packet changed');
    return [...this.#out];
  }
}

function isCanary(byte: number): boolean {
  return byte === CANARY;
}
