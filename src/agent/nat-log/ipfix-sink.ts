import { connect } from 'node:net';
import type { IpfixSinkConfig } from '../../cluster/nat-log-schema.ts';
import { NAT_EVENT_SIZE } from '../../translator/nat64/nat-events.ts';
import { type Chunk, ChunkQueue } from './chunk-queue.ts';
import type { ChunkSender } from './chunk-sender.ts';
import { DatagramSender } from './datagram-sender.ts';
import { templateOf, writeRecord } from './ipfix-records.ts';
import { NOT_SENT, type Template, TEMPLATES, templateSets } from './ipfix-templates.ts';
import type { LogIdentity, LogSource } from './log-source.ts';
import { LossCounts } from './loss-counts.ts';
import type { Sink, SinkStatus } from './sink.ts';
import { StreamSender } from './stream-sender.ts';

const MIB = 2 ** 20;
const WORD = 2 ** 32;
const VERSION = 10;
const HEADER = 16;
const AT_LENGTH = 2;
const AT_EXPORT_TIME = 4;
const AT_SEQUENCE = 8;
const AT_DOMAIN = 12;
const SET_HEADER = 4;
/** Size of a message over TCP. */
const STREAM_MESSAGE = 16 * 1024;
const LARGEST_RECORD = Math.max(...TEMPLATES.map(({ size }) => size), NOT_SENT.size);
/** Interval of records about lost records: while losses occur, and otherwise. */
const LOSING_MS = 1000;
const LOST_MS = 60_000;

export interface IpfixSinkWorld {
  readonly cluster: string;
  readonly identity: LogIdentity;
  readonly now: () => number;
}

/** A message under construction; its length is written to its header when complete. */
interface OpenMessage {
  readonly chunk: Chunk;
  readonly view: DataView;
  at: number;
  set: number;
  template: Template | undefined;
  records: number;
}

/**
 * An IPFIX collector. The observation domain is the node's slot. Until a message is sent, its sequence number field
 * holds its number of records, because the sequence starts anew for each connection (RFC 7011 section 3.1).
 */
export class IpfixSink implements Sink {
  readonly name: string;
  readonly #options: IpfixSinkConfig;
  readonly #world: IpfixSinkWorld;
  readonly #queue: ChunkQueue;
  readonly #losses: LossCounts;
  readonly #sender: ChunkSender;
  readonly #limit: number;
  readonly #templates: Buffer;
  readonly #counted = new Map<Chunk, number[]>();
  #open: OpenMessage | undefined;
  #sequence = 0;
  #templatesMs = Number.NEGATIVE_INFINITY;
  /** Losses already reported in a record, and when. */
  #told = 0;
  #reportedMs = Number.NEGATIVE_INFINITY;

  constructor(name: string, options: IpfixSinkConfig, world: IpfixSinkWorld) {
    const { node, slot, epoch } = world.identity;
    this.name = name;
    this.#options = options;
    this.#world = world;
    this.#queue = new ChunkQueue(options.queue * MIB);
    this.#losses = new LossCounts(world.identity, world.now);
    this.#limit = options.transport === 'udp' ? options.maxMessage : STREAM_MESSAGE;
    this.#templates = templateSets(slot, `${world.cluster} ${node} epoch ${epoch}`);
    this.#sender = this.#openSender();
  }

  add(source: LogSource, view: DataView, _bytes: Uint8Array, offset: number, count: number, lost: number): void {
    this.#losses.add('ring', lost);
    for (let event = offset; event < offset + count * NAT_EVENT_SIZE; event += NAT_EVENT_SIZE) {
      const template = templateOf(view, event);
      if (template === undefined) continue;
      const message = this.#messageFor(template);
      if (message === undefined) {
        this.#losses.add('queue', 1);
        continue;
      }
      writeRecord(message.view, message.at, source, view, event);
      message.at += template.size;
      message.records += 1;
    }
  }

  note(): void {
    // IPFIX only has records for lost records, not for other notes about the log.
  }

  tick(nowMs: number): void {
    this.#tellLosses(nowMs);
    this.#endMessage();
    this.#sender.tick(nowMs);
  }

