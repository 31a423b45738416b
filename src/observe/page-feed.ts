import type { ServerResponse } from 'node:http';
import type { DropsReply, StatusReply, TopReply } from '../agent/control/messages.ts';
import { EventStream, message, STREAM_LIMITS, type StreamLimits } from './event-stream.ts';
import { lineOf } from './history-file.ts';
import { healthOf, sampleOf } from './history-sample.ts';
import { HistoryStore } from './history-store.ts';
import type { PageCounts } from './metric-row.ts';
import { type Pace, PacedQuestion } from './paced-question.ts';
import { mergeEvents, type PeerEvents, unknownOf } from './page-events.ts';
import {
  type HistorySample,
  type PageEvent,
  type PageEvents,
  type PageHistory,
  type PageSources,
  type PageTop,
  type PageView,
  SAMPLE_MS,
} from './page-model.ts';
import { pageView } from './page-view.ts';
import { StepMeter } from './step-rates.ts';
import { TopClients, withoutClients } from './top-clients.ts';

export interface PageTimes {
  /** Interval of views while a page is open, milliseconds; an event triggers the next one at once. */
  readonly viewMs: number;
  /** Interval of history samples. */
  readonly sampleMs: number;
  /** Minimum interval between two views that events trigger, however many events there are. */
  readonly minViewMs: number;
  /** Between two questions to the other nodes for their events while a page is open, and after an event here. */
  readonly peerEvents: Pace;
  /** Between two walks over all sessions while a page is open. */
  readonly topClients: Pace;
  /** Between two questions for the sources of drops while a page is open. */
  readonly drops: Pace;
}

export const PAGE_TIMES: PageTimes = {
  viewMs: 1000,
  sampleMs: SAMPLE_MS,
  minViewMs: 200,
  peerEvents: { everyMs: 5000, leastMs: 1000 },
  topClients: { everyMs: 10_000, leastMs: 10_000 },
  drops: { everyMs: 10_000, leastMs: 10_000 },
};

export interface PageWorld {
  /** Requests the status of the agent; undefined: no answer in time. */
  readonly take: () => Promise<StatusReply | undefined>;
  /** These only while a page is open; undefined: no answer this time. */
  readonly peerEvents: () => Promise<PeerEvents | undefined>;
  readonly topClients: () => Promise<TopReply | undefined>;
  readonly drops: () => Promise<DropsReply | undefined>;
  /** Stores a line in the history file. */
  readonly store: (line: string) => void;
  readonly onError: (reason: string) => void;
}

/** After a start, an event or a change of health the health is looked at in each step, open page or not. */
const WATCH_MS = 60_000;

/** When the agent's process was started, milliseconds since 1970. */
const RUN_SINCE_MS = Date.now() - process.uptime() * 1000;

/**
 * Data of open pages: requests the status once a second while a page is open or the health may change, and every ten
 * seconds for the history. A view is made once for all pages.
 */
