import { isthmus } from '../../gen/frames.js';
import type { Clock } from '../clock.ts';
import { CallError, MAX_ASKED, MAX_LIMIT_MS, MAX_REQUEST_BYTES, MAX_SERVED } from './call-limits.ts';
import { type CallRequest, decodeCall } from './call-parts.ts';
import { CallPace } from './call-pace.ts';
import { IncomingCall } from './incoming-call.ts';
import { OutgoingCall } from './outgoing-call.ts';

const { CallBody } = isthmus.v1;

/** A request from one node to another. */
export interface PeerRequest {
  readonly method: string;
  /** The encoded request. */
  readonly message: Uint8Array;
  /** The operator on whose behalf it is made. */
  readonly user: string;
}

export interface CallsWorld {
  readonly clock: Clock;
  readonly self: { readonly slot: number; readonly epoch: number };
  /** Sends a frame of kind `call`. */
  readonly send: (body: Uint8Array) => void;
  /** The epoch of a node that is alive. */
  readonly epochOf: (slot: number) => number | undefined;
  /** Executes a request of another node; errors with a code are passed to the caller. */
  readonly answer: (slot: number, request: PeerRequest, stopped: AbortSignal) => AsyncIterable<Uint8Array>;
}

/**
 * A node from which parts of calls have been received within this time is reachable, regardless of its heartbeats.
 * Milliseconds.
 */
const RECEIVED_MS = 3000;
/** Finished calls remembered per node, because their requests may arrive again. */
const REMEMBERED = 256;

interface Served {
  readonly epoch: number;
  readonly open: Map<number, IncomingCall>;
  readonly done: Set<number>;
}

/**
 * Calls between nodes: a request and an answer of any number of messages, sealed like replication frames and sent over
 * all links. A request is executed at most once. Replication does not depend on calls, and has priority over them.
 */
export class PeerCalls {
  readonly #world: CallsWorld;
  readonly #pace: CallPace;
  readonly #asked = new Map<number, { readonly slot: number; readonly epoch: number; readonly call: OutgoingCall }>();
  readonly #served = new Map<number, Served>();
  /** When parts of calls were last received from each node, and its epoch. */
  readonly #received = new Map<number, { readonly epoch: number; readonly atMs: number }>();
  #number = 0;

  constructor(world: CallsWorld) {
    this.#world = world;
    this.#pace = new CallPace(world.clock);
  }

  /**
   * Calls a node; leaving the loop cancels the call.
   * @param limitMs maximum duration
   * @throws CallError
   */
  async *ask(slot: number, request: PeerRequest, limitMs: number): AsyncGenerator<Uint8Array> {
    const { clock } = this.#world;
    const epoch = this.#epochOf(slot);
    if (epoch === undefined) throw new CallError('node-unreachable', 'no heartbeats of it arrive');
    if (request.message.length + request.method.length + Buffer.byteLength(request.user) > MAX_REQUEST_BYTES) {
      throw new CallError('request-invalid', `a request to another node has at most ${MAX_REQUEST_BYTES} bytes`);
    }
    if (this.#asked.size >= MAX_ASKED) {
      throw new CallError('node-busy', `this node waits for ${MAX_ASKED} other answers already`);
    }
    const number = ++this.#number;
    const limit = Math.min(limitMs, MAX_LIMIT_MS);
    const call = new OutgoingCall({
      clock,
      request: { ...request, limitMs: limit },
      limitMs: limit,
      send: (part) => this.#send(slot, epoch, { ...part, call: number }),
      reachable: () => this.#epochOf(slot) === epoch,
    });
    this.#asked.set(number, { slot, epoch, call });
    try {
      yield* call.answer();
    } finally {
      this.#asked.delete(number);
    }
  }

  /** A part of a call, sent by a peer to this node or another one. @throws when it is not such a message */
  receive(slot: number, epoch: number, bytes: Uint8Array): void {
    const body = decodeCall(bytes);
    const { self } = this.#world;
    if (body.to !== self.slot || body.epoch !== self.epoch) return;
    this.#received.set(slot, { epoch, atMs: this.#world.clock.now() });
    if (body.reply) {
      const asked = this.#asked.get(body.call);
      if (asked?.slot === slot && asked.epoch === epoch) asked.call.take(body.reply);
    } else if (body.request) this.#serve(slot, epoch, body.call, body.request);
    else if (body.progress) this.#served.get(slot)?.open.get(body.call)?.progress(body.progress);
  }

  #epochOf(slot: number): number | undefined {
    const received = this.#received.get(slot);
    const { clock, epochOf } = this.#world;
    return (
      epochOf(slot) ??
      (received !== undefined && clock.now() - received.atMs < RECEIVED_MS ? received.epoch : undefined)
    );
  }

  #serve(slot: number, epoch: number, number: number, request: CallRequest): void {
    const served = this.#servedOf(slot, epoch);
    const known = served.open.get(number);
    if (known !== undefined) return known.requested();
    if (served.done.has(number)) return;
    const { clock, answer } = this.#world;
    const { method, message, user, limitMs } = request;
    const call = new IncomingCall({
      clock,
      pace: this.#pace,
      limitMs: Math.min(limitMs, MAX_LIMIT_MS),
      send: (reply) => this.#send(slot, epoch, { reply, call: number }),
    });
    const busy = served.open.size >= MAX_SERVED;
    if (served.open.size >= 2 * MAX_SERVED) return;
    served.open.set(number, call);
    call.requested();
    const copy = { method, message: Uint8Array.from(message), user };
    const run = call.run((stopped) => (busy ? refuse() : answer(slot, copy, stopped)));
    void run.finally(() => forget(served, number));
  }

  /** Calls of a previous incarnation are dropped. */
  #servedOf(slot: number, epoch: number): Served {
    const known = this.#served.get(slot);
    if (known?.epoch === epoch) return known;
    for (const call of known?.open.values() ?? []) call.stop();
    const fresh = { epoch, open: new Map<number, IncomingCall>(), done: new Set<number>() };
    this.#served.set(slot, fresh);
    return fresh;
  }

  #send(slot: number, epoch: number, part: Omit<isthmus.v1.CallBody.$Properties, 'to' | 'epoch'>): void {
    this.#world.send(CallBody.encode({ ...part, to: slot, epoch }).finish());
  }
}

/** The call is finished; its number is remembered for a while. */
function forget({ open, done }: Served, number: number): void {
  open.delete(number);
  done.add(number);
  const [oldest] = done;
  if (done.size > REMEMBERED && oldest !== undefined) done.delete(oldest);
}

// An answer that consists of a refusal only.
// oxlint-disable-next-line require-yield
async function* refuse(): AsyncGenerator<Uint8Array> {
  throw new CallError('node-busy', `the node carries out ${MAX_SERVED} requests of this one already; try again`);
}
