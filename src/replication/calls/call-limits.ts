import { type Code, CODES } from '../../codes.ts';

/** Bytes of an answer in one frame; with all that is around them they fit every path. */
export const CHUNK_BYTES = 1024;
/** A request, its method and its user fit one frame together. Bytes. */
export const MAX_REQUEST_BYTES = 900;
/** Chunks that are under way without an acknowledgement. */
export const WINDOW_CHUNKS = 32;
/** An answer that is longer ends with an error. Bytes. */
export const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
/** Parts of an answer that nobody has read yet; beyond, the sender waits. Bytes. */
export const MAX_UNREAD_BYTES = 256 * 1024;
/** Calls of one node that are carried out at the same time. */
export const MAX_SERVED = 8;
/** Calls to other nodes at the same time. */
export const MAX_ASKED = 32;
/** A request is repeated, and a call's progress said, this often. Milliseconds. */
export const REPEAT_MS = 250;
/** What was not acknowledged for so long is sent again. Milliseconds. */
export const RESEND_MS = 200;
/** A node that does not even take a request within this time will not. Milliseconds. */
export const ACCEPT_MS = 5000;
/** A call whose caller was silent for so long is given up. Milliseconds. */
export const LEASE_MS = 5000;
/** The longest time limit of a call. Milliseconds. */
export const MAX_LIMIT_MS = 24 * 60 * 60_000;
/** Chunks of all answers together that a node sends in one period of the pace: 4 MB/s. */
export const PACE_CHUNKS = 40;
export const PACE_MS = 10;

/** A call to another node has failed, there or on the way. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly code: Code;

  constructor(code: Code, message: string) {
    super(message);
    this.code = code;
  }
}

/** A later release may use codes that this one does not know. */
export function knownCode(code: string): Code {
  // a key of CODES is a Code
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.hasOwn(CODES, code) ? (code as Code) : 'request-failed';
}
