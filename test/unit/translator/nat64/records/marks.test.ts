import { describe, expect, it } from 'vitest';
import { Counter, type CounterName } from '../../../../../src/translator/counters.ts';
import * as record from '../../../../../src/translator/nat64/records/session-record.ts';
import { tcp, udp, FLAGS } from '../../packets.ts';
import { Bench } from '../bench-of-one.ts';

const { RecordKind } = record;
const IN_SYNC = 1;
const DIFFERS = 2;
const INTERVAL_MS = 100;
/** From a worker to the other one: frames are shared for 5 ms, and the wire takes one. */
const WAY_MS = 6;
const SESSIONS = 20;

function open(client: number): Uint8Array {
  return tcp({ src: `2001:db8::${client.toString(16)}`, dst: '64:ff9b::198.51.100.7' }, 5000, 80, FLAGS.syn);
}

function kindsOf(records: Uint8Array): number[] {
  return Array.from({ length: records.length / 64 }, (_, index) => records[64 * index]);
}

function counterOf({ translator }: Bench, name: CounterName): number {
  return translator.counters.values[Counter[name]];
}

/** An owner and its replica, turned each millisecond; what the one writes the other has a while later. */
class Pair {
  readonly owner = new Bench({ slot: 1 });
  readonly replica = new Bench({ slot: 2 });
  readonly #way: { atMs: number; records: Uint8Array }[] = [];
  /** Kinds of the records that have come, in order. */
  readonly kinds: number[] = [];

  constructor() {
    this.owner.translator.setPeerAlive(2, true);
    this.replica.translator.setPeerAlive(1, true);
    for (let client = 1; client <= SESSIONS; client++) this.owner.send(open(client));
    this.run(500);
    if (this.sync() !== IN_SYNC) throw new Error('the replica is not whole');
  }

  /** @returns after how many ms `until` held, or undefined */
  run(ms: number, until = (): boolean => false): number | undefined {
    for (let passed = 0; passed <= ms; passed++) {
      const { nowMs } = this.owner;
      const records = this.owner.records();
      if (records.length > 0) this.#way.push({ atMs: nowMs + WAY_MS, records });
      while (this.#way.length > 0 && this.#way[0].atMs <= nowMs) {
        const [{ records: come }] = this.#way.splice(0, 1);
        this.kinds.push(...kindsOf(come));
        this.replica.apply(come);
      }
      if (until()) return passed;
      for (const bench of [this.owner, this.replica]) bench.wait(1);
    }
    return undefined;
  }

  sync(): number {
    return this.replica.summary(1).sync;
  }
}

/** Records in the owner's name that it never wrote: the replica alone applies them. */
const DAMAGES: Record<string, (replica: Bench) => Uint8Array> = {
  'lacks a session': (replica) => forged(replica, RecordKind.delete, (view) => view),
  'has a session too many': () => {
    const ghost = new Bench({ slot: 1 });
    ghost.send(udp({ src: '2001:db8::99', dst: '64:ff9b::198.51.100.9' }, 6000, 53));
    return ghost.records().slice(0, 64);
  },
  'has a session in another state': (replica) =>
    forged(replica, RecordKind.update, (view) => {
      view.setUint8(record.RECORD_STATE, 3);
      view.setUint32(record.RECORD_VERSION + 4, view.getUint32(record.RECORD_VERSION + 4) + 1);
    }),
};

function forged(replica: Bench, kind: number, change: (view: DataView) => unknown): Uint8Array {
  const { records } = replica.translator.retainedPage(0, replica.nowMs);
  const bytes = Uint8Array.from(records.slice(0, 64));
  bytes[record.RECORD_KIND] = kind;
  bytes[record.RECORD_OWNER] = 1;
  bytes[record.RECORD_WRITER] = 1;
  change(new DataView(bytes.buffer));
  return bytes;
}

