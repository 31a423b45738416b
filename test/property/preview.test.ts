import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COUNTERS } from '../../src/translator/counters.ts';
import type { Nat64Options } from '../../src/translator/options.ts';
import { Bench, OPTIONS } from '../unit/translator/nat64/bench-of-one.ts';
import { echo, FLAGS, tcp, udp } from '../unit/translator/packets.ts';

/** A second or two each; `RUNS=2000` for a long look. */
const RUNS = Number(process.env['RUNS'] ?? 80);
const POOL4 = '192.0.2.1';
const { ack, fin, rst, syn } = FLAGS;

const times = { tcpEstablished: 60_000, tcpTransitory: 24_000, udp: 30_000, icmp: 10_000, portHold: 20_000 };

/** Everything that may refuse a packet, in tables and pools small enough that it does. */
const rules = fc.record({
  addressDependentFiltering: fc.boolean(),
  dropExternallyInitiatedTcp: fc.boolean(),
  dropPings: fc.boolean(),
  portBlockSize: fc.constantFrom(0, 4),
  sessions: fc.constantFrom(3, 64),
  bibEntries: fc.constantFrom(3, 64),
  sessionsPerClient: fc.constantFrom(0, 3),
  portsPerClient: fc.constantFrom(0, 4),
  sessionsFromOutsidePerClient: fc.constantFrom(0, 1),
  newSessionsPerSecondPerClient: fc.constantFrom(0, 0, 2),
  slices: fc.constantFrom(undefined, undefined, undefined, []),
  narrow: fc.boolean(),
});
type Rules = typeof rules extends fc.Arbitrary<infer Value> ? Value : never;

function optionsOf({ narrow, sessions, bibEntries, slices, ...rest }: Rules): Partial<Nat64Options> {
  const { sessionsPerClient, portsPerClient, sessionsFromOutsidePerClient, newSessionsPerSecondPerClient, ...flags } =
    rest;
  const clients = { sessionsPerClient, portsPerClient, sessionsFromOutsidePerClient, newSessionsPerSecondPerClient };
  return {
    ...flags,
    pool4: [
      { prefix: `${POOL4}/32`, ports: [5000, narrow ? 5007 : 5063], protocols: ['tcp', 'udp', 'icmp'], clients: [] },
    ],
    static: [{ protocol: 'udp', v6: '2001:db8::3', port6: 11, v4: POOL4, port4: 5000 }],
    limits: { ...OPTIONS.limits, ...clients, sessions, bibEntries },
    timeouts: { ...OPTIONS.timeouts, ...times },
    allowNonGlobal: false,
    icmpErrorsPerSecond: Number.POSITIVE_INFINITY,
    clampMss: 1400,
    mtu4: 1000,
    mtu6: 1280,
    slots: 1,
    ...(slices === undefined ? {} : { slices }),
  };
}

const client = fc.constantFrom('2001:db8::1', '2001:db8::2', '2001:db8::3', '2001:db8:0:1::1', '64:ff9b::1.1.1.1');
const remote = fc.constantFrom('198.51.100.7', '203.0.113.8', '10.0.0.1', '127.0.0.1', POOL4);
const fields = {
  protocol: fc.constantFrom('udp', 'tcp', 'tcp', 'icmp'),
  client,
  remote,
  port: fc.constantFrom(10, 11, 12),
  remotePort: fc.constantFrom(80, 81, 5001),
  flags: fc.constantFrom(syn, syn, syn | ack, ack, fin | ack, rst),
  hops: fc.constantFrom(64, 64, 64, 2, 1),
  payload: fc.constantFrom(0, 3, 990, 1300),
};
const op = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('client' as const), ...fields }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('server' as const),
      port4: fc.integer({ min: 5000, max: 5008 }),
      ...fields,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(1, 600, 9999, 24_000, 30_001, 84_000),
    }),
  },
);
type Op = typeof op extends fc.Arbitrary<infer Value> ? Value : never;
type Sent = Exclude<Op, { kind: 'wait' }>;

