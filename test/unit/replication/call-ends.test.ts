import { describe, expect, it } from 'vitest';
import { isthmus } from '../../../src/gen/frames.js';
import {
  CHUNK_BYTES,
  MAX_ASKED,
  MAX_REQUEST_BYTES,
  MAX_SERVED,
  MAX_UNREAD_BYTES,
  WINDOW_CHUNKS,
} from '../../../src/replication/calls/call-limits.ts';
import type { CallReply } from '../../../src/replication/calls/call-parts.ts';
import { OutgoingCall } from '../../../src/replication/calls/outgoing-call.ts';
import { PeerCalls, type PeerRequest } from '../../../src/replication/calls/peer-calls.ts';
import { SimulatedClock } from './simulated-network.ts';

const { CallBody } = isthmus.v1;
const SELF = { slot: 2, epoch: 200 };
/** Calls that were carried out and are remembered as that. */
const REMEMBERED = 256;

type Part = Omit<isthmus.v1.CallBody.$Properties, 'to' | 'epoch'>;

async function turns(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
}

/** A node whose peers are played by the test. */
class Node {
  readonly clock = new SimulatedClock();
  readonly sent: isthmus.v1.CallBody[] = [];
  /** Requests that were carried out, by their message. */
  readonly carriedOut: string[] = [];
  readonly stopped: string[] = [];
  /** Whether answers wait until they are stopped. */
  waits = false;
  readonly calls: PeerCalls;

  constructor() {
    this.calls = new PeerCalls({
      clock: this.clock,
      self: SELF,
      send: (body) => void this.sent.push(CallBody.decode(body)),
      epochOf: (slot) => (slot === 1 ? 100 : undefined),
      answer: (_slot, request, signal) => this.#answer(request, signal),
    });
  }

  async *#answer({ message }: PeerRequest, stopped: AbortSignal): AsyncGenerator<Uint8Array> {
    const text = Buffer.from(message).toString();
    this.carriedOut.push(text);
    if (this.waits && !stopped.aborted) {
      await new Promise((resolve) => {
        stopped.addEventListener('abort', resolve);
      });
      this.stopped.push(text);
    }
    yield Buffer.from('answer');
  }

  hears(part: Part, from = { slot: 1, epoch: 100 }, to = SELF): void {
    this.calls.receive(from.slot, from.epoch, CallBody.encode({ ...part, to: to.slot, epoch: to.epoch }).finish());
  }

  requests(call: number, from = { slot: 1, epoch: 100 }): void {
    const request = { method: 'GetStatus', message: Buffer.from(`${call}`), user: 'root', limitMs: 600_000 };
    this.hears({ call, request }, from);
  }

  /** The caller says that it has the whole answer: the message, and the chunk that ends it. */
  async hasAll(call: number): Promise<void> {
    await turns();
    this.hears({ call, progress: { received: 2, room: WINDOW_CHUNKS } });
    await turns();
  }

  codes(): (string | null | undefined)[] {
    return this.sent.flatMap(({ reply }) => (reply?.last === true ? [reply.code] : []));
  }
}

describe('a request', () => {
  it('that comes again after it was carried out is not carried out once more', async () => {
    const node = new Node();
    node.requests(1);
    node.requests(1);
    await node.hasAll(1);
    node.requests(1);
    await turns();
    expect(node.carriedOut).toEqual(['1']);
  });

  it('is remembered as long as 256 others have not followed it', async () => {
    const node = new Node();
    for (let call = 1; call <= REMEMBERED; call++) {
      node.requests(call);
      await node.hasAll(call);
      node.clock.advance(100);
    }
    node.requests(1);
    await turns();
    expect(node.carriedOut).toHaveLength(REMEMBERED);
    node.requests(REMEMBERED + 1);
    await node.hasAll(REMEMBERED + 1);
    node.requests(1);
    await turns();
    expect(node.carriedOut.slice(-2)).toEqual([`${REMEMBERED + 1}`, '1']);
  });

  it('takes its place among the eight while it is carried out, and leaves it afterwards', async () => {
    const node = new Node();
    for (let call = 1; call <= 3 * MAX_SERVED; call++) {
      node.requests(call);
      await node.hasAll(call);
      node.clock.advance(100);
    }
    expect(node.carriedOut).toHaveLength(3 * MAX_SERVED);
    expect(node.codes().filter((code) => (code ?? '') !== '')).toEqual([]);
    node.waits = true;
    for (let call = 100; call < 100 + MAX_SERVED + 1; call++) node.requests(call);
    await turns();
    expect(node.carriedOut).toHaveLength(4 * MAX_SERVED);
    expect(node.codes().at(-1)).toBe('node-busy');
  });

  it('is not even refused where twice as many are open', async () => {
    const node = new Node();
    node.waits = true;
    for (let call = 1; call <= 2 * MAX_SERVED + 5; call++) node.requests(call);
    await turns();
    const accepted = node.sent.filter(({ reply }) => reply?.chunk === 0);
    expect([node.carriedOut.length, accepted.length]).toEqual([MAX_SERVED, 2 * MAX_SERVED]);
  });

  it('of an incarnation before this one of the caller is stopped, others go on', async () => {
    const node = new Node();
    node.waits = true;
    node.requests(1);
    node.requests(1, { slot: 3, epoch: 300 });
    await turns();
    node.requests(1, { slot: 1, epoch: 101 });
    await turns();
    expect([node.carriedOut, node.stopped]).toEqual([['1', '1', '1'], ['1']]);
  });

  it('that is cancelled is stopped, and nothing is sent for it any more', async () => {
    const node = new Node();
    node.waits = true;
    node.requests(7);
    await turns();
    node.hears({ call: 8, progress: { cancelled: true } });
    await turns();
    expect(node.stopped).toEqual([]);
    node.hears({ call: 7, progress: { cancelled: true } });
    await turns();
    node.sent.length = 0;
    node.clock.advance(2000);
    await turns();
    expect([node.stopped, node.sent]).toEqual([['7'], []]);
  });

  it('is for the slot and the incarnation that it names', async () => {
    const node = new Node();
    const request = { method: 'x', message: new Uint8Array(), user: '', limitMs: 1 };
    node.hears({ call: 1, request }, undefined, { slot: 2, epoch: 201 });
    node.hears({ call: 1, request }, undefined, { slot: 3, epoch: 200 });
    node.hears({ call: 1 });
    await turns();
    expect([node.carriedOut, node.sent]).toEqual([[], []]);
  });
});

