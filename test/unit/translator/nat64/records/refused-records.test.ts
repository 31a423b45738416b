import { describe, expect, it } from 'vitest';
import { Counter } from '../../../../../src/translator/counters.ts';
import { ApplyResult } from '../../../../../src/translator/nat64/records/record-applier.ts';
import * as record from '../../../../../src/translator/nat64/records/session-record.ts';
import { formatIp, parseIp } from '../../oracle-address.ts';
import { udp } from '../../packets.ts';
import { Bench, OPTIONS } from '../bench-of-one.ts';
import { allSessions } from '../tables/walked.ts';

const { RecordKind } = record;
const { applied, stale, conflict, refused } = ApplyResult;
const [TCP, UDP] = [6, 17];
const SERVER = '198.51.100.7';
/** The slot in whose name another translator's sessions are told. */
const FOREIGN = 9;

interface Said {
  readonly kind?: number;
  readonly owner?: number;
  readonly writer?: number;
  readonly protocol?: number;
  readonly state?: number;
  readonly client?: string;
  readonly clientPort?: number;
  readonly pool4Port?: number;
  readonly remotePort?: number;
  readonly lifetimeMs?: number;
  readonly version?: number;
}

/** A record as docs/replication.md has it: of node 2, about a datagram session of a client towards port 53. */
function said(fields: Said = {}): Uint8Array {
  const {
    kind = RecordKind.create,
    owner = 2,
    writer = owner,
    protocol = UDP,
    state = protocol === TCP ? 3 : 0,
  } = fields;
  const { client = '2001:db8::5', clientPort = 5000, pool4Port = 60_000, remotePort = 53 } = fields;
  const bytes = new Uint8Array(64);
  const view = new DataView(bytes.buffer);
  bytes.set([kind, owner, protocol, state], 0);
  view.setUint16(6, clientPort);
  bytes.set(parseIp(client), 8);
  bytes.set(parseIp('192.0.2.5'), 24);
  view.setUint16(28, pool4Port);
  view.setUint16(30, remotePort);
  bytes.set(parseIp(SERVER), 32);
  view.setUint32(36, fields.lifetimeMs ?? 300_000);
  view.setUint32(44, fields.version ?? 3);
  bytes[56] = writer;
  return bytes;
}

function node(options: ConstructorParameters<typeof Bench>[0] = {}): Bench {
  const bench = new Bench({ slot: 1, slots: 4, ...options });
  bench.translator.setPeerAlive(2, true);
  return bench;
}

const results = (bench: Bench, all: readonly Uint8Array[]): number[] => all.flatMap((bytes) => bench.apply(bytes));
const owners = (bench: Bench): number[] => allSessions(bench.translator.store, bench.nowMs).map(({ owner }) => owner);
const clients = (bench: Bench): string[] =>
  allSessions(bench.translator.store, bench.nowMs).map(({ client }) => client);
const counted = (bench: Bench, name: keyof typeof Counter): number => bench.translator.counters.values[Counter[name]];

describe('a record that is refused', () => {
  it('is one that does not say what it should', () => {
    const bench = node();
    const wrong: Said[] = [
      { owner: 0 },
      { owner: 64 },
      { writer: 0 },
      { writer: 64 },
      { kind: RecordKind.create, writer: 3 },
      { kind: RecordKind.update, writer: 3 },
      { kind: RecordKind.refresh, writer: 3 },
      { kind: RecordKind.delete, writer: 3 },
      { state: 1 },
      { protocol: TCP, state: 0 },
      { protocol: TCP, state: 8 },
      { protocol: 47 },
      { kind: 0 },
    ];
    expect(wrong.map((fields) => bench.apply(said(fields)))).toEqual(wrong.map(() => [refused]));
    expect([bench.translator.sessionCount, counted(bench, 'recordsRefused')]).toEqual([0, wrong.length]);
    expect(results(bench, [said({ protocol: TCP, state: 7 }), said({ protocol: 1, remotePort: 0 })])).toEqual([0, 0]);
  });

  it('is one that is not all there', () => {
    const bench = node();
    const whole = Uint8Array.from([...said(), 1, 2, 3]);
    const { translator, nowMs } = bench;
    expect([
      translator.applyRecord(whole.subarray(0, 63), 0, nowMs),
      translator.applyRecord(whole, 4, nowMs),
      translator.applyRecord(whole, -1, nowMs),
      translator.applyRecord(whole, 0, nowMs),
    ]).toEqual([refused, refused, refused, applied]);
  });

  it('leaves nothing behind where the table of sessions is full', () => {
    const bench = node({ limits: { ...OPTIONS.limits, sessions: 3 } });
    const records = [1, 2, 3, 4].map((number) => said({ clientPort: number, pool4Port: 60_000 + number }));
    expect(results(bench, records)).toEqual([applied, applied, applied, refused]);
    expect([bench.translator.sessionCount, bench.translator.bibCount]).toEqual([3, 3]);
    // One that is there already is taken all the same.
    expect(bench.apply(said({ clientPort: 1, pool4Port: 60_001, version: 4 }))).toEqual([applied]);
  });
});

