import { describe, expect, it, vi } from 'vitest';
import {
  ACCEPT_MS,
  CallError,
  CHUNK_BYTES,
  LEASE_MS,
  MAX_ANSWER_BYTES,
  MAX_SERVED,
  MAX_UNREAD_BYTES,
} from '../../../src/replication/calls/call-limits.ts';
import { CallPace } from '../../../src/replication/calls/call-pace.ts';
import { IncomingCall } from '../../../src/replication/calls/incoming-call.ts';
import { OutgoingCall } from '../../../src/replication/calls/outgoing-call.ts';
import { PeerCalls, type PeerRequest } from '../../../src/replication/calls/peer-calls.ts';
import { random, SimulatedClock, Wire } from './simulated-network.ts';

type Answer = (slot: number, request: PeerRequest, stopped: AbortSignal) => AsyncIterable<Uint8Array>;

const REQUEST: PeerRequest = { method: 'GetStatus', message: Buffer.from('request'), user: 'root' };

/** Two nodes over one wire that loses, doubles and delays as it is told. */
class Pair {
  readonly clock = new SimulatedClock();
  readonly wire = new Wire(this.clock, 7);
  readonly epochs = new Map([
    [1, 100],
    [2, 200],
  ]);
  readonly alive = new Set([1, 2]);
  readonly one: PeerCalls;
  readonly two: PeerCalls;

  constructor(answer: Answer) {
    this.one = this.#node(1, 2, answer);
    this.two = this.#node(2, 1, answer);
  }

  #node(slot: number, from: number, answer: Answer): PeerCalls {
    const epoch = this.epochs.get(slot) ?? 0;
    const send = this.wire.join((frame) => {
      const body = Buffer.from(frame);
      calls.receive(from, this.epochs.get(from) ?? 0, body);
    });
    const epochOf = (other: number): number | undefined => (this.alive.has(other) ? this.epochs.get(other) : undefined);
    const calls = new PeerCalls({ clock: this.clock, self: { slot, epoch }, send, epochOf, answer });
    return calls;
  }

  /** Lets time pass, in steps that promises can follow, until the work has settled or the time is over. */
  async settle<T>(work: Promise<T>, limitMs = 60_000): Promise<T> {
    const state = { settled: false };
    const settle = (): void => {
      state.settled = true;
    };
    void work.then(settle, settle);
    for (let passed = 0; !state.settled && passed < limitMs; passed += 5) {
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      await new Promise(setImmediate);
      this.clock.advance(5);
    }
    if (!state.settled) throw new Error(`not settled after ${limitMs} ms`);
    return work;
  }
}

async function all(source: AsyncIterable<Uint8Array>): Promise<Buffer[]> {
  const messages: Buffer[] = [];
  for await (const message of source) messages.push(Buffer.from(message));
  return messages;
}

function answerOf(messages: readonly Uint8Array[]): Answer {
  return async function* () {
    yield* messages;
  };
}

/** Messages of all sizes around that of a chunk, with content that shows what is out of place. */
function someMessages(count: number): Buffer[] {
  const chance = random(3);
  return Array.from({ length: count }, (_, index) => {
    const size = [0, 1, 1023, 1024, 1025, 5000][index % 6] ?? 0;
    return Buffer.from(Array.from({ length: size }, () => Math.floor(256 * chance())));
  });
}

