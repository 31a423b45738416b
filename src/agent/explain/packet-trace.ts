import { setTimeout as delay } from 'node:timers/promises';
import { UNIT_COUNTERS } from '../../dataplane/shard-unit.ts';
import type { TracedBytes, TracedPacket, TracePage, TraceQuestion } from '../../dataplane/packet-trace.ts';
import * as ip from '../../net/ip-headers.ts';
import { parseIpv4 } from '../../net/ipv4-address.ts';
import { parseIpv6 } from '../../net/ipv6-address.ts';
import { EVERYTHING } from '../../translator/nat64/tables/table-filter.ts';
import { PROTOCOL_NAMES } from '../../translator/nat64/tables/table-rows.ts';
import type { TablePage, TableQuery } from '../../translator/nat64/tables/table-query.ts';
import type { TranslatorOptions } from '../../translator/options.ts';
import { EmbeddingPrefix } from '../../translator/rfc6052.ts';
import { Verdict } from '../../translator/translator.ts';
import { ControlError } from '../control/control-error.ts';
import type { TracedBytesMessage, TracedPacketMessage, TraceReply, TraceRequest } from '../control/messages.ts';
import { stepsOf } from './explain-nat64.ts';
import { fixedAddressOf } from './explain-siit.ts';
import { type ExplainedPacket, summaryOf } from './explained-packet.ts';
import type { ExplainedNode } from './explanation.ts';

/** Polling interval of the workers. */
const ASK_MS = 200;
const MOST_PACKETS = 1_000_000;
const MOST_SECONDS = 3600;
const LARGEST = 65_535;
/** Minimum capture length: covers every header that is parsed. */
const LEAST_SNAP = 128;

/** An instance that supports tracing. */
export interface TracedSource {
  readonly name: string;
  readonly options: TranslatorOptions;
  /** State of the fast path; empty: not configured. */
  readonly fastPathState: string;
  query(query: TableQuery): Promise<TablePage>;
  trace(question: TraceQuestion): Promise<readonly TracePage[]>;
  endTrace(trace: number): Promise<void>;
}

export interface TraceWorld {
  readonly nodeOf: ExplainedNode['nodeOf'];
  /** The time of day, milliseconds since 1970. */
  readonly now: () => number;
  readonly pause?: (ms: number, stopped: AbortSignal) => Promise<void>;
}

type Words = readonly [number, number, number, number];

let lastTrace = 0;

/**
 * Yields the next packets of a client and their processing, until the limit or time is reached, or the reader leaves.
 * @throws ControlError
 */
export async function* tracePackets(
  sources: readonly TracedSource[],
  request: TraceRequest,
  { nodeOf, now, pause = sleep }: TraceWorld,
  stopped: AbortSignal,
): AsyncGenerator<TraceReply> {
  const trace = ++lastTrace;
  const traced = sources.map((source) => ({ source, question: questionOf(request, source.options, trace) }));
  const endsMs = now() + 1000 * request.seconds;
  let left = request.packets;
  try {
    // First no new sessions of the client settle; then settled ones are removed from the fast path.
    for (const { source, question } of traced) await source.trace(question);
    const notes = await Promise.all(traced.map(({ source, question }) => leaveFastPath(source, question)));
    yield { packets: [], skipped: 0, notes: notes.flat() };
    while (!stopped.aborted && left > 0 && now() < endsMs) {
      const pages = await Promise.all(
        traced.map(async ({ source, question }) => ({ source, pages: await source.trace(question) })),
      );
      const nowMs = now();
      const packets = pages
        .flatMap(({ source, pages: all }) =>
          all.flatMap((page) => page.packets.map((packet) => messageOf(source, nodeOf, nowMs, packet))),
        )
        .sort((one, other) => one.time - other.time)
        .slice(0, left);
      const skipped = pages.flatMap((one) => one.pages).reduce((sum, page) => sum + page.skipped, 0);
      left -= packets.length + skipped;
      if (packets.length > 0 || skipped > 0) yield { packets, skipped, notes: [] };
      if (left > 0) await pause(ASK_MS, stopped);
    }
  } finally {
    // A worker that has ended traces no more.
    await Promise.allSettled(sources.map((source) => source.endTrace(trace)));
  }
}

/** Ends early when the reader leaves. */
async function sleep(ms: number, stopped: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal: stopped }).catch((error: unknown) => {
    if (!stopped.aborted) throw error;
  });
}

function questionOf(request: TraceRequest, options: TranslatorOptions, trace: number): TraceQuestion {
  const { client, remote, packets, seconds, snapLength, explain } = request;
  const bytes = parseIpv6(client);
  if (bytes === undefined) throw new ControlError(`${client} is not an IPv6 address; such as 2001:db8::1`);
  within('packets', packets, 1, MOST_PACKETS);
  within('seconds', seconds, 1, MOST_SECONDS);
  within('bytes of each packet', snapLength, LEAST_SNAP, LARGEST);
  const ends = remote === '' ? { remote4: 0, remotes6: [] } : remoteOf(remote, options);
  const client4 = options.kind === 'siit' ? (fixedAddressOf(options, bytes) ?? 0) : 0;
  return { trace, client: wordsOf(bytes), client4, ...ends, packets, snapLength, explain };
}

