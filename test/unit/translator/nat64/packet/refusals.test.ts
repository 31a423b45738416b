import { describe, expect, it } from 'vitest';
import type { PacketOffload } from '../../../../../src/net/offload.ts';
import { PacketArena } from '../../../../../src/net/packet-arena.ts';
import { TranslatorCounters } from '../../../../../src/translator/counters.ts';
import { Nat64Translator } from '../../../../../src/translator/nat64/nat64-translator.ts';
import { HEADROOM } from '../../../../../src/translator/translator.ts';
import { formatIp } from '../../oracle-address.ts';
import { checksumOf, echo, FLAGS, icmpError, packet, tcp, udp } from '../../packets.ts';
import { Bench, OPTIONS, type Outcome } from '../bench-of-one.ts';

const CLIENT = '2001:db8::5';
const SERVER = '198.51.100.7';
const OUT = { src: CLIENT, dst: `64:ff9b::${SERVER}` };
const ROUTER = '198.51.100.254';

/** Where a client's datagram comes from after translation. */
function mapped(bench: Bench): { address: string; port: number; sent: Uint8Array } {
  const [sent] = bench.send(udp(OUT, 5000, 53, [1, 2, 3])).out;
  return { address: formatIp(sent.slice(12, 16)), port: (sent[20] << 8) | sent[21], sent };
}

/** What became of a packet, with the type and code of the answer. */
function answered({ verdict, reason, out: [error] }: Outcome): [string, string, number?, number?] {
  if (error === undefined) return [verdict, reason];
  const at = error[0] >> 4 === 6 ? 40 : 20;
  return [verdict, reason, error[at], error[at + 1]];
}

/** The packet with a strict source route of one hop in its header. */
function routed(bytes: Uint8Array, pointer: number): Uint8Array {
  const all = [...bytes];
  all[0] = 0x47;
  all.splice(2, 2, (bytes.length + 8) >> 8, (bytes.length + 8) & 255);
  all.splice(20, 0, 137, 7, pointer, 203, 0, 113, 1, 0);
  all.splice(10, 2, 0, 0);
  const sum = checksumOf(all.slice(0, 28));
  all.splice(10, 2, sum >> 8, sum & 255);
  return Uint8Array.from(all);
}

describe('a packet that is not translated', () => {
  it('s3.4-is-of-another-protocol: port unreachable to IPv6, protocol unreachable to IPv4', () => {
    const bench = new Bench();
    const { address } = mapped(bench);
    const sctp = [0, 80, 0, 81, 0, 0, 0, 0, 0, 0, 0, 0];
    expect(answered(bench.send(packet(OUT, 132, sctp, 8)))).toEqual(['error', 'answerProtocol', 1, 4]);
    expect(answered(bench.send(packet({ src: SERVER, dst: address }, 132, sctp, 8)))).toEqual([
      'error',
      'answerProtocol',
      3,
      2,
    ]);
  });

  it('is ICMP without a counterpart: nobody is told', () => {
    const bench = new Bench();
    const { address } = mapped(bench);
    const timestamp = packet({ src: SERVER, dst: address }, 1, [13, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0], 2);
    expect(answered(bench.send(packet(OUT, 58, [200, 0, 0, 0, 0, 0, 0, 0], 2)))).toEqual([
      'dropped',
      'dropUnknownIcmp',
    ]);
    expect(answered(bench.send(timestamp))).toEqual(['dropped', 'dropUnknownIcmp']);
  });

  it('rfc7915-s4.1-has-a-source-route-with-hops-left', () => {
    const bench = new Bench();
    const { address, port } = mapped(bench);
    const back = udp({ src: SERVER, dst: address }, 53, port);
    expect(answered(bench.send(routed(back, 4)))).toEqual(['error', 'answerSourceRoute', 3, 5]);
    // All its hops are behind it.
    expect(bench.send(routed(back, 8)).verdict).toBe('translated');
  });

  it('has no hop left', () => {
    const bench = new Bench();
    const { address, port } = mapped(bench);
    expect(answered(bench.send(udp({ ...OUT, hops: 1 }, 5000, 53)))).toEqual(['error', 'answerTtl', 3, 0]);
    expect(answered(bench.send(udp({ src: SERVER, dst: address, hops: 1 }, 53, port)))).toEqual([
      'error',
      'answerTtl',
      11,
      0,
    ]);
    expect(bench.send(udp({ ...OUT, hops: 2 }, 5000, 53)).verdict).toBe('translated');
  });

  it('is refused in its own family where it comes from an address of pool4 that no client has', () => {
    const bench = new Bench();
    const { address, port } = mapped(bench);
    const other = address === '192.0.2.3' ? '192.0.2.4' : '192.0.2.3';
    const refused = bench.send(udp({ src: other, dst: address, hops: 1 }, 9, port));
    expect([refused.reason, refused.out.length, formatIp(refused.out[0].slice(16, 20))]).toEqual([
      'answerTtl',
      1,
      other,
    ]);
  });
});

