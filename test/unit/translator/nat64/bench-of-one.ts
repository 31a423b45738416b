import { type PacketOffload } from '../../../../src/net/offload.ts';
import { PacketArena } from '../../../../src/net/packet-arena.ts';
import { COUNTERS, TranslatorCounters } from '../../../../src/translator/counters.ts';
import { Nat64Translator } from '../../../../src/translator/nat64/nat64-translator.ts';
import type { Nat64Options } from '../../../../src/translator/options.ts';
import { nat64InFile } from '../options-in-file.ts';
import { HEADROOM, Verdict } from '../../../../src/translator/translator.ts';

export const OPTIONS: Nat64Options = nat64InFile(
  {
    icmp: { source4: '192.0.2.1', source6: '2001:db8::64', errorsPerSource: 1000 },
    allowNonGlobal: true,
    pool6: '64:ff9b::/96',
    pool4: [{ prefix: '192.0.2.0/28' }],
    timeouts: { tcpEstablished: '2h' },
    limits: {
      sessions: 4096,
      bibEntries: 4096,
      sharePerClient: 100,
      sharePerNetwork: 100,
      reserve: 0,
      sessionsFromOutsidePerClient: 0,
      fragmentsHeld: 64,
      fragmentsHeldPerSource: 8,
    },
  },
  4,
  '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff',
);

/** What one packet gave. */
export interface Outcome {
  readonly verdict: string;
  readonly reason: string;
  readonly out: readonly Uint8Array[];
}

const VERDICTS = Object.keys(Verdict);

/** One translator on a bench: packets in, copies of packets out. */
export class Bench {
  readonly translator: Nat64Translator;
  readonly options: Nat64Options;
  readonly #arena = new PacketArena(70_000);
  readonly #out: Uint8Array[] = [];
  nowMs = 1_000_000;

  constructor(options: Partial<Nat64Options> = {}) {
    const sink = {
      emit: (arena: PacketArena, offset: number, length: number): void => {
        this.#out.push(arena.bytes.slice(offset, offset + length));
      },
    };
    this.options = { ...OPTIONS, ...options };
    this.translator = new Nat64Translator(this.options, sink, new TranslatorCounters());
  }

  send(packet: Uint8Array, offload: PacketOffload = { partialChecksum: false, gsoType: 0, gsoSize: 0 }): Outcome {
    this.#out.length = 0;
    this.#arena.bytes.set(packet, HEADROOM);
    const verdict = this.translator.process(this.#arena, HEADROOM, packet.length, offload, this.nowMs);
    const reason = COUNTERS[this.translator.lastReason]?.name ?? '';
    return { verdict: VERDICTS[verdict], reason, out: [...this.#out] };
  }

  /** Lets time pass, with as many ticks as there are seconds. */
  wait(ms: number): void {
    const end = this.nowMs + ms;
    while (this.nowMs < end) {
      this.nowMs = Math.min(end, this.nowMs + 1000);
      while (this.translator.tick(this.nowMs, 1000));
    }
  }

  /** What the translator's timers send while time passes. */
  emitted(ms: number): readonly Uint8Array[] {
    this.#out.length = 0;
    this.wait(ms);
    return [...this.#out];
  }

  /** All records that the translator has for others now. */
  records(): Uint8Array {
    const out = new Uint8Array(64 * 4096);
    const count = this.translator.takeRecords(out, 0, 4096, this.nowMs);
    return out.slice(0, 64 * count);
  }

  apply(records: Uint8Array): number[] {
    const results: number[] = [];
    for (let at = 0; at < records.length; at += 64) results.push(this.translator.applyRecord(records, at, this.nowMs));
    return results;
  }

  summary(slot: number): { sessions: number; sync: number } {
    const [sessions = 0, , , sync = 0] = this.#summary(slot);
    return { sessions, sync };
  }

  /** Sessions of its own that have become those of another owner. */
  yielded(slot: number): number {
    return this.#summary(slot)[4] ?? 0;
  }

  #summary(slot: number): Float64Array {
    const out = new Float64Array(5);
    this.translator.ownerSummary(slot, out);
    return out;
  }
}
