import { Worker } from 'node:worker_threads';
import type { Code } from '../../codes.ts';
import { type Clock, within } from '../../replication/clock.ts';
import type { EventInput } from '../events/event-log.ts';
import type { LogCall, LogReport, LogSettings } from './log-messages.ts';
import type { LogSource, RingSource } from './log-source.ts';
import { Refusals } from './refusals.ts';
import type { SinkStatus } from './sink.ts';

/** A sink, and whether it is losing lines. */
export interface SinkState extends SinkStatus {
  /** Lines were lost within the last seconds. */
  readonly losing: boolean;
}

/** An instance whose events are logged; after a restart it has other rings. */
export interface LoggedInstance {
  readonly name: string;
  readonly kind: string;
  eventRings(): readonly SharedArrayBuffer[];
}

/** Interval of checking for new instances. */
const POLL_MS = 250;
/** Time after the last loss for which a sink counts as losing lines. */
const LOSING_MS = 10_000;
const RESTART_MS = 1000;
/** A thread without messages for this long is considered hung. */
const SILENT_MS = 5000;

export interface NatLogWorld {
  readonly clock: Clock;
  readonly instances: () => readonly LoggedInstance[];
  /** Common fields of an instance's lines. */
  readonly sourceOf: (instance: string) => LogSource;
  readonly addEvent: (event: EventInput) => void;
}

interface Watched {
  lost: number;
  lostMs: number;
  /** A failure or loss of the sink has been reported. */
  reported: boolean;
}

/** The NAT log of a node: a separate thread that reads the workers' events; the agent configures and monitors it. */
export class NatLog {
  readonly #world: NatLogWorld;
  readonly #entry: URL;
  #settings: LogSettings;
  #thread: Worker | undefined;
  #sinks: readonly SinkStatus[] = [];
  readonly #watched = new Map<string, Watched>();
  readonly #refusals: Refusals;
  #reported = '';
  #rings: readonly RingSource[] = [];
  #receivedMs: number;
  #failure = '';
  #cpuMs = 0;
  #cancel: () => void = () => undefined;
  #stopped = false;

  /** @param entry entry point of the thread */
  constructor(settings: LogSettings, world: NatLogWorld, entry: URL = entryPoint()) {
    this.#entry = entry;
    this.#settings = settings;
    this.#world = world;
    this.#receivedMs = world.clock.now();
    this.#refusals = new Refusals(world.addEvent);
  }

  start(): void {
    this.#startThread();
    this.#poll();
  }

  /** Applies other sinks, or another representation of clients. */
  configure(settings: LogSettings): void {
    this.#settings = settings;
    this.#reported = '';
    this.#call({ kind: 'configure', settings });
    this.#sendSources();
  }

