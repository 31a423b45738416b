import { readFileSync, statSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { dirname } from 'node:path';
import { type GuardNote, readGuardNote, removeGuardNote } from '../../frr/guard/guard-note.ts';
import { readServiceEnd, removeServiceEnd } from './service-end.ts';
import type { StatePaths } from './state-paths.ts';

/** A run that ended without having been stopped. */
export interface UnexpectedEnd {
  /** One sentence: which run, when, and why as far as that is known. */
  readonly text: string;
  /** What its guard did then; undefined: nothing that is known. */
  readonly guard: GuardNote | undefined;
}

const UNKNOWN = 'it crashed, or was killed';

type Places = Pick<StatePaths, 'run' | 'lock' | 'events' | 'history'>;

interface Mark {
  readonly pid: number;
  /** Why and when it ended by itself; absent: it runs, or was ended from outside. */
  readonly failure?: string;
  readonly time?: number;
}

/**
 * A file that is there while an agent runs, and gone when it was stopped: the next start finds out whether the run before
 * was ended by the kernel, a crash or a loss of power. An agent that ends because of a fault leaves the reason in it.
 */
export class RunMark {
  readonly #places: Places;
  readonly #bootedMs: number;
  #last: Promise<unknown> = Promise.resolve();

  /** @param bootedMs when the machine was started, milliseconds since 1970 */
  constructor(places: Places, bootedMs = Date.now() - 1000 * uptime()) {
    this.#places = places;
    this.#bootedMs = bootedMs;
  }

  /** How the run before ended; undefined: it was stopped, or there was none. */
  before(): UnexpectedEnd | undefined {
    const mark = this.#read();
    if (mark === undefined) return undefined;
    const guard = readGuardNote(this.#places.lock);
    const found = guard?.pid === mark.pid ? guard : undefined;
    const run = `the agent before it${mark.pid === 0 ? '' : ` (process ${mark.pid})`}`;
    const { failure, time = 0 } = mark;
    if (failure !== undefined) return { text: `${run} ended by itself at ${timeText(time)}: ${failure}`, guard: found };
    return { text: `${run} ended unexpectedly, ${this.#whenAndWhy(found)}`, guard: found };
  }

  #whenAndWhy(guard: GuardNote | undefined): string {
    const service = readServiceEnd(this.#places.lock);
    const causes = [guard?.end ?? '', service?.text ?? ''].filter((cause) => cause !== '').join('; ');
    const atMs = guard?.time ?? service?.time;
    if (atMs !== undefined) return `at ${timeText(atMs)}: ${causes === '' ? UNKNOWN : causes}`;
    const seenMs = this.#lastSeen();
    const booted = `its machine was reset or lost power, and booted at ${timeText(this.#bootedMs)}`;
    return `last seen at ${timeText(seenMs)}: ${seenMs < this.#bootedMs ? booted : UNKNOWN}`;
  }

  /** The agent runs. @throws file system errors */
  async begin(pid = process.pid): Promise<void> {
    removeGuardNote(this.#places.lock);
    removeServiceEnd(this.#places.lock);
    await this.#inOrder(() => this.#write({ pid }));
  }

  /** It was stopped. @throws file system errors */
  async stopped(): Promise<void> {
    await this.#inOrder(() => rm(this.#places.run, { force: true }));
  }

  /** It ends because it cannot continue. @throws file system errors */
  async failed(failure: string, time: number, pid = process.pid): Promise<void> {
    await this.#inOrder(() => this.#write({ pid, failure, time }));
  }

  async #inOrder(work: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    await turn;
  }

  async #write(mark: Mark): Promise<void> {
    await mkdir(dirname(this.#places.run), { recursive: true });
    await writeFile(this.#places.run, `${JSON.stringify(mark)}\n`, { mode: 0o600 });
  }

  /** A mark that a full disk or a crash has cut short is one all the same. */
  #read(): Mark | undefined {
    let text: string;
    try {
      text = readFileSync(this.#places.run, 'utf8');
    } catch {
      return undefined; // no readable mark
    }
    try {
      const value: unknown = JSON.parse(text);
      const pid = typeof value === 'object' && value !== null && 'pid' in value ? Number(value.pid) : 0;
      if (typeof value !== 'object' || value === null || !('failure' in value)) return { pid };
      return { pid, failure: String(value.failure), time: 'time' in value ? Number(value.time) : 0 };
    } catch {
      return { pid: 0 };
    }
  }

  /** When the run before wrote something last. */
  #lastSeen(): number {
    const { run, events, history } = this.#places;
    return Math.max(...[run, events, history].map(writtenAt));
  }
}

function writtenAt(path: string): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0; // not written in that run
  }
}

/** UTC, to the second. */
function timeText(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}
