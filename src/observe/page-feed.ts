import type { ServerResponse } from 'node:http';
import type { StatusReply } from '../agent/control/messages.ts';
import { EventStream, message, STREAM_LIMITS, type StreamLimits } from './event-stream.ts';
import { lineOf } from './history-file.ts';
import { sampleOf } from './history-sample.ts';
import { HistoryStore } from './history-store.ts';
import type { PageCounts } from './metric-row.ts';
import type { HistorySample, PageEvent, PageEvents, PageHistory, PageView } from './page-model.ts';
import { pageView } from './page-view.ts';
import { RefusedMeter } from './refused-rates.ts';

export interface PageTimes {
  /** Interval of views while a page is open, milliseconds; an event triggers the next one at once. */
  readonly viewMs: number;
  /** Interval of history samples. */
  readonly sampleMs: number;
  /** Minimum interval between two views that events trigger, however many events there are. */
  readonly minViewMs: number;
}

export const PAGE_TIMES: PageTimes = { viewMs: 1000, sampleMs: 10_000, minViewMs: 200 };

export interface PageWorld {
  /** Requests the status of the agent; undefined: no answer in time. */
  readonly take: () => Promise<StatusReply | undefined>;
  /** Stores a line in the history file. */
  readonly store: (line: string) => void;
  readonly onError: (reason: string) => void;
}

/** When the agent's process was started, milliseconds since 1970. */
const RUN_SINCE_MS = Date.now() - process.uptime() * 1000;
/** Maximum number of events that a page shows, newest first to be kept. */
const MAX_EVENTS = 100;

/**
 * Data of open pages: requests the status once a second while a page is open, and every ten seconds for the history. A
 * view is made once for all pages.
 */
export class PageFeed {
  readonly stream: EventStream;
  readonly #world: PageWorld;
  readonly #times: PageTimes;
  readonly #history = new HistoryStore();
  readonly #refused = new RefusedMeter();
  readonly #events: PageEvent[] = [];
  /** Events of this run, by code. */
  readonly #counts = new Map<string, number>();
  #view: PageView | undefined;
  /** When the agent was last asked because of an event. */
  #hurriedMs = Number.NEGATIVE_INFINITY;
  #sampledMs = Number.NEGATIVE_INFINITY;
  #running = false;
  #asking = false;
  /** An event occurred while a status was being requested. */
  #stale = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(world: PageWorld, former: readonly HistorySample[] = [], times = PAGE_TIMES, limits?: StreamLimits) {
    this.#world = world;
    this.#times = times;
    this.stream = new EventStream(limits ?? STREAM_LIMITS);
    for (const sample of former) this.#history.add(sample);
  }

  start(): void {
    this.#running = true;
    this.#tick();
  }

  stop(): void {
    this.#running = false;
    clearTimeout(this.#timer);
  }

  history(minutes: number): PageHistory {
    return this.#history.view(minutes);
  }

  get counts(): PageCounts {
    const { size, cutOff } = this.stream;
    return { events: this.#counts, readers: size, cutOff, seriesLeftOut: this.#history.leftOut };
  }

  /** An event: pages are updated at once with it and its consequences. */
  event(event: PageEvent): void {
    this.#events.push(event);
    // Earlier events belong to a previous run.
    if (event.time >= RUN_SINCE_MS) this.#counts.set(event.code, (this.#counts.get(event.code) ?? 0) + 1);
    if (this.#events.length > MAX_EVENTS) this.#events.shift();
    if (this.stream.size === 0) return;
    this.stream.send(message('events', { first: false, events: [event] } satisfies PageEvents));
    this.#soon();
  }

  /** A page was opened: it gets the last view, and an updated one soon. */
  open(response: ServerResponse, peer: string): void {
    const events = message('events', { first: true, events: this.#events } satisfies PageEvents);
    const view = this.#view === undefined ? [] : [message('view', this.#view)];
    this.stream.add(response, peer, [...view, events]);
    this.#soon();
  }

  /** Triggers the next view early. */
  #soon(): void {
    if (this.#stale) return;
    this.#stale = true;
    this.#schedule(this.#hurryMs());
  }

  /** Time until an event may trigger a view: the first of several events waits for nothing. */
  #hurryMs(): number {
    return Math.max(0, this.#hurriedMs + this.#times.minViewMs - performance.now());
  }

  #schedule(delayMs: number): void {
    if (!this.#running || this.#asking) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tick(), delayMs);
  }

  #tick(): void {
    this.#asking = true;
    if (this.#stale) this.#hurriedMs = performance.now();
    this.#stale = false;
    void this.#poll()
      .catch((error: unknown) => this.#world.onError(error instanceof Error ? error.message : String(error)))
      .finally(() => {
        this.#asking = false;
        this.#schedule(this.#stale ? this.#hurryMs() : this.#times.viewMs);
      });
  }

  async #poll(): Promise<void> {
    const now = performance.now();
    const due = now - this.#sampledMs >= this.#times.sampleMs;
    if (this.stream.size === 0 && !due) return;
    const status = await this.#world.take();
    if (status === undefined) return;
    this.#view = pageView(status);
    this.stream.send(message('view', this.#view));
    if (due) this.#sample(status, this.#view, now);
  }

  #sample(status: StatusReply, view: PageView, nowMs: number): void {
    this.#sampledMs = nowMs;
    this.#refused.update(status);
    const sample = sampleOf(view, (name, instance) => {
      return this.#refused.of(
        status.nodes.find((node) => node.name === name),
        instance,
      );
    });
    this.#history.add(sample);
    this.#world.store(lineOf(sample));
    this.stream.send(message('sample', sample));
  }
}
