import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { SinkConfig } from '../../cluster/nat-log-schema.ts';
import { ClientPrivacy } from './client-privacy.ts';
import { EventRings } from './event-rings.ts';
import { FileSink } from './file-sink.ts';
import { IpfixSink } from './ipfix-sink.ts';
import { LineEncoder } from './line-encoder.ts';
import type { LogCall, LogReport, LogSettings } from './log-messages.ts';
import { reportToOperator } from './operator-reports.ts';
import type { Sink } from './sink.ts';
import { SyslogSink } from './syslog-sink.ts';

/** Between two passes over empty rings: shortly after events came, and when none come. Milliseconds. */
const BUSY_MS = 10;
const IDLE_MS = 100;
const STATUS_MS = 500;
/** A line that says that the log goes on: a gap that a killed agent leaves is not longer than this unnoticed. */
const ALIVE_MS = 60_000;
/** A sink that is gone from the configuration has this long to write what it has. */
const CLOSE_MS = 5000;

export interface LogThreadWorld {
  readonly report: (message: LogReport) => void;
  /** The time of day, milliseconds since 1970. */
  readonly now: () => number;
  /** A file is closed: it may be indexed and compressed. */
  readonly finish: (path: string, compress: boolean, group: string | undefined) => void;
}

interface OpenSink {
  readonly sink: Sink;
  /** What it was made from. */
  readonly from: unknown;
}

/** Processor time of the calling thread, milliseconds: the first number of the file counts nanoseconds (proc(5)). */
function threadCpuMs(): number {
  return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1_000_000;
}

/** The thread of the NAT log: moves events from the rings to the sinks, and nothing else in the agent waits for it. */
export class LogThread {
  readonly #world: LogThreadWorld;
  readonly #rings: EventRings;
  #settings: LogSettings | undefined;
  #privacy = new ClientPrivacy(128, undefined);
  #sinks: readonly OpenSink[] = [];
  #events = 0;
  #reportedMs = 0;
  #aliveMs = 0;
  #stopped = false;

  constructor(world: LogThreadWorld) {
    this.#world = world;
    this.#rings = new EventRings((source, view, bytes, offset, count) => {
      this.#events += count;
      reportToOperator(source, view, bytes, offset, count, world.report);
    });
  }

  async call(call: LogCall): Promise<void> {
    if (call.kind === 'configure') this.#configure(call.settings);
    else if (call.kind === 'sources') this.#rings.use(call.sources);
    else await this.#stop(call.limitMs);
  }

  /** One pass after the other, until it is stopped. */
  run(): void {
    if (this.#stopped) return;
    const before = this.#events;
    const more = this.iterate();
    if (more) setImmediate(() => this.run());
    else setTimeout(() => this.run(), this.#events > before ? BUSY_MS : IDLE_MS);
  }

  /** @returns whether events are left */
  iterate(): boolean {
    const sinks = this.#sinks.map(({ sink }) => sink);
    // Without a sink the events wait: the first configuration is on its way.
    if (this.#settings === undefined) return false;
    const more = this.#rings.pass(sinks, this.#privacy);
    const nowMs = this.#world.now();
    if (nowMs - this.#aliveMs >= ALIVE_MS) this.#note('logAlive', nowMs);
    for (const sink of sinks) sink.tick(nowMs);
    if (nowMs - this.#reportedMs >= STATUS_MS) this.#report(nowMs);
    return more;
  }

  #report(nowMs: number): void {
    this.#reportedMs = nowMs;
    this.#world.report({
      kind: 'status',
      sinks: this.#sinks.map(({ sink }) => sink.status()),
      events: this.#events,
      cpuMs: threadCpuMs(),
    });
  }

  #note(event: string, nowMs: number): void {
    const { identity } = this.#settings ?? {};
    if (identity === undefined) return;
    this.#aliveMs = nowMs;
    for (const { sink } of this.#sinks) sink.note({ time: new Date(nowMs).toISOString(), ...identity, event });
  }

  #configure(settings: LogSettings): void {
    const before = this.#sinks;
    const first = this.#settings === undefined;
    this.#settings = settings;
    const { clients, sinks } = settings.config;
    this.#privacy = new ClientPrivacy(clients.prefixLength, settings.pseudonymKey);
    this.#sinks = Object.entries(sinks).map(([name, config]) => {
      const from = [config, settings.identity, settings.directory, this.#privacy.pseudonyms];
      const same = before.find(({ sink, from: of }) => sink.name === name && isDeepStrictEqual(of, from));
      return same ?? { sink: this.#open(name, config), from };
    });
    for (const one of before) if (!this.#sinks.includes(one)) void this.#close(one.sink, CLOSE_MS);
    const line = this.#opening(first ? 'logStarted' : 'logConfigured');
    for (const { sink } of this.#sinks) sink.note(line);
  }

  #open(name: string, config: SinkConfig): Sink {
    const { now, report, finish } = this.#world;
    const { identity, directory } = this.#current;
    const encoder = new LineEncoder(this.#privacy.pseudonyms);
    if (config.kind === 'syslog') return new SyslogSink(name, config, { identity, encoder, now });
    if (config.kind === 'ipfix') return new IpfixSink(name, config, { cluster: this.#current.cluster, identity, now });
    return new FileSink(name, config, {
      identity,
      directory: config.directory ?? directory,
      encoder,
      now,
      opening: () => this.#opening('logContinued'),
      onTrimmed: (reason) => report({ kind: 'trimmed', sink: name, reason }),
      onClosed: (path) => finish(path, config.compress, config.group),
    });
  }

  /** A line that says what the log is about. */
  #opening(event: string): object {
    const { identity, cluster, revision, nodes, instances } = this.#current;
    return { time: new Date(this.#world.now()).toISOString(), ...identity, event, cluster, revision, nodes, instances };
  }

  get #current(): LogSettings {
    if (this.#settings === undefined) throw new Error('the NAT log is not configured');
    return this.#settings;
  }

  async #close(sink: Sink, limitMs: number): Promise<void> {
    try {
      await sink.close(limitMs);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#world.report({ kind: 'failed', sink: sink.name, reason });
    }
  }

  async #stop(limitMs: number): Promise<void> {
    while (this.iterate());
    this.#stopped = true;
    this.#note('logStopped', this.#world.now());
    await Promise.all(this.#sinks.map(({ sink }) => this.#close(sink, limitMs)));
    this.#report(this.#world.now());
  }
}
