import { dirname } from 'node:path';
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
  /** First lines of searched files, and of the last file of each directory before the time. */
  readonly openings: readonly LogLine[];
  readonly files: number;
}

const NOTES: Needle = { index: { list: 'pool4', keys: [pool4Key(NO_ADDRESS, NO_PORT)] }, bytes: NOTE_MARKS };

/** Searches the directories and files of one or several nodes. @throws file system errors */
export function searchLogs(places: readonly string[], question: Question): Found {
  const files = places.flatMap((place) => logFilesAt(place));
  return new LogSearch(byTime(files), question).run();
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
      if (this.#isFull) break;
      if (file.toMs >= this.#earliestMs()) this.#search(file);
    }
    for (const file of this.#files.filter(({ toMs }) => toMs >= timeMs - skewMs)) {
      if (this.#isFull) break;
      if (file.fromMs <= this.#latestMs()) this.#search(file);
    }
    if (this.#isFull) this.#unreadable.push(TOO_MANY);
    const lines = byLineTime(this.#lines);
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

  /**
   * The time before which no line matters: for every protocol, a later start of what was mapped has been found. The
   * files of several nodes overlap, so that one may have a later start than the file that was read first.
   */
  #earliestMs(): number {
    const { timeMs, skewMs } = this.#question;
    const begun = this.#starts((startMs) => startMs <= timeMs - skewMs);
    const lastOf = (protocol: string): number =>
      begun.findLast((line) => isOf(line, protocol))?.timeMs ?? Number.NEGATIVE_INFINITY;
    const answeredMs = Math.min(...this.#protocols.map(lastOf));
    return Math.max(answeredMs, timeMs - this.#lookBackMs) - skewMs;
  }

  /** The time after which no line matters: for every protocol, something else was mapped then. */
  #latestMs(): number {
    const { timeMs, skewMs } = this.#question;
    const after = this.#starts((startMs) => startMs > timeMs + skewMs);
    const firstOf = (protocol: string): number =>
      after.find((line) => isOf(line, protocol))?.timeMs ?? Number.POSITIVE_INFINITY;
    return Math.max(...this.#protocols.map(firstOf)) + skewMs;
  }

  get #protocols(): readonly string[] {
    const { protocol } = this.#question;
    return protocol === undefined ? PROTOCOLS : [protocol];
  }

  /** Lines, in order of time, that each end what was mapped before; none for a client, who may have many ports. */
  #starts(isMeant: (startMs: number) => boolean): LogLine[] {
    if (this.#question.client !== undefined) return [];
    return byLineTime(this.#lines.filter(({ timeMs, event }) => isMeant(timeMs) && BEGINS_ALONE.has(event)));
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
    return byLineTime(notes);
  }

  /** What is closest to the time comes first: it says what was configured then, and that there was a log. */
  #openings(): LogLine[] {
    const files = byTime([...new Set([...this.#lastBefore(), ...this.#searched])].slice(0, MAX_OPENINGS));
    return files.flatMap((file) => {
      const text = this.#attempt(file, () => firstLine(file));
      return text === undefined ? [] : (parseLogLine(text) ?? []);
    });
  }

  /** Of each directory, the last file before the time, or the first one. */
  #lastBefore(): Iterable<DatedFile> {
    const last = new Map<string, DatedFile>();
    for (const file of this.#files) {
      const directory = dirname(file.path);
      if (!last.has(directory) || file.fromMs <= this.#question.timeMs) last.set(directory, file);
    }
    return last.values();
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

function byTime(files: readonly DatedFile[]): DatedFile[] {
  return files.toSorted((one, other) => one.fromMs - other.fromMs);
}

function byLineTime(lines: readonly LogLine[]): LogLine[] {
  return lines.toSorted((one, other) => one.timeMs - other.timeMs);
}

/** A block is of all protocols. */
function isOf(line: LogLine, protocol: string): boolean {
  return line.event === 'blockAllocated' || line.protocol === protocol;
}

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
