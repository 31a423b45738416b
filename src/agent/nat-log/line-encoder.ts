import {
  NAT_EVENT_CLIENT,
  NAT_EVENT_CLIENT_PORT,
  NAT_EVENT_COUNT,
  NAT_EVENT_FLAGS,
  NAT_EVENT_KIND,
  NAT_EVENT_LOST,
  NAT_EVENT_POOL4,
  NAT_EVENT_POOL4_PORT,
  NAT_EVENT_PROTOCOL,
  NAT_EVENT_REMOTE,
  NAT_EVENT_REMOTE_PORT,
  NAT_EVENT_TIME,
  NatEventFlag,
  NatEventKind,
} from '../../translator/nat64/nat-events.ts';
import { writeBytes, writeHex, writeIpv4, writeIpv6, writeNumber } from './byte-text.ts';
import type { LogSource } from './log-source.ts';

/** Maximum length of a line: names of nodes and instances have at most 64 characters. */
export const MAX_LINE = 1024;

const ascii = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const TIME = ascii('{"time":"');
const EVENT = ascii(',"event":"');
const CLIENT = ascii('","client":"');
const PSEUDONYM = ascii('","pseudonym":"');
const NO_CLIENT = ascii('"');
const QUOTE_END = ascii('"');
const PROTOCOL = ascii(',"protocol":"');
const PORT = ascii(',"port":');
const POOL4 = ascii(',"pool4":"');
const POOL4_PORT = ascii('","pool4Port":');
const REMOTE = ascii(',"remote":"');
const REMOTE_PORT = ascii('","remotePort":');
const PORTS = ascii('","ports":[');
const COMMA = ascii(',');
const BRACKET = ascii(']');
const REFUSED = ascii(',"refused":');
const PERCENT = ascii(',"percent":');
const FIRST_PORT = ascii('","firstPort":');
const FORMER_SLOT = ascii(',"formerSlot":');
const LOST = ascii(',"lostBefore":');
const END = ascii('}\n');

const KIND_NAMES: readonly (Uint8Array | undefined)[] = byNumber(Object.entries(NatEventKind));
const PROTOCOL_NAMES: readonly (Uint8Array | undefined)[] = byNumber([
  ['icmp', 1],
  ['tcp', 6],
  ['udp', 17],
  ['icmp', 58],
]);

function byNumber(names: readonly (readonly [string, number])[]): (Uint8Array | undefined)[] {
  const table: (Uint8Array | undefined)[] = Array.from({ length: 256 }, () => undefined);
  for (const [name, number] of names) table[number] = ascii(name);
  return table;
}

/**
 * Events as lines of JSON, one object each:
 *
 *     {"time":"2026-01-01T00:00:00.000Z","node":"gw1","slot":1,"epoch":1767225600000,"instance":"lower",
 *      "event":"sessionCreated","client":"2001:db8::1","protocol":"tcp","port":4000,"pool4":"192.0.2.1","pool4Port":1025}
 */
export class LineEncoder {
  readonly #pseudonyms: boolean;
  readonly #heads = new Map<LogSource, Uint8Array>();
  #head: Uint8Array = new Uint8Array();
  #headOf: LogSource | undefined;
  /** Cached text of the last second, and that second. */
  readonly #second = new Uint8Array(20);
  #secondOf = Number.NaN;

  /** @param pseudonyms whether the clients of the events are pseudonyms instead of addresses */
  constructor(pseudonyms: boolean) {
    this.#pseudonyms = pseudonyms;
  }

