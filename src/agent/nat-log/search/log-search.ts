import { formatIpv4 } from '../../../net/ipv4-address.ts';
import { formatIpv6, parseIpv6 } from '../../../net/ipv6-address.ts';
import { NOTE_MARKS } from '../line-keys.ts';
import { clientKey, NO_ADDRESS, NO_PORT, pool4Key } from '../segment-index.ts';
import { type DatedFile, logFilesAt } from './log-files.ts';
import { type LogLine, parseLogLine } from './log-line.ts';
import { findLines, findNotes, firstLine, type Needle } from './segment-reader.ts';

/**
 * Maximum number of lines of an answer: years for a port, which has one client at a time; less for a prefix with many
 * clients.
 */
const MAX_LINES = 50_000;
const TOO_MANY = `${MAX_LINES} lines were read, and there may be more: ask for less, with --proto or a longer prefix`;
/** How long before the time in question sessions are searched that may still be open. Milliseconds. */
export const LOOK_BACK_MS = 7 * 86_400_000;

/** The query: client or port, and time. */
export interface Question {
  /** The known part: an address and port of pool4, or a client. */
  readonly pool4?: { readonly address: number; readonly port: number } | undefined;
  /** 16 bytes of the client's address or pseudonym; and the number of known bits. */
  readonly client?: {
    readonly bytes: Uint8Array;
    readonly prefixLength: number;
    readonly pseudonym: boolean;
    /** The address behind a pseudonym, if the key is known. */
    readonly address?: Uint8Array;
  };
  readonly protocol: string | undefined;
  readonly timeMs: number;
  readonly skewMs: number;
}

/** Results from the files of one location. */
export interface Found {
  readonly lines: readonly LogLine[];
  /** Lines about the log itself, around the time. */
  readonly notes: readonly LogLine[];
  /** Files that could not be read, or limits reached, a sentence each. */
  readonly unreadable: readonly string[];
  /** First lines of the files with results, and of the last file before the time. */
  readonly openings: readonly LogLine[];
  readonly files: number;
}

const NOTES: Needle = { index: { list: 'pool4', keys: [pool4Key(NO_ADDRESS, NO_PORT)] }, bytes: NOTE_MARKS };

/** Searches the directories and files of one or several nodes. @throws file system errors */
export function searchLogs(places: readonly string[], question: Question): Found {
  const search = new LogSearch(
    places.flatMap((place) => logFilesAt(place)),
    question,
  );
  return search.run();
}

class LogSearch {
  readonly #files: readonly DatedFile[];
  readonly #question: Question;
  readonly #needle: Needle;
  readonly #lines: LogLine[] = [];
  readonly #unreadable: string[] = [];
  readonly #searched = new Set<DatedFile>();

  constructor(files: readonly DatedFile[], question: Question) {
    this.#files = files;
    this.#question = question;
    this.#needle = needleOf(question);
  }

  run(): Found {
    const { timeMs, skewMs } = this.#question;
    const before = this.#files.filter(({ fromMs }) => fromMs <= timeMs + skewMs);
    for (const file of before.toReversed()) {
      if (this.#isFull || this.#isAnswered() || file.toMs < timeMs - skewMs - this.#lookBackMs) break;
      this.#search(file);
    }
    for (const file of this.#files.filter(({ toMs }) => toMs >= timeMs - skewMs)) {
      if (this.#isFull || this.#isEnded()) break;
      this.#search(file);
    }
    if (this.#isFull) this.#unreadable.push(TOO_MANY);
    const lines = this.#lines.toSorted((one, other) => one.timeMs - other.timeMs);
    const notes = this.#notes(lines);
    return { lines, notes, unreadable: this.#unreadable, openings: this.#openings(), files: this.#files.length };
  }

  get #isFull(): boolean {
    return this.#lines.length >= MAX_LINES;
  }

  /** BIB entries and blocks have a single start, which may be as old as the log. */
  get #lookBackMs(): number {
    const sessions = this.#lines.some(({ event }) => event.startsWith('session'));
    return sessions ? LOOK_BACK_MS : Number.POSITIVE_INFINITY;
  }

  /** Whether the start of what was mapped at the time has been found, for every protocol. */
  #isAnswered(): boolean {
    const { timeMs, skewMs, protocol, client } = this.#question;
    if (client !== undefined) return false;
    const begun = this.#lines.filter((line) => line.timeMs <= timeMs - skewMs && BEGINS_ALONE.has(line.event));
    if (begun.some(({ event }) => event === 'blockAllocated')) return true;
    return (protocol === undefined ? PROTOCOLS : [protocol]).every((one) =>
      begun.some((line) => line.protocol === one),
    );
  }

  /** Whether what was mapped at the time has ended according to the lines found. */
  #isEnded(): boolean {
    const { timeMs, skewMs, protocol, client } = this.#question;
    if (client !== undefined) return false;
    const after = this.#lines.filter((line) => line.timeMs > timeMs + skewMs && BEGINS_ALONE.has(line.event));
    if (after.some(({ event }) => event === 'blockAllocated')) return true;
    return (protocol === undefined ? PROTOCOLS : [protocol]).every((one) =>
      after.some((line) => line.protocol === one),
    );
  }