describe('a call to another node', () => {
  it('brings request and user there, and every message of the answer back', async () => {
    const messages = someMessages(40);
    const asked: PeerRequest[] = [];
    const pair = new Pair((slot, request) => {
      expect(slot).toBe(1);
      asked.push(request);
      return answerOf(messages)(slot, request, new AbortController().signal);
    });
    expect(await pair.settle(all(pair.one.ask(2, REQUEST, 10_000)))).toEqual(messages);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toEqual({ ...REQUEST, message: Uint8Array.from(REQUEST.message) });
  });

  it.each([1, 2, 3, 4, 5])('is carried out once and answered whole over a bad wire, seed %d', async (seed) => {
    const messages = someMessages(30);
    let carriedOut = 0;
    const pair = new Pair((...call) => {
      carriedOut += 1;
      return answerOf(messages)(...call);
    });
    const chance = random(seed);
    const loses = (): boolean => chance() < 0.25;
    Object.assign(pair.wire.faults, { duplication: 0.3, maxDelayMs: 30, loses });
    expect(await pair.settle(all(pair.one.ask(2, REQUEST, 600_000)), 600_000)).toEqual(messages);
    expect(carriedOut).toBe(1);
  });

  it('brings the code and sentence of a failure back, after what came before it', async () => {
    const pair = new Pair(async function* () {
      yield Buffer.from('first');
      throw new CallError('not-allowed', 'not from there');
    });
    const messages: string[] = [];
    const work = (async () => {
      for await (const message of pair.one.ask(2, REQUEST, 10_000)) messages.push(Buffer.from(message).toString());
    })();
    await expect(pair.settle(work)).rejects.toMatchObject({ code: 'not-allowed', message: 'not from there' });
    expect(messages).toEqual(['first']);
  });

  it('fails at once for a node that is not alive, and soon for one that is restarted or takes no requests', async () => {
    const pair = new Pair(async function* () {
      await new Promise(() => undefined);
      yield Buffer.alloc(0);
    });
    await expect(pair.settle(all(pair.one.ask(9, REQUEST, 1000)))).rejects.toMatchObject({ code: 'node-unreachable' });
    const restarted = all(pair.one.ask(2, REQUEST, 600_000));
    void pair.settle(new Promise((resolve) => pair.clock.after(100, () => resolve(0)))).catch(() => undefined);
    pair.clock.after(50, () => pair.epochs.set(2, 201));
    await expect(pair.settle(restarted, 1000)).rejects.toMatchObject({ code: 'node-unreachable' });
    pair.wire.faults.cut = true;
    const silentPeer = all(pair.one.ask(2, REQUEST, 600_000));
    await expect(pair.settle(silentPeer, ACCEPT_MS + 1000)).rejects.toThrow(/older release/);
  });

  it('is repeated while it is not taken: the first requests may be lost', async () => {
    const pair = new Pair(answerOf([Buffer.from('late')]));
    let lost = 0;
    Object.assign(pair.wire.faults, { loses: () => lost++ < 4 });
    expect(await pair.settle(all(pair.one.ask(2, REQUEST, 10_000)))).toEqual([Buffer.from('late')]);
    expect(lost).toBeGreaterThan(4);
  });

  it('is taken by the node that it is for, and by the incarnation that it is for', async () => {
    const others = [new Pair(answerOf([])), new Pair(answerOf([]))];
    for (const [index, wrong] of [{ slot: 3 }, { epoch: 201 }].entries()) {
      let carriedOut = 0;
      const clock = new SimulatedClock();
      const calls = new PeerCalls({
        clock,
        self: { slot: 2, epoch: 200, ...wrong },
        send: () => undefined,
        epochOf: () => 100,
        answer: async function* () {
          carriedOut += 1;
          yield Buffer.alloc(0);
        },
      });
      const pair = others[index];
      pair?.wire.join((frame) => calls.receive(1, 100, frame));
      await pair?.settle(all(pair.one.ask(2, REQUEST, 10_000)));
      expect(carriedOut).toBe(0);
    }
  });

  it('reaches a node that counts as gone for three seconds after it was heard to call', async () => {
    const pair = new Pair(answerOf([Buffer.from('here')]));
    pair.alive.delete(1);
    const back = (): Promise<Buffer[]> => pair.settle(all(pair.two.ask(1, REQUEST, 10_000)));
    await expect(back()).rejects.toMatchObject({ code: 'node-unreachable' });
    pair.alive.add(1);
    await pair.settle(all(pair.one.ask(2, REQUEST, 10_000)));
    pair.alive.delete(1);
    expect(await back()).toEqual([Buffer.from('here')]);
    pair.clock.advance(3001);
    await expect(back()).rejects.toMatchObject({ code: 'node-unreachable' });
  });

  it('is cancelled by the caller when the answer is longer than 64 MiB', async () => {
    const sent: object[] = [];
    const call = new OutgoingCall({
      clock: new SimulatedClock(),
      request: REQUEST,
      limitMs: 60_000,
      send: (part) => void sent.push(part),
      reachable: () => true,
    });
    const work = all(call.answer()).catch((error: unknown) => error);
    const data = Buffer.alloc(MAX_ANSWER_BYTES / 64);
    const end = { complete: true, last: false, code: '', text: '' };
    for (let chunk = 1; chunk <= 65; chunk++) {
      expect(sent).not.toContainEqual({ progress: { cancelled: true } });
      call.take({ chunk, data, ...end });
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    }
    expect(sent).toContainEqual({ progress: { cancelled: true } });
    expect(await work).toMatchObject({ code: 'reply-too-large' });
  });

  it('is not answered beyond 64 MiB: the source is not read on', { timeout: 60_000 }, async () => {
    const replies: { ended: boolean; bytes: number }[] = [];
    const clock = new SimulatedClock();
    const pace = new CallPace(clock);
    vi.spyOn(pace, 'take').mockReturnValue(undefined);
    const call = new IncomingCall({
      clock,
      pace,
      limitMs: 3_600_000,
      send: ({ chunk, last, data }) => {
        replies.push({ ended: last === true, bytes: data?.length ?? 0 });
        call.progress({ received: chunk ?? 0, room: 32, cancelled: false });
      },
    });
    const piece = Buffer.alloc(MAX_ANSWER_BYTES / 64);
    let written = 0;
    await call.run(async function* () {
      for (; written < 70; written++) yield piece;
    });
    // Nothing more is taken from the source than the message in which it is noticed, and the next one.
    expect(written).toBe(65);
    expect(replies.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(MAX_ANSWER_BYTES);
    expect(replies.some(({ ended }) => ended)).toBe(false);
    expect(replies).toHaveLength(MAX_ANSWER_BYTES / CHUNK_BYTES);
  });

  it('ends at its time limit, on both sides', async () => {
    let ended = false;
    const pair = new Pair(async function* (_slot, _request, stopped) {
      await new Promise((resolve) => stopped.addEventListener('abort', resolve));
      ended = true;
      yield Buffer.alloc(0);
    });
    const work = all(pair.one.ask(2, REQUEST, 1000));
    await expect(pair.settle(work, 2000)).rejects.toThrow('1000 ms');
    await pair.settle(new Promise((resolve) => pair.clock.after(500, () => resolve(0))));
    expect(ended).toBe(true);
  });

  it('ends there when the reader leaves, and when the caller is not heard any more', async () => {
    let open = 0;
    const pair = new Pair(async function* (_slot, _request, stopped) {
      open += 1;
      try {
        yield Buffer.from('one');
        await new Promise((resolve) => stopped.addEventListener('abort', resolve));
      } finally {
        open -= 1;
      }
    });
    const readOne = async (): Promise<void> => {
      for await (const _ of pair.one.ask(2, REQUEST, 600_000)) return;
    };
    await pair.settle(readOne());
    await pair.settle(new Promise((resolve) => pair.clock.after(100, () => resolve(0))));
    expect(open).toBe(0);
    void all(pair.one.ask(2, REQUEST, 600_000)).catch(() => undefined);
    await pair.settle(new Promise((resolve) => pair.clock.after(100, () => resolve(0))));
    expect(open).toBe(1);
    pair.wire.faults.cut = true;
    await pair.settle(new Promise((resolve) => pair.clock.after(LEASE_MS + 500, () => resolve(0))));
    expect(open).toBe(0);
  });

  it('waits at the source while the reader does not read', async () => {
    let written = 0;
    const pair = new Pair(async function* () {
      for (; written < 4000; written++) yield Buffer.alloc(1024);
    });
    const source = pair.one.ask(2, REQUEST, 600_000);
    await pair.settle(source.next());
    await pair.settle(new Promise((resolve) => pair.clock.after(3000, () => resolve(0))));
    expect(written * 1024).toBeLessThan(2 * MAX_UNREAD_BYTES);
    const rest = await pair.settle(all(source));
    expect(rest.length).toBe(3999);
  });

  it('is refused while a node has many of them open, and others of its calls go on', async () => {
    const pair = new Pair(async function* (_slot, _request, stopped) {
      await new Promise((resolve) => stopped.addEventListener('abort', resolve));
      yield Buffer.alloc(0);
    });
    for (let count = 0; count < MAX_SERVED; count++) {
      void all(pair.one.ask(2, REQUEST, 600_000)).catch(() => undefined);
    }
    const refused = pair.settle(all(pair.one.ask(2, REQUEST, 600_000)));
    await expect(refused).rejects.toMatchObject({ code: 'node-busy' });
  });

  it('leaves session records their share of the links', async () => {
    const pair = new Pair(answerOf(Array.from({ length: 2000 }, () => Buffer.alloc(1024))));
    const startMs = pair.clock.now();
    await pair.settle(all(pair.one.ask(2, REQUEST, 600_000)), 600_000);
    const bytesPerSecond = (2000 * 1024) / ((pair.clock.now() - startMs) / 1000);
    expect(bytesPerSecond).toBeLessThan(4.5e6);
  });
});
