import type { PacketOffload } from '../../../../src/net/offload.ts';
import { PacketArena } from '../../../../src/net/packet-arena.ts';
import { COUNTERS, TranslatorCounters } from '../../../../src/translator/counters.ts';
import { createTranslator } from '../../../../src/translator/create.ts';
import type { SiitOptions } from '../../../../src/translator/options.ts';
import { HEADROOM, Verdict } from '../../../../src/translator/translator.ts';
import { OPTIONS } from '../siit/options.ts';

/** What one packet gave. */
export interface Outcome {
  readonly verdict: string;
  readonly reason: string;
  readonly out: readonly Uint8Array[];
  readonly offloads: readonly PacketOffload[];
}

const VERDICTS = Object.keys(Verdict);
const PLAIN: PacketOffload = { partialChecksum: false, gsoType: 0, gsoSize: 0 };

/** Sends one packet through a stateless translator of its own. */
export function send(packet: Uint8Array, options: Partial<SiitOptions> = {}, offload: PacketOffload = PLAIN): Outcome {
  const out: Uint8Array[] = [];
  const offloads: PacketOffload[] = [];
  const sink = {
    emit: (arena: PacketArena, offset: number, length: number, given: PacketOffload): void => {
      out.push(arena.bytes.slice(offset, offset + length));
      offloads.push({ ...given });
    },
  };
  const translator = createTranslator({ ...OPTIONS, ...options }, sink, new TranslatorCounters());
  const arena = new PacketArena(140_000);
  arena.bytes.set(packet, HEADROOM);
  const verdict = translator.process(arena, HEADROOM, packet.length, { ...offload }, 0);
  return { verdict: VERDICTS[verdict], reason: COUNTERS[translator.lastReason]?.name ?? '', out, offloads };
}