  /**
   * Writes the line of an event. @returns the end offset; `at` for an event of an unknown kind
   * @param out with `MAX_LINE` bytes of space from `at` on
   */
  write(out: Uint8Array, at: number, source: LogSource, view: DataView, event: number, bytes: Uint8Array): number {
    const kind = view.getUint8(event + NAT_EVENT_KIND);
    const name = KIND_NAMES[kind];
    if (name === undefined) return at;
    let end = writeBytes(out, at, TIME);
    end = this.#writeTime(out, end, view.getFloat64(event + NAT_EVENT_TIME));
    end = writeBytes(out, end, this.#headFor(source));
    end = writeBytes(out, end, EVENT);
    end = writeBytes(out, end, name);
    end = this.#writeBody(out, end, kind, view, event, bytes);
    const lost = view.getUint32(event + NAT_EVENT_LOST);
    if (lost > 0) end = writeNumber(out, writeBytes(out, end, LOST), lost);
    return writeBytes(out, end, END);
  }

  #writeBody(out: Uint8Array, at: number, kind: number, view: DataView, event: number, bytes: Uint8Array): number {
    const count = view.getUint32(event + NAT_EVENT_COUNT);
    switch (kind) {
      case NatEventKind.takenOver:
        return writeNumber(out, writeBytes(out, writeBytes(out, at, NO_CLIENT), FORMER_SLOT), count);
      case NatEventKind.poolHigh:
      case NatEventKind.poolLow: {
        const end = writeProtocol(out, writeBytes(out, at, NO_CLIENT), view, event);
        const pool4 = writeIpv4(out, writeBytes(out, end, POOL4), view.getUint32(event + NAT_EVENT_POOL4));
        const first = writeBytes(out, pool4, FIRST_PORT);
        const port = writeNumber(out, first, view.getUint16(event + NAT_EVENT_POOL4_PORT));
        return writeNumber(out, writeBytes(out, port, PERCENT), count);
      }
      case NatEventKind.blockAllocated:
      case NatEventKind.blockReleased: {
        const client = this.#writeClient(out, at, event, bytes);
        const pool4 = writeIpv4(out, writeBytes(out, client, POOL4), view.getUint32(event + NAT_EVENT_POOL4));
        const first = view.getUint16(event + NAT_EVENT_POOL4_PORT);
        const ports = writeNumber(out, writeBytes(out, pool4, PORTS), first);
        return writeBytes(out, writeNumber(out, writeBytes(out, ports, COMMA), first + count - 1), BRACKET);
      }
      case NatEventKind.poolExhausted:
      case NatEventKind.clientLimit:
      case NatEventKind.tableFull: {
        const end = writeProtocol(out, this.#writeClient(out, at, event, bytes), view, event);
        return writeNumber(out, writeBytes(out, end, REFUSED), count);
      }
      default:
        return this.#writeMapping(out, at, view, event, bytes);
    }
  }

  #writeMapping(out: Uint8Array, at: number, view: DataView, event: number, bytes: Uint8Array): number {
    let end = writeProtocol(out, this.#writeClient(out, at, event, bytes), view, event);
    end = writeNumber(out, writeBytes(out, end, PORT), view.getUint16(event + NAT_EVENT_CLIENT_PORT));
    end = writeIpv4(out, writeBytes(out, end, POOL4), view.getUint32(event + NAT_EVENT_POOL4));
    end = writeNumber(out, writeBytes(out, end, POOL4_PORT), view.getUint16(event + NAT_EVENT_POOL4_PORT));
    if ((view.getUint8(event + NAT_EVENT_FLAGS) & NatEventFlag.destination) === 0) return end;
    end = writeIpv4(out, writeBytes(out, end, REMOTE), view.getUint32(event + NAT_EVENT_REMOTE));
    return writeNumber(out, writeBytes(out, end, REMOTE_PORT), view.getUint16(event + NAT_EVENT_REMOTE_PORT));
  }

  #writeClient(out: Uint8Array, at: number, event: number, bytes: Uint8Array): number {
    const from = event + NAT_EVENT_CLIENT;
    const end = this.#pseudonyms
      ? writeHex(out, writeBytes(out, at, PSEUDONYM), bytes, from, 16)
      : writeIpv6(out, writeBytes(out, at, CLIENT), bytes, from);
    return writeBytes(out, end, QUOTE_END);
  }

  /** ISO 8601 in UTC with milliseconds, without allocating a string per line. */
  #writeTime(out: Uint8Array, at: number, timeMs: number): number {
    const whole = Math.floor(timeMs);
    const second = Math.floor(whole / 1000);
    if (second !== this.#secondOf) {
      this.#second.set(ascii(new Date(second * 1000).toISOString().slice(0, 20)));
      this.#secondOf = second;
    }
    const end = writeBytes(out, at, this.#second);
    const ms = whole - second * 1000;
    out[end] = 0x30 + Math.floor(ms / 100);
    out[end + 1] = 0x30 + (Math.floor(ms / 10) % 10);
    out[end + 2] = 0x30 + (ms % 10);
    return end + 3;
  }

  #headFor(source: LogSource): Uint8Array {
    if (source !== this.#headOf) {
      this.#headOf = source;
      this.#head = this.#heads.get(source) ?? ascii(headOf(source));
      this.#heads.set(source, this.#head);
    }
    return this.#head;
  }
}

/** The part of a line after the time that all events of a source share. */
export function headOf({ node, slot, epoch, instance }: LogSource): string {
  return `Z","node":"${node}","slot":${slot},"epoch":${epoch},"instance":"${instance}"`;
}

function writeProtocol(out: Uint8Array, at: number, view: DataView, event: number): number {
  const protocol = view.getUint8(event + NAT_EVENT_PROTOCOL);
  const name = PROTOCOL_NAMES[protocol];
  const begin = writeBytes(out, at, PROTOCOL);
  return writeBytes(
    out,
    name === undefined ? writeNumber(out, begin, protocol) : writeBytes(out, begin, name),
    QUOTE_END,
  );
}
