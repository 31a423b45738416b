import { parseIpv6 } from '../../net/ipv6-address.ts';
import { IPV6_SOURCE } from '../../net/ip-headers.ts';
import type { PacketArena } from '../../net/packet-arena.ts';
import type { ParsedPacket } from '../parsed-packet.ts';
import type { Dialog } from './ftp-dialog.ts';
import type { DataMapping } from './ftp-data-mapping.ts';
import { ascii, isDigit, isWord, LineWriter, SPACE, startsWith } from './ftp-text.ts';

const EPSV = ascii('EPSV');
const EPSV_2 = ascii('EPSV 2');
const EPSV_ALL = ascii('EPSV ALL');
const EPSV_OF = ascii('EPSV ');
const EPRT = ascii('EPRT ');
const PASV = ascii('PASV');
const PORT = ascii('PORT ');
const NOOP = ascii('NOOP');
const AUTH = ascii('AUTH');
const ALGS = ascii('ALGS');
const STATUS = ascii('ALGS STATUS64');
const ENABLE = ascii('ALGS ENABLE64');
const DISABLE = ascii('ALGS DISABLE64');
/** The address family number of IPv6 (RFC 2428 section 2), the only one that an EPRT of an IPv6 client can mean. */
const FAMILY_6 = 50;
/** Servers must not be directed to ports of well-known services (RFC 2577 section 3). */
const LOWEST_DATA_PORT = 1024;

/** Replies that take the place of the reply to a NOOP (RFC 6384 sections 6 and 11). */
export const ALGS_STATUS = 216;
export const BAD_ARGUMENT = 504;
export const OTHER_FAMILY = 522;

/** The commands of an FTP client, line by line. */
export class FtpCommands {
  /**
   * The last line should have been translated but could not be; it is forwarded unchanged, and the server will reject
   * it.
   */
  unfit = false;
  readonly #mapping: DataMapping;
  readonly #line = new LineWriter();

  constructor(mapping: DataMapping) {
    this.#mapping = mapping;
  }

  /**
   * @param at start of the line; `end` that of its CR LF
   * @param session the control session
   * @returns the replacement, of the same length; undefined: the line is forwarded unchanged
   */
  translate(
    arena: PacketArena,
    at: number,
    end: number,
    p: ParsedPacket,
    session: number,
    dialog: Dialog,
    nowMs: number,
  ): LineWriter | undefined {
    this.unfit = false;
    if (dialog.authPending) return undefined;
    if (startsWith(arena, at, end, ALGS)) return this.#algs(arena, at, end, dialog);
    if (startsWith(arena, at, end, AUTH)) dialog.authPending = true;
    if (isWord(arena, at, end, PASV)) dialog.plainPassive = true;
    if (dialog.disabled || end - at > this.#line.bytes.length) return undefined;
    if (isWord(arena, at, end, EPSV) || isWord(arena, at, end, EPSV_2)) {
      dialog.plainPassive = false;
      return this.#line
        .clear()
        .text(PASV)
        .fill(end - at);
    }
    // A server that has received EPSV ALL may reject the PASV that a later EPSV becomes.
    if (isWord(arena, at, end, EPSV_ALL)) return this.#instead(BAD_ARGUMENT, end - at, dialog);
    if (isNumbered(arena, at, end, EPSV_OF)) return this.#instead(OTHER_FAMILY, end - at, dialog);
    if (startsWith(arena, at, end, EPRT)) return this.#eprt(arena, at + EPRT.length, end, p, session, nowMs);
    return undefined;
  }

  #algs(arena: PacketArena, at: number, end: number, dialog: Dialog): LineWriter | undefined {
    if (end - at > this.#line.bytes.length) return undefined;
    let answer = ALGS_STATUS;
    if (isWord(arena, at, end, ENABLE)) dialog.disabled = false;
    else if (isWord(arena, at, end, DISABLE)) dialog.disabled = true;
    else if (!isWord(arena, at, end, STATUS)) answer = BAD_ARGUMENT;
    return this.#instead(answer, end - at, dialog);
  }

  /** The server gets a NOOP, and the client this code in place of the reply to that (RFC 6384 section 12). */
  #instead(answer: number, room: number, dialog: Dialog): LineWriter {
    dialog.answer = answer;
    return this.#line.clear().text(NOOP).fill(room);
  }

  /** `EPRT |2|address|port|`, where the delimiter may be any printable character (RFC 2428 section 2). */
  #eprt(
    arena: PacketArena,
    at: number,
    end: number,
    p: ParsedPacket,
    session: number,
    nowMs: number,
  ): LineWriter | undefined {
    const { bytes } = arena;
    const delimiter = bytes[at];
    if (at + 3 > end || bytes[at + 1] !== FAMILY_6 || bytes[at + 2] !== delimiter) return undefined;
    this.unfit = true;
    const afterAddress = bytes.indexOf(delimiter, at + 3);
    if (afterAddress < 0 || afterAddress >= end || !this.#isOwn(arena, at + 3, afterAddress, p)) return undefined;
    const port = portOf(arena, afterAddress + 1, end, delimiter);
    if (port < LOWEST_DATA_PORT || !this.#mapping.make(arena, p, port, session, nowMs)) return undefined;
    const room = end - at + EPRT.length;
    const line = this.#line.clear().text(PORT).hostPort(this.#mapping.address, this.#mapping.port);
    if (line.length > room || room > line.bytes.length) return undefined;
    this.unfit = false;
    return line.fill(room);
  }

  /** The data connection must go to the client of the control connection, and nowhere else (RFC 2577 section 3). */
  #isOwn(arena: PacketArena, from: number, to: number, p: ParsedPacket): boolean {
    if (to - from > 45) return false;
    let text = '';
    for (let at = from; at < to; at++) text += String.fromCharCode(arena.bytes[at]);
    const address = parseIpv6(text);
    if (address === undefined) return false;
    for (let index = 0; index < 16; index++) {
      if (arena.bytes[p.offset + IPV6_SOURCE + index] !== address[index]) return false;
    }
    return true;
  }
}

/** Whether a number follows, with nothing but spaces after it. */
function isNumbered(arena: PacketArena, at: number, end: number, capitals: Uint8Array): boolean {
  if (!startsWith(arena, at, end, capitals)) return false;
  let rest = at + capitals.length;
  const first = rest;
  while (rest < end && isDigit(arena.bytes[rest])) rest += 1;
  while (rest > first && rest < end && arena.bytes[rest] === SPACE) rest += 1;
  return rest > first && rest === end;
}

/** The number up to the delimiter, which must end the line; or -1. */
function portOf(arena: PacketArena, from: number, end: number, delimiter: number): number {
  let port = 0;
  let at = from;
  for (; at < end && at - from < 5 && isDigit(arena.bytes[at]); at++) port = port * 10 + arena.bytes[at] - 48;
  const ended = at > from && at === end - 1 && arena.bytes[at] === delimiter;
  return ended && port <= 65535 ? port : -1;
}
