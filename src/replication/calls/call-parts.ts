import { isthmus } from '../../gen/frames.js';

/** The parts of a call with defaults for absent fields. */
export type Filled<Part> = {
  readonly [Key in keyof Part as Key extends `$${string}` ? never : Key]-?: NonNullable<Part[Key]>;
};

export type CallRequest = Filled<isthmus.v1.CallRequest.$Properties>;
export type CallReply = Filled<isthmus.v1.CallReply.$Properties>;
export type CallProgress = Filled<isthmus.v1.CallProgress.$Properties>;

/** A decoded frame of a call; frames of this release contain exactly one part. */
export interface CallFrame {
  readonly to: number;
  readonly epoch: number;
  readonly call: number;
  readonly request?: CallRequest;
  readonly reply?: CallReply;
  readonly progress?: CallProgress;
}

const NOTHING = new Uint8Array(0);

/** @throws when the bytes are not such a message */
export function decodeCall(bytes: Uint8Array): CallFrame {
  const { to, epoch, call, request, reply, progress } = isthmus.v1.CallBody.decode(bytes);
  if (request) {
    const { method, message, user, limitMs } = request;
    const filled = { method: method ?? '', message: message ?? NOTHING, user: user ?? '', limitMs: limitMs ?? 0 };
    return { to, epoch, call, request: filled };
  }
  if (reply) {
    const { chunk, data, complete, last, code, text } = reply;
    const end = { complete: complete === true, last: last === true, code: code ?? '', text: text ?? '' };
    return { to, epoch, call, reply: { chunk: chunk ?? 0, data: data ?? NOTHING, ...end } };
  }
  if (!progress) return { to, epoch, call };
  const { received, room, cancelled } = progress;
  return { to, epoch, call, progress: { received: received ?? 0, room: room ?? 0, cancelled: cancelled === true } };
}
