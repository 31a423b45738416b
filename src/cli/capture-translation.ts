import { type CapturedPacket, type CaptureTime, RawIpCapture } from '../net/capture-file.ts';
import { GSO_NONE, type PacketOffload } from '../net/offload.ts';
import { PacketArena } from '../net/packet-arena.ts';
import { COUNTERS, TranslatorCounters } from '../translator/counters.ts';
import { createTranslator } from '../translator/create.ts';
import { Nat64Translator } from '../translator/nat64/nat64-translator.ts';
import { SESSION_RECORD_SIZE } from '../translator/nat64/records/session-record.ts';
import type { TranslatorOptions } from '../translator/options.ts';
import { HEADROOM, type PacketSink, TAILROOM, type Translator, Verdict } from '../translator/translator.ts';

/** No IP packet is larger; a capture's link layer padding may follow it. */
const ARENA_BYTES = 256 * 1024;
const TICK_BUDGET = 100_000;
/** Records taken at once. */
const RECORDS = 1024;
/** Time between two looks at the timers while the capture is silent. */
const TICK_MS = 100;
/** A pause longer than this is passed in larger steps, so that a capture with a gap of years ends. */
const STEPS_OF_A_PAUSE = 100_000;

const VERDICT_NAMES = new Map<number, string>(Object.entries(Verdict).map(([name, value]) => [value, name]));

/** What became of a packet, or what a timer sent. Indexes are those of the packets in the output. */
export type TranslateLine =
  | { readonly index: number; readonly verdict: string; readonly counter?: string; readonly out: readonly number[] }
  | { readonly timer: true; readonly out: readonly number[] };

/** Nanoseconds of a run stay exact in a float64 of milliseconds for months; those since 1970 would not. */
class CaptureClock {
  readonly #start: CaptureTime;

  constructor(start: CaptureTime) {
    this.#start = start;
  }

  /** Milliseconds since the start. */
  elapsed({ seconds, nanoseconds }: CaptureTime): number {
    return (seconds - this.#start.seconds) * 1000 + (nanoseconds - this.#start.nanoseconds) / 1e6;
  }

  at(elapsedMs: number): CaptureTime {
    const nanoseconds = this.#start.nanoseconds + Math.round(elapsedMs * 1e6);
    const seconds = Math.floor(nanoseconds / 1e9);
    return { seconds: this.#start.seconds + seconds, nanoseconds: nanoseconds - seconds * 1e9 };
  }
}

class CaptureSink implements PacketSink {
  readonly capture: RawIpCapture;
  time: CaptureTime = { seconds: 0, nanoseconds: 0 };

  constructor(nanoseconds: boolean) {
    this.capture = new RawIpCapture(nanoseconds);
  }

  emit(arena: PacketArena, offset: number, length: number, _offload: PacketOffload): void {
    this.capture.add(arena.bytes.subarray(offset, offset + length), this.time);
  }
}

/** Sends the packets of a capture through one translator, with the capture's timestamps as the clock. */
export class CaptureTranslation {
  readonly #sink: CaptureSink;
  readonly #translator: Translator;
  /**
   * Of a gateway, the records that go to other nodes; here nobody reads them, but what has ended is freed when they are
   * written.
   */
  readonly #records = new Uint8Array(RECORDS * SESSION_RECORD_SIZE);
  readonly #arena = new PacketArena(ARENA_BYTES);
  readonly #line: (line: TranslateLine) => void;
  #index = 0;
  #clock: CaptureClock | undefined;
  #nowMs = 0;

  /**
   * @param nanoseconds whether the output's times are that fine, or microseconds
   * @throws RangeError where the options contradict themselves
   */
  constructor(options: TranslatorOptions, nanoseconds: boolean, line: (line: TranslateLine) => void) {
    this.#sink = new CaptureSink(nanoseconds);
    const unlimited = { ...options, icmpErrorsPerSecond: Number.POSITIVE_INFINITY };
    this.#translator = createTranslator(unlimited, this.#sink, new TranslatorCounters());
    this.#line = line;
  }

  get output(): RawIpCapture {
    return this.#sink.capture;
  }

  /** Packets that run back in time are taken at the time of the latest before them. */
  packet({ time, ip, cutOff }: CapturedPacket): void {
    this.#clock ??= new CaptureClock(time);
    this.#passTime(this.#clock, Math.max(this.#nowMs, this.#clock.elapsed(time)));
    const index = this.#index++;
    if (ip === undefined) return this.#line({ index, verdict: 'dropped', counter: 'dropBadHeader', out: [] });
    const room = ARENA_BYTES - HEADROOM - TAILROOM;
    if (cutOff || ip.length > room) return this.#line({ index, verdict: 'dropped', counter: 'dropTruncated', out: [] });
    this.#arena.bytes.set(ip, HEADROOM);
    const offload: PacketOffload = { partialChecksum: false, gsoType: GSO_NONE, gsoSize: 0 };
    const before = this.output.count;
    const verdict = this.#translator.process(this.#arena, HEADROOM, ip.length, offload, this.#nowMs);
    const counter = COUNTERS[this.#translator.lastReason]?.name;
    const name = VERDICT_NAMES.get(verdict) ?? String(verdict);
    this.#line({ index, verdict: name, ...(counter === undefined ? {} : { counter }), out: this.#since(before) });
  }

  /** Lets `restMs` pass after the last packet, so that what waits for its timer comes out. */
  finish(restMs: number): void {
    if (this.#clock !== undefined) this.#passTime(this.#clock, this.#nowMs + restMs);
  }

  /** Ticks as a gateway would, and besides at the very times at which something will be sent. */
  #passTime(clock: CaptureClock, untilMs: number): void {
    const step = Math.max(TICK_MS, (untilMs - this.#nowMs) / STEPS_OF_A_PAUSE);
    while (this.#nowMs < untilMs) {
      const due = Math.max(this.#nowMs, this.#translator.nextEmissionMs());
      this.#nowMs = Math.min(this.#nowMs + step, due, untilMs);
      this.#tick(clock);
    }
    this.#nowMs = untilMs;
    this.#sink.time = clock.at(untilMs);
  }

  #tick(clock: CaptureClock): void {
    const before = this.output.count;
    this.#sink.time = clock.at(this.#nowMs);
    while (this.#translator.tick(this.#nowMs, TICK_BUDGET));
    if (this.#translator instanceof Nat64Translator) {
      while (this.#translator.takeRecords(this.#records, 0, RECORDS, this.#nowMs) === RECORDS);
    }
    const out = this.#since(before);
    if (out.length > 0) this.#line({ timer: true, out });
  }

  #since(before: number): number[] {
    return Array.from({ length: this.output.count - before }, (_, index) => before + index);
  }
}