function within(what: string, value: number, least: number, most: number): void {
  if (value < least || value > most)
    throw new ControlError(`a trace cannot have ${value} ${what}; ${least} to ${most} it can`);
}

function remoteOf(text: string, { pool6 }: TranslatorOptions): Pick<TraceQuestion, 'remote4' | 'remotes6'> {
  const prefixes = pool6.map((prefix) => new EmbeddingPrefix(prefix));
  const six = parseIpv6(text);
  const embedding = six === undefined ? undefined : prefixes.find((prefix) => prefix.contains(six, 0));
  if (six !== undefined) {
    // In a stateless instance the remote host may have an address mapping.
    return { remote4: embedding?.extract(six, 0) ?? 0, remotes6: [wordsOf(six)] };
  }
  const remote4 = parseIpv4(text);
  if (remote4 === undefined)
    throw new ControlError(`${text} is neither an IPv4 nor an IPv6 address; such as 192.0.2.1`);
  const remotes6 = prefixes.map((prefix) => {
    const bytes = new Uint8Array(16);
    prefix.embed(remote4, bytes, 0);
    return wordsOf(bytes);
  });
  return { remote4, remotes6 };
}

function wordsOf(bytes: Uint8Array): Words {
  const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
  return [view.getUint32(0), view.getUint32(4), view.getUint32(8), view.getUint32(12)];
}

/** @returns a note for the reader about packets that are not traced */
async function leaveFastPath(source: TracedSource, { client }: TraceQuestion): Promise<string[]> {
  const { name, options, fastPathState } = source;
  if (!fastPathState.startsWith('on ')) return [];
  if (options.kind === 'siit')
    return [`instance ${name} is stateless and has a fast path: packets that take it are not shown`];
  const filter = { ...EVERYTHING, client, clientLength: 128 };
  for (let from = 0; from >= 0;) {
    ({ next: from } = await source.query({ table: 'sessions', filter, from, what: 'slow' }));
  }
  return [`the sessions of the client in instance ${name} leave the fast path for the time of the trace`];
}

const VERDICTS: ReadonlyMap<number, string> = new Map(Object.entries(Verdict).map(([name, value]) => [value, name]));

function messageOf(
  { name, options }: TracedSource,
  nodeOf: ExplainedNode['nodeOf'],
  nowMs: number,
  { ageMs, before, after, verdict, reason, counted, preview }: TracedPacket,
): TracedPacketMessage {
  const arrived = bytesMessage(before);
  const explained = explainedOf(arrived);
  const steps =
    preview === undefined || explained === undefined || options.kind !== 'nat64'
      ? []
      : stepsOf(preview, name, options, { nodeOf }, explained);
  return {
    time: nowMs - ageMs,
    instance: name,
    direction: (arrived.content[0] ?? 0) >>> 4 === 6 ? '6to4' : '4to6',
    verdict: VERDICTS.get(verdict) ?? '',
    counter: UNIT_COUNTERS[reason]?.name ?? '',
    steps,
    counted: counted.flatMap(({ index, by }) => {
      const counter = UNIT_COUNTERS[index];
      return counter === undefined ? [] : [{ name: counter.name, kind: counter.kind, help: counter.help, value: by }];
    }),
    before: arrived,
    after: after.map(bytesMessage),
  };
}

function bytesMessage({ bytes, length }: TracedBytes): TracedBytesMessage {
  // Truncated packets are zero-padded for parsing.
  const whole = new Uint8Array(Math.max(bytes.length, LEAST_SNAP));
  whole.set(bytes);
  return { content: bytes, length, summary: { ...summaryOf(whole), length }, protocol: protocolOf(whole) };
}

/** For packets without extension headers, or with a fragment header only. */
function protocolOf(bytes: Uint8Array): string {
  const six = (bytes[0] ?? 0) >>> 4 === 6;
  const first = bytes[six ? ip.IPV6_NEXT_HEADER : ip.IPV4_PROTOCOL] ?? 0;
  const number = first === ip.PROTOCOL_FRAGMENT ? (bytes[ip.IPV6_HEADER] ?? 0) : first;
  return PROTOCOL_NAMES.get(number === ip.PROTOCOL_ICMPV6 ? ip.PROTOCOL_ICMP : number) ?? String(number);
}

/** In the form of an operator's query. */
function explainedOf({ summary, protocol }: TracedBytesMessage): ExplainedPacket | undefined {
  if (summary === undefined) return undefined;
  const { source, sourcePort, destination, destinationPort, hopLimit } = summary;
  const fields = { protocol, source, sourcePort, destination, destinationPort, payload: 0, hopLimit };
  const [from6, to6] = [parseIpv6(source), parseIpv6(destination)];
  if (from6 && to6) return { ...fields, family: 6, from6, to6 };
  const [from4, to4] = [parseIpv4(source), parseIpv4(destination)];
  return from4 === undefined || to4 === undefined ? undefined : { ...fields, family: 4, from4, to4 };
}