describe('a record about a port that another client has', () => {
  it('is a conflict, by each part of the address and by the port alone, and changes nothing', () => {
    const bench = node();
    bench.translator.setPeerAlive(3, true);
    expect(bench.apply(said({ client: '2001:db8::5' }))).toEqual([applied]);
    // All of them behind that client in order: it keeps the port.
    const others: Said[] = [
      { client: '2001:db9::5' },
      { client: '2001:db8:0:1::5' },
      { client: '2001:db8::1:0:5' },
      { client: '2001:db8::6' },
      { clientPort: 5001 },
    ];
    for (const other of others) {
      expect(bench.apply(said({ owner: 3, ...other }))).toEqual([conflict]);
      expect(bench.apply(said({ kind: RecordKind.delete, version: 9, ...other }))).toEqual([conflict]);
    }
    expect([clients(bench), owners(bench), bench.translator.bibCount]).toEqual([['2001:db8::5'], [2], 1]);
    // One before it in order takes the port from it.
    expect(bench.apply(said({ owner: 3, clientPort: 4999 }))).toEqual([applied]);
    expect(owners(bench)).toEqual([3]);
  });
});

describe('records that come together', () => {
  const many = Array.from({ length: 40 }, (_, index) => said({ clientPort: 1 + index, pool4Port: 60_000 + index }));

  it('come to what they come to one by one', () => {
    const [one, other] = [node(), node()];
    results(one, many);
    const bytes = Uint8Array.from(Buffer.concat([new Uint8Array(10), ...many]));
    other.translator.applyRecords(bytes, 10, 40, other.nowMs);
    const rows = (bench: Bench): unknown => allSessions(bench.translator.store, bench.nowMs);
    expect([other.translator.sessionCount, rows(other)]).toEqual([40, rows(one)]);
    const summary = (bench: Bench): number[] => {
      const out = new Float64Array(4);
      bench.translator.ownerSummary(2, out);
      return [...out];
    };
    expect(summary(other)).toEqual(summary(one));
  });

  it('are as many as are said to be there, and what is missing of them is refused', () => {
    const bench = node();
    const bytes = Uint8Array.from(Buffer.concat(many.slice(0, 3)));
    bench.translator.applyRecords(bytes, 0, 2, bench.nowMs);
    expect([bench.translator.sessionCount, counted(bench, 'recordsRefused')]).toEqual([2, 0]);
    bench.translator.applyRecords(bytes, 64, 5, bench.nowMs);
    expect([bench.translator.sessionCount, counted(bench, 'recordsRefused')]).toEqual([3, 3]);
  });
});

describe('a record of another version', () => {
  it('is applied where it is the same or a newer one, and else stale', () => {
    const bench = node();
    const versions = [5, 5, 4, 6, 5].map((version) => said({ version }));
    expect(results(bench, versions)).toEqual([applied, applied, stale, applied, stale]);
  });
});

describe('a hint', () => {
  /** A session of this node, and what another one says of it. */
  function own(protocol: number): { bench: Bench; fields: Said } {
    const bench = node();
    expect(bench.apply(said({ protocol }))).toEqual([applied]);
    bench.translator.takeOver(2);
    bench.wait(1000);
    expect(owners(bench)).toEqual([1]);
    return { bench, fields: { kind: RecordKind.hint, owner: 1, writer: 2, protocol } };
  }

  it('is for the owner of the session alone', () => {
    const { bench, fields } = own(UDP);
    expect(results(bench, [said(fields), said({ ...fields, owner: 3 })])).toEqual([applied, stale]);
    expect(results(bench, [said({ ...fields, remotePort: 54 }), said({ ...fields, pool4Port: 1 })])).toEqual([
      stale,
      stale,
    ]);
    bench.apply(said({ version: 99 }));
    expect([owners(bench), bench.apply(said(fields))]).toEqual([[2], [stale]]);
  });

  it('has a state that the session may have', () => {
    const udpSession = own(UDP);
    expect(udpSession.bench.apply(said({ ...udpSession.fields, state: 3 }))).toEqual([refused]);
    const { bench, fields } = own(TCP);
    const states = [0, 3, 7, 8, 200].map((state) => said({ ...fields, state }));
    expect(results(bench, states)).toEqual([refused, applied, applied, refused, refused]);
  });

  it('keeps the session from ending', () => {
    const { bench, fields } = own(UDP);
    bench.wait(200_000);
    expect(bench.apply(said(fields))).toEqual([applied]);
    bench.wait(200_000);
    expect(bench.translator.sessionCount).toBe(1);
    bench.wait(101_000);
    expect(bench.translator.sessionCount).toBe(0);
  });
});

