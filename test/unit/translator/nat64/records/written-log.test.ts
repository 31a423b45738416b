import { describe, expect, it } from 'vitest';
import { ApplyResult } from '../../../../../src/translator/nat64/records/record-applier.ts';
import * as record from '../../../../../src/translator/nat64/records/session-record.ts';
import { formatIp } from '../../oracle-address.ts';
import { FLAGS, tcp, udp } from '../../packets.ts';
import { Bench } from '../bench-of-one.ts';

const { RecordKind } = record;
const OUT = { src: '2001:db8::5', dst: '64:ff9b::198.51.100.7' };

/** Kinds and versions of what a node writes now; marks left out. */
function written(bench: Bench): [kind: number, version: number][] {
  const bytes = bench.records();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / 64 }, (_, index): [number, number] => [
    view.getUint8(64 * index),
    view.getUint32(64 * index + record.RECORD_VERSION + 4),
  ]).filter(([kind]) => kind !== RecordKind.mark && kind !== RecordKind.snapshotMark);
}

function node(slot = 1, options: ConstructorParameters<typeof Bench>[0] = {}): Bench {
  const bench = new Bench({ slot, slots: 4, ...options });
  bench.translator.setPeerAlive(slot === 1 ? 2 : 1, true);
  return bench;
}

describe('the log of a node', () => {
  it('writes a session once, as it is by then, however often it has changed', () => {
    const bench = node();
    const [packet] = bench.send(tcp(OUT, 4000, 80, FLAGS.syn)).out;
    const back = { src: '198.51.100.7', dst: formatIp(packet.slice(12, 16)) };
    bench.send(tcp(back, 80, (packet[20] << 8) | packet[21], FLAGS.syn | FLAGS.ack));
    const bytes = bench.records();
    expect([bytes[0], bytes[3]]).toEqual([RecordKind.create, 3]);
    expect(written(bench)).toEqual([]);
  });

  it('writes no more at once than is asked for, and goes on where it was', () => {
    const bench = node();
    for (const port of [4000, 4001, 4002]) bench.send(udp(OUT, port, 53));
    const out = new Uint8Array(64 * 8);
    const take = (most: number): number => bench.translator.takeRecords(out, 64, most, bench.nowMs);
    expect([take(2), out[64], out[128], out[192], out[0]]).toEqual([2, RecordKind.create, RecordKind.create, 0, 0]);
    // The third one; a mark would be due, and there is no room for it.
    expect([take(1), out[64], out[128]]).toEqual([1, RecordKind.create, RecordKind.create]);
    out.fill(0);
    expect([take(1), out[64], out[128]]).toEqual([1, RecordKind.mark, 0]);
    expect(take(1)).toBe(0);
  });

  it('repeats a record with the version that it had', () => {
    const bench = node();
    bench.send(udp(OUT, 4000, 53));
    expect(written(bench)).toEqual([[RecordKind.create, 1]]);
    bench.translator.store.log.repeat(0);
    expect(written(bench)).toEqual([[RecordKind.create, 1]]);
    // What has changed meanwhile has a version of its own.
    bench.translator.store.log.change(0, RecordKind.update);
    bench.translator.store.log.repeat(0);
    expect(written(bench)).toEqual([[RecordKind.update, 2]]);
  });

  it('says nothing of a session that has become another node’s before it was written', () => {
    const [one, two] = [node(1), node(2)];
    one.send(udp(OUT, 4000, 53));
    two.apply(one.records());
    two.translator.takeOver(1);
    two.wait(10);
    one.translator.store.log.change(0, RecordKind.refresh);
    expect(one.apply(two.records())).toContain(ApplyResult.applied);
    expect(written(one)).toEqual([]);
    expect([one.summary(1).sessions, one.summary(2).sessions]).toEqual([0, 1]);
  });

  it('repeats its hints in a snapshot, until the owner has answered them', () => {
    const [one, two] = [node(1), node(2)];
    one.send(udp(OUT, 4000, 53));
    two.apply(one.records());
    two.wait(4000);
    two.send(udp(OUT, 4000, 53));
    expect(written(two).map(([kind]) => kind)).toEqual([RecordKind.hint]);
    const snapshot = (): number[] => {
      two.translator.requestSnapshot();
      return written(two).map(([kind]) => kind);
    };
    expect(snapshot()).toEqual([RecordKind.snapshotBegin, RecordKind.hint, RecordKind.snapshotEnd]);
    one.translator.store.log.change(0, RecordKind.refresh);
    two.apply(one.records());
    expect(snapshot()).toEqual([RecordKind.snapshotBegin, RecordKind.snapshotEnd]);
  });

  it('of a snapshot that is asked for while one is written has a second one behind it', () => {
    const bench = node();
    bench.send(udp(OUT, 4000, 53));
    bench.records();
    bench.translator.requestSnapshot();
    const out = new Uint8Array(64);
    expect([bench.translator.takeRecords(out, 0, 1, bench.nowMs), out[0]]).toEqual([1, RecordKind.snapshotBegin]);
    bench.translator.requestSnapshot();
    const rest = [RecordKind.create, RecordKind.snapshotEnd];
    expect(written(bench).map(([kind]) => kind)).toEqual([...rest, RecordKind.snapshotBegin, ...rest]);
    expect(written(bench)).toEqual([]);
  });

  it('writes its snapshot only when there is time for it', () => {
    const bench = node();
    bench.records();
    bench.translator.requestSnapshot();
    const out = new Uint8Array(64 * 8);
    expect(bench.translator.takeRecords(out, 0, 8, bench.nowMs, false)).toBe(0);
    expect(bench.translator.takeRecords(out, 0, 8, bench.nowMs)).toBeGreaterThanOrEqual(2);
  });

  it('has its first mark at once, and no other while nobody is there to read it', () => {
    const alone = new Bench();
    expect(alone.translator.nextMarkMs()).toBe(Number.NEGATIVE_INFINITY);
    alone.records();
    expect(alone.translator.nextMarkMs()).toBe(Number.POSITIVE_INFINITY);
    alone.translator.setPeerAlive(2, true);
    expect(alone.translator.nextMarkMs()).toBe(alone.nowMs + 100);
    alone.translator.requestMark();
    expect(alone.translator.nextMarkMs()).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe('a port of which nobody else was told', () => {
  it('is free again when its time is up, though another node is out of sight', () => {
    const pool4 = [{ prefix: '192.0.2.0/32', ports: [5000, 5000] as const, protocols: ['udp'] as const, clients: [] }];
    for (const told of [false, true]) {
      const bench = new Bench({ slot: 1, slots: 1, pool4 });
      if (told) bench.translator.setPeerAlive(2, true);
      bench.send(udp(OUT, 4000, 53));
      bench.records();
      bench.translator.setPeerAlive(2, true);
      bench.translator.setPeerAlive(2, false);
      bench.wait(302_000);
      const out = new Uint8Array(64 * 16);
      bench.translator.store.log.take(out, 0, 16, bench.nowMs);
      bench.wait(200_000);
      const other = bench.send(udp({ ...OUT, src: '2001:db8::6' }, 4000, 53));
      expect(other.verdict).toBe(told ? 'error' : 'translated');
    }
  });
});