  status(): SinkStatus {
    const { problem, lines, bytes } = this.#sender;
    const { collector, port, transport } = this.#options;
    const target = `${collector} port ${port} (${transport})`;
    const losses = this.#losses.list();
    return { name: this.name, kind: 'ipfix', target, problem, lines, bytes, waiting: this.#queue.bytes, losses };
  }

  close(limitMs: number): Promise<void> {
    this.#endMessage();
    return this.#sender.close(limitMs);
  }

  /** Sequence numbers reveal losses in transit; records that never got one are reported in a record, periodically. */
  #tellLosses(nowMs: number): void {
    const lost = this.#losses.total;
    if (lost === 0 || nowMs - this.#reportedMs < (lost === this.#told ? LOST_MS : LOSING_MS)) return;
    const message = this.#messageFor(NOT_SENT);
    if (message === undefined) return;
    message.view.setUint32(message.at, process.pid);
    message.view.setUint32(message.at + 4, Math.floor(lost / WORD));
    message.view.setUint32(message.at + 8, lost % WORD);
    message.at += NOT_SENT.size;
    message.records += 1;
    this.#told = lost;
    this.#reportedMs = nowMs;
  }

  /** The message for the next record, with its set open; undefined: the queue is full. */
  #messageFor(template: Template): OpenMessage | undefined {
    let message = this.#open;
    if (message !== undefined && message.at + SET_HEADER + template.size > this.#limit + message.chunk.length) {
      this.#endMessage();
      message = undefined;
    }
    message ??= this.#beginMessage();
    if (message === undefined || message.template === template) return message;
    endSet(message);
    message.set = message.at;
    message.template = template;
    message.view.setUint16(message.at, template.id);
    message.at += SET_HEADER;
    return message;
  }

  #beginMessage(): OpenMessage | undefined {
    const chunk = this.#queue.reserve(this.#limit + LARGEST_RECORD, this.#world.now());
    if (chunk === undefined) return undefined;
    const { buffer, byteOffset, byteLength } = chunk.bytes;
    const view = new DataView(buffer, byteOffset, byteLength);
    this.#open = { chunk, view, at: chunk.length + HEADER, set: -1, template: undefined, records: 0 };
    return this.#open;
  }

  #endMessage(): void {
    const message = this.#open;
    if (message === undefined) return;
    this.#open = undefined;
    endSet(message);
    const { chunk, view, at, records } = message;
    const start = chunk.length;
    this.#writeHeader(view, start, at - start, records);
    const counts = this.#counted.get(chunk) ?? [];
    counts.push(records);
    this.#counted.set(chunk, counts);
    this.#queue.commit(chunk, at - start, records);
  }

  #writeHeader(view: DataView, start: number, length: number, sequence: number): void {
    view.setUint16(start, VERSION);
    view.setUint16(start + AT_LENGTH, length);
    view.setUint32(start + AT_EXPORT_TIME, Math.floor(this.#world.now() / 1000));
    view.setUint32(start + AT_SEQUENCE, sequence);
    view.setUint32(start + AT_DOMAIN, this.#world.identity.slot);
  }

  /** Sets sequence numbers in a chunk that is about to be sent. */
  #number(chunk: Chunk): void {
    const { buffer, byteOffset, byteLength } = chunk.bytes;
    const view = new DataView(buffer, byteOffset, byteLength);
    const counts = this.#counted.get(chunk) ?? [];
    let at = 0;
    for (const records of counts) {
      view.setUint32(at + AT_SEQUENCE, this.#sequence);
      this.#sequence = (this.#sequence + records) >>> 0;
      at += view.getUint16(at + AT_LENGTH);
    }
  }

  /** A message with all templates; options records count towards the sequence too. */
  #templateMessage(): Buffer {
    const message = Buffer.alloc(HEADER + this.#templates.length);
    this.#templates.copy(message, HEADER);
    this.#writeHeader(new DataView(message.buffer, message.byteOffset), 0, message.length, this.#sequence);
    this.#sequence = (this.#sequence + 1) >>> 0;
    return message;
  }

  #openSender(): ChunkSender {
    const { collector: address, port, transport, templateInterval } = this.#options;
    const { now } = this.#world;
    if (transport === 'udp') {
      const prepare = (chunk: Chunk): void => {
        this.#number(chunk);
        this.#counted.delete(chunk);
      };
      const preamble = (nowMs: number): Uint8Array => {
        if (nowMs - this.#templatesMs < templateInterval) return NOTHING;
        this.#templatesMs = nowMs;
        return this.#templateMessage();
      };
      return new DatagramSender(this.#queue, this.#losses, { address, port, frame, prepare, preamble, now });
    }
    const preamble = (): Uint8Array => {
      this.#sequence = 0;
      return this.#templateMessage();
    };
    return new StreamSender(this.#queue, {
      open: () => connect({ host: address, port }),
      ready: 'connect',
      prepare: (chunk) => this.#number(chunk),
      preamble,
      now,
      forget: (chunk) => this.#counted.delete(chunk),
    });
  }
}

const NOTHING = new Uint8Array();

function endSet({ set, at, view, template }: OpenMessage): void {
  if (template !== undefined) view.setUint16(set + 2, at - set);
}

function frame({ bytes }: Chunk, at: number): { start: number; end: number } {
  return { start: at, end: at + ((bytes[at + AT_LENGTH] << 8) | bytes[at + AT_LENGTH + 1]) };
}