describe('a session that is handed over', () => {
  it('is given by its owner, to this node, or not at all', () => {
    const bench = node();
    bench.apply(said());
    const given: Said = { kind: RecordKind.handOver, owner: 1, writer: 2, version: 7 };
    expect(results(bench, [said({ ...given, writer: 3 }), said({ ...given, owner: 3 })])).toEqual([stale, stale]);
    expect(results(bench, [said({ ...given, remotePort: 54 }), said({ ...given, clientPort: 1 })])).toEqual([
      stale,
      stale,
    ]);
    expect(owners(bench)).toEqual([2]);
    expect([bench.apply(said(given)), owners(bench)]).toEqual([[applied], [1]]);
    // What its former owner still says with that version is older.
    expect([bench.apply(said({ version: 7 })), owners(bench)]).toEqual([[stale], [1]]);
  });
});

describe('sessions of another translator', () => {
  const foreign = (fields: Said = {}): Uint8Array => said({ owner: FOREIGN, ...fields });
  const host = (options: ConstructorParameters<typeof Bench>[0] = {}): Bench =>
    node({ foreignSlot: FOREIGN, ...options });

  it('yield a port that it has given to another client', () => {
    const bench = host();
    expect(results(bench, [foreign(), foreign({ remotePort: 54 })])).toEqual([applied, applied]);
    expect(bench.apply(foreign({ client: '2001:db8::6' }))).toEqual([applied]);
    expect(clients(bench)).toEqual(['2001:db8::6']);
  });

  it('never take a port from one of a node, nor from a static entry', () => {
    const bench = host({
      static: [{ protocol: 'udp', v6: '2001:db8::9', port6: 53, v4: '192.0.2.5', port4: 53 }],
    });
    expect(results(bench, [foreign({ pool4Port: 60_001 }), said({ pool4Port: 60_001, remotePort: 99 })])).toEqual([
      applied,
      applied,
    ]);
    const other = { client: '2001:db8::6', pool4Port: 60_001 };
    expect([bench.apply(foreign(other)), clients(bench)]).toEqual([[conflict], ['2001:db8::5', '2001:db8::5']]);
    expect(bench.apply(foreign({ pool4Port: 53 }))).toEqual([conflict]);
  });

  it('change nothing that a node owns', () => {
    const bench = host();
    expect(results(bench, [said(), foreign({ version: 99 })])).toEqual([applied, stale]);
    expect(owners(bench)).toEqual([2]);
  });

  it('are left out where the tables run short', () => {
    const bench = host({ limits: { ...OPTIONS.limits, sessions: 2000, bibEntries: 2000, reserve: 10 } });
    const records = Array.from({ length: 1605 }, (_, index) =>
      foreign({ clientPort: 1 + index, pool4Port: 30_000 + index }),
    );
    const got = results(bench, records);
    // A tenth is kept for clients that have few, and as much again.
    expect([got.indexOf(refused), got.filter((each) => each === refused).length]).toEqual([1600, 5]);
    expect(bench.apply(said())).toEqual([applied]);
  });

  it('become a node’s with the first packet: that is told at once', () => {
    const bench = host();
    bench.apply(foreign());
    bench.records();
    const sent = bench.send(udp({ src: '2001:db8::5', dst: `64:ff9b::${SERVER}` }, 5000, 53));
    expect([sent.verdict, formatIp(sent.out[0].slice(12, 16))]).toEqual(['translated', '192.0.2.5']);
    const told = bench.records();
    expect([told[0], told[1], told[56]]).toEqual([RecordKind.hint, FOREIGN, 1]);
  });
});
