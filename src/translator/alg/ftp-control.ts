import { PROTOCOL_TCP } from '../../net/ip-headers.ts';
import type { PacketArena } from '../../net/packet-arena.ts';
import * as l4 from '../../net/transport-headers.ts';
import { Counter, type TranslatorCounters } from '../counters.ts';
import type { SessionStore } from '../nat64/tables/session-store.ts';
import type { ParsedPacket } from '../parsed-packet.ts';
import { FtpCommands } from './ftp-commands.ts';
import { type Dialog, FRESH_DIALOG, isFresh } from './ftp-dialog.ts';
import { FtpReplies } from './ftp-replies.ts';
import type { DataMapping } from './ftp-data-mapping.ts';
import { CR, LF } from './ftp-text.ts';
import { rewriteSpan } from './span-checksum.ts';

export const FTP_PORT = 21;
/** Control sessions with state to remember. Beyond this number, sessions are translated as if fresh. */
export const MAX_DIALOGS = 4096;
/** Longer lines are not FTP and are forwarded unchanged, as is everything beyond this many bytes of one packet. */
const LONGEST_LINE = 512;
const MOST_SCANNED = 4096;

/**
 * The FTP application layer gateway for NAT64 (RFC 6384): the lines of a control session are rewritten one by one, and
 * *each keeps its length*, so that no TCP sequence number changes. No state about earlier bytes is needed: a
 * retransmitted segment is translated identically, and another node can continue at any time
 * (docs/decisions/0010-ftp-lines-keep-their-length.md).
 *
 *     client                    ALG                          server
 *     EPSV                ───→  PASV                    ───→
 *     229 … (|||5282|)    ←───  227 … (192,0,2,7,20,162) ←───
 *     EPRT |2|2001:…|99|  ───→  PORT 203,0,113,9,4,1    ───→   and a BIB entry and session for the data connection
 *     ALGS STATUS64       ───→  NOOP                    ───→
 *     216 …               ←───  200 …                   ←───
 */
export class FtpControl {
  readonly #store: SessionStore;
  readonly #counters: TranslatorCounters;
  readonly #commands: FtpCommands;
  readonly #replies = new FtpReplies();
  readonly #dialogs = new Map<number, Dialog>();
  readonly #fresh: Dialog = { ...FRESH_DIALOG };

  constructor(store: SessionStore, counters: TranslatorCounters, mapping: DataMapping) {
    this.#store = store;
    this.#counters = counters;
    this.#commands = new FtpCommands(mapping);
  }

  /** Rewrites the commands in a client's packet, which is parsed and not yet translated. */
  fromClient(arena: PacketArena, p: ParsedPacket, session: number, partial: boolean, nowMs: number): void {
    if ((p.tcpFlags & l4.TCP_SYN) !== 0) this.#dialogs.delete(session);
    const dialog = this.#dialogOf(session);
    const limit = Math.min(p.offset + p.length, p.l4Offset + p.l4HeaderLength + MOST_SCANNED);
    for (let at = p.l4Offset + p.l4HeaderLength; at < limit && !dialog.transparent;) {
      const end = endOfLine(arena, at, limit);
      if (end < 0) break;
      const line = this.#commands.translate(arena, at, end, p, session, dialog, nowMs);
      if (line !== undefined) {
        rewriteSpan(arena, p, at, line.bytes, line.length, partial);
        this.#counters.add(Counter.ftpCommands);
      } else if (this.#commands.unfit) {
        this.#counters.add(Counter.ftpUnfit);
      }
      at = end + 2;
    }
    this.#remember(session, dialog);
  }

  /** Rewrites the replies in a server's packet. */
  fromServer(arena: PacketArena, p: ParsedPacket, bib: number, partial: boolean): void {
    const session = this.#store.sessions.find(bib, p.src0, FTP_PORT);
    if (session < 0) return;
    const dialog = this.#dialogOf(session);
    const limit = Math.min(p.offset + p.length, p.l4Offset + p.l4HeaderLength + MOST_SCANNED);
    for (let at = p.l4Offset + p.l4HeaderLength; at < limit && !dialog.transparent;) {
      const end = endOfLine(arena, at, limit);
      if (end < 0) break;
      const line = this.#replies.translate(arena, at, end, dialog);
      if (line !== undefined) {
        rewriteSpan(arena, p, at, line.bytes, line.length, partial);
        this.#counters.add(Counter.ftpReplies);
      }
      at = end + 2;
    }
    this.#remember(session, dialog);
  }

  #dialogOf(session: number): Dialog {
    const known = this.#dialogs.get(session);
    if (known !== undefined && this.#isOf(known, session)) return known;
    return Object.assign(this.#fresh, FRESH_DIALOG);
  }

  #remember(session: number, dialog: Dialog): void {
    if (dialog !== this.#fresh || isFresh(dialog)) return;
    if (this.#dialogs.size >= MAX_DIALOGS) this.#forgetEnded();
    if (this.#dialogs.size >= MAX_DIALOGS) {
      this.#counters.add(Counter.ftpUntracked);
      return;
    }
    const { sessions } = this.#store;
    this.#dialogs.set(session, { ...dialog, bib: sessions.bib[session], remote: sessions.remote[session] });
  }

  #forgetEnded(): void {
    for (const [session, dialog] of this.#dialogs) if (!this.#isOf(dialog, session)) this.#dialogs.delete(session);
  }

  #isOf(dialog: Dialog, session: number): boolean {
    const { sessions, entries } = this.#store;
    const same = sessions.bib[session] === dialog.bib && sessions.remote[session] === dialog.remote;
    const control = sessions.remotePort[session] === FTP_PORT && entries.protocol[dialog.bib] === PROTOCOL_TCP;
    return same && control && sessions.isLive(session);
  }
}

/** Offset of the CR LF of the line that begins at `at`, or -1 if it is not in the packet. */
function endOfLine(arena: PacketArena, at: number, limit: number): number {
  const last = Math.min(limit - 1, at + LONGEST_LINE);
  for (let end = at; end < last; end++) if (arena.bytes[end] === CR && arena.bytes[end + 1] === LF) return end;
  return -1;
}
