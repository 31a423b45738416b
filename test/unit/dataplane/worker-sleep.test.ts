import { describe, expect, it, vi } from 'vitest';
import { AgentRings } from '../../../src/dataplane/agent-rings.ts';
import { allocateSharedMemory, Flag, SharedState } from '../../../src/dataplane/shared-state.ts';
import { NO_WALKS } from '../../../src/dataplane/table-walks.ts';
import { type PacketDevice, type PacketSource, TunSink } from '../../../src/dataplane/tun-sink.ts';
import { WORKER_COUNTERS, WorkerCounter } from '../../../src/dataplane/worker-counters.ts';
import { readingArena, WorkerLoop } from '../../../src/dataplane/worker-loop.ts';
import { SESSION_RECORD_SIZE } from '../../../src/translator/nat64/records/session-record.ts';
import { SessionMaker } from './session-maker.ts';

/** The largest packet that a worker reads. */
const LARGEST = 65_535;

/** A worker that runs until it sleeps; sleeping ends it, and finds what it has overlooked. */
class Bench {
  readonly maker = new SessionMaker(64);
  readonly shared = new SharedState(allocateSharedMemory(1024));
  readonly loop: WorkerLoop;
  readonly lengths: number[] = [];
  readonly emitted: number[] = [];
  /** What is done when the worker reads its messages. */
  onMessages = (): void => undefined;
  /** What the worker finds out of its sleep by. */
  readonly asleep: { flag: number; inbox: number; messages: number; handedOver: number; timeoutMs: number }[] = [];
  /** Packets that another shard has handed over. */
  handedOver = 0;
  sleeps = 1;
  told = 0;
  nowMs = 1;

  constructor() {
    const { shared } = this;
    const handedOver = (): number => this.handedOver;
    const arena = readingArena();
    const device: PacketDevice & PacketSource = {
      readHeader: new DataView(new ArrayBuffer(16)),
      writeHeader: new DataView(new ArrayBuffer(16)),
      readPacket: () => this.lengths.shift() ?? 0,
      writePacket: (_buffer, _offset, length) => {
        this.emitted.push(length);
        return length;
      },
      writePieces: () => 0,
    };
    this.loop = new WorkerLoop(this.maker.translator, shared, {
      device,
      sink: new TunSink(device, shared.workerCounters, arena),
      arena,
      joinDatagrams: false,
      nowMs: () => this.nowMs,
      nowUs: () => this.nowMs * 1000,
      sleep: (timeoutMs) => this.#sleep(timeoutMs),
      beat: () => undefined,
      readMessages: () => this.onMessages(),
      walks: NO_WALKS,
      notifyRecords: () => {
        this.told += 1;
      },
      spinUs: 0,
      shards: {
        get isEmpty(): boolean {
          return handedOver() === 0;
        },
        divert: () => false,
        work: () => {
          const busy = this.handedOver > 0;
          this.handedOver = 0;
          return busy;
        },
      },
      originMs: 0,
    });
  }

  flag(which: number): number {
    return Atomics.load(this.shared.flags, which);
  }

  counter(which: number): number {
    return this.shared.workerCounters[which] ?? 0;
  }

  #sleep(timeoutMs: number): void {
    const { inbox } = this.shared;
    const [flag, messages] = [this.flag(Flag.asleep), this.flag(Flag.messages)];
    this.asleep.push({ flag, inbox: inbox.length, messages, handedOver: this.handedOver, timeoutMs });
    this.sleeps -= 1;
    if (this.sleeps <= 0) this.loop.stop();
  }
}

