import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApplyResult } from '../../../../../src/translator/nat64/records/record-applier.ts';
import { RecordCodec } from '../../../../../src/translator/nat64/records/record-codec.ts';
import { RecordKind, SESSION_RECORD_SIZE } from '../../../../../src/translator/nat64/records/session-record.ts';
import { FLAGS, tcp } from '../../packets.ts';
import { Bench, OPTIONS } from '../bench-of-one.ts';

const APPLIED = ApplyResult.applied;
const REFUSED = ApplyResult.refused;
const HOUR = 3_600_000;
/** Lifetimes of records are kept whole below these. */
const timeouts = {
  ...OPTIONS.timeouts,
  tcpEstablished: 2 * HOUR,
  tcpTransitory: 2 * HOUR,
  udp: 2 * HOUR,
  icmp: 2 * HOUR,
};

/** The fields of a record as docs/replication.md names them. */
interface Fields {
  readonly kind: number;
  readonly owner: number;
  readonly protocol: number;
  readonly state: number;
  readonly clientPort: number;
  readonly client: readonly number[];
  readonly pool4: number;
  readonly pool4Port: number;
  readonly remotePort: number;
  readonly remote: number;
  readonly lifetimeMs: number;
  readonly version: number;
  readonly position: number;
  readonly writer: number;
}

/** A record put together by the table of the page, without the codec. */
function bytesOf(fields: Fields): Buffer {
  const bytes = Buffer.alloc(SESSION_RECORD_SIZE);
  bytes.set([fields.kind, fields.owner, fields.protocol, fields.state], 0);
  bytes.writeUInt16BE(fields.clientPort, 6);
  for (const [index, word] of fields.client.entries()) bytes.writeUInt32BE(word, 8 + 4 * index);
  bytes.writeUInt32BE(fields.pool4, 24);
  bytes.writeUInt16BE(fields.pool4Port, 28);
  bytes.writeUInt16BE(fields.remotePort, 30);
  bytes.writeUInt32BE(fields.remote, 32);
  bytes.writeUInt32BE(fields.lifetimeMs, 36);
  bytes.writeBigUInt64BE(BigInt(fields.version), 40);
  bytes.writeBigUInt64BE(BigInt(fields.position), 48);
  bytes[56] = fields.writer;
  return bytes;
}

/** The digest of one session by the words of the page, in whole numbers without bounds. */
function digestOf(record: Buffer): string {
  const words = [record.readUIntBE(1, 3)];
  for (let at = 4; at < 36; at += 4) words.push(record.readUInt32BE(at));
  words.push(record.readUInt32BE(44));
  return [0x49737468n, 0x6d757331n].map((seed) => hashOf(seed, words).toString(16).padStart(8, '0')).join(' ');
}

function hashOf(seed: bigint, words: readonly number[]): bigint {
  const low = (value: bigint): bigint => value & 0xffffffffn;
  const turn = (value: bigint, bits: bigint): bigint => low(value << bits) | (value >> (32n - bits));
  let hash = seed;
  for (const word of words) {
    const mixed = low(turn(low(BigInt(word) * 0xcc9e2d51n), 15n) * 0x1b873593n);
    hash = low(turn(hash ^ mixed, 13n) * 5n + 0xe6546b64n);
  }
  hash = low((hash ^ (hash >> 16n)) * 0x85ebca6bn);
  hash = low((hash ^ (hash >> 13n)) * 0xc2b2ae35n);
  return hash ^ (hash >> 16n);
}

const TCP_SESSION: Fields = {
  kind: RecordKind.create,
  owner: 2,
  protocol: 6,
  state: 3,
  clientPort: 40_000,
  client: [0x20010db8, 0x00010002, 0x00030004, 0x00050006],
  pool4: 0xc0000205,
  pool4Port: 61_234,
  remotePort: 443,
  remote: 0xc6336407,
  lifetimeMs: 7_200_000,
  version: 3,
  position: 0x1_0000_0002,
  writer: 2,
};
const ECHO_SESSION: Fields = {
  ...TCP_SESSION,
  kind: RecordKind.refresh,
  owner: 63,
  writer: 63,
  protocol: 1,
  state: 0,
  clientPort: 7,
  remotePort: 0,
  lifetimeMs: 60_000,
  version: 0xfffffffe,
  position: 1,
};

/** The examples of docs/replication.md. */
const EXAMPLES: readonly (readonly [what: string, fields: Fields, hex: string, digest: string])[] = [
  [
    'a TCP session',
    TCP_SESSION,
    '0102060300009c4020010db8000100020003000400050006c0000205ef3201bbc6336407006ddd00000000000000000300000001000000020200000000000000',
    'e99f8966 7b652f85',
  ],
  [
    'a ping',
    ECHO_SESSION,
    '033f01000000000720010db8000100020003000400050006c0000205ef320000c63364070000ea6000000000fffffffe00000000000000013f00000000000000',
    'c3b79588 dc870eda',
  ],
];

