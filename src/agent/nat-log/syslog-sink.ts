import { readFileSync } from 'node:fs';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { SyslogSinkConfig } from '../../cluster/nat-log-schema.ts';
import { NAT_EVENT_SIZE } from '../../translator/nat64/nat-events.ts';
import { writeBytes, writeNumber } from './byte-text.ts';
import { type Chunk, ChunkQueue } from './chunk-queue.ts';
import type { ChunkSender } from './chunk-sender.ts';
import { DatagramSender } from './datagram-sender.ts';
import { type LineEncoder, MAX_LINE } from './line-encoder.ts';
import type { LogIdentity, LogSource } from './log-source.ts';
import { LossCounts } from './loss-counts.ts';
import type { Sink, SinkStatus } from './sink.ts';
import { StreamSender } from './stream-sender.ts';

const MIB = 2 ** 20;
/** RFC 5424 table 2: informational. */
const SEVERITY = 6;
const PORT = 514;
const TLS_PORT = 6514;
/** The length of a message, and a space (RFC 6587 section 3.4.1): three or four digits. */
const SHORT_PREFIX = 4;
const SPACE = 0x20;
const TIME = '{"time":"';
const TIME_LENGTH = '2026-01-01T00:00:00.000Z'.length;

export interface SyslogSinkWorld {
  readonly identity: LogIdentity;
  readonly encoder: LineEncoder;
  readonly now: () => number;
}

/**
 * A syslog server: each line is an RFC 5424 message, in a datagram (RFC 5426) or with octet counting (RFC 6587; with
 * TLS, RFC 5425).
 */
export class SyslogSink implements Sink {
  readonly name: string;
  readonly #options: SyslogSinkConfig;
  readonly #world: SyslogSinkWorld;
  readonly #queue: ChunkQueue;
  readonly #losses: LossCounts;
  readonly #sender: ChunkSender;
  /** Parts before the time of a message, and between it and the line. */
  readonly #head: Uint8Array;
  readonly #middle: Uint8Array;

  constructor(name: string, options: SyslogSinkConfig, world: SyslogSinkWorld) {
    this.name = name;
    this.#options = options;
    this.#world = world;
    this.#queue = new ChunkQueue(options.queue * MIB);
    this.#losses = new LossCounts(world.identity, world.now);
    this.#head = Buffer.from(`<${options.facility * 8 + SEVERITY}>1 `, 'latin1');
    this.#middle = Buffer.from(` ${world.identity.node} isthmus ${process.pid} natlog - `, 'latin1');
    this.#sender = this.#openSender();
  }

  add(source: LogSource, view: DataView, bytes: Uint8Array, offset: number, count: number, lost: number): void {
    this.#losses.add('ring', lost);
    const nowMs = this.#world.now();
    for (let event = offset; event < offset + count * NAT_EVENT_SIZE; event += NAT_EVENT_SIZE) {
      const chunk = this.#queue.reserve(4 * MAX_LINE, nowMs);
      if (chunk === undefined) {
        this.#losses.add('queue', 1);
        continue;
      }
      if (this.#losses.unreported) this.#writeObject(chunk, this.#losses.tell());
      this.#write(chunk, (at) => this.#world.encoder.write(chunk.bytes, at, source, view, event, bytes));
    }
  }

  note(line: object): void {
    const text = Buffer.from(`${JSON.stringify(line)}\n`);
    const chunk = this.#queue.reserve(text.length + MAX_LINE, this.#world.now());
    if (chunk === undefined) this.#losses.add('queue', 1);
    else this.#write(chunk, (at) => writeBytes(chunk.bytes, at, text));
  }

  tick(nowMs: number): void {
    this.#sender.tick(nowMs);
  }

  status(): SinkStatus {
    const { problem, lines, bytes } = this.#sender;
    const { server, transport } = this.#options;
    const target = `${server} port ${this.#port} (${transport})`;
    const losses = this.#losses.list();
    return { name: this.name, kind: 'syslog', target, problem, lines, bytes, waiting: this.#queue.bytes, losses };
  }

  close(limitMs: number): Promise<void> {
    return this.#sender.close(limitMs);
  }

  get #port(): number {
    const { port, transport } = this.#options;
    return port ?? (transport === 'tls' ? TLS_PORT : PORT);
  }

  #writeObject(chunk: Chunk, line: object): void {
    const text = `${JSON.stringify(line)}\n`;
    this.#write(chunk, (at) => at + new TextEncoder().encodeInto(text, chunk.bytes.subarray(at)).written);
  }

  /** Writes one message. @param writeLine writes the line with its newline, and returns the end offset */
  #write(chunk: Chunk, writeLine: (at: number) => number): void {
    const { bytes, length: begin } = chunk;
    const start = begin + SHORT_PREFIX;
    const time = writeBytes(bytes, start, this.#head);
    const line = writeBytes(bytes, time + TIME_LENGTH, this.#middle);
    const end = writeLine(line);
    if (end === line) return;
    // Lines begin with their time.
    bytes.copyWithin(time, line + TIME.length, line + TIME.length + TIME_LENGTH);
    const length = end - 1 - start;
    // Each threshold adds a digit to the length.
    const shift = Number(length >= 1000) + Number(length >= 10_000) + Number(length >= 100_000);
    if (shift > 0) bytes.copyWithin(start + shift, start, end - 1);
    bytes[writeNumber(bytes, begin, length)] = SPACE;
    this.#queue.commit(chunk, start + shift + length - begin, 1);
  }

  #openSender(): ChunkSender {
    const { server: address, transport } = this.#options;
    const { now } = this.#world;
    const port = this.#port;
    const prepare = (): void => undefined;
    const nothing = new Uint8Array();
    if (transport === 'udp') {
      const world = { address, port, frame, prepare, preamble: () => nothing, now };
      return new DatagramSender(this.#queue, this.#losses, world);
    }
    const open = (): Socket => (transport === 'tls' ? this.#openTls() : connectTcp({ host: address, port }));
    const ready = transport === 'tls' ? 'secureConnect' : 'connect';
    return new StreamSender(this.#queue, { open, ready, prepare, forget: prepare, preamble: () => nothing, now });
  }

  /** Files are read for each connection, because certificates are replaced. @throws file system errors */
  #openTls(): Socket {
    const { server: host, ca, serverName } = this.#options;
    return connectTls({
      host,
      port: this.#port,
      minVersion: 'TLSv1.2',
      ...(ca === undefined ? {} : { ca: readFileSync(ca) }),
      ...(serverName === undefined ? {} : { servername: serverName }),
    });
  }
}

/** A message without its length prefix. */
function frame({ bytes }: Chunk, at: number): { start: number; end: number } {
  let start = at;
  let length = 0;
  for (; bytes[start] !== SPACE; start++) length = length * 10 + bytes[start] - 0x30;
  return { start: start + 1, end: start + 1 + length };
}
