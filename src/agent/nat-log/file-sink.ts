import { type FileHandle, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileSinkConfig } from '../../cluster/nat-log-schema.ts';
import { NAT_EVENT_SIZE } from '../../translator/nat64/nat-events.ts';
import { type Chunk, ChunkQueue } from './chunk-queue.ts';
import { type LineEncoder, MAX_LINE } from './line-encoder.ts';
import type { LogIdentity, LogSource } from './log-source.ts';
import { LossCounts } from './loss-counts.ts';
import { createSegment, expired, listSegments, PLAIN, removeSegment, unfinished } from './segment-directory.ts';
import type { Sink, SinkStatus } from './sink.ts';

const MIB = 2 ** 20;
/** Bytes written at once; fewer wait for `LINGER_MS`. */
const WORTH_WRITING = 64 * 1024;
const LINGER_MS = 200;
/** Pause after a failed write. */
const RETRY_MS = 1000;
/** Interval of removing old files. */
const SWEEP_MS = 60_000;

export interface FileSinkWorld {
  /** Prefix of lines about the log itself, after the time. */
  readonly identity: LogIdentity;
  readonly directory: string;
  readonly encoder: LineEncoder;
  /** The time of day, milliseconds since 1970. */
  readonly now: () => number;
  /** A file was closed and may be indexed and compressed. Called again until that is done. */
  readonly onClosed: (path: string) => void;
  /** The first line of each file. */
  readonly opening: () => object;
  /** Files were removed early because of the total size limit. */
  readonly onTrimmed: (reason: string) => void;
}

interface OpenSegment {
  readonly file: FileHandle;
  readonly stem: string;
  readonly sinceMs: number;
  bytes: number;
  unsynced: boolean;
}

/**
 * Files of JSON lines. One asynchronous file operation at a time: a stalled disk blocks one of Node.js's file threads,
 * while lines wait in a bounded queue. A line that was written partially, on a full disk, is continued where it ended.
 */
export class FileSink implements Sink {
  readonly name: string;
  readonly #options: FileSinkConfig;
  readonly #world: FileSinkWorld;
  readonly #queue: ChunkQueue;
  readonly #losses: LossCounts;
  #segment: OpenSegment | undefined;
  /** Rest of a failed write, and how much of it is written. */
  #pending: { readonly chunk: Chunk; done: number } | undefined;
  #working: Promise<void> | undefined;
  #retryMs = 0;
  #syncedMs = 0;
  #sweptMs = 0;
  #problem = '';
  #lines = 0;
  #bytes = 0;

  constructor(name: string, options: FileSinkConfig, world: FileSinkWorld) {
    this.name = name;
    this.#options = options;
    this.#world = world;
    this.#queue = new ChunkQueue(options.queue * MIB);
    this.#losses = new LossCounts(world.identity, world.now);
  }