describe('marks', () => {
  it('come with each heartbeat, also when nothing happens, and count as no records', () => {
    const pair = new Pair();
    const before = { marks: counterOf(pair.owner, 'marksWritten'), records: counterOf(pair.owner, 'recordsWritten') };
    const read = counterOf(pair.replica, 'marksRead');
    pair.kinds.length = 0;
    pair.run(10_000);
    expect(pair.kinds.length).toBeGreaterThanOrEqual(99);
    expect(new Set(pair.kinds)).toEqual(new Set([RecordKind.mark]));
    expect(counterOf(pair.owner, 'marksWritten') - before.marks).toBeLessThanOrEqual(101);
    expect(counterOf(pair.owner, 'recordsWritten')).toBe(before.records);
    expect(counterOf(pair.replica, 'marksRead') - read).toBe(pair.kinds.length);
    expect(counterOf(pair.replica, 'recordsApplied')).toBe(SESSIONS);
  });

  it('are not written while no other node lives, and at once when one does', () => {
    const one = new Bench({ slot: 1 });
    one.records();
    one.wait(1000);
    expect(kindsOf(one.records())).toEqual([]);
    expect(one.translator.nextMarkMs()).toBe(Number.POSITIVE_INFINITY);
    one.translator.setPeerAlive(2, true);
    expect(kindsOf(one.records())).toEqual([RecordKind.mark]);
    expect(one.translator.nextMarkMs()).toBe(one.nowMs + INTERVAL_MS);
  });

  it('come as often as they are wanted', () => {
    const one = new Bench({ slot: 1, markIntervalMs: 300 });
    one.translator.setPeerAlive(2, true);
    one.records();
    one.wait(299);
    expect(kindsOf(one.records())).toEqual([]);
    one.wait(1);
    expect(kindsOf(one.records())).toEqual([RecordKind.mark]);
  });
});

describe.each(Object.keys(DAMAGES))('a replica that %s', (damage) => {
  it.each([1, 37, 99, 100])('is known as such with the second mark, and is repaired (%i ms after one)', (phaseMs) => {
    const pair = new Pair();
    const { kinds } = pair;
    pair.run(INTERVAL_MS, () => kinds.splice(0).length > 0);
    pair.run(phaseMs - WAY_MS - 1);
    const records = DAMAGES[damage](pair.replica);
    pair.replica.apply(records);
    expect(pair.sync()).toBe(IN_SYNC);
    kinds.length = 0;
    const foundMs = pair.run(1000, () => pair.sync() === DIFFERS);
    expect(kinds).toEqual([RecordKind.mark, RecordKind.mark]);
    expect(foundMs).toBeLessThanOrEqual(2 * INTERVAL_MS + WAY_MS);
    pair.owner.translator.requestSnapshot();
    expect(pair.run(1000, () => pair.sync() === IN_SYNC)).toBeLessThanOrEqual(WAY_MS);
    expect(pair.replica.summary(1)).toEqual({ sessions: SESSIONS, sync: IN_SYNC });
    expect(counterOf(pair.replica, 'setsDiffering')).toBe(1);
  });
});

