import { type CapturedPacket, RawIpCapture } from '../net/capture-file.ts';
import { GSO_NONE, type PacketOffload } from '../net/offload.ts';
import { PacketArena } from '../net/packet-arena.ts';
import { COUNTERS, TranslatorCounters } from '../translator/counters.ts';
import { createTranslator } from '../translator/create.ts';
import type { TranslatorOptions } from '../translator/options.ts';
import { HEADROOM, type PacketSink, TAILROOM, type Translator, Verdict } from '../translator/translator.ts';

/** No IP packet is larger; a capture's link layer padding may follow it. */
const ARENA_BYTES = 256 * 1024;
const TICK_BUDGET = 100_000;
/** Time between two looks at the timers while the capture is silent. */
const TICK_MS = 100;
/** A pause longer than this is passed in larger steps, so that a capture with a gap of years ends. */
const STEPS_OF_A_PAUSE = 100_000;

const VERDICT_NAMES = new Map<number, string>(Object.entries(Verdict).map(([name, value]) => [value, name]));

/** What became of a packet, or what a timer sent. Indexes are those of the packets in the output. */
export type TranslateLine =
  | { readonly index: number; readonly verdict: string; readonly counter?: string; readonly out: readonly number[] }
  | { readonly timer: true; readonly out: readonly number[] };

class CaptureSink implements PacketSink {
  readonly capture = new RawIpCapture();
  timeMs = 0;

  emit(arena: PacketArena, offset: number, length: number, _offload: PacketOffload): void {
    this.capture.add(arena.bytes.subarray(offset, offset + length), this.timeMs);
  }
}

/** Sends the packets of a capture through one translator, with the capture's timestamps as the clock. */
export class CaptureTranslation {
  readonly #sink = new CaptureSink();
  readonly #translator: Translator;
  readonly #arena = new PacketArena(ARENA_BYTES);
  readonly #line: (line: TranslateLine) => void;
  #index = 0;
  #startMs = 0;
  #nowMs: number | undefined;

  /** @throws RangeError where the options contradict themselves */
  constructor(options: TranslatorOptions, line: (line: TranslateLine) => void) {
    this.#translator = createTranslator(options, this.#sink, new TranslatorCounters());
    this.#line = line;
  }

  get output(): RawIpCapture {
    return this.#sink.capture;
  }

  /** Packets that run back in time are taken at the time of the latest before them. */
  packet({ timeMs, ip, cutOff }: CapturedPacket): void {
    if (this.#nowMs === undefined) {
      this.#startMs = timeMs;
      this.#nowMs = timeMs;
    }
    const nowMs = Math.max(this.#nowMs, timeMs);
    this.#passTime(this.#nowMs, nowMs);
    const index = this.#index++;
    if (ip === undefined) return this.#line({ index, verdict: 'dropped', counter: 'dropBadHeader', out: [] });
    const room = ARENA_BYTES - HEADROOM - TAILROOM;
    if (cutOff || ip.length > room) return this.#line({ index, verdict: 'dropped', counter: 'dropTruncated', out: [] });
    this.#arena.bytes.set(ip, HEADROOM);
    const offload: PacketOffload = { partialChecksum: false, gsoType: GSO_NONE, gsoSize: 0 };
    const before = this.output.count;
    const verdict = this.#translator.process(this.#arena, HEADROOM, ip.length, offload, nowMs - this.#startMs);
    const counter = COUNTERS[this.#translator.lastReason]?.name;
    const name = VERDICT_NAMES.get(verdict) ?? String(verdict);
    this.#line({ index, verdict: name, ...(counter === undefined ? {} : { counter }), out: this.#since(before) });
  }

  /** Lets `restMs` pass after the last packet, so that what waits for its timer comes out. */
  finish(restMs: number): void {
    if (this.#nowMs !== undefined) this.#passTime(this.#nowMs, this.#nowMs + restMs);
  }

  #passTime(fromMs: number, toMs: number): void {
    const step = Math.max(TICK_MS, (toMs - fromMs) / STEPS_OF_A_PAUSE);
    for (let at = fromMs + step; at < toMs; at += step) this.#tick(at);
    if (toMs > fromMs) this.#tick(toMs);
    this.#nowMs = toMs;
    this.#sink.timeMs = toMs;
  }

  #tick(atMs: number): void {
    const before = this.output.count;
    this.#sink.timeMs = atMs;
    while (this.#translator.tick(atMs - this.#startMs, TICK_BUDGET));
    const out = this.#since(before);
    if (out.length > 0) this.#line({ timer: true, out });
  }

  #since(before: number): number[] {
    return Array.from({ length: this.output.count - before }, (_, index) => before + index);
  }
}