function packetOf(sent: Sent): Uint8Array {
  const { kind, protocol, port, remotePort, flags, hops } = sent;
  const payload = Array<number>(sent.payload).fill(7);
  const [src, dst] = kind === 'client' ? [sent.client, `64:ff9b::${sent.remote}`] : [sent.remote, POOL4];
  const [from, to] = kind === 'client' ? [port, remotePort] : [remotePort, sent.port4];
  const identifier = kind === 'client' ? port : sent.port4;
  const bytes =
    protocol === 'udp'
      ? udp({ src, dst }, from, to, payload)
      : protocol === 'tcp'
        ? tcp({ src, dst }, from, to, flags, payload)
        : echo({ src, dst }, kind === 'client' ? 128 : 8, identifier, payload);
  return kind === 'client' ? withHops(bytes, 7, hops) : withTtl(bytes, hops);
}

function withHops(bytes: Uint8Array, at: number, hops: number): Uint8Array {
  bytes[at] = hops;
  return bytes;
}

/** The TTL, and the header's checksum right again (RFC 1624). */
function withTtl(bytes: Uint8Array, ttl: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const before = view.getUint16(8);
  bytes[8] = ttl;
  let sum = (~view.getUint16(10) & 0xffff) + (~before & 0xffff) + view.getUint16(8);
  sum = (sum & 0xffff) + (sum >>> 16);
  view.setUint16(10, ~((sum & 0xffff) + (sum >>> 16)) & 0xffff);
  return bytes;
}

/** Without the IPv4 identification, of which the preview has a counter of its own, and the checksum over it. */
function comparable(packets: readonly Uint8Array[]): string[] {
  return packets.map((bytes) => {
    const copy = bytes.slice();
    if (copy[0] >> 4 === 4) copy.fill(0, 4, 6).fill(0, 10, 12);
    return Buffer.from(copy).toString('hex');
  });
}

const reasonOf = (index: number): string => COUNTERS[index]?.name ?? '';

describe('the preview of a packet', () => {
  it(
    'is what becomes of it, of whatever state the tables are, and changes nothing',
    () => {
      const seen = new Map<string, number>();
      fc.assert(
        fc.property(rules, fc.array(op, { maxLength: 60, size: 'max' }), (limits, ops) => {
          const [bench, twin] = [new Bench(optionsOf(limits)), new Bench(optionsOf(limits))];
          for (const one of ops) {
            if (one.kind === 'wait') {
              for (const each of [bench, twin]) {
                each.wait(one.ms);
                each.records();
              }
              continue;
            }
            const packet = packetOf(one);
            const preview = bench.translator.preview(packet, bench.nowMs);
            const outcome = bench.send(packet);
            expect([preview.verdict, reasonOf(preview.reason)]).toEqual([outcome.verdict, outcome.reason]);
            if (outcome.verdict !== 'error') expect(comparable(preview.out)).toEqual(comparable(outcome.out));
            // Nobody has looked here before the packet came.
            expect(twin.send(packet)).toEqual(outcome);
            expect(twin.translator.sessionCount).toBe(bench.translator.sessionCount);
            const met = outcome.reason === '' ? outcome.verdict : outcome.reason;
            seen.set(met, (seen.get(met) ?? 0) + 1);
          }
        }),
        // Without a wish the same sequences each time: what they come to is asserted below.
        { numRuns: RUNS, ...(process.env['RUNS'] === undefined ? { seed: 15 } : {}) },
      );
      // The sequences are worth something only if they come to all of this.
      for (const met of [
        'translated',
        'hairpinned',
        'answerClientLimit',
        'answerPool4Exhausted',
        'answerSessionLimit',
      ]) {
        expect([met, seen.has(met)]).toEqual([met, true]);
      }
      for (const met of ['answerNoSlice', 'dropNoMapping', 'dropNoSession', 'answerTooBig', 'answerTtl', 'heldSyn']) {
        expect([met, seen.has(met)]).toEqual([met, true]);
      }
    },
    RUNS * 1000 + 60_000,
  );
});
