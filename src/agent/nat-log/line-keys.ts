import { parseIpv4 } from '../../net/ipv4-address.ts';
import { parseIpv6 } from '../../net/ipv6-address.ts';
import { clientKey, type IndexBuilder, NO_ADDRESS, NO_PORT, pool4Key } from './segment-index.ts';

const TIME = Buffer.from('{"time":"');
const CLIENT = Buffer.from('"client":"');
const PSEUDONYM = Buffer.from('"pseudonym":"');
const POOL4 = Buffer.from('"pool4":"');
const PORT = Buffer.from('"pool4Port":');
const LOST = Buffer.from(',"lostBefore":');
/** Keys of lines about the log itself. */
export const NOTE_MARKS: readonly Buffer[] = [
  ...['"event":"log', '"event":"linesLost', '"event":"takenOver'].map((text) => Buffer.from(text)),
  LOST,
];
const QUOTE = 0x22;
const ZERO = 0x30;
/** Number of cached texts, because addresses recur. */
const REMEMBERED = 65_536;

/**
 * Extracts index keys from JSON lines without parsing them: the lines are written by this program, and lines without
 * the expected fields are indexed as lines about the log itself.
 */
export class LineKeys {
  readonly #clients = new Map<string, number>();
  readonly #addresses = new Map<string, number>();
  #minute = '';
  #minuteMs = 0;

  /** Adds the line at [start, end) to an index. */
  add(index: IndexBuilder, bytes: Buffer, start: number, end: number): void {
    index.lines += 1;
    this.#addTime(index, bytes, start, end);
    const line = bytes.subarray(start, end);
    const pool4 = textBehind(line, POOL4);
    const client = textBehind(line, CLIENT);
    const pseudonym = client === undefined ? textBehind(line, PSEUDONYM) : undefined;
    if (client !== undefined) index.addClient(this.#clientKey(client));
    else if (pseudonym !== undefined) index.addClient(clientKey(Buffer.from(pseudonym, 'hex')));
    const mapping = pool4 !== undefined && (client ?? pseudonym) !== undefined;
    if (mapping ? line.includes(LOST) : NOTE_MARKS.some((mark) => line.includes(mark))) index.addNote(line);
    if (!mapping) return;
    const place = line.indexOf(PORT);
    const port = place < 0 ? NO_PORT : numberAt(line, place + PORT.length);
    index.addPool4(pool4Key(this.#address(pool4), port));
  }

  #addTime(index: IndexBuilder, bytes: Buffer, start: number, end: number): void {
    const from = start + TIME.length;
    if (end - from < 24 || bytes.compare(TIME, 0, TIME.length, start, from) !== 0) return;
    // 2026-01-01T00:00 and :SS.mmmZ
    const minute = bytes.toString('latin1', from, from + 16);
    if (minute !== this.#minute) {
      const parsed = Date.parse(`${minute}:00.000Z`);
      if (Number.isNaN(parsed)) return;
      this.#minute = minute;
      this.#minuteMs = parsed;
    }
    const seconds = numberAt(bytes, from + 17);
    index.addTime(this.#minuteMs + seconds * 1000 + numberAt(bytes, from + 20));
  }

  #clientKey(text: string): number {
    const known = this.#clients.get(text);
    if (known !== undefined) return known;
    const key = clientKey(parseIpv6(text) ?? new Uint8Array(16));
    if (this.#clients.size >= REMEMBERED) this.#clients.clear();
    this.#clients.set(text, key);
    return key;
  }

  #address(text: string): number {
    const known = this.#addresses.get(text);
    if (known !== undefined) return known;
    const address = parseIpv4(text) ?? NO_ADDRESS;
    if (this.#addresses.size >= REMEMBERED) this.#addresses.clear();
    this.#addresses.set(text, address);
    return address;
  }
}

/** The text between the field's name and the next quote. */
function textBehind(line: Buffer, name: Buffer): string | undefined {
  const at = line.indexOf(name);
  if (at < 0) return undefined;
  const from = at + name.length;
  let end = from;
  while (end < line.length && line[end] !== QUOTE) end += 1;
  return line.toString('latin1', from, end);
}

function numberAt(bytes: Buffer, at: number): number {
  let value = 0;
  for (let place = at; place < bytes.length; place++) {
    const digit = bytes[place] - ZERO;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  return value;
}