describe('a call of this node', () => {
  const REQUEST: PeerRequest = { method: 'GetStatus', message: new Uint8Array(), user: 'root' };
  const done = { chunk: 1, data: Buffer.from('x'), complete: true, last: true };

  it('takes the answer of whom it has asked alone', async () => {
    const node = new Node();
    const answer = node.calls.ask(1, REQUEST, 10_000);
    const first = answer.next();
    await turns();
    const [{ call, to, epoch }] = node.sent;
    expect([to, epoch]).toEqual([1, 100]);
    node.hears({ call, reply: { ...done, data: Buffer.from('wrong slot') } }, { slot: 3, epoch: 100 });
    node.hears({ call, reply: { ...done, data: Buffer.from('wrong life') } }, { slot: 1, epoch: 99 });
    node.hears({ call: (call ?? 0) + 1, reply: { ...done, data: Buffer.from('wrong call') } });
    node.hears({ call, reply: done });
    expect(Buffer.from((await first).value ?? []).toString()).toBe('x');
    expect((await answer.next()).done).toBe(true);
  });

  it('is one of 32 at a time, and has a request of at most 900 bytes', async () => {
    const node = new Node();
    const most = MAX_REQUEST_BYTES - REQUEST.method.length - Buffer.byteLength('ü');
    const ask = (bytes: number): AsyncGenerator<Uint8Array> =>
      node.calls.ask(1, { ...REQUEST, user: 'ü', message: new Uint8Array(bytes) }, 10_000);
    await expect(ask(most + 1).next()).rejects.toMatchObject({ code: 'request-invalid' });
    expect(node.sent).toEqual([]);
    const open = Array.from({ length: MAX_ASKED }, () => ask(most));
    const waiting = open.map((answer) => answer.next());
    await turns();
    await expect(ask(most).next()).rejects.toMatchObject({ code: 'node-busy' });
    node.hears({ call: node.sent[0].call, reply: done });
    await waiting[0];
    await open[0].next();
    const next = ask(most);
    void next.next();
    await turns();
    expect(node.sent.filter(({ request }) => request).length).toBe(MAX_ASKED + 1);
  });

  it('lets the sender go on as soon as its reader has made room', async () => {
    const [clock, sent]: [SimulatedClock, object[]] = [new SimulatedClock(), []];
    const call = new OutgoingCall({
      clock,
      request: {},
      limitMs: 600_000,
      send: (part) => void ('progress' in part && sent.push(part.progress)),
      reachable: () => true,
    });
    const chunk = { data: Buffer.alloc(CHUNK_BYTES), complete: true, last: false, code: '', text: '' };
    // One more than may wait to be read.
    const taken = MAX_UNREAD_BYTES / CHUNK_BYTES + 1;
    for (let number = 1; number <= taken; number++) call.take({ ...chunk, chunk: number } satisfies CallReply);
    clock.advance(10);
    expect(sent.at(-1)).toEqual({ received: taken, room: 0 });
    const [full, reader] = [sent.length, call.answer()];
    await reader.next();
    expect(sent.slice(full)).toEqual([{ received: taken, room: WINDOW_CHUNKS }]);
    await reader.next();
    expect(sent).toHaveLength(full + 1);
  });
});
