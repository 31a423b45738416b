import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { PacketArena } from '../../../src/net/packet-arena.ts';
import { TranslatorCounters } from '../../../src/translator/counters.ts';
import { SiitTranslator } from '../../../src/translator/siit/siit-translator.ts';
import { HEADROOM } from '../../../src/translator/translator.ts';
import { Bench } from '../translator/nat64/bench-of-one.ts';
import { checksumOf, echo, type Fields, FLAGS, tcp, udp } from '../translator/packets.ts';
import { OPTIONS } from '../translator/siit/options.ts';
import { comparable } from './comparable.ts';
import { LEFT, ProgramBench, REDIRECTED } from './program-bench.ts';

const asRoot = process.getuid?.() === 0;
const SERVER = '198.51.100.7';
const PSH_ACK = 0x18;
const MODULUS = 0xffff;
/** Where the transport headers have their checksum. */
const CHECKSUM_AT = { tcp: 16, udp: 6, icmp: 2 } as const;
type Kind = keyof typeof CHECKSUM_AT;

type Send = (bytes: Uint8Array) => readonly Uint8Array[];
/** A packet of a known flow. */
type Make = (fromClient: boolean, payload: readonly number[]) => Uint8Array;

const damage = fc.record({
  fromClient: fc.boolean(),
  payload: fc.uint8Array({ maxLength: 64 }),
  bytes: fc.array(
    fc.record({ at: fc.nat(79), byte: fc.oneof(fc.constantFrom(0, 1, 0x45, 0x60, 0x80, 0xff), fc.nat(255)) }),
    { maxLength: 2 },
  ),
  /** The IPv4 header is summed again after the damage. */
  repaired: fc.boolean(),
  padding: fc.constantFrom(0, 0, 0, 6),
  /** A transport checksum in place of the right one; `limit`: one that comes out as zero, of either sign. */
  checksum: fc.constantFrom(undefined, undefined, 0, MODULUS, 'limit' as const),
});

