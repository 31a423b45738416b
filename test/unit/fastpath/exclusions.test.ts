import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOP } from '../../../src/fastpath/layout.ts';
import { FlowTraffic } from '../../../src/translator/flow-offload.ts';
import { readTraffic } from '../../../src/translator/nat64/tables/table-rows.ts';
import { Bench } from '../translator/nat64/bench-of-one.ts';
import { allEntries } from '../translator/nat64/tables/walked.ts';
import { checksumOf, echo, FLAGS, icmpError, packet, tcp, udp } from '../translator/packets.ts';
import { MAC_HEADER, ProgramBench, REDIRECTED } from './program-bench.ts';

const asRoot = process.getuid?.() === 0;
if (!asRoot) process.stdout.write('tests of the fast path program are skipped: loading it needs root\n');

const CLIENT = '2001:db8::5';
const SERVER6 = '64:ff9b::198.51.100.7';
const SERVER = '198.51.100.7';
const FROM6 = { src: CLIENT, dst: SERVER6 };
const { ack: ACK, fin: FIN, rst: RST, syn: SYN } = FLAGS;
const PAYLOAD = [1, 2, 3, 4, 5, 6, 7, 8];
const [CONTROL_GENERATION_LATER, OPTION_NOTHING] = [8, 1];

/** IPv4's header with other bytes, and its checksum right again. */
function patched4(bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array {
  const header = [...bytes.subarray(0, 20)];
  header.splice(at, values.length, ...values);
  header.splice(10, 2, 0, 0);
  const sum = checksumOf(header);
  header.splice(10, 2, sum >> 8, sum & 255);
  return Uint8Array.from([...header, ...bytes.subarray(20)]);
}

/** Packets behind the first one after which a session settles that nobody answers. */
const UNANSWERED = 8;

function patched(bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
}

/** With so many bytes of another header between that of IPv6 and the transport. */
function withExtension(bytes: Uint8Array, nextHeader: number): Uint8Array {
  const header = bytes.slice(0, 40);
  new DataView(header.buffer).setUint16(4, bytes.length - 40 + 8);
  const extension = [header[6], 0, 0, 0, 0, 0, 0, 0];
  header[6] = nextHeader;
  return Uint8Array.from([...header, ...extension, ...bytes.subarray(40)]);
}

function withOptions(bytes: Uint8Array): Uint8Array {
  const longer = [...bytes.subarray(0, 20), ...Array<number>(4).fill(OPTION_NOTHING), ...bytes.subarray(20)];
  longer[0] = 0x46;
  longer[3] += 4;
  longer.splice(10, 2, 0, 0);
  const sum = checksumOf(longer.slice(0, 24));
  longer.splice(10, 2, sum >> 8, sum & 255);
  return Uint8Array.from(longer);
}

/**
 * A packet for each exclusion of decision 0030, of a flow that is in the fast path: the program must leave it exactly as
 * it came, and say why. The same packet without what excludes it is taken.
 */
describe.runIf(asRoot)('the fast path', () => {
  let program: ProgramBench;
  let bench: Bench;
  let pool4: string;
  const ports = { tcp: 0, udp: 0, icmp: 0 };

  beforeEach(() => {
    program = new ProgramBench();
    bench = new Bench();
    bench.translator.useFlowOffload(program);
    ports.udp = settle(udp(FROM6, 4000, 53, PAYLOAD), 20);
    bench.send(tcp(FROM6, 4001, 80, SYN));
    bench.records();
    const entry = allEntries(bench.translator.store).find(({ protocol }) => protocol === 'tcp');
    if (entry === undefined) throw new Error('no BIB entry for the TCP session');
    pool4 = entry.pool4;
    ports.tcp = entry.pool4Port;
    bench.send(tcp({ src: SERVER, dst: pool4 }, 80, ports.tcp, SYN | ACK));
    settle(tcp(FROM6, 4001, 80, ACK), 20);
    ports.icmp = settle(echo(FROM6, 128, 99, PAYLOAD), 24);
  });
  afterEach(() => program.close());

  /** Sends it until it has settled. @returns the number at `at` of what came out: a port, an identifier */
  function settle(bytes: Uint8Array, at: number): number {
    let out: readonly Uint8Array[] = [];
    for (let time = 0; time <= UNANSWERED; time++) {
      ({ out } = bench.send(bytes));
      bench.records();
    }
    const [first] = out;
    return first === undefined ? 0 : new DataView(first.buffer).getUint16(at);
  }

  const udp6 = (): Uint8Array => udp(FROM6, 4000, 53, PAYLOAD);
  const tcp6 = (flags: number = ACK): Uint8Array => tcp(FROM6, 4001, 80, flags, PAYLOAD);
  const echo6 = (): Uint8Array => echo(FROM6, 128, 99, PAYLOAD);
  const udp4 = (fields = {}): Uint8Array => udp({ src: SERVER, dst: pool4, ...fields }, 53, ports.udp, PAYLOAD);
  const tcp4 = (flags: number = ACK): Uint8Array => tcp({ src: SERVER, dst: pool4 }, 80, ports.tcp, flags, PAYLOAD);
  const echo4 = (): Uint8Array => echo({ src: SERVER, dst: pool4 }, 0, ports.icmp, PAYLOAD);

  it('takes the middle of each flow, both ways, to its next hop', () => {
    for (const bytes of [udp6(), tcp6(), echo6(), udp4(), tcp4(), echo4()]) {
      const { verdict, frame, counted } = program.run(bytes);
      expect(verdict).toBe(REDIRECTED);
      expect([...frame.subarray(0, 12)]).toEqual(MAC_HEADER);
      const six = bytes[0] >> 4 === 6;
      expect(counted).toEqual(
        six
          ? { packets6to4: 1, bytes6to4: 14 + bytes.length - 20 }
          : { packets4to6: 1, bytes4to6: 14 + bytes.length + 20 },
      );
    }
  });

  it.each<[string, string, () => Uint8Array]>([
    ['a SYN from the client', 'tcpFlags', () => tcp6(SYN)],
    ['a SYN from the server', 'tcpFlags', () => tcp4(SYN)],
    ['a SYN,ACK', 'tcpFlags', () => tcp4(SYN | ACK)],
    ['a FIN from the client', 'tcpFlags', () => tcp6(FIN | ACK)],
    ['a FIN from the server', 'tcpFlags', () => tcp4(FIN | ACK)],
    ['a RST from the client', 'tcpFlags', () => tcp6(RST)],
    ['a RST from the server', 'tcpFlags', () => tcp4(RST)],
    ['hop limit 1', 'hopLimit', () => patched(udp6(), 7, 1)],
    ['hop limit 0', 'hopLimit', () => patched(tcp6(), 7, 0)],
    ['TTL 1', 'hopLimit', () => udp4({ hops: 1 })],
    ['TTL 0', 'hopLimit', () => udp4({ hops: 0 })],
    ['a first fragment of IPv4', 'fragment', () => patched4(udp4(), 6, 0x20, 0)],
    ['a later fragment of IPv4', 'fragment', () => patched4(udp4(), 6, 0, 1)],
    ['a fragment of IPv6', 'fragment', () => withExtension(udp6(), 44)],
    ['IPv4 options', 'options', () => withOptions(udp4())],
    ['hop-by-hop options', 'options', () => withExtension(udp6(), 0)],
    ['a routing header', 'options', () => withExtension(udp6(), 43)],
    ['destination options', 'options', () => withExtension(udp6(), 60)],
    ['an IPv4 header shorter than 20 bytes', 'options', () => patched4(udp4(), 0, 0x44)],
    ['another protocol of IPv6', 'protocol', () => patched(udp6(), 6, 132)],
    ['another protocol of IPv4', 'protocol', () => patched4(udp4(), 9, 132)],
    ['ICMP of the other family in IPv6', 'protocol', () => patched(echo6(), 6, 1)],
    ['ICMP of the other family in IPv4', 'protocol', () => patched4(echo4(), 9, 58)],
    ['an ICMP error of IPv6', 'protocol', () => icmpError(FROM6, 1, 0, 0, udp6())],
    ['an ICMP error of IPv4', 'protocol', () => icmpError({ src: SERVER, dst: pool4 }, 3, 0, 0, udp4())],
    ['an echo with a code', 'protocol', () => patched(echo6(), 41, 1)],
    ['a UDP checksum of zero from the client', 'zeroChecksum', () => patched(udp6(), 46, 0, 0)],
    ['a UDP checksum of zero from the server', 'zeroChecksum', () => patched(udp4(), 26, 0, 0)],
    ['a wrong IPv4 header checksum', 'headerChecksum', () => patched(udp4(), 10, 1, 2)],
    ['an IPv6 length beyond the packet', 'length', () => patched(udp6(), 4, 0, 17)],
    ['an IPv6 length within the packet', 'length', () => patched(udp6(), 4, 0, 15)],
    ['an IPv6 length of zero', 'length', () => patched(udp6(), 4, 0, 0)],
    ['an IPv4 length beyond the packet', 'length', () => patched4(udp4(), 2, 0, 37)],
    ['an IPv4 length without a transport header', 'length', () => patched4(udp4(), 2, 0, 27)],
    ['a UDP length that is not that of IPv6', 'length', () => patched(udp6(), 44, 0, 15)],
    ['a UDP length that is not that of IPv4', 'length', () => patched(udp4(), 24, 0, 17)],
    ['a TCP header shorter than 20 bytes', 'length', () => patched(tcp6(), 52, 0x40)],
    ['a TCP header longer than the packet', 'length', () => patched(tcp6(), 52, 0x80)],
    ['the same from the server', 'length', () => patched(tcp4(), 32, 0x80)],
    ['a truncated UDP header', 'length', () => udp6().slice(0, 47)],
    ['a truncated transport of IPv4', 'length', () => udp4().slice(0, 27)],
    ['a truncated TCP header', 'length', () => tcp6().slice(0, 59)],
    ['a client that has no session', 'noFlow', () => udp({ ...FROM6, src: '2001:db8::6' }, 4000, 53, PAYLOAD)],
    ['another port of the client', 'noFlow', () => udp(FROM6, 4009, 53, PAYLOAD)],
    ['another port of the server', 'noFlow', () => udp(FROM6, 4000, 54, PAYLOAD)],
    ['another server', 'noFlow', () => udp({ ...FROM6, dst: '64:ff9b::198.51.100.8' }, 4000, 53, PAYLOAD)],
    ['another protocol with the same ports', 'noFlow', () => tcp(FROM6, 4000, 53, ACK, PAYLOAD)],
    ['a stranger at the mapped port', 'noFlow', () => udp4({ src: '198.51.100.8' })],
    ['an echo of another identifier', 'noFlow', () => echo(FROM6, 128, 98, PAYLOAD)],
    ['more than the IPv4 side takes', 'tooBig', () => udp(FROM6, 4000, 53, Array<number>(1500 - 20 - 8 + 1).fill(7))],
    [
      'more than the IPv6 side takes, with DF',
      'tooBig',
      () => udp({ src: SERVER, dst: pool4 }, 53, ports.udp, Array<number>(1500 - 40 - 8 + 1).fill(7)),
    ],
    [
      'more than IPv6 takes of what routers may cut',
      'tooBig',
      () =>
        udp({ src: SERVER, dst: pool4, dontFragment: false }, 53, ports.udp, Array<number>(1280 - 40 - 8 + 1).fill(7)),
    ],
  ])('leaves %s to the slow path: %s', (_, why, bytes) => {
    expect(program.whyLeft(bytes())).toBe(why);
  });

  it.each([
    ['from the client', 1500 - 20 - 8, () => FROM6, 1500],
    ['from the server', 1500 - 40 - 8, () => ({ src: SERVER, dst: pool4 }), 1500],
    ['from the server without DF', 1280 - 40 - 8, () => ({ src: SERVER, dst: pool4, dontFragment: false }), 1280],
  ])('takes what just fits %s', (_, payload, fields, size) => {
    const from6 = 'dst' in fields() && fields().dst === SERVER6;
    const bytes = Array<number>(payload).fill(7);
    const { verdict, packet: out } = program.run(
      from6 ? udp(fields(), 4000, 53, bytes) : udp(fields(), 53, ports.udp, bytes),
    );
    expect([verdict, out.length]).toEqual([REDIRECTED, size]);
  });

  it('measures a packet that will be cut by its segments', () => {
    const big = Array<number>(3000).fill(7);
    const from6 = tcp(FROM6, 4001, 80, ACK, big);
    expect(program.run(from6, { gsoSize: 1460 }).verdict).toBe(REDIRECTED);
    expect(program.whyLeft(from6, { gsoSize: 1461 })).toBe('tooBig');
    const from4 = tcp({ src: SERVER, dst: pool4 }, 80, ports.tcp, ACK, big);
    expect(program.run(from4, { gsoSize: 1440 }).verdict).toBe(REDIRECTED);
    expect(program.whyLeft(from4, { gsoSize: 1441 })).toBe('tooBig');
    const datagrams = udp(FROM6, 4000, 53, big);
    expect(program.run(datagrams, { gsoSize: 1472 }).verdict).toBe(REDIRECTED);
    expect(program.whyLeft(datagrams, { gsoSize: 1473 })).toBe('tooBig');
  });

  it('leaves all alone when its fence has passed, and goes on when it is renewed', () => {
    program.configure({ until: Number(process.hrtime.bigint()) - 50e6 });
    expect([udp6(), tcp4(), echo6()].map((bytes) => program.whyLeft(bytes))).toEqual(['fence', 'fence', 'fence']);
    program.configure({});
    expect(program.run(udp6()).verdict).toBe(REDIRECTED);
  });

  it('leaves alone what is not for this host, and what is neither IPv6 nor IPv4', () => {
    expect(program.whyLeft(udp6(), { destinationMac: 0x02 })).toBe('other');
    expect(program.whyLeft(udp6(), { destinationMac: 0x01 })).toBe('other');
    expect(program.whyLeft(udp6(), { etherType: 0x0806 })).toBe('other');
    expect(program.whyLeft(udp6(), { etherType: 0x8100 })).toBe('other');
  });

  it('leaves alone what is of another version than its MAC header says', () => {
    expect(program.whyLeft(patched(udp6(), 0, 0x50), { etherType: 0x86dd })).toBe('protocol');
    expect(program.whyLeft(patched(udp4(), 0, 0x55), { etherType: 0x0800 })).toBe('options');
  });

  it('asks for the route again when one has changed, or the packet is larger than any before', () => {
    // The loopback interface forwards nothing: whatever asks the kernel here is told that there is no way.
    program.configure({ generation: CONTROL_GENERATION_LATER });
    expect([udp6(), udp4()].map((bytes) => program.whyLeft(bytes))).toEqual(['noRoute', 'noRoute']);
    program.configure({ generation: 7 + 2 ** 16 });
    expect([udp6(), udp4()].map((bytes) => program.whyLeft(bytes))).toEqual(['noRoute', 'noRoute']);
    program.configure({});
    expect(program.run(udp6()).verdict).toBe(REDIRECTED);
    program.largestKnown = udp6().length - 20;
    settleAgain();
    expect(program.run(udp6()).verdict).toBe(REDIRECTED);
    expect(program.whyLeft(udp(FROM6, 4000, 53, [...PAYLOAD, 9]))).toBe('noRoute');
    // Another DSCP may have another route; a mark of congestion has not.
    expect(program.run(patched(udp6(), 0, 0x60, 0x30)).verdict).toBe(REDIRECTED);
    expect(program.whyLeft(patched(udp6(), 0, 0x60, 0x40))).toBe('noRoute');
  });

  it.each([HOP.of, HOP.of + 4, HOP.to + 6, HOP.from + 6, HOP.out + 4])(
    'takes no next hop of which another CPU has written only a part: byte %i is of another time',
    (at) => {
      expect(program.run(echo6()).verdict).toBe(REDIRECTED);
      const { hops } = program;
      hops.value.setUint8(at, hops.value.getUint8(at) + 1);
      hops.put();
      expect(program.whyLeft(echo6())).toBe('noRoute');
    },
  );

  /** Has the sessions entered once more. */
  function settleAgain(): void {
    bench.translator.reconfigure(bench.options);
    bench.wait(1);
    settle(udp6(), 20);
  }

  it('cuts off what Ethernet has put behind an IPv4 packet, and takes no part of it for the packet', () => {
    const { verdict, packet: out } = program.run(udp4(), { padding: 12 });
    expect(verdict).toBe(REDIRECTED);
    expect([...out]).toEqual([...(bench.send(udp4()).out[0] ?? [])]);
    const short = patched4(packet({ src: SERVER, dst: pool4 }, 6, [...tcp4().subarray(20, 40)], 16), 2, 0, 39);
    expect(program.whyLeft(short, { padding: 12 })).toBe('length');
  });

  it('accounts for each flow, both ways, until it leaves', () => {
    const began = performance.now();
    const { store } = bench.translator;
    const traffic = new FlowTraffic();
    const slot = 0;
    // What came the slow path until the session had settled counts too.
    readTraffic(store, slot, traffic);
    const { packets6to4: before6, packets4to6: before4 } = traffic;
    expect(before6).toBeGreaterThan(0);
    for (let time = 0; time < 3; time++) program.run(udp6());
    for (let time = 0; time < 2; time++) program.run(udp4());
    program.whyLeft(patched(udp6(), 7, 1));
    readTraffic(store, slot, traffic);
    expect(traffic).toMatchObject({
      packets6to4: before6 + 3,
      bytes6to4: (before6 + 3) * udp6().length,
      packets4to6: before4 + 2,
      bytes4to6: (before4 + 2) * udp4().length,
    });
    const monotonicMs = Number(process.hrtime.bigint()) / 1e6;
    expect(traffic.seenMs).toBeLessThanOrEqual(monotonicMs);
    expect(traffic.seenMs).toBeGreaterThan(monotonicMs - (performance.now() - began) - 100);
    settleAgain();
    readTraffic(store, slot, traffic);
    const settled6 = traffic.packets6to4;
    expect(settled6).toBeGreaterThan(before6 + 3);
    program.run(udp6());
    readTraffic(store, slot, traffic);
    const packets6to4 = settled6 + 1;
    expect(traffic).toMatchObject({ packets6to4, bytes6to4: packets6to4 * udp6().length, packets4to6: before4 + 2 });
  });
});
