import { Worker } from 'node:worker_threads';
import { parseIpv4 } from '../../../net/ipv4-address.ts';
import { ControlError } from '../../control/control-error.ts';
import type { LogFindings, LogQuestion } from '../../control/messages.ts';
import type { Question } from './log-search.ts';

export interface SearchOrder {
  readonly places: readonly string[];
  readonly question: Question;
}

export type SearchAnswer = { readonly findings: LogFindings } | { readonly failure: string };

/** Maximum number of concurrent searches: each has a thread and reads the disk. */
const MAX_SEARCHES = 2;
/** Maximum number of lines in one part of an answer. */
const PART = 500;
/** Memory limit of a search, which otherwise fails. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 512 };
let running = 0;

/**
 * Searches the files of a node in a separate thread, and yields the results in parts.
 * @throws ControlError for an invalid query, too many searches, or unreadable files
 */
export async function* searchLog(
  places: readonly string[],
  asked: LogQuestion,
  stopped: AbortSignal,
): AsyncGenerator<LogFindings> {
  const question = questionFrom(asked);
  if (running >= MAX_SEARCHES)
    throw new ControlError(`${running} searches of the NAT log run; try again when one is done`);
  running += 1;
  const workerData: SearchOrder = { places, question };
  const thread = new Worker(entryPoint(), {
    name: 'isthmus nat log search',
    workerData,
    execArgv: [],
    resourceLimits: RESOURCE_LIMITS,
  });
  const end = (): void => void thread.terminate();
  stopped.addEventListener('abort', end, { once: true });
  try {
    const answer = await new Promise<SearchAnswer>((resolve, reject) => {
      thread.once('message', resolve);
      thread.once('error', reject);
      thread.once('exit', () => reject(new ControlError('the search has ended without an answer')));
    });
    if ('failure' in answer) throw new ControlError(answer.failure);
    yield* partsOf(answer.findings);
  } finally {
    stopped.removeEventListener('abort', end);
    running -= 1;
    await thread.terminate();
  }
}

function* partsOf(findings: LogFindings): Generator<LogFindings> {
  const { lines, notes } = findings;
  const nothing = { lines: [], notes: [], openings: [], unreadable: [], files: 0 };
  yield { ...findings, lines: lines.slice(0, PART), notes: [] };
  for (let at = PART; at < lines.length; at += PART) yield { ...nothing, lines: lines.slice(at, at + PART) };
  for (let at = 0; at < notes.length; at += PART) yield { ...nothing, notes: notes.slice(at, at + PART) };
}

/** @throws ControlError */
function questionFrom({ pool4, port, client, prefixLength, pseudonym, protocol, time, skewMs }: LogQuestion): Question {
  const rest = { protocol: protocol === '' ? undefined : protocol, timeMs: time, skewMs };
  if (!Number.isFinite(time) || !(skewMs >= 0)) throw new ControlError('the time of the question is none');
  if (pool4 !== '') {
    const address = parseIpv4(pool4);
    if (address === undefined || port > 65_535) throw new ControlError(`${pool4} port ${port} is no address and port`);
    return { ...rest, pool4: { address, port } };
  }
  if (client.length !== 16 || prefixLength > 128) throw new ControlError('a client is 16 bytes');
  return { ...rest, client: { bytes: client, prefixLength, pseudonym } };
}

/** The thread's entry file is beside this one, compiled or not. */
function entryPoint(): URL {
  return new URL(`./search-main${import.meta.url.endsWith('.js') ? '.js' : '.ts'}`, import.meta.url);
}
