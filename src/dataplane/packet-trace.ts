import type { PacketOffload } from '../net/offload.ts';
import type { PacketArena } from '../net/packet-arena.ts';
import type { Preview } from '../translator/nat64/preview/preview.ts';
import type { PacketProcessor, Translator, Verdict } from '../translator/translator.ts';
import { storesSessions, type SessionTranslator } from './session-translator.ts';
import type { TunSink } from './tun-sink.ts';

/** Limits of packets and bytes queued for the agent; further packets are skipped and counted. */
const WAITING_PACKETS = 1024;
const WAITING_BYTES = 4 * 1024 * 1024;
/** A trace ends when the agent has not polled for this long. Milliseconds. */
const LEASE_MS = 10_000;
/** Maximum packet size. */
const LARGEST = 65_536;

/** Which packets are traced, and how much of each is captured. */
export interface TraceQuestion {
  /** Name of the trace; the first request with a name starts it. */
  readonly trace: number;
  /** The IPv6 client, as four words. */
  readonly client: readonly [number, number, number, number];
  /** The client's static IPv4 address; 0: none. */
  readonly client4: number;
  /** The remote host in IPv4 and as seen by the client, as words; none: any. */
  readonly remote4: number;
  readonly remotes6: readonly (readonly [number, number, number, number])[];
  /** Maximum number of packets. */
  readonly packets: number;
  /** Maximum number of bytes captured per packet. */
  readonly snapLength: number;
  /** Whether to record the decisions made for each packet. */
  readonly explain: boolean;
}

export interface TracedBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Length on the wire; larger than `bytes` if truncated. */
  readonly length: number;
}

export interface TracedPacket {
  /** Age, milliseconds. */
  readonly ageMs: number;
  readonly before: TracedBytes;
  /** Packets sent while it was translated: none, itself, its fragments, or an ICMP error. */
  readonly after: readonly TracedBytes[];
  readonly verdict: Verdict;
  /** Counter that names the reason, or -1. */
  readonly reason: number;
  /** Counters that changed, in the order of UNIT_COUNTERS, and by how much. */
  readonly counted: readonly { readonly index: number; readonly by: number }[];
  /** Prediction made before translation; absent: not requested, or the client was not known by then. */
  readonly preview: Preview | undefined;
}

export interface TracePage {
  readonly packets: readonly TracedPacket[];
  readonly skipped: number;
  /** The maximum number of packets has been reached. */
  readonly isComplete: boolean;
}

interface Entry extends Omit<TracedPacket, 'ageMs'> {
  readonly atMs: number;
}

class ActiveTrace {
  readonly question: TraceQuestion;
  entries: Entry[] = [];
  bytes = 0;
  skipped = 0;
  left: number;
  askedMs: number;

  constructor(question: TraceQuestion, nowMs: number) {
    this.question = question;
    this.left = question.packets;
    this.askedMs = nowMs;
  }
}

/**
 * Wraps a translator to record the packets of one client while a trace runs; otherwise it costs one comparison per
 * packet. A packet belongs to the client if it comes from its address, goes to its mapping, or leaves towards it. A
 * traced client's sessions do not use the fast path.
 */
export class PacketTrace implements PacketProcessor {
  readonly #translator: Translator;
  readonly #sessions: SessionTranslator | undefined;
  readonly #sink: Pick<TunSink, 'tap' | 'mayKeep'>;
  readonly #counters: () => readonly number[];
  #active: ActiveTrace | undefined;
  #before: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  #after: TracedBytes[] = [];

  /** @param counters in the order of UNIT_COUNTERS */
  constructor(translator: Translator, sink: Pick<TunSink, 'tap' | 'mayKeep'>, counters: () => readonly number[]) {
    this.#translator = translator;
    this.#sessions = storesSessions(translator) ? translator : undefined;
    this.#sink = sink;
    this.#counters = counters;
  }

