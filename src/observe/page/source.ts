import {
  type HistorySample,
  MAX_POINTS,
  type PageEvent,
  type PageEvents,
  type PageHistory,
  type PageSources,
  type PageTop,
  type PageView,
} from '../page-model.ts';
import { mergeEvents } from '../page-events.ts';
import { withHealth } from '../outages.ts';
import { withSample } from './history.ts';

/** State of the page. */
export interface PageState {
  readonly view: PageView | undefined;
  /** Of all nodes, oldest first. */
  readonly events: readonly PageEvent[];
  /** Of which nodes there are none, and why. */
  readonly missing: readonly string[];
  readonly top: PageTop | undefined;
  readonly sources: PageSources | undefined;
  readonly history: PageHistory | undefined;
  readonly minutes: number;
  /** Time since the last view if that is overdue; 0: views arrive. Milliseconds. */
  readonly silentMs: number;
}

/** Views are sent every second; without one for this long they are overdue. */
const SILENT_MS = 4000;
const CHECK_MS = 1000;
/** Retry interval for the history, milliseconds. */
const RETRY_MS = 5000;

/** Data from the node: a stream for current values, and a request for the history. */
export class PageSource {
  readonly #onChange: (state: PageState) => void;
  #state: PageState = {
    view: undefined,
    events: [],
    missing: [],
    top: undefined,
    sources: undefined,
    history: undefined,
    minutes: 60,
    silentMs: 0,
  };
  /** The last look at the health since the page was opened. */
  #seenMs = 0;
  #receivedMs = performance.now();

  constructor(onChange: (state: PageState) => void) {
    this.#onChange = onChange;
  }

  /** To be called once; never closed. */
  open(): void {
    const updates = new EventSource('updates');
    updates.addEventListener('open', () => void this.#fetchHistory());
    on(updates, 'view', (view) => {
      this.#receivedMs = performance.now();
      this.#set({ view, silentMs: 0 });
      this.#noteHealth(view);
    });
    on(updates, 'events', ({ first, events, missing }) => {
      this.#set({ events: mergeEvents(first ? [] : this.#state.events, events), missing });
    });
    on(updates, 'top', (top) => this.#set({ top }));
    on(updates, 'sources', (sources) => this.#set({ sources }));
    on(updates, 'sample', (sample) => this.#addSample(sample));
    setInterval(() => this.#checkSilence(), CHECK_MS);
  }

  setRange(minutes: number): void {
    this.#set({ minutes });
    void this.#fetchHistory();
  }

  /** As the node does: the history has those before. */
  #noteHealth({ time, health }: PageView): void {
    const { history } = this.#state;
    if (history === undefined) return;
    const seenMs = Math.max(history.seenMs, this.#seenMs);
    const { outages } = withHealth({ ...history, seenMs }, time, health);
    this.#seenMs = time;
    // Plots are drawn anew for another history alone.
    if (outages !== history.outages) this.#set({ history: { ...history, outages } });
  }

  #addSample(sample: HistorySample): void {
    const { history } = this.#state;
    if (history === undefined) return;
    // Samples are closer than the points of a long range, so the history is fetched again from time to time.
    if (history.times.length >= 2 * MAX_POINTS) void this.#fetchHistory();
    else this.#set({ history: withSample(history, sample) });
  }

  async #fetchHistory(): Promise<void> {
    const { minutes } = this.#state;
    try {
      const response = await fetch(`history.json?minutes=${minutes}`);
      if (!response.ok) throw new Error(response.statusText);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the node and its page are of one build
      const history = (await response.json()) as PageHistory;
      if (history.minutes === this.#state.minutes) this.#set({ history });
    } catch {
      // The end of the stream is shown; the displayed data stays until the node answers.
      setTimeout(() => void this.#fetchHistory(), RETRY_MS);
    }
  }

  #checkSilence(): void {
    const silentMs = performance.now() - this.#receivedMs;
    if (silentMs > SILENT_MS) this.#set({ silentMs });
  }

  #set(changes: Partial<PageState>): void {
    this.#state = { ...this.#state, ...changes };
    this.#onChange(this.#state);
  }
}

interface Messages {
  readonly view: PageView;
  readonly events: PageEvents;
  readonly sample: HistorySample;
  readonly top: PageTop;
  readonly sources: PageSources;
}

function on<Name extends keyof Messages>(
  updates: EventSource,
  name: Name,
  take: (message: Messages[Name]) => void,
): void {
  updates.addEventListener(name, (event: MessageEvent<string>) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the node and its page are of one build
    take(JSON.parse(event.data) as Messages[Name]);
  });
}
