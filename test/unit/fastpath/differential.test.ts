import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GSO_TCPV4, GSO_TCPV6, type PacketOffload } from '../../../src/net/offload.ts';
import type { Nat64Options } from '../../../src/translator/options.ts';
import { Bench } from '../translator/nat64/bench-of-one.ts';
import { checksumsAreRight, echo, type Fields, FLAGS, tcp, udp } from '../translator/packets.ts';
import { comparable } from './comparable.ts';
import { LEFT, ProgramBench, REDIRECTED } from './program-bench.ts';

const asRoot = process.getuid?.() === 0;
const SERVER6 = '64:ff9b::198.51.100.7';
const SERVER = '198.51.100.7';
const { ack: ACK, syn: SYN } = FLAGS;
const PSH_ACK = 0x18;
const NO_OFFLOAD: PacketOffload = { partialChecksum: false, gsoType: 0, gsoSize: 0 };

/**
 * The fast path against the slow path: what the program takes must be, byte for byte, what the translator makes of it;
 * but for the identification of packets without DF, which is any number there, and the header checksum that covers it.
 */
describe.runIf(asRoot)('the fast path against the slow path', () => {
  let program: ProgramBench;
  beforeAll(() => {
    program = new ProgramBench();
  });
  afterAll(() => program.close());

  /** Compares one packet. @returns whether the fast path took it */
  function same(bench: Bench, bytes: Uint8Array, offload: PacketOffload = NO_OFFLOAD): boolean {
    const { verdict, packet } = program.run(bytes, { gsoSize: offload.gsoSize });
    const { out } = bench.send(bytes, offload);
    if (verdict === LEFT) return false;
    expect(verdict).toBe(REDIRECTED);
    const [slow] = out;
    if (slow === undefined || out.length !== 1) throw new Error('the slow path did not translate it');
    const cut = offload.gsoSize > 0;
    expect(Buffer.from(comparable(packet, cut)).toString('hex')).toBe(
      Buffer.from(comparable(slow, cut)).toString('hex'),
    );
    expect(checksumsAreRight(packet)).toBe(checksumsAreRight(slow));
    return true;
  }

  const address = fc
    .integer({ min: 1, max: 0xfffe })
    .map((last) => `2001:db8:${last.toString(16)}::${last.toString(16)}`);
  const port = fc.integer({ min: 1, max: 65_535 });
  const payload = fc.uint8Array({ maxLength: 1500 });
  const header = fc.record({ hops: fc.integer({ min: 0, max: 255 }), ecn: fc.nat(3), dontFragment: fc.boolean() });
  const flow = fc.record({
    kind: fc.constantFrom('tcp' as const, 'udp' as const, 'icmp' as const),
    client: address,
    clientPort: port,
    serverPort: port,
    dscp: fc.nat(63).map((bits) => 4 * bits),
    packets: fc.array(fc.record({ fromClient: fc.boolean(), payload, header, zero: fc.boolean() }), {
      minLength: 1,
      maxLength: 6,
    }),
  });

  it.each<[string, Partial<Nat64Options>, Parameters<ProgramBench['configure']>[0]]>([
    ['as it comes', {}, {}],
    [
      'with a TOS of its own and no class',
      { tos: 0x28, trafficClass: 'zero' },
      { copyTos: 0, tos: 0x28, copyClass: 0 },
    ],
    [
      'with small MTUs',
      { mtu6: 1300, mtu4: 1280, lowestIpv6Mtu: 1280 },
      { largest4: 1280, largest6: 1300, largest6Cut: 1280 },
    ],
  ])('translates all that it takes in the same way: %s', (_, options, limits) => {
    program.configure(limits);
    const taken = { tcp: 0, udp: 0, icmp: 0 };
    fc.assert(
      fc.property(fc.array(flow, { minLength: 1, maxLength: 4 }), (flows) => {
        const bench = new Bench(options);
        bench.translator.useFlowOffload(program);
        for (const { kind, client, clientPort, serverPort, dscp, packets } of flows) {
          program.dscp = limits.tos ?? dscp;
          program.trafficClass = limits.copyClass === 0 ? 0 : dscp;
          const from6 = { src: client, dst: SERVER6 };
          const make = (fields: Fields, mapped: number, bytes: readonly number[], six: boolean) => {
            if (kind === 'icmp') return echo(fields, six ? 128 : 0, mapped, bytes);
            const [source, destination] = six ? [mapped, serverPort] : [serverPort, mapped];
            return kind === 'udp'
              ? udp(fields, source, destination, bytes)
              : tcp(fields, source, destination, PSH_ACK, bytes);
          };
          const [opened] = bench.send(
            kind === 'tcp' ? tcp(from6, clientPort, serverPort, SYN) : make(from6, clientPort, [], true),
          ).out;
          if (opened === undefined) throw new Error('nothing opened');
          bench.records();
          const pool4 = [...opened.subarray(12, 16)].join('.');
          const mapped = new DataView(opened.buffer, opened.byteOffset).getUint16(kind === 'icmp' ? 24 : 20);
          const from4 = { src: SERVER, dst: pool4 };
          if (kind === 'tcp') bench.send(tcp(from4, serverPort, mapped, SYN | ACK));
          for (let time = 0; time < 10; time++) {
            bench.send(kind === 'tcp' ? tcp(from6, clientPort, serverPort, ACK) : make(from6, clientPort, [], true));
          }
          for (const { fromClient, payload: bytes, header: fields, zero } of packets) {
            const { hops, dontFragment } = fields;
            const raw = fromClient
              ? make({ ...from6, hops }, clientPort, [...bytes], true)
              : make({ ...from4, hops, dontFragment }, mapped, [...bytes], false);
            if (same(bench, withClass(raw, dscp | fields.ecn, zero && kind === 'udp'))) taken[kind] += 1;
          }
        }
        // All flows leave: the next run has others.
        bench.translator.reconfigure(bench.options);
        bench.wait(1);
        // Their lines are used again a second later.
        program.laterMs += 1500;
      }),
      { numRuns: 60, seed: 20_261_129 },
    );
    for (const count of Object.values(taken)) expect(count).toBeGreaterThan(15);
  });

  it('translates segments that will be cut in the same way', () => {
    program.configure({});
    program.dscp = 0;
    program.trafficClass = 0;
    const bench = new Bench();
    bench.translator.useFlowOffload(program);
    const from6 = { src: '2001:db8::9', dst: SERVER6 };
    const [opened] = bench.send(tcp(from6, 4000, 80, SYN)).out;
    if (opened === undefined) throw new Error('nothing opened');
    bench.records();
    const from4 = { src: SERVER, dst: [...opened.subarray(12, 16)].join('.') };
    const mapped = new DataView(opened.buffer, opened.byteOffset).getUint16(20);
    bench.send(tcp(from4, 80, mapped, SYN | ACK));
    bench.send(tcp(from6, 4000, 80, ACK));
    const segment = fc.record({
      fromClient: fc.boolean(),
      // The kernel runs programs on no more than a page.
      payload: fc.uint8Array({ minLength: 1500, maxLength: 3200 }),
      gsoSize: fc.integer({ min: 500, max: 1400 }),
    });
    fc.assert(
      fc.property(segment, ({ fromClient, payload: bytes, gsoSize }) => {
        const raw = fromClient
          ? tcp(from6, 4000, 80, PSH_ACK, [...bytes])
          : tcp(from4, 80, mapped, PSH_ACK, [...bytes]);
        const gsoType = fromClient ? GSO_TCPV6 : GSO_TCPV4;
        expect(same(bench, raw, { partialChecksum: false, gsoType, gsoSize })).toBe(true);
      }),
      { numRuns: 100, seed: 20_261_130 },
    );
  });
});

/** With a traffic class or TOS, and without a UDP checksum if told so. */
function withClass(bytes: Uint8Array, trafficClass: number, zeroChecksum: boolean): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  const six = copy[0] >> 4 === 6;
  if (six) view.setUint16(0, 0x6000 | (trafficClass << 4));
  else {
    const before = view.getUint16(0);
    view.setUint8(1, trafficClass);
    let sum = (~view.getUint16(10) & 0xffff) + (~before & 0xffff) + view.getUint16(0);
    while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
    view.setUint16(10, ~sum & 0xffff);
  }
  if (zeroChecksum) view.setUint16(six ? 46 : 26, 0);
  return copy;
}