const anyRecord = fc.record({
  kind: fc.constantFrom(RecordKind.create, RecordKind.update, RecordKind.refresh),
  owner: fc.integer({ min: 2, max: 63 }),
  protocol: fc.constantFrom(1, 6, 17),
  tcpState: fc.integer({ min: 1, max: 7 }),
  clientPort: fc.nat(0xffff),
  client: fc.array(fc.nat(0xffffffff), { minLength: 4, maxLength: 4 }),
  pool4: fc.nat(0xffffffff),
  pool4Port: fc.nat(0xffff),
  remotePort: fc.nat(0xffff),
  remote: fc.nat(0xffffffff),
  lifetimeMs: fc.nat(2 * HOUR),
  version: fc.integer({ min: 1, max: 0xffffffff }),
  position: fc.nat(Number.MAX_SAFE_INTEGER),
});

describe('the record of a session', () => {
  it.each(EXAMPLES)('has the bytes and the digest of the page: %s', (_what, fields, hex, digest) => {
    const bytes = bytesOf(fields);
    expect(bytes.toString('hex')).toBe(hex);
    expect(digestOf(bytes)).toBe(digest);
    const bench = new Bench({ timeouts });
    expect(bench.apply(bytes)).toEqual([APPLIED]);
    const { sets } = bench.translator.store;
    const kept = [sets.high[fields.owner], sets.low[fields.owner]];
    expect(kept.map((half) => half.toString(16).padStart(8, '0')).join(' ')).toBe(digest);
  });

  it('is in the table what it was on the wire, and the same when it is written again', () => {
    fc.assert(
      fc.property(anyRecord, ({ tcpState, ...rest }) => {
        const fields = { ...rest, state: rest.protocol === 6 ? tcpState : 0, writer: rest.owner };
        const bytes = bytesOf(fields);
        const { translator } = benchOf(bytes);
        const { store } = translator;
        const out = Buffer.alloc(2 * SESSION_RECORD_SIZE, 0xee);
        const codec = new RecordCodec();
        codec.open(out, SESSION_RECORD_SIZE);
        codec.writeSession(store.sessions, store.entries, 0);
        const again = out.subarray(SESSION_RECORD_SIZE);
        expect(again.subarray(1, 36)).toEqual(bytes.subarray(1, 36));
        expect(again.subarray(40, 48)).toEqual(bytes.subarray(40, 48));
        expect(out.subarray(0, SESSION_RECORD_SIZE).every((byte) => byte === 0xee)).toBe(true);
        expect(digestOf(again)).toBe(digestOf(bytes));
      }),
      { numRuns: 200 },
    );
  });

  it('is written by an owner as the page says', () => {
    const bench = new Bench({ slot: 3 });
    const [packet] = bench.send(tcp({ src: '2001:db8::5', dst: '64:ff9b::198.51.100.7' }, 4000, 80, FLAGS.syn)).out;
    const record = bench.records().slice(0, SESSION_RECORD_SIZE);
    const out = Buffer.from(packet);
    const expected: Fields = {
      ...TCP_SESSION,
      owner: 3,
      writer: 3,
      state: 2,
      clientPort: 4000,
      client: [0x20010db8, 0, 0, 5],
      pool4: out.readUInt32BE(12),
      pool4Port: out.readUInt16BE(20),
      remotePort: 80,
      lifetimeMs: OPTIONS.timeouts.tcpTransitory,
      version: 1,
      position: 1,
    };
    expect(Buffer.from(record).toString('hex')).toBe(bytesOf(expected).toString('hex'));
  });

  it('of an unknown kind is refused and changes nothing', () => {
    const known: readonly number[] = Object.values(RecordKind);
    const bench = new Bench();
    for (let kind = 0; kind < 256; kind++) {
      if (known.includes(kind)) continue;
      expect(bench.apply(bytesOf({ ...TCP_SESSION, kind }))).toEqual([REFUSED]);
      expect(bench.translator.sessionCount).toBe(0);
      expect(bench.translator.bibCount).toBe(0);
    }
  });
});

describe('a mark', () => {
  it('has the number of sessions, their digest and the position, and nothing else', () => {
    const bench = new Bench({ slot: 3 });
    bench.send(tcp({ src: '2001:db8::5', dst: '64:ff9b::198.51.100.7' }, 4000, 80, FLAGS.syn));
    const records = Buffer.from(bench.records());
    const expected = Buffer.alloc(SESSION_RECORD_SIZE);
    expected.set([RecordKind.mark, 3], 0);
    expected.writeBigUInt64BE(1n, 8);
    expected.set(Buffer.from(digestOf(records.subarray(0, 64)).replace(' ', ''), 'hex'), 16);
    expected.writeBigUInt64BE(2n, 48);
    expected[56] = 3;
    expect(records.subarray(64).toString('hex')).toBe(expected.toString('hex'));
  });
});

function benchOf(record: Uint8Array): Bench {
  const bench = new Bench({ timeouts });
  expect(bench.apply(record)).toEqual([APPLIED]);
  return bench;
}