describe('a mark inside a snapshot', () => {
  /** The owner writes a few records in each turn, so that the snapshot takes a second. */
  function slowly(pair: Pair, ms: number, until: () => boolean): number | undefined {
    const { owner, replica } = pair;
    const out = new Uint8Array(64);
    for (let passed = 0; passed <= ms; passed++) {
      if (passed % 25 === 0) {
        const count = owner.translator.takeRecords(out, 0, 1, owner.nowMs);
        replica.apply(out.subarray(0, 64 * count));
        pair.kinds.push(...kindsOf(out.subarray(0, 64 * count)));
      }
      if (until()) return passed;
      for (const bench of [owner, replica]) bench.wait(1);
    }
    return undefined;
  }

  it('leaves what is whole whole, and the snapshot goes on', () => {
    const pair = new Pair();
    pair.owner.translator.requestSnapshot();
    pair.kinds.length = 0;
    slowly(pair, 2000, () => pair.kinds.includes(RecordKind.snapshotEnd));
    const inside = pair.kinds.slice(pair.kinds.indexOf(RecordKind.snapshotBegin));
    expect(inside.filter((kind) => kind === RecordKind.snapshotMark).length).toBeGreaterThan(4);
    expect(inside).not.toContain(RecordKind.mark);
    expect(inside.filter((kind) => kind === RecordKind.create).length).toBe(SESSIONS);
    expect(pair.sync()).toBe(IN_SYNC);
    expect(counterOf(pair.replica, 'setsDiffering')).toBe(0);
  });

  it('finds that a replica is damaged which a mark before it has shown to be whole', () => {
    const pair = new Pair();
    pair.owner.translator.requestSnapshot();
    pair.kinds.length = 0;
    slowly(pair, 2000, () => pair.kinds.includes(RecordKind.snapshotMark));
    pair.replica.apply(DAMAGES['has a session too many'](pair.replica));
    pair.kinds.length = 0;
    const foundMs = slowly(pair, 1000, () => pair.sync() === DIFFERS);
    expect(foundMs).toBeLessThanOrEqual(2 * (INTERVAL_MS + 25));
    expect(pair.kinds.filter((kind) => kind === RecordKind.snapshotMark).length).toBe(2);
  });

  it('says nothing new of a replica that the snapshot repairs', () => {
    const pair = new Pair();
    pair.replica.apply(DAMAGES['has a session too many'](pair.replica));
    slowly(pair, 1000, () => pair.sync() === DIFFERS);
    pair.owner.translator.requestSnapshot();
    pair.kinds.length = 0;
    slowly(pair, 2000, () => pair.sync() === IN_SYNC);
    expect(pair.kinds.filter((kind) => kind === RecordKind.snapshotMark).length).toBeGreaterThan(4);
    expect(counterOf(pair.replica, 'setsDiffering')).toBe(1);
  });

  it('proves nothing against one that records were kept from, as while two nodes configure the instance differently', () => {
    const pair = new Pair();
    pair.owner.send(open(SESSIONS + 1));
    pair.owner.records();
    pair.owner.translator.requestSnapshot();
    pair.kinds.length = 0;
    slowly(pair, 2000, () => pair.kinds.includes(RecordKind.snapshotEnd));
    expect(pair.kinds.filter((kind) => kind === RecordKind.snapshotMark).length).toBeGreaterThan(4);
    slowly(pair, 2000, () => pair.kinds.at(-1) === RecordKind.mark);
    expect(pair.replica.summary(1)).toEqual({ sessions: SESSIONS + 1, sync: IN_SYNC });
    expect(counterOf(pair.replica, 'setsDiffering')).toBe(0);
  });

  it('proves nothing against a replica that is being filled', () => {
    const pair = new Pair();
    const joining = new Bench({ slot: 3 });
    joining.translator.setPeerAlive(1, true);
    pair.owner.translator.requestSnapshot();
    const all = pair.owner.records();
    const begin = kindsOf(all).indexOf(RecordKind.snapshotBegin);
    const mark = forged(pair.replica, RecordKind.snapshotMark, (view) => view.setUint32(record.RECORD_SET_DIGEST, 1));
    joining.apply(all.slice(0, 64 * (begin + 3)));
    for (let count = 0; count < 3; count++) joining.apply(mark);
    expect(joining.summary(1)).toEqual({ sessions: 2, sync: 0 });
    joining.apply(all.slice(64 * (begin + 3)));
    expect(joining.summary(1)).toEqual({ sessions: SESSIONS, sync: IN_SYNC });
  });
});

describe('a set that is not settled', () => {
  /** Three nodes of which the first gives a session to the second; the third hears of it from the first alone. */
  function moved(): { one: Bench; three: Bench; claim: Uint8Array } {
    const [one, two, three] = [1, 2, 3].map((slot) => new Bench({ slot }));
    for (const bench of [one, two, three]) {
      for (const slot of [1, 2, 3]) bench.translator.setPeerAlive(slot, bench.translator.store.self !== slot);
    }
    one.send(open(1));
    one.send(open(2));
    const said = one.records();
    for (const bench of [two, three]) bench.apply(said);
    two.translator.takeOver(1);
    two.wait(1);
    const claim = two.records();
    one.apply(claim);
    return { one, three, claim };
  }

  function mark(one: Bench, three: Bench): void {
    for (const bench of [one, three]) bench.wait(INTERVAL_MS);
    three.apply(one.records());
  }

  it('says so in its marks, and is no difference where the other log has not come yet', () => {
    const { one, three, claim } = moved();
    for (let count = 0; count < 15; count++) mark(one, three);
    expect(three.summary(1).sync).toBe(IN_SYNC);
    three.apply(claim);
    for (let count = 0; count < 60; count++) mark(one, three);
    expect(three.summary(1).sync).toBe(IN_SYNC);
    expect(counterOf(three, 'setsDiffering')).toBe(0);
  });

  it('is a difference when it has had the time to settle', () => {
    const { one, three } = moved();
    let marks = 0;
    for (; marks < 100 && three.summary(1).sync !== DIFFERS; marks++) mark(one, three);
    expect(marks * INTERVAL_MS).toBeGreaterThanOrEqual(1900);
    expect(marks * INTERVAL_MS).toBeLessThanOrEqual(2200);
  });

  it('is a difference after five seconds of doubt, however much moves', () => {
    const { one, three } = moved();
    let marks = 0;
    for (; marks < 100 && three.summary(1).sync !== DIFFERS; marks++) {
      one.translator.store.sets.movedMs[1] = one.nowMs;
      mark(one, three);
    }
    expect(marks * INTERVAL_MS).toBeGreaterThanOrEqual(5000);
    expect(marks * INTERVAL_MS).toBeLessThanOrEqual(5200);
  });
});
