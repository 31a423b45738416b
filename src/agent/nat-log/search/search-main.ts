/* The thread behind searchLog, because reading files is slow. */
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { dropCapabilities } from '../../../linux/capabilities.ts';
import { searchLogs } from './log-search.ts';
import type { SearchAnswer, SearchOrder } from './search-thread.ts';

/** Nice value of this thread: packets and replication have priority. */
const NICE = 10;

function answer({ places, question }: SearchOrder): SearchAnswer {
  try {
    const { lines, notes, openings, unreadable, files } = searchLogs(places, question);
    const [text, about, first] = [lines, notes, openings].map((list) => list.map((line) => line.text));
    return { findings: { lines: text, notes: about, openings: first, unreadable: [...unreadable], files } };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

setPriority(0, NICE);
dropCapabilities('files');
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only search-thread.ts starts this thread
const order = workerData as SearchOrder;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
parentPort?.postMessage(answer(order));
