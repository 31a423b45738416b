import { describe, expect, it } from 'vitest';
import { ApplyResult } from '../../../../../src/translator/nat64/records/record-applier.ts';
import * as record from '../../../../../src/translator/nat64/records/session-record.ts';
import { FLAGS, tcp } from '../../packets.ts';
import { Bench } from '../bench-of-one.ts';

const CLIENT = { src: '2001:db8::5', dst: '64:ff9b::198.51.100.7' };
const { RecordKind } = record;

const versionOf = (bytes: Uint8Array): number =>
  new DataView(bytes.buffer, bytes.byteOffset).getUint32(record.RECORD_VERSION + 4);

/** The record with other fields of one byte. */
function changed(bytes: Uint8Array, fields: Readonly<Record<number, number>>): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (const [at, value] of Object.entries(fields)) copy[Number(at)] = value;
  return copy;
}

/** A node with one session, what it has written, and another node that has it. */
function pair(): { owner: Bench; replica: Bench; created: Uint8Array } {
  const owner = new Bench();
  const replica = new Bench({ slot: 2 });
  owner.translator.setPeerAlive(2, true);
  replica.translator.setPeerAlive(1, true);
  owner.send(tcp(CLIENT, 4000, 80, FLAGS.syn));
  const created = owner.records().slice(0, 64);
  expect([created[0], replica.apply(created)]).toEqual([RecordKind.create, [ApplyResult.applied]]);
  return { owner, replica, created };
}

describe('what a node does not apply', () => {
  it('a delete that is older than what it has', () => {
    const { replica, created } = pair();
    const newer = changed(created, { [record.RECORD_VERSION + 7]: 9, [record.RECORD_KIND]: RecordKind.update });
    expect(replica.apply(newer)).toEqual([ApplyResult.applied]);
    const stale = changed(created, { [record.RECORD_VERSION + 7]: 8, [record.RECORD_KIND]: RecordKind.delete });
    expect([replica.apply(stale), replica.translator.sessionCount]).toEqual([[ApplyResult.stale], 1]);
    const due = changed(stale, { [record.RECORD_VERSION + 7]: 10 });
    expect([replica.apply(due), replica.translator.sessionCount]).toEqual([[ApplyResult.applied], 0]);
  });

  it('a record that it has written itself, whatever it says', () => {
    const { owner, created } = pair();
    for (const kind of Object.values(RecordKind)) {
      const own = changed(created, { [record.RECORD_KIND]: kind, [record.RECORD_VERSION + 7]: 200 });
      expect(owner.apply(own)).toEqual([ApplyResult.refused]);
      const asAnother = changed(own, { [record.RECORD_OWNER]: 2 });
      expect(owner.apply(asAnother)).toEqual([ApplyResult.refused]);
    }
    expect([owner.translator.sessionCount, owner.summary(1).sessions]).toEqual([1, 1]);
  });

  it('a delete of another node than the owner', () => {
    const { replica, created } = pair();
    const foreign = changed(created, {
      [record.RECORD_KIND]: RecordKind.delete,
      [record.RECORD_OWNER]: 3,
      [record.RECORD_WRITER]: 3,
      [record.RECORD_VERSION + 7]: 50,
    });
    expect([replica.apply(foreign), replica.translator.sessionCount]).toEqual([[ApplyResult.stale], 1]);
  });
});

describe('what a node writes', () => {
  it('counts the version with each record of a session, the delete too', () => {
    const { owner, replica, created } = pair();
    const versions = [versionOf(created)];
    owner.wait(242_000);
    const records = owner.records();
    const deletes: Uint8Array[] = [];
    for (let at = 0; at < records.length; at += 64) {
      const one = records.slice(at, at + 64);
      if (one[0] <= RecordKind.delete) versions.push(versionOf(one));
      if (one[0] === RecordKind.delete) deletes.push(one);
    }
    expect(versions).toEqual(versions.map((_, index) => versions[0] + index));
    expect(deletes).toHaveLength(1);
    // A replica that has the version of the delete already keeps the session: only a newer word ends it.
    const ahead = changed(created, {
      [record.RECORD_KIND]: RecordKind.update,
      [record.RECORD_VERSION + 7]: versionOf(deletes[0]) + 1,
    });
    expect([replica.apply(ahead), replica.apply(deletes[0])]).toEqual([[ApplyResult.applied], [ApplyResult.stale]]);
  });
});