  #search(file: DatedFile): void {
    if (this.#searched.has(file)) return;
    this.#searched.add(file);
    this.#attempt(file, () => {
      findLines(file, this.#needle, (text) => {
        if (this.#isFull) return;
        const line = parseLogLine(text);
        if (line !== undefined && concerns(line, this.#question)) this.#lines.push(line);
      });
    });
  }

  /** Lines about the log from before the first result until after the time. */
  #notes(lines: readonly LogLine[]): LogLine[] {
    const { timeMs, skewMs } = this.#question;
    const fromMs = Math.min(lines[0]?.timeMs ?? timeMs, timeMs - skewMs) - NOTES_AROUND_MS;
    const toMs = Math.max(lines.at(-1)?.timeMs ?? timeMs, timeMs + skewMs) + NOTES_AROUND_MS;
    const notes: LogLine[] = [];
    for (const file of this.#files.filter((one) => one.toMs >= fromMs && one.fromMs <= toMs)) {
      this.#attempt(file, () => {
        findNotes(file, NOTES, (text) => {
          const line = notes.length < MAX_LINES ? parseLogLine(text) : undefined;
          const inside = line !== undefined && line.timeMs >= fromMs && line.timeMs <= toMs;
          if (inside && (line.pool4 === undefined || line.lostBefore > 0)) notes.push(line);
        });
      });
    }
    return notes.toSorted((one, other) => one.timeMs - other.timeMs);
  }

  #openings(): LogLine[] {
    const last = this.#files.findLast(({ fromMs }) => fromMs <= this.#question.timeMs) ?? this.#files[0];
    const files = this.#files.filter((file) => this.#searched.has(file) || file === last).slice(-MAX_OPENINGS);
    return files.flatMap((file) => {
      const text = this.#attempt(file, () => firstLine(file));
      return text === undefined ? [] : (parseLogLine(text) ?? []);
    });
  }

  #attempt<T>(file: DatedFile, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      const text = `${file.path}: ${error instanceof Error ? error.message : String(error)}`;
      if (!this.#unreadable.includes(text)) this.#unreadable.push(text);
      return undefined;
    }
  }
}

const PROTOCOLS = ['tcp', 'udp', 'icmp'];
/** Kinds of starts before which no other client's start can lie; sessions may start one after the other. */
const BEGINS_ALONE: ReadonlySet<string> = new Set(['mappingCreated', 'blockAllocated']);
/** Range of keepalive lines searched: a node silent for more than a day counts as absent. */
const NOTES_AROUND_MS = 86_400_000;
const MAX_OPENINGS = 64;

function needleOf({ pool4, client }: Question): Needle {
  if (pool4 !== undefined) {
    const { address, port } = pool4;
    const keys = [pool4Key(address, port), pool4Key(address, NO_PORT)];
    return { index: { list: 'pool4', keys }, bytes: [Buffer.from(`"pool4":"${formatIpv4(address)}"`)] };
  }
  if (client === undefined) return NOTES;
  const { bytes, prefixLength, pseudonym } = client;
  const index = prefixLength >= 64 ? ({ list: 'clients', keys: [clientKey(bytes)] } as const) : undefined;
  if (pseudonym) return { index, bytes: [Buffer.from(`"pseudonym":"${Buffer.from(bytes).toString('hex')}"`)] };
  const text = prefixLength === 128 ? `"client":"${formatIpv6(bytes)}"` : '"client":"';
  return { index, bytes: [Buffer.from(text)] };
}

function concerns(line: LogLine, { pool4, client, protocol }: Question): boolean {
  if (protocol !== undefined && line.protocol !== '' && line.protocol !== protocol) return false;
  if (pool4 !== undefined) {
    if (line.pool4 !== formatIpv4(pool4.address)) return false;
    if (line.ports !== undefined) return pool4.port >= line.ports[0] && pool4.port <= line.ports[1];
    return line.pool4Port === pool4.port;
  }
  if (client === undefined || line.pool4 === undefined) return false;
  if (client.pseudonym) return line.pseudonym === Buffer.from(client.bytes).toString('hex');
  const bytes = line.client === undefined ? undefined : parseIpv6(line.client);
  return bytes !== undefined && sharesPrefix(bytes, client.bytes, client.prefixLength);
}

function sharesPrefix(one: Uint8Array, other: Uint8Array, length: number): boolean {
  const whole = length >>> 3;
  for (let at = 0; at < whole; at++) if (one[at] !== other[at]) return false;
  const rest = length & 7;
  return rest === 0 || ((one[whole] ^ other[whole]) & (0xff << (8 - rest)) & 0xff) === 0;
}
