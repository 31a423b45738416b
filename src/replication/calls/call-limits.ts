import { type Code, CODES } from '../../codes.ts';

/** Bytes of an answer per frame; with all headers a frame fits every path. */
export const CHUNK_BYTES = 1024;
/** A request with its method and user must fit in one frame. Bytes. */
export const MAX_REQUEST_BYTES = 900;
/** Maximum number of unacknowledged chunks. */
export const WINDOW_CHUNKS = 32;
/** Maximum size of an answer; a longer one fails. Bytes. */
export const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
/** Maximum unread part of an answer; beyond, the sender waits. Bytes. */
export const MAX_UNREAD_BYTES = 256 * 1024;
/** Maximum number of concurrent calls served for one node. */
export const MAX_SERVED = 8;
/** Maximum number of concurrent calls to other nodes. */
export const MAX_ASKED = 32;
/** Interval for repeating a request and reporting a call's progress. Milliseconds. */
export const REPEAT_MS = 250;
/** Retransmission timeout. Milliseconds. */
export const RESEND_MS = 200;
/** Maximum time for a node to accept a request. Milliseconds. */
export const ACCEPT_MS = 5000;
/** A call is abandoned when its caller has been silent for this long. Milliseconds. */
export const LEASE_MS = 5000;
/** Maximum time limit of a call. Milliseconds. */
export const MAX_LIMIT_MS = 24 * 60 * 60_000;
/** Chunks of all answers together that a node sends per pacing interval: 4 MB/s. */
export const PACE_CHUNKS = 40;
export const PACE_MS = 10;

/** A call to another node has failed, there or in transit. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly code: Code;

  constructor(code: Code, message: string) {
    super(message);
    this.code = code;
  }
}

/** A later release may use codes unknown to this one. */
export function knownCode(code: string): Code {
  // a key of CODES is a Code
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.hasOwn(CODES, code) ? (code as Code) : 'request-failed';
}