/** Packets with any bytes: what the program takes is what the slow path makes of it, and nothing that it refuses. */
describe.runIf(asRoot)('damaged packets', () => {
  let program: ProgramBench;
  afterEach(() => program.close());

  /** @returns how many were taken, with any damage */
  function compare(
    kind: Kind,
    make: Make,
    send: Send,
    damages: ReadonlyArray<typeof damage extends fc.Arbitrary<infer D> ? D : never>,
  ): number {
    let taken = 0;
    for (const { fromClient, payload, bytes, repaired, padding, checksum } of damages) {
      const raw = make(fromClient, [...payload]);
      const at = (fromClient ? 40 : 20) + CHECKSUM_AT[kind];
      if (checksum !== undefined) writeSum(raw, at, checksum === 'limit' ? limitOf(raw, at, send) : checksum);
      for (const { at: place, byte } of bytes) if (place < raw.length) raw[place] = byte;
      if (repaired && !fromClient) sumHeader(raw);
      const { verdict, packet } = program.run(raw, { padding: fromClient ? 0 : padding });
      const [slow, ...more] = send(raw);
      if (verdict === LEFT) continue;
      expect(verdict).toBe(REDIRECTED);
      const shown = Buffer.from(raw).toString('hex');
      expect([shown, slow === undefined ? 'nothing' : hexOf(slow), more.length]).toEqual([shown, hexOf(packet), 0]);
      taken += 1;
    }
    return taken;
  }

  it.each<[Kind]>([['tcp'], ['udp'], ['icmp']])('of sessions: %s', (kind) => {
    program = new ProgramBench();
    program.configure({});
    let taken = 0;
    fc.assert(
      fc.property(
        fc.array(damage, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 65_535 }),
        (damages, port) => {
          const bench = new Bench();
          bench.translator.useFlowOffload(program);
          const from6 = { src: '2001:db8::9', dst: `64:ff9b::${SERVER}` };
          const [opened] = bench.send(packetOf(kind, true, from6, [port, 443], [], FLAGS.syn)).out;
          if (opened === undefined) throw new Error('nothing opened');
          bench.records();
          const mapped = new DataView(opened.buffer, opened.byteOffset).getUint16(kind === 'icmp' ? 24 : 20);
          const from4 = { src: SERVER, dst: [...opened.subarray(12, 16)].join('.') };
          const make: Make = (fromClient, payload) =>
            fromClient
              ? packetOf(kind, true, from6, [port, 443], payload, PSH_ACK)
              : packetOf(kind, false, from4, [443, mapped], payload, PSH_ACK);
          if (kind === 'tcp') bench.send(tcp(from4, 443, mapped, FLAGS.syn | FLAGS.ack));
          else bench.send(make(false, []));
          for (let time = 0; time < 4; time++) bench.send(make(true, []));
          taken += compare(kind, make, (bytes) => bench.send(bytes).out, damages);
          bench.translator.reconfigure(bench.options);
          bench.wait(1);
          program.laterMs += 1500;
        },
      ),
      { numRuns: 60, seed: 20_261_130 },
    );
    expect(taken).toBeGreaterThan(200);
  });

  it.each<[Kind]>([['tcp'], ['udp'], ['icmp']])('of pairs of addresses: %s', (kind) => {
    program = new ProgramBench('pair');
    program.configure({ excludedFlags: 0 });
    const out: Uint8Array[] = [];
    const sink = {
      emit: (arena: PacketArena, offset: number, length: number) => {
        out.push(arena.bytes.slice(offset, offset + length));
      },
    };
    const translator = new SiitTranslator(OPTIONS, sink, new TranslatorCounters());
    translator.usePairOffload(program);
    const arena = new PacketArena(70_000);
    const send: Send = (bytes) => {
      out.length = 0;
      arena.bytes.set(bytes, HEADROOM);
      translator.process(arena, HEADROOM, bytes.length, { partialChecksum: false, gsoType: 0, gsoSize: 0 }, 0);
      return [...out];
    };
    const make: Make = (fromClient, payload) =>
      fromClient
        ? packetOf(kind, true, { src: '2001:db8:3::5', dst: '2001:db8:1c0:2:21::' }, [7, 9], payload, PSH_ACK)
        : packetOf(kind, false, { src: '192.0.2.33', dst: '1.0.0.5' }, [9, 7], payload, PSH_ACK);
    for (let time = 0; time < 2; time++) for (const fromClient of [true, false]) send(make(fromClient, []));
    let taken = 0;
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 8 }), (damages) => {
        taken += compare(kind, make, send, damages);
      }),
      { numRuns: 250, seed: 20_261_130 },
    );
    expect(taken).toBeGreaterThan(250);
  });
});

function packetOf(
  kind: Kind,
  fromClient: boolean,
  fields: Fields,
  ports: readonly [number, number],
  payload: readonly number[],
  flags: number,
): Uint8Array {
  if (kind === 'tcp') return tcp(fields, ...ports, flags, payload);
  if (kind === 'udp') return udp(fields, ...ports, payload);
  return fromClient ? echo(fields, 128, ports[0], payload) : echo(fields, 0, ports[1], payload);
}

function writeSum(bytes: Uint8Array, at: number, sum: number): void {
  new DataView(bytes.buffer, bytes.byteOffset).setUint16(at, sum);
}

/** The checksum of an IPv4 header of 20 bytes. */
function sumHeader(bytes: Uint8Array): void {
  writeSum(bytes, 10, 0);
  writeSum(bytes, 10, checksumOf([...bytes.subarray(0, 20)]));
}

/** A checksum that the translation changes to zero, or to what is as good: RFC 1624 section 3. */
function limitOf(bytes: Uint8Array, at: number, send: Send): number {
  const [slow] = send(bytes.slice());
  if (slow === undefined) return 0;
  const before = new DataView(bytes.buffer, bytes.byteOffset).getUint16(at);
  const there = at + (bytes[0] >> 4 === 6 ? -20 : 20);
  const after = new DataView(slow.buffer, slow.byteOffset).getUint16(there);
  return (((before - after) % MODULUS) + MODULUS) % MODULUS;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(comparable(bytes)).toString('hex');
}