  /** Each sink as last reported by the thread, or with the thread's failure. */
  status(): readonly SinkState[] {
    const nowMs = this.#world.clock.now();
    const silent = !this.#stopped && nowMs - this.#receivedMs > SILENT_MS;
    const failure = this.#failure || (silent ? 'the thread of the NAT log does not answer' : '');
    return this.#sinks.map((sink) => {
      const { lostMs = Number.NEGATIVE_INFINITY } = this.#watched.get(sink.name) ?? {};
      return { ...sink, problem: sink.problem || failure, losing: nowMs - lostMs < LOSING_MS };
    });
  }

  /** The sinks, and the CPU time of the thread, milliseconds. */
  measured(): { readonly sinks: readonly SinkStatus[]; readonly cpuMs: number } {
    return { sinks: this.#sinks, cpuMs: this.#cpuMs };
  }

  /** Writes all events of the workers; resolves when they are written, or at the time limit. */
  async stop(limitMs: number): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    this.#sendSources();
    const thread = this.#thread;
    if (thread === undefined) return;
    const ended = new Promise<void>((resolve) => {
      thread.once('exit', () => resolve());
    });
    this.#call({ kind: 'stop', limitMs });
    if ((await within(this.#world.clock, limitMs + RESTART_MS, ended)) === 'late') await thread.terminate();
  }

  #poll(): void {
    if (this.#stopped) return;
    this.#sendSources();
    for (const sink of this.status()) this.#watch(sink);
    this.#refusals.check(this.#world.clock.now());
    this.#cancel = this.#world.clock.after(POLL_MS, () => this.#poll());
  }

  /** Sends the current rings to the thread when they have changed. */
  #sendSources(): void {
    const { instances, sourceOf } = this.#world;
    const logged = instances().filter(({ kind }) => kind === 'nat64');
    const rings = logged.flatMap((instance) => instance.eventRings().map((ring) => ({ name: instance.name, ring })));
    const same =
      rings.length === this.#rings.length && rings.every(({ ring }, index) => this.#rings[index].ring === ring);
    if (same && this.#reported !== '') return;
    const sources = new Map(logged.map(({ name }) => [name, sourceOf(name)]));
    this.#rings = rings.map(({ name, ring }) => ({ source: sources.get(name) ?? sourceOf(name), ring }));
    this.#reported = 'told';
    this.#call({ kind: 'sources', sources: this.#rings });
  }

  #watch(sink: SinkState): void {
    const watched = this.#watched.get(sink.name);
    const wrong = sink.problem !== '' || sink.losing;
    if (watched === undefined || watched.reported === wrong) return;
    watched.reported = wrong;
    const lost = `${watched.lost} lines were lost so far`;
    const code: Code = wrong ? 'nat-log-lost' : 'nat-log-restored';
    const to = wrong ? 'NAT log loses lines' : 'NAT log restored';
    const reason = `sink ${sink.name} (${sink.target}): ${sink.problem === '' ? lost : `${sink.problem}; ${lost}`}`;
    this.#world.addEvent({ code, subject: 'node', name: this.#settings.identity.node, to, reason });
  }

  #startThread(): void {
    const thread = new Worker(this.#entry, { name: 'isthmus nat log', execArgv: [] });
    this.#thread = thread;
    thread.on('message', (report: LogReport) => this.#hear(report));
    thread.on('error', (error) => {
      this.#failure = `the thread of the NAT log has failed: ${error instanceof Error ? error.message : String(error)}`;
    });
    thread.once('exit', () => {
      this.#thread = undefined;
      if (this.#stopped) return;
      this.#world.clock.after(RESTART_MS, () => {
        if (!this.#stopped) this.#startThread();
      });
    });
    this.configure(this.#settings);
  }

  #hear(report: LogReport): void {
    this.#receivedMs = this.#world.clock.now();
    const node = this.#settings.identity.node;
    switch (report.kind) {
      case 'status':
        this.#failure = '';
        this.#sinks = report.sinks;
        this.#cpuMs = report.cpuMs;
        for (const sink of report.sinks) this.#count(sink);
        return;
      case 'refusal':
        return this.#refusals.note(report, this.#receivedMs);
      case 'watermark': {
        const { instance, above, percent, pool4 } = report;
        const code: Code = above ? 'pool-high' : 'pool-low';
        const reason = `${percent} % of the ports of pool4 entry ${pool4} that this node allocates from are in use`;
        this.#world.addEvent({
          code,
          subject: 'instance',
          name: instance,
          to: above ? 'pool fills' : 'pool has space',
          reason,
        });
        return;
      }
      case 'trimmed': {
        const reason = `sink ${report.sink}: ${report.reason}`;
        this.#world.addEvent({ code: 'nat-log-trimmed', subject: 'node', name: node, to: 'NAT log trimmed', reason });
        return;
      }
      case 'failed':
        this.#world.addEvent({
          code: 'nat-log-unfinished',
          subject: 'node',
          name: node,
          to: 'a file of the NAT log was not finished',
          reason: report.reason,
        });
    }
  }

  #count({ name, losses }: SinkStatus): void {
    const lost = losses.reduce((sum, { lines }) => sum + lines, 0);
    const watched = this.#watched.get(name) ?? { lost: 0, lostMs: Number.NEGATIVE_INFINITY, reported: false };
    if (lost > watched.lost) watched.lostMs = this.#receivedMs;
    watched.lost = lost;
    this.#watched.set(name, watched);
  }

  #call(call: LogCall): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#thread?.postMessage(call);
  }
}

/** The thread's entry file is beside this one, compiled or not. */
function entryPoint(): URL {
  return new URL(`./nat-log-main${import.meta.url.endsWith('.js') ? '.js' : '.ts'}`, import.meta.url);
}