describe('a worker that goes to sleep', () => {
  it('has said so before it looks for work a last time, and takes it back when it wakes', () => {
    const bench = new Bench();
    const { inbox, flags } = bench.shared;
    let flagAtLastLook = -1;
    const own = vi.spyOn(inbox, 'length', 'get').mockImplementation(() => {
      flagAtLastLook = Atomics.load(flags, Flag.asleep);
      return 0;
    });
    bench.loop.run();
    own.mockRestore();
    expect(flagAtLastLook).toBe(1);
    expect(bench.asleep).toMatchObject([{ flag: 1 }]);
    expect(bench.flag(Flag.asleep)).toBe(0);
    expect(bench.counter(WorkerCounter.sleeps)).toBe(1);
  });

  // Each of these comes after the worker has looked for it, and before it sleeps: nobody wakes it for that.
  const late: ReadonlyArray<readonly [string, (bench: Bench) => void]> = [
    ['a record', ({ shared }) => void shared.inbox.push(new Uint8Array(SESSION_RECORD_SIZE), 0, 1)],
    ['a message', ({ shared }) => void Atomics.store(shared.flags, Flag.messages, 1)],
    ['a confirmation', ({ shared }) => void Atomics.store(shared.flags, Flag.confirmed, 7)],
    ['a packet of another shard', (bench) => void (bench.handedOver = 1)],
    ['room for more of a snapshot', ({ shared }) => void Atomics.store(shared.flags, Flag.roomWanted, 1)],
  ];
  it.each(late)('does not sleep when %s has come meanwhile', (_, arrive) => {
    const bench = new Bench();
    const store = vi.spyOn(Atomics, 'store');
    let arrived = false;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one of its overloads
    store.mockImplementation(((array: Int32Array, at: number, value: number) => {
      array[at] = value;
      if (array === bench.shared.flags && at === Flag.asleep && value === 1 && !arrived) {
        arrived = true;
        store.mockRestore();
        arrive(bench);
      }
      return value;
    }) as typeof Atomics.store);
    const confirm = vi.spyOn(bench.maker.translator, 'confirmRecords');
    bench.loop.run();
    store.mockRestore();
    // What was confirmed has been passed on before it slept.
    expect(confirm.mock.calls).toEqual(bench.flag(Flag.confirmed) === 0 ? [] : [[7]]);
    expect(arrived).toBe(true);
    expect(bench.asleep).toMatchObject([{ flag: 1, inbox: 0, messages: 0, handedOver: 0 }]);
    expect(bench.flag(Flag.roomWanted)).toBe(0);
  });

  it('sleeps at least a millisecond, and not so long that its heartbeat is late', () => {
    const bench = new Bench();
    bench.loop.run();
    expect(bench.asleep[0]?.timeoutMs).toBeGreaterThanOrEqual(1);
    expect(bench.asleep[0]?.timeoutMs).toBeLessThanOrEqual(100);
  });
});

describe('an agent that has emptied the outbox', () => {
  it('looks once more after it has asked to be told, since a record may have come before', async () => {
    const bench = new Bench();
    let called = 0;
    const onRecords = (): void => {
      called += 1;
    };
    const rings = new AgentRings(bench.shared, { wake: () => undefined, onRecords });
    const out = new Uint8Array(8 * SESSION_RECORD_SIZE);
    const { outbox } = bench.shared;
    // The first record: the worker tells of it, and of none until the agent has asked again.
    outbox.push(new Uint8Array(SESSION_RECORD_SIZE), 0, 1);
    Atomics.store(bench.shared.flags, Flag.outboxWatched, 0);
    const take = outbox.take.bind(outbox);
    vi.spyOn(outbox, 'take').mockImplementationOnce((...of) => {
      const taken = take(...of);
      outbox.push(new Uint8Array(SESSION_RECORD_SIZE), 0, 1);
      return taken;
    });
    expect(rings.take(out, 0, 8)).toBe(1);
    await Promise.resolve();
    expect(called).toBe(1);
    expect(bench.flag(Flag.outboxWatched)).toBe(0);
    expect(rings.take(out, 0, 8)).toBe(1);
    expect(bench.flag(Flag.outboxWatched)).toBe(1);
    await Promise.resolve();
    expect(called).toBe(1);
  });
});

describe('what is read from the TUN', () => {
  it('is counted and not translated where it was longer than any packet', () => {
    const bench = new Bench();
    bench.lengths.push(LARGEST + 1, LARGEST + 1, 0);
    const translated = vi.spyOn(bench.maker.translator, 'process');
    bench.loop.iterate();
    expect(bench.counter(WorkerCounter.tunTruncated)).toBe(2);
    expect(bench.counter(WorkerCounter.tunPacketsRead)).toBe(2);
    expect(translated).not.toHaveBeenCalled();
    bench.lengths.push(LARGEST, 0);
    bench.loop.iterate();
    expect(bench.counter(WorkerCounter.tunTruncated)).toBe(2);
    expect(translated).toHaveBeenCalledTimes(1);
    expect(WORKER_COUNTERS.length).toBeGreaterThan(WorkerCounter.tunTruncated);
  });

  it('that cannot be read is counted, and ends the burst', () => {
    const bench = new Bench();
    bench.lengths.push(-1, 60);
    bench.loop.iterate();
    expect(bench.counter(WorkerCounter.tunReadErrors)).toBe(1);
    expect(bench.lengths).toEqual([60]);
  });
});
