import { existsSync, readFileSync } from 'node:fs';
import type { Clock } from '../../replication/clock.ts';
import type { Event } from '../control/messages.ts';
import { appendBounded } from '../files/bounded-file.ts';
import type { FileQueue } from '../files/file-queue.ts';
import { LineWriter } from '../files/line-writer.ts';
import type { EventStore } from './event-log.ts';

const MAX_FILE_BYTES = 1024 * 1024;
/** Maximum number of characters queued for the disk. */
const MAX_WAITING = 1024 * 1024;

/** Events as JSON lines in a file. At 1 MiB the file becomes `FILE.1`, replacing the previous one. */
export class EventFile implements EventStore {
  readonly #path: string;
  readonly #writer: LineWriter;
  /** Why earlier events could not be read; empty: they were. */
  loadFailure = '';

  /** @param onChange called with the reason when storing fails, and with undefined when it works again */
  constructor(path: string, queue: FileQueue, clock: Clock, onChange: (failure: string | undefined) => void) {
    this.#path = path;
    const write = (text: string): Promise<void> => queue.run(() => appendBounded(path, text, MAX_FILE_BYTES));
    this.#writer = new LineWriter({ write, clock, maxWaiting: MAX_WAITING, onChange });
  }

  /** Reads the files; called once, before the agent serves. */
  load(): Event[] {
    return [`${this.#path}.1`, this.#path].flatMap((path) => {
      try {
        return existsSync(path) ? readEvents(path) : [];
      } catch (error) {
        this.loadFailure = error instanceof Error ? error.message : String(error);
        return [];
      }
    });
  }

  append(event: Event): void {
    this.#writer.add(`${JSON.stringify(event)}\n`);
  }

  /** Number of events that could not be stored. */
  get lost(): number {
    return this.#writer.lost;
  }

  flush(limitMs: number): Promise<void> {
    return this.#writer.flush(limitMs);
  }
}

/** Events in a node's file and its predecessor, oldest first. @throws file system errors */
export function readStoredEvents(path: string): Event[] {
  return [`${path}.1`, path].flatMap((one) => (existsSync(one) ? readEvents(one) : []));
}

/** A line truncated by a crash is skipped, as is what follows the last one. */
function readEvents(path: string): Event[] {
  return readFileSync(path, 'utf8').split('\n').flatMap(parseEvent);
}

function parseEvent(line: string): Event[] {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return [];
  }
  if (typeof value !== 'object' || value === null || !('time' in value) || typeof value.time !== 'number') return [];
  const text = (key: string): string => (key in value ? String(Reflect.get(value, key)) : '');
  return [
    {
      time: value.time,
      node: text('node'),
      severity: text('severity'),
      subject: text('subject'),
      name: text('name'),
      from: text('from'),
      to: text('to'),
      reason: text('reason'),
      code: text('code'),
    },
  ];
}
