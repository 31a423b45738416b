import { type CapturedPacket, type CaptureTime, RawIpCapture } from '../net/capture-file.ts';
import { GSO_NONE, type PacketOffload } from '../net/offload.ts';
import { PacketArena } from '../net/packet-arena.ts';
import { COUNTERS, TranslatorCounters } from '../translator/counters.ts';
import { createTranslator } from '../translator/create.ts';
import { Nat64Translator } from '../translator/nat64/nat64-translator.ts';
import { SESSION_RECORD_SIZE } from '../translator/nat64/records/session-record.ts';
import type { TranslatorOptions } from '../translator/options.ts';
import { HEADROOM, type PacketSink, TAILROOM, type Translator, Verdict } from '../translator/translator.ts';

/** Larger than any IP packet with link layer padding after it. */
const ARENA_BYTES = 256 * 1024;
const TICK_BUDGET = 100_000;
/** Records drained at once. */
const RECORDS = 1024;
/** Interval of timer ticks during pauses of the capture. */
const TICK_MS = 100;
/** Longer pauses use larger steps, so that a capture with a gap of years can be processed. */
const STEPS_OF_A_PAUSE = 100_000;

const VERDICT_NAMES = new Map<number, string>(Object.entries(Verdict).map(([name, value]) => [value, name]));

/** Result of a packet, or of a timer. Indexes are those of packets in the output. */
export type TranslateLine =
  | { readonly index: number; readonly verdict: string; readonly counter?: string; readonly out: readonly number[] }
  | { readonly timer: true; readonly out: readonly number[] };

/**
 * Time relative to the start: nanoseconds stay exact in a float64 of milliseconds for months, which those since 1970
 * would not.
 */
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

/** Sends the packets of a capture through one translator, with the capture's timestamps as clock. */
export class CaptureTranslation {
  readonly #sink: CaptureSink;
  readonly #translator: Translator;
  /** Records for other nodes, drained because ended sessions are freed when their records are written. */
  readonly #records = new Uint8Array(RECORDS * SESSION_RECORD_SIZE);
  readonly #arena = new PacketArena(ARENA_BYTES);
  readonly #line: (line: TranslateLine) => void;
  #index = 0;
  #clock: CaptureClock | undefined;
  #nowMs = 0;

  /**
   * @param nanoseconds resolution of the output's times; else microseconds
   * @throws RangeError if the options contradict each other
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

  /** Packets with decreasing timestamps are processed at the latest earlier time. */
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

  /** Lets `restMs` pass after the last packet, for pending timers. */
  finish(restMs: number): void {
    if (this.#clock !== undefined) this.#passTime(this.#clock, this.#nowMs + restMs);
  }

  /** Ticks like a gateway, and also exactly when a packet is due to be sent. */
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
