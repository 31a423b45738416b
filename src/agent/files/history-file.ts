import type { Clock } from '../../replication/clock.ts';
import { appendBounded } from './bounded-file.ts';
import type { FileQueue } from './file-queue.ts';
import { LineWriter } from './line-writer.ts';

/** Two files of this size hold the six hours of the status page for a cluster with hundreds of series. */
const MAX_FILE_BYTES = 4 * 1024 * 1024;
const MAX_WAITING = 256 * 1024;

/** Samples of the status page as lines in a file. At 4 MiB the file becomes `FILE.1`. */
export class HistoryFile {
  readonly path: string;
  readonly #writer: LineWriter;

  /** @param onChange called with the reason when storing fails, and with undefined when it works again */
  constructor(path: string, queue: FileQueue, clock: Clock, onChange: (failure: string | undefined) => void) {
    this.path = path;
    const write = (text: string): Promise<void> => queue.run(() => appendBounded(path, text, MAX_FILE_BYTES));
    this.#writer = new LineWriter({ write, clock, maxWaiting: MAX_WAITING, onChange });
  }

  append(line: string): void {
    this.#writer.add(line);
  }

  flush(limitMs: number): Promise<void> {
    return this.#writer.flush(limitMs);
  }
}
