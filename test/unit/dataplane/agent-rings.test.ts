import { describe, expect, it } from 'vitest';
import { AgentRings } from '../../../src/dataplane/agent-rings.ts';
import { allocateSharedMemory, SharedState } from '../../../src/dataplane/shared-state.ts';
import { NO_WALKS } from '../../../src/dataplane/table-walks.ts';
import { type PacketDevice, type PacketSource, TunSink } from '../../../src/dataplane/tun-sink.ts';
import { readingArena, WorkerLoop } from '../../../src/dataplane/worker-loop.ts';
import { RECORD_KIND, RecordKind, SESSION_RECORD_SIZE } from '../../../src/translator/nat64/records/session-record.ts';
import { SessionMaker } from './session-maker.ts';

const RING_RECORDS = 16_384;
const SESSIONS = 30_000;
const TURN_RECORDS = 256;

/** No packet comes, none goes. */
const NO_PACKETS: PacketDevice & PacketSource = {
  readHeader: new DataView(new ArrayBuffer(16)),
  writeHeader: new DataView(new ArrayBuffer(16)),
  readPacket: () => 0,
  writePacket: (_buffer, _offset, length) => length,
  writePieces: () => 0,
};

/** A worker's loop that is turned by hand, and the agent's end of its rings. */
class Bench {
  readonly maker = new SessionMaker(SESSIONS + 1024);
  readonly shared = new SharedState(allocateSharedMemory(RING_RECORDS));
  readonly loop: WorkerLoop;
  readonly rings: AgentRings;
  readonly kinds: number[] = [];
  readonly #batch = new Uint8Array(TURN_RECORDS * SESSION_RECORD_SIZE);
  nowMs = 1;
  wakes = 0;
  told = 0;

  constructor() {
    const { shared } = this;
    const arena = readingArena();
    const nothing = (): void => undefined;
    this.rings = new AgentRings(shared, {
      wake: () => {
        this.wakes += 1;
      },
      onRecords: nothing,
    });
    this.loop = new WorkerLoop(this.maker.translator, shared, {
      device: NO_PACKETS,
      sink: new TunSink(NO_PACKETS, shared.workerCounters, arena),
      arena,
      joinDatagrams: false,
      nowMs: () => this.nowMs,
      nowUs: () => this.nowMs * 1000,
      sleep: nothing,
      beat: nothing,
      readMessages: nothing,
      walks: NO_WALKS,
      notifyRecords: () => {
        this.told += 1;
      },
      spinUs: 0,
      shards: undefined,
      originMs: 0,
    });
  }

  /** Turns until there is nothing to do. */
  settle(): void {
    for (let turns = 0; turns < 1000 && this.loop.iterate(); turns++);
  }

  /** @returns records taken, and whether there was a turn's worth */
  take(): number {
    const taken = this.rings.take(this.#batch, 0, TURN_RECORDS);
    for (let index = 0; index < taken; index++) {
      this.kinds.push(this.#batch[index * SESSION_RECORD_SIZE + RECORD_KIND]);
    }
    return taken;
  }

  drain(): void {
    do this.settle();
    while (this.take() > 0);
  }
}

describe("the agent's end of the record rings", () => {
  it('keeps few records of a snapshot ahead, wakes the worker when there is room again, and misses none', () => {
    const bench = new Bench();
    bench.maker.make(SESSIONS, bench.nowMs);
    bench.drain();
    expect(bench.kinds.filter((kind) => kind === RecordKind.create)).toHaveLength(SESSIONS);
    bench.kinds.length = 0;

    bench.maker.translator.requestSnapshot();
    bench.settle();
    const { outbox } = bench.shared;
    expect(outbox.length).toBeGreaterThanOrEqual(SharedState.SNAPSHOT_AHEAD);
    expect(outbox.length).toBeLessThan(SharedState.SNAPSHOT_AHEAD + TURN_RECORDS);
    for (let rounds = 0; bench.kinds.at(-1) !== RecordKind.snapshotEnd && rounds < 100; rounds++) {
      const [wakes, before] = [bench.wakes, outbox.length];
      while (bench.wakes === wakes && bench.take() > 0);
      if (before >= SharedState.SNAPSHOT_AHEAD) {
        expect(bench.wakes).toBe(wakes + 1);
        expect(outbox.length).toBeLessThanOrEqual(SharedState.REFILL_AT);
      }
      bench.settle();
    }
    bench.drain();
    expect(bench.kinds[0]).toBe(RecordKind.snapshotBegin);
    expect(bench.kinds.filter((kind) => kind === RecordKind.create)).toHaveLength(SESSIONS);
    expect(bench.kinds.filter((kind) => kind === RecordKind.snapshotEnd)).toHaveLength(1);
  });

  it('has a session that changes now wait behind few records of a snapshot', () => {
    const bench = new Bench();
    bench.maker.make(SESSIONS, bench.nowMs);
    bench.drain();
    bench.maker.translator.requestSnapshot();
    bench.settle();
    const before = bench.shared.outbox.length;
    bench.maker.make(1, bench.nowMs);
    bench.settle();
    expect(bench.shared.outbox.length).toBe(before + 1);
  });

  it('tells of the first record after the outbox was empty, and of no other', () => {
    const bench = new Bench();
    bench.drain();
    const { told } = bench;
    bench.maker.make(3, bench.nowMs);
    bench.settle();
    bench.maker.make(3, bench.nowMs);
    bench.settle();
    expect(bench.told).toBe(told + 1);
    expect(bench.take()).toBe(6);
    bench.maker.make(1, bench.nowMs);
    bench.settle();
    expect(bench.told).toBe(told + 2);
  });

  it('wakes the worker once for what one turn of the event loop brings, and for each full measure of it', async () => {
    const bench = new Bench();
    const frame = new Uint8Array(20 * SESSION_RECORD_SIZE);
    const before = bench.wakes;
    for (let frames = 0; frames < 10; frames++) expect(bench.rings.offer(frame, 0, 20)).toBe(true);
    expect(bench.wakes).toBe(before);
    await Promise.resolve();
    expect(bench.wakes).toBe(before + 1);
    await Promise.resolve();
    expect(bench.wakes).toBe(before + 1);
    for (let frames = 0; frames < 60; frames++) expect(bench.rings.offer(frame, 0, 20)).toBe(true);
    expect(bench.wakes).toBe(before + 3);
    await Promise.resolve();
    expect(bench.wakes).toBe(before + 4);
    expect(bench.shared.inbox.length).toBe(1400);
  });
});
