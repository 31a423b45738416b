import type { PacketArena } from '../../net/packet-arena.ts';
import { BAD_ARGUMENT, OTHER_FAMILY } from './ftp-commands.ts';
import type { Dialog } from './ftp-dialog.ts';
import { ascii, HostPort, LineWriter, replyCode, SPACE } from './ftp-text.ts';

const PASSIVE = 227;
const EXTENDED_PASSIVE = ascii('229 ');
const WORDS = ascii('Entering Extended Passive Mode');
const OPEN = ascii('(|||');
const CLOSE = ascii('|)');
const STATUS_ON = ascii('216 EPSVEPRT');
const STATUS_OFF = ascii('216 NONE');
const NOT_FOR_PARAMETER = ascii('504 unknown argument');
const NO_SUCH_FAMILY = ascii('522 use IPv6, (2)');
/** Length of a reply code and the space after it; the text follows. */
const CODE = 4;

/** The replies of an FTP server, line by line. */
export class FtpReplies {
  readonly #line = new LineWriter();
  readonly #hostPort = new HostPort();

  /** @returns the replacement of the line from `at` to `end`, of the same length; undefined: forwarded unchanged */
  translate(arena: PacketArena, at: number, end: number, dialog: Dialog): LineWriter | undefined {
    const code = replyCode(arena, at, end);
    // The last line of a multi-line reply is the one with a space after its code (RFC 959 section 4.2).
    if (code < 0 || (at + 3 < end && arena.bytes[at + 3] !== SPACE) || end - at > this.#line.bytes.length) {
      return undefined;
    }
    if (dialog.authPending) {
      dialog.authPending = false;
      dialog.transparent = code >= 200 && code < 400;
      return undefined;
    }
    if (dialog.answer !== 0) return this.#answer(code, end - at, dialog);
    if (code !== PASSIVE) return undefined;
    if (dialog.plainPassive || dialog.disabled) {
      dialog.plainPassive = false;
      return undefined;
    }
    if (!this.#hostPort.find(arena, at + EXTENDED_PASSIVE.length, end)) return undefined;
    return this.#extendedPassive(this.#hostPort.port, end - at);
  }

  /**
   * The shortest 229 is shorter than the shortest 227 with the same port, because six numbers take more bytes than one.
   */
  #extendedPassive(port: number, room: number): LineWriter {
    const digits = port < 10 ? 1 : port < 100 ? 2 : port < 1000 ? 3 : port < 10_000 ? 4 : 5;
    const spare = room - EXTENDED_PASSIVE.length - OPEN.length - digits - CLOSE.length;
    const line = this.#line.clear().text(EXTENDED_PASSIVE);
    if (spare > WORDS.length) line.text(WORDS);
    return line
      .fill(EXTENDED_PASSIVE.length + spare)
      .text(OPEN)
      .number(port)
      .text(CLOSE);
  }

  /** The server has replied to the NOOP that replaced the client's ALGS command. */
  #answer(code: number, room: number, dialog: Dialog): LineWriter | undefined {
    const { answer } = dialog;
    dialog.answer = 0;
    if (code < 200 || code > 299) return undefined;
    if (answer === BAD_ARGUMENT) return this.#refusal(NOT_FOR_PARAMETER, room);
    if (answer === OTHER_FAMILY) return this.#refusal(NO_SUCH_FAMILY, room);
    const words = dialog.disabled ? STATUS_OFF : STATUS_ON;
    return words.length > room ? undefined : this.#line.clear().text(words).fill(room);
  }

  /** Falls back to the bare code where the text does not fit. */
  #refusal(words: Uint8Array, room: number): LineWriter | undefined {
    if (room < CODE) return undefined;
    const line = this.#line.clear();
    if (words.length <= room) line.text(words);
    else for (let index = 0; index < CODE; index++) line.byte(words[index]);
    return line.fill(room);
  }
}