  add(source: LogSource, view: DataView, bytes: Uint8Array, offset: number, count: number, lost: number): void {
    this.#losses.add('ring', lost);
    const { encoder } = this.#world;
    const nowMs = this.#world.now();
    for (let event = offset; event < offset + count * NAT_EVENT_SIZE; event += NAT_EVENT_SIZE) {
      const chunk = this.#queue.reserve(2 * MAX_LINE, nowMs);
      if (chunk === undefined) {
        this.#losses.add('queue', 1);
        continue;
      }
      if (this.#losses.unreported) this.#writeObject(chunk, this.#losses.tell());
      const end = encoder.write(chunk.bytes, chunk.length, source, view, event, bytes);
      if (end > chunk.length) this.#queue.commit(chunk, end - chunk.length, 1);
    }
  }

  note(line: object): void {
    const text = Buffer.from(`${JSON.stringify(line)}\n`);
    const chunk = this.#queue.reserve(text.length, this.#world.now());
    if (chunk === undefined) {
      this.#losses.add('queue', 1);
      return;
    }
    chunk.bytes.set(text, chunk.length);
    this.#queue.commit(chunk, text.length, 1);
  }

  tick(nowMs: number): void {
    if (this.#working !== undefined || nowMs < this.#retryMs) return;
    const due =
      this.#queue.bytes >= WORTH_WRITING || this.#pending !== undefined || nowMs - this.#oldestMs >= LINGER_MS;
    const sync = this.#segment?.unsynced === true && this.#syncDue(nowMs);
    const rotate = this.#segment !== undefined && this.#segment.bytes > 0 && this.#isFull(this.#segment, nowMs);
    const sweep = nowMs - this.#sweptMs >= SWEEP_MS;
    if ((due && this.#queue.bytes > 0) || sync || rotate || sweep) this.#start(sweep);
  }

  status(): SinkStatus {
    return {
      name: this.name,
      kind: 'file',
      target: this.#world.directory,
      problem: this.#problem,
      lines: this.#lines,
      bytes: this.#bytes,
      waiting: this.#queue.bytes,
      losses: this.#losses.list(),
    };
  }

  async close(): Promise<void> {
    await this.#working;
    this.#retryMs = 0;
    this.#start(false);
    await this.#working;
    try {
      await this.#closeSegment();
    } catch (error) {
      this.#fail(error);
    }
  }

  get #oldestMs(): number {
    return this.#queue.oldestMs;
  }

  #writeObject(chunk: Chunk, line: object): void {
    // The names in it are validated, and short.
    const space = chunk.bytes.subarray(chunk.length);
    const { written } = new TextEncoder().encodeInto(`${JSON.stringify(line)}\n`, space);
    this.#queue.commit(chunk, written, 1);
  }

  #start(sweep: boolean): void {
    this.#working = this.#work(sweep)
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#working = undefined;
      });
  }

  async #work(sweep: boolean): Promise<void> {
    for (let more = true; more;) {
      if (this.#segment !== undefined && this.#isFull(this.#segment, this.#world.now())) await this.#closeSegment();
      more = await this.#writeNext();
    }
    if (this.#segment?.unsynced === true && this.#syncDue(this.#world.now())) await this.#sync(this.#segment);
    if (sweep) await this.#sweep();
    this.#problem = '';
  }

  /** @returns whether there was something to write */
  async #writeNext(): Promise<boolean> {
    const pending = this.#pending ?? this.#next();
    if (pending === undefined) return false;
    this.#pending = pending;
    this.#segment ??= await this.#open();
    const segment = this.#segment;
    const { chunk } = pending;
    while (pending.done < chunk.length) {
      const { bytesWritten } = await segment.file.write(chunk.bytes, pending.done, chunk.length - pending.done);
      pending.done += bytesWritten;
      segment.bytes += bytesWritten;
      segment.unsynced = true;
    }
    this.#lines += chunk.lines;
    this.#bytes += chunk.length;
    this.#pending = undefined;
    this.#queue.give(chunk);
    return true;
  }

  #next(): { chunk: Chunk; done: number } | undefined {
    const chunk = this.#queue.take();
    return chunk === undefined ? undefined : { chunk, done: 0 };
  }

  async #open(): Promise<OpenSegment> {
    const { directory, identity, now, opening } = this.#world;
    const nowMs = now();
    const { file, stem } = await createSegment(directory, identity.node, nowMs, this.#options.group);
    const first = Buffer.from(`${JSON.stringify(opening())}\n`);
    try {
      await file.writeFile(first);
    } catch (error) {
      await file.close();
      await rm(join(directory, `${stem}${PLAIN}`), { force: true });
      throw error;
    }
    return { file, stem, sinceMs: nowMs, bytes: first.length, unsynced: true };
  }

  async #closeSegment(): Promise<void> {
    const segment = this.#segment;
    if (segment === undefined || this.#pending !== undefined) return;
    this.#segment = undefined;
    try {
      if (segment.unsynced && this.#options.sync !== 'never') await this.#sync(segment);
    } finally {
      await segment.file.close();
    }
    this.#world.onClosed(join(this.#world.directory, `${segment.stem}${PLAIN}`));
  }

  async #sync(segment: OpenSegment): Promise<void> {
    await segment.file.datasync();
    segment.unsynced = false;
    this.#syncedMs = this.#world.now();
  }

  /** Removes files that are too old, and the oldest ones above the size limit; finishes what a previous agent left. */
  async #sweep(): Promise<void> {
    const nowMs = this.#world.now();
    this.#sweptMs = nowMs;
    const { directory, identity, onClosed, onTrimmed } = this.#world;
    const segments = await listSegments(directory).catch(() => []);
    const open = this.#segment?.stem;
    // If the open file was removed, further writes would be lost.
    if (open !== undefined && !segments.some(({ stem }) => stem === open)) await this.#closeSegment();
    const { old, excess } = expired(segments, this.#segment?.stem, this.#options, nowMs);
    const removed = [...old, ...excess];
    for (const segment of removed) await removeSegment(directory, segment);
    const kept = segments.filter((segment) => !removed.includes(segment) && segment.stem !== this.#segment?.stem);
    for (const { stem } of unfinished(kept, identity.node, this.#options.compress, nowMs - SWEEP_MS)) {
      onClosed(join(directory, `${stem}${PLAIN}`));
    }
    if (excess.length === 0) return;
    const { maxSize, retentionDays } = this.#options;
    onTrimmed(`${excess.length} files were removed before their ${retentionDays} days: all had over ${maxSize} GiB`);
  }

  #syncDue(nowMs: number): boolean {
    const { sync } = this.#options;
    return sync !== 'never' && nowMs - this.#syncedMs >= sync;
  }

  #isFull({ bytes, sinceMs }: OpenSegment, nowMs: number): boolean {
    const { maxFileSize, maxFileAge } = this.#options;
    return bytes >= maxFileSize * MIB || nowMs - sinceMs >= maxFileAge;
  }

  #fail(error: unknown): void {
    this.#problem = error instanceof Error ? error.message : String(error);
    this.#retryMs = this.#world.now() + RETRY_MS;
  }
}