  process(arena: PacketArena, offset: number, length: number, offload: PacketOffload, nowMs: number): Verdict {
    if (this.#active === undefined) return this.#translator.process(arena, offset, length, offload, nowMs);
    return this.#traced(this.#active, arena, offset, length, offload, nowMs);
  }

  /** Packets traced since the previous request. @throws RangeError while another trace runs */
  take(question: TraceQuestion, nowMs: number): TracePage {
    const active = this.#activeFor(question, nowMs);
    const { entries, skipped, left } = active;
    active.askedMs = nowMs;
    active.entries = [];
    active.bytes = 0;
    active.skipped = 0;
    const packets = entries.map(({ atMs, before, after, verdict, reason, counted, preview }) => ({
      ageMs: nowMs - atMs,
      before,
      after,
      verdict,
      reason,
      counted,
      preview,
    }));
    return { packets, skipped, isComplete: left === 0 };
  }

  /** Ends this trace. */
  end(trace: number): void {
    if (this.#active?.question.trace === trace) this.#stop();
  }

  #activeFor(question: TraceQuestion, nowMs: number): ActiveTrace {
    const active = this.#active;
    if (active?.question.trace === question.trace) return active;
    if (active !== undefined && nowMs - active.askedMs <= LEASE_MS)
      throw new RangeError('a client of this instance is being traced already; end that trace first');
    const fresh = new ActiveTrace(question, nowMs);
    this.#active = fresh;
    this.#before = new Uint8Array(LARGEST);
    this.#sessions?.keepFromFastPath(question.client);
    return fresh;
  }

  #stop(): void {
    this.#active = undefined;
    this.#before = new Uint8Array(0);
    this.#sessions?.keepFromFastPath(undefined);
  }

  #traced(
    active: ActiveTrace,
    arena: PacketArena,
    offset: number,
    length: number,
    offload: PacketOffload,
    nowMs: number,
  ): Verdict {
    const { question } = active;
    if (nowMs - active.askedMs > LEASE_MS) {
      this.#stop();
      return this.#translator.process(arena, offset, length, offload, nowMs);
    }
    const expected = this.#isExpected(question, arena, offset, length);
    const preview =
      expected && question.explain
        ? this.#sessions?.preview(arena.bytes.slice(offset, offset + length), nowMs, offload)
        : undefined;
    this.#before.set(arena.bytes.subarray(offset, offset + length));
    const counters = this.#counters();
    this.#after = [];
    // Emitted packets must be written at once so that the trace sees them.
    this.#sink.mayKeep = false;
    this.#sink.tap = (out, at, size) => {
      this.#after.push(cut(out.bytes.subarray(at, at + size), question.snapLength));
    };
    const verdict = this.#translator.process(arena, offset, length, offload, nowMs);
    this.#sink.tap = undefined;
    const after = this.#after;
    if (!expected && !(isUnrestricted(question) && after.some((one) => leadsTo(question, one.bytes)))) return verdict;
    const before = cut(this.#before.subarray(0, length), question.snapLength);
    const counted = changed(counters, this.#counters());
    const { lastReason: reason } = this.#translator;
    this.#note(active, { atMs: nowMs, before, after, verdict, reason, counted, preview });
    return verdict;
  }

  #note(active: ActiveTrace, entry: Entry): void {
    if (active.left === 0) return;
    active.left -= 1;
    const bytes = entry.after.reduce((sum, one) => sum + one.bytes.length, entry.before.bytes.length);
    if (active.entries.length >= WAITING_PACKETS || active.bytes + bytes > WAITING_BYTES) {
      active.skipped += 1;
      return;
    }
    active.bytes += bytes;
    active.entries.push(entry);
  }

  /** Whether the packet belongs to the client, as far as that is known before translation. */
  #isExpected(question: TraceQuestion, { bytes, view }: PacketArena, offset: number, length: number): boolean {
    if (length < 20) return false;
    if (bytes[offset] >>> 4 === 6) {
      if (length < 40 || !isWords(view, offset + 8, question.client)) return false;
      return isUnrestricted(question) || question.remotes6.some((remote) => isWords(view, offset + 24, remote));
    }
    const [source, destination] = [view.getUint32(offset + 12), view.getUint32(offset + 16)];
    if (!isUnrestricted(question) && source !== question.remote4) return false;
    if (question.client4 !== 0 && destination === question.client4) return true;
    const client = this.#sessions?.clientBehind(bytes.subarray(offset, offset + length));
    return client !== undefined && question.client.every((word, index) => word === client[index]);
  }
}

function isUnrestricted({ remote4, remotes6 }: TraceQuestion): boolean {
  return remote4 === 0 && remotes6.length === 0;
}

function isWords(view: DataView, at: number, words: readonly number[]): boolean {
  return words.every((word, index) => view.getUint32(at + 4 * index) === word);
}

/** An IPv6 packet to the client. */
function leadsTo({ client }: TraceQuestion, bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return bytes.length >= 40 && view.getUint8(0) >>> 4 === 6 && isWords(view, 24, client);
}

function cut(bytes: Uint8Array, snapLength: number): TracedBytes {
  return { bytes: bytes.slice(0, snapLength), length: bytes.length };
}

function changed(before: readonly number[], after: readonly number[]): TracedPacket['counted'] {
  return after.map((value, index) => ({ index, by: value - (before[index] ?? 0) })).filter(({ by }) => by > 0);
}
