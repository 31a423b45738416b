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

/** Pauses between passes over empty rings: shortly after events, and when idle. Milliseconds. */
const BUSY_MS = 10;
const IDLE_MS = 100;
const STATUS_MS = 500;
/** Interval of keepalive lines, which limits the gap that a killed agent leaves unnoticed. */
const ALIVE_MS = 60_000;
/** Time for a removed sink to write its queue. */
const CLOSE_MS = 5000;

export interface LogThreadWorld {
  readonly report: (message: LogReport) => void;
  /** The time of day, milliseconds since 1970. */
  readonly now: () => number;
  /** A file was closed and may be indexed and compressed. */
  readonly finish: (path: string, compress: boolean, group: string | undefined) => void;
}

interface OpenSink {
  readonly sink: Sink;
  /** The settings it was made from. */
  readonly from: unknown;
}

/** CPU time of the calling thread, milliseconds: the first field of the file is in nanoseconds (proc(5)). */
function threadCpuMs(): number {
  return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1_000_000;
}

/** The thread of the NAT log: moves events from the rings to the sinks, independently of the rest of the agent. */
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

  /** Runs passes until it is stopped. */
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
    // Events wait until the first configuration has arrived.
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

  /** A line that describes the log. */
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