export class PageFeed {
  readonly stream: EventStream;
  readonly #world: PageWorld;
  readonly #times: PageTimes;
  readonly #history = new HistoryStore();
  readonly #steps = new StepMeter();
  readonly #peerEvents: PacedQuestion<PeerEvents>;
  readonly #topClients: PacedQuestion<TopReply>;
  readonly #drops: PacedQuestion<DropsReply>;
  readonly #clients = new TopClients();
  #events: readonly PageEvent[] = [];
  #missing: readonly string[] = [];
  #top: PageTop | undefined;
  #sources: PageSources | undefined;
  /** Events of this run, by code. */
  readonly #counts = new Map<string, number>();
  #view: PageView | undefined;
  /** When the agent was last asked because of an event. */
  #hurriedMs = Number.NEGATIVE_INFINITY;
  #sampledMs = Number.NEGATIVE_INFINITY;
  #watchUntilMs = performance.now() + WATCH_MS;
  #running = false;
  #asking = false;
  /** An event occurred while a status was being requested. */
  #stale = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(world: PageWorld, former: readonly HistorySample[] = [], times = PAGE_TIMES, limits?: StreamLimits) {
    this.#world = world;
    this.#times = times;
    this.stream = new EventStream(limits ?? STREAM_LIMITS);
    this.#peerEvents = new PacedQuestion(world.peerEvents, times.peerEvents, {
      answered: (answer) => this.#takeEvents(answer),
      failed: (reason) => this.#takeEvents({ events: [], missing: [`of the other nodes there are none: ${reason}`] }),
    });
    this.#topClients = new PacedQuestion(world.topClients, times.topClients, {
      answered: (reply) => this.#showTop(this.#clients.update(reply, performance.now(), this.#view?.time ?? 0)),
      failed: (reason) => this.#showTop(withoutClients(this.#view?.time ?? 0, reason)),
    });
    this.#drops = new PacedQuestion(world.drops, times.drops, {
      answered: (reply) => this.#showSources(sourcesOf(reply)),
      failed: () => this.#showSources({ reasons: [] }),
    });
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
    this.#events = mergeEvents(this.#events, [event]);
    this.#peerEvents.hurry();
    this.#watchUntilMs = performance.now() + WATCH_MS;
    // Earlier events belong to a previous run.
    if (event.time >= RUN_SINCE_MS) this.#counts.set(event.code, (this.#counts.get(event.code) ?? 0) + 1);
    if (this.stream.size === 0) return;
    this.#sendEvents([event]);
    this.#soon();
  }

  /** A page was opened: it gets the last view, and an updated one soon. */
  open(response: ServerResponse, peer: string): void {
    const events = message('events', this.#eventsOf(true, this.#events));
    const view = this.#view === undefined ? [] : [message('view', this.#view)];
    const top = this.#top === undefined ? [] : [message('top', this.#top)];
    const sources = this.#sources === undefined ? [] : [message('sources', this.#sources)];
    this.stream.add(response, peer, [...view, events, ...top, ...sources]);
    this.#soon();
  }

  #eventsOf(first: boolean, events: readonly PageEvent[]): PageEvents {
    return { first, events, missing: this.#missing };
  }

  #sendEvents(events: readonly PageEvent[]): void {
    this.stream.send(message('events', this.#eventsOf(false, events)));
  }

  #takeEvents({ events, missing }: PeerEvents): void {
    const fresh = unknownOf(this.#events, events);
    const same = missing.join('\n') === this.#missing.join('\n');
    this.#events = mergeEvents(this.#events, fresh);
    this.#missing = missing;
    if (fresh.length > 0 || !same) this.#sendEvents(fresh);
  }

  #showTop(top: PageTop): void {
    this.#top = top;
    this.stream.send(message('top', top));
  }

  #showSources(sources: PageSources): void {
    this.#sources = sources;
    this.stream.send(message('sources', sources));
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
    if (this.stream.size > 0) this.#askMore();
    else if (!due && now > this.#watchUntilMs) return;
    const status = await this.#world.take();
    if (status === undefined) return;
    this.#view = pageView(status);
    this.stream.send(message('view', this.#view));
    this.#noteHealth(this.#view);
    if (due) this.#sample(status, this.#view, now);
  }

  /** Marks have the times of changes, not of samples, also after a restart. */
  #noteHealth(view: PageView): void {
    if (!this.#history.noteHealth(view.time, view.health)) return;
    this.#watchUntilMs = performance.now() + WATCH_MS;
    this.#world.store(lineOf(healthOf(view)));
  }

  /** What may take longer than a view, or fail alone: nobody waits for it. */
  #askMore(): void {
    for (const question of [this.#peerEvents, this.#topClients, this.#drops]) void question.tick();
  }

  #sample(status: StatusReply, view: PageView, nowMs: number): void {
    this.#sampledMs = nowMs;
    this.#steps.update(status);
    const sample = sampleOf(view, (node, instance) => this.#steps.of(node, instance));
    this.#history.add(sample);
    this.#world.store(lineOf(sample));
    this.stream.send(message('sample', sample));
  }
}

function sourcesOf({ reasons }: DropsReply): PageSources {
  return {
    reasons: reasons.map(({ instance, reason, sources }) => ({
      instance,
      name: reason,
      sources: sources.map(({ address, packets, checkedBy }) => ({ address, packets, checkedBy })),
    })),
  };
}