describe('what no error is about', () => {
  const hopless = (fields: { src: string; dst: string }, type: number): Uint8Array =>
    packet({ ...fields, hops: 1 }, fields.src.includes(':') ? 58 : 1, [type, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4], 2);

  it('rfc4443-s2.4-is-another-error-or-a-redirect, of kinds that are not translated too', () => {
    const bench = new Bench();
    const { address } = mapped(bench);
    const of = (fields: { src: string; dst: string }, type: number): string => bench.send(hopless(fields, type)).reason;
    const six = [1, 4, 5, 100, 127, 137].map((type) => of(OUT, type));
    expect(six).toEqual(six.map(() => 'dropTtlNoError'));
    expect([128, 130, 136, 138, 200].map((type) => of(OUT, type))).toEqual(Array(5).fill('answerTtl'));
    const back = { src: SERVER, dst: address };
    const four = [3, 4, 5, 11, 12].map((type) => of(back, type));
    expect(four).toEqual(four.map(() => 'dropTtlNoError'));
    expect([0, 8, 13, 17].map((type) => of(back, type))).toEqual(Array(4).fill('answerTtl'));
  });

  it('is counted by what it was refused for', () => {
    const bench = new Bench({ allowNonGlobal: false });
    const about = (type: number, dst: string): Outcome =>
      bench.send(packet({ src: CLIENT, dst }, 58, [type, 0, 0, 0, 0, 0, 0, 0], 2));
    expect(about(137, '64:ff9b::10.0.0.1')).toMatchObject({ verdict: 'dropped', reason: 'dropNonGlobal' });
    expect(about(138, '64:ff9b::10.0.0.1')).toMatchObject({ verdict: 'error', reason: 'answerNonGlobal' });
  });
});

describe('an error that the translator makes', () => {
  it('leaves as a whole packet, whatever the one was that it is about', () => {
    const offloads: PacketOffload[] = [];
    const sink = {
      emit: (_arena: PacketArena, _offset: number, _length: number, offload: PacketOffload): void => {
        offloads.push({ ...offload });
      },
    };
    const translator = new Nat64Translator(OPTIONS, sink, new TranslatorCounters());
    const arena = new PacketArena(4096);
    const bytes = tcp({ ...OUT, hops: 1 }, 4000, 80, FLAGS.ack, [1, 2, 3]);
    arena.bytes.set(bytes, HEADROOM);
    translator.process(arena, HEADROOM, bytes.length, { partialChecksum: true, gsoType: 4, gsoSize: 1200 }, 0);
    expect(offloads).toEqual([{ partialChecksum: false, gsoType: 0, gsoSize: 0 }]);
  });
});

describe('an ICMP error', () => {
  const about = (bench: Bench): { quoted6: Uint8Array; sent: Uint8Array; address: string } => {
    const { address, port, sent } = mapped(bench);
    const [quoted6] = bench.send(udp({ src: SERVER, dst: address }, 53, port, [9])).out;
    return { quoted6, sent, address };
  };

  it('of a client is about a packet that came from behind the prefix it goes to', () => {
    const bench = new Bench({ pool6: ['64:ff9b::/96', '2001:db8:64::/96'] });
    const { quoted6 } = about(bench);
    const error = (quoted: Uint8Array, dst = OUT.dst): Outcome =>
      bench.send(icmpError({ src: CLIENT, dst }, 1, 4, 0, quoted));
    expect(error(quoted6).verdict).toBe('translated');
    const from = (source: string): Uint8Array => udp({ src: source, dst: CLIENT }, 53, 5000, [9]);
    for (const source of ['2001:db8:ffff::1', `2001:db8:64::${SERVER}`]) {
      expect([error(from(source)).verdict, error(from(source)).reason]).toEqual(['dropped', 'dropIcmpErrorNoSession']);
    }
    expect(error(from(`2001:db8:64::${SERVER}`), `2001:db8:64::${SERVER}`).verdict).toBe('translated');
    // Of a port that the client has no mapping for.
    expect(error(udp({ src: OUT.dst, dst: CLIENT }, 53, 5001)).reason).toBe('dropIcmpErrorNoSession');
  });

  it('about a host that the client has nothing to do with passes, unless filtering depends on the address', () => {
    for (const addressDependentFiltering of [false, true]) {
      const bench = new Bench({ addressDependentFiltering });
      const { address, port, sent } = mapped(bench);
      const error = (quoted: Uint8Array): string =>
        bench.send(icmpError({ src: ROUTER, dst: address }, 3, 1, 0, quoted)).verdict;
      expect(error(sent)).toBe('translated');
      const other = udp({ src: address, dst: '203.0.113.77' }, port, 53);
      expect(error(other)).toBe(addressDependentFiltering ? 'dropped' : 'translated');
    }
  });

  it('is dropped when it comes in fragments, or its checksum is wrong', () => {
    const bench = new Bench();
    const { sent, address } = about(bench);
    const error = icmpError({ src: ROUTER, dst: address }, 3, 1, 0, sent);
    const wrong = Uint8Array.from(error);
    wrong[22] ^= 1;
    expect(bench.send(wrong).reason).toBe('dropBadIcmpChecksum');
    const cut = Uint8Array.from(error);
    cut.set([0x20, 0], 6);
    cut.set([0, 0], 10);
    const sum = checksumOf(Array.from(cut.subarray(0, 20)));
    cut.set([sum >> 8, sum & 255], 10);
    expect(bench.send(cut).reason).toBe('dropFragmentedIcmp');
  });

  it('about an echo message is about the mapping of its identifier', () => {
    const bench = new Bench();
    const [sent] = bench.send(echo(OUT, 128, 77, [1])).out;
    const [error] = bench.send(icmpError({ src: ROUTER, dst: formatIp(sent.slice(12, 16)) }, 11, 0, 0, sent)).out;
    expect([error[40], formatIp(error.slice(24, 40)), (error[48 + 44] << 8) | error[48 + 45]]).toEqual([3, CLIENT, 77]);
  });
});
