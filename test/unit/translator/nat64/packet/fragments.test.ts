import { describe, expect, it } from 'vitest';
import { Counter, COUNTERS } from '../../../../../src/translator/counters.ts';
import { formatIp, parseIp } from '../../oracle-address.ts';
import { checksumOf, echo, FLAGS, tcp, udp } from '../../packets.ts';
import { Bench, OPTIONS } from '../bench-of-one.ts';
import { fragment4, fragment6 } from './cut-packets.ts';

const SERVER = '198.51.100.7';
const out = { src: '2001:db8::5', dst: `64:ff9b::${SERVER}` };
const u16 = (bytes: Uint8Array, at: number): number => (bytes[at] << 8) | bytes[at + 1];
const PAYLOAD = Array.from({ length: 60 }, (_, index) => index + 1);

/** Puts translated IPv4 fragments together and checks the checksum of the whole UDP datagram. */
function joined4(fragments: readonly Uint8Array[]): number[] {
  const sorted = fragments.toSorted((a, b) => (u16(a, 6) & 0x1fff) - (u16(b, 6) & 0x1fff));
  const body = sorted.flatMap((bytes) => Array.from(bytes.slice(20)));
  const pseudo = [...sorted[0].slice(12, 20), 0, sorted[0][9], body.length >> 8, body.length & 255];
  expect(checksumOf([...pseudo, ...body])).toBe(0);
  return body;
}

/** The packet from a host in another /48. */
function from(packet: Uint8Array, network: number): Uint8Array {
  const bytes = Uint8Array.from(packet);
  bytes.set(parseIp(`2001:db8:${network.toString(16)}::1`), 8);
  return bytes;
}

const counted = (bench: Bench, name: keyof typeof Counter): number => bench.translator.counters.values[Counter[name]];
const filler = (length: number): number[] => Array.from({ length }, (_, index) => (7 * index + 1) & 255);

describe('a fragmented echo', () => {
  const SIZES = [1300, 1992, 5000];

  function cut(whole: Uint8Array, piece: number): Uint8Array[] {
    const six = whole[0] >> 4 === 6;
    const size = whole.length - (six ? 40 : 20);
    return Array.from({ length: Math.ceil(size / piece) }, (_, index) => {
      const [begin, end] = [index * piece, Math.min(size, (index + 1) * piece)];
      return six ? fragment6(whole, begin, end) : fragment4At(whole, begin, end);
    });
  }

  /** As fragment4, with offsets beyond 2040. */
  function fragment4At(whole: Uint8Array, begin: number, end: number): Uint8Array {
    const bytes = fragment4(whole, begin, end);
    const field = begin / 8;
    bytes.set([bytes[6] | (field >> 8), field & 255], 6);
    bytes.set([0, 0], 10);
    const sum = checksumOf(Array.from(bytes.slice(0, 20)));
    bytes.set([sum >> 8, sum & 255], 10);
    return bytes;
  }

  function joined(packets: readonly Uint8Array[]): number[] {
    const six = packets[0][0] >> 4 === 6;
    const offsetOf = (bytes: Uint8Array): number => (six ? u16(bytes, 42) & 0xfff8 : (u16(bytes, 6) & 0x1fff) * 8);
    const body: number[] = [];
    for (const bytes of packets) {
      const at = offsetOf(bytes);
      for (const [index, byte] of bytes.slice(six ? 48 : 20).entries()) body[at + index] = byte;
    }
    const pseudo = six ? [...packets[0].slice(8, 40), 0, 0, body.length >> 8, body.length & 255, 0, 0, 0, 58] : [];
    expect(checksumOf([...pseudo, ...body])).toBe(0);
    return body;
  }

  it.each(SIZES)('s3.4-goes-both-ways-in-any-order: %i bytes', (size) => {
    for (const order of ['in order', 'reversed'] as const) {
      const bench = new Bench({ mtu6: 1500, mtu4: 1500 });
      const arranged = (packets: Uint8Array[]): Uint8Array[] => (order === 'reversed' ? packets.toReversed() : packets);
      const pieces = arranged(cut(echo(out, 128, 77, filler(size)), 1232));
      const up = pieces.map((bytes) => bench.send(bytes));
      expect(up.map(({ verdict }) => verdict).slice(0, -1)).toEqual(pieces.slice(1).map(() => 'held'));
      const request = joined(up.flatMap((outcome) => outcome.out));
      expect([request.length, request[0]]).toEqual([8 + size, 8]);
      expect(request.slice(8)).toEqual(filler(size));
      const pool4 = formatIp(up.at(-1)?.out[0].slice(12, 16) ?? []);
      const reply = echo({ src: SERVER, dst: pool4 }, 0, (request[4] << 8) | request[5], filler(size));
      const down = arranged(cut(reply, 1480)).map((bytes) => bench.send(bytes));
      const answer = joined(down.flatMap((outcome) => outcome.out));
      expect([answer[0], (answer[4] << 8) | answer[5]]).toEqual([129, 77]);
      expect(answer.slice(8)).toEqual(filler(size));
      expect(bench.translator.sessionCount).toBe(1);
    }
  });

  it('s3.4-is-dropped-where-a-part-does-not-come', () => {
    const bench = new Bench();
    const [opening] = cut(echo(out, 128, 77, filler(1992)), 1232);
    expect(bench.send(opening).verdict).toBe('held');
    bench.wait(2000);
    expect([counted(bench, 'dropFragmentTimeout'), bench.translator.sessionCount]).toEqual([1, 0]);
  });

  it('is bounded like other fragments', () => {
    const bench = new Bench();
    const pieces = cut(echo(out, 128, 77, filler(12_000)), 1232);
    expect(pieces.map((bytes) => bench.send(bytes).reason).slice(8)).toEqual([
      'dropFragmentSource',
      'dropFragmentSource',
    ]);
  });
});

describe('fragments from IPv6', () => {
  const whole = udp(out, 5000, 53, PAYLOAD);
  const [first, second, last] = [fragment6(whole, 0, 24), fragment6(whole, 24, 48), fragment6(whole, 48, 68)];

  it('s3.4-the-first-fragment’s-ports-serve-the-later-ones', () => {
    const bench = new Bench();
    const sent = [first, second, last].map((bytes) => bench.send(bytes));
    expect(sent.map(({ verdict }) => verdict)).toEqual(['translated', 'translated', 'translated']);
    const packets = sent.flatMap((outcome) => outcome.out);
    expect(packets.map((bytes) => u16(bytes, 6))).toEqual([0x2000, 0x2003, 6]);
    expect(new Set(packets.map((bytes) => u16(bytes, 4)))).toEqual(new Set([7]));
    expect(joined4(packets).slice(8)).toEqual(PAYLOAD);
    expect(bench.translator.sessionCount).toBe(1);
  });

  it('s3.4-out-of-order-fragments-are-held-and-released-in-their-order', () => {
    const bench = new Bench();
    for (const bytes of [last, second])
      expect(bench.send(bytes)).toMatchObject({ verdict: 'held', reason: 'heldFragment' });
    const sent = bench.send(first);
    expect([sent.verdict, sent.reason]).toEqual(['translated', '']);
    expect(sent.out.map((bytes) => u16(bytes, 6) & 0x1fff)).toEqual([0, 6, 3]);
    expect(joined4(sent.out).slice(8)).toEqual(PAYLOAD);
  });

  it('s3.4-a-fragment-whose-first-one-does-not-come-is-dropped-after-the-timeout', () => {
    const bench = new Bench();
    bench.send(last);
    bench.wait(2000);
    expect(bench.send(first).out).toHaveLength(1);
  });

  it('s3.4-what-is-held-is-bounded-for-each-source-and-in-all', () => {
    const bench = new Bench();
    const results = Array.from({ length: 9 }, (_, id) => bench.send(fragment6(whole, 48, 68, id + 1)).reason);
    expect(results.slice(0, 8).every((reason) => reason === 'heldFragment')).toBe(true);
    expect(results[8]).toBe('dropFragmentSource');
    const others = Array.from({ length: 57 }, (_, host) => bench.send(from(last, host + 1)).reason);
    expect(others.every((reason) => reason === 'heldFragment')).toBe(true);
    // Of 65 that are held in all the oldest was given up.
    expect(counted(bench, 'dropFragmentTable')).toBe(1);
    bench.wait(2000);
    expect(bench.send(last).reason).toBe('heldFragment');
  });

  it('fragments of strangers make no difference to those that come out of order', () => {
    const bench = new Bench();
    for (let stranger = 1; stranger <= 5000; stranger++) {
      bench.send(from(last, stranger));
      if (stranger % 50 !== 0) continue;
      expect(bench.send(fragment6(whole, 24, 68, stranger)).reason).toBe('heldFragment');
      for (let more = 1; more < 20; more++) bench.send(from(last, 5000 + stranger + more));
      expect(bench.send(fragment6(whole, 0, 24, stranger)).out).toHaveLength(2);
    }
  });

  it('a network has four times the share of one source, however many sources it has', () => {
    const bench = new Bench();
    const reasons = Array.from({ length: 40 }, (_, subnet) => {
      const bytes = Uint8Array.from(last);
      bytes.set(parseIp(`2001:db8:1:${subnet.toString(16)}::1`), 8);
      return bench.send(bytes).reason;
    });
    expect(reasons.filter((reason) => reason === 'heldFragment')).toHaveLength(32);
    expect(reasons.filter((reason) => reason === 'dropFragmentSource')).toHaveLength(8);
    expect(bench.send(from(last, 2)).reason).toBe('heldFragment');
  });

  it('a source with first fragments alone does not push out those of others', () => {
    const bench = new Bench({ limits: { ...OPTIONS.limits, fragmentsHeldPerSource: 64 } });
    bench.send(from(last, 3));
    for (let id = 0; id < 5000; id++) bench.send(fragment6(whole, 0, 24, id));
    expect(counted(bench, 'dropFragmentSource')).toBe(5000 - 64);
    expect(bench.send(from(first, 3)).out).toHaveLength(2);
  });

  it('every part of a datagram up to 65535 bytes stays its own, and nothing lies behind', () => {
    const bench = new Bench();
    // Two datagrams that are remembered side by side: what is marked for one must not be marked for the other.
    const at = (offset: number, length: number, id: number): Uint8Array => {
      const bytes = fragment6(udp(out, 5000, 53, filler(length + 64)), 0, length, id);
      bytes.set([offset >> 8, (offset & 0xf8) | 1], 42);
      return bytes;
    };
    bench.send(at(8, 8, 1));
    bench.send(at(8, 8, 2));
    for (const [offset, length] of [
      [65_528, 8],
      [65_520, 16],
      [65_528, 1400],
      [65_000, 536],
    ]) {
      expect(bench.send(at(offset, length, 1)).reason).toBe('dropBadHeader');
    }
    expect(bench.send(at(65_520, 8, 1)).reason).toBe('heldFragment');
    // Unit 0 of the second one is free, and so is all but what has come of it.
    const opening = at(0, 8, 2);
    expect(bench.send(opening).out).toHaveLength(2);
  });

  it('rfc5722-overlapping-fragments-refuse-the-whole-datagram', () => {
    const bench = new Bench();
    expect(bench.send(first).verdict).toBe('translated');
    expect(bench.send(fragment6(whole, 16, 48)).reason).toBe('dropFragmentOverlap');
    expect(bench.send(last).reason).toBe('dropFragmentOverlap');
  });

  it('rfc5722-an-overlap-drops-what-is-held', () => {
    const bench = new Bench();
    bench.send(last);
    bench.send(fragment6(whole, 40, 56));
    expect(bench.send(first)).toMatchObject({ reason: 'dropFragmentOverlap', out: [] });
  });

  it('an identification serves again when all of a datagram has come', () => {
    const bench = new Bench();
    for (let round = 0; round < 3; round++) {
      for (const bytes of [first, second, last]) expect(bench.send(bytes).verdict).toBe('translated');
    }
  });

  it('rfc1858-tiny-fragments-are-refused', () => {
    const bench = new Bench();
    const segment = tcp(out, 4000, 80, FLAGS.syn, PAYLOAD);
    expect(bench.send(fragment6(segment, 0, 16)).reason).toBe('dropTinyFragment');
    expect(bench.send(fragment6(segment, 8, 32)).reason).toBe('dropTinyFragment');
  });

  it('rfc1858-a-first-fragment-holds-the-whole-tcp-header', () => {
    const segment = tcp(out, 4000, 80, FLAGS.syn, PAYLOAD);
    segment[40 + 12] = 8 << 4;
    expect(new Bench().send(fragment6(segment, 0, 24)).reason).toBe('dropTinyFragment');
    expect(new Bench().send(fragment6(segment, 0, 32)).verdict).toBe('translated');
  });

  it('rfc3128-a-second-first-fragment-ends-the-datagram', () => {
    const bench = new Bench();
    const harmless = tcp(out, 4000, 80, FLAGS.syn, PAYLOAD);
    const other = tcp(out, 4000, 22, FLAGS.syn, PAYLOAD);
    expect(bench.send(fragment6(harmless, 0, 24)).verdict).toBe('translated');
    expect(bench.send(fragment6(other, 0, 32)).reason).toBe('dropFragmentOverlap');
    expect(bench.send(fragment6(harmless, 24, 80)).reason).toBe('dropFragmentOverlap');
  });

  it('hairpinned fragments arrive with the ports of the other client', () => {
    const bench = new Bench();
    const [probe] = bench.send(udp({ src: '2001:db8::9', dst: out.dst }, 6000, 53)).out;
    const to = { src: out.src, dst: `64:ff9b::${formatIp(probe.slice(12, 16))}` };
    const loop = udp(to, 5000, u16(probe, 20), PAYLOAD);
    bench.send(fragment6(loop, 24, 68));
    const sent = bench.send(fragment6(loop, 0, 24));
    expect(sent.out.map((bytes) => [bytes[6], formatIp(bytes.slice(24, 40))])).toEqual([
      [44, '2001:db8::9'],
      [44, '2001:db8::9'],
    ]);
    expect(u16(sent.out[0], 50)).toBe(6000);
  });
});

describe('fragments from IPv4', () => {
  function back(bench: Bench): Uint8Array {
    const [packet] = bench.send(udp(out, 5000, 53)).out;
    return udp({ src: SERVER, dst: formatIp(packet.slice(12, 16)) }, 53, u16(packet, 20), PAYLOAD);
  }

  it('s3.4-get-their-session-in-any-order', () => {
    const bench = new Bench();
    const whole = back(bench);
    expect(bench.send(fragment4(whole, 32, 68)).verdict).toBe('held');
    const { out: packets } = bench.send(fragment4(whole, 0, 32));
    expect(packets.map((bytes) => u16(bytes, 42))).toEqual([1, 32]);
    const body = packets.flatMap((bytes) => Array.from(bytes.slice(48)));
    const pseudo = [...packets[0].slice(8, 40), 0, 0, 0, body.length, 0, 0, 0, 17];
    expect(checksumOf([...pseudo, ...body])).toBe(0);
    expect(body.slice(8)).toEqual(PAYLOAD);
  });

  it('s3.4-udp-zero-checksum-fragments-get-the-checksum-that-was-left-out', () => {
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      const bench = new Bench();
      const whole = back(bench);
      whole.set([0, 0], 26);
      const pieces = [fragment4(whole, 0, 32), fragment4(whole, 32, 48), fragment4(whole, 48, 68)];
      const sent = order.map((index) => bench.send(pieces[index]));
      expect(sent.map(({ verdict }) => verdict)).toEqual(['held', 'held', 'translated']);
      const [first, ...others] = sent.flatMap(({ out }) => out);
      expect(u16(first, 42) & 0xfff8).toBe(0);
      const parts = [first, ...others].toSorted((a, b) => u16(a, 42) - u16(b, 42));
      const body = parts.flatMap((bytes) => Array.from(bytes.slice(48)));
      expect(checksumOf([...first.slice(8, 40), 0, 17, 0, body.length, ...body])).toBe(0);
      expect(body.slice(8)).toEqual(PAYLOAD);
    }
  });

  it('s3.4-udp-zero-checksum-fragments-wait-only-so-long-and-within-the-bounds', () => {
    const bench = new Bench();
    const whole = back(bench);
    whole.set([0, 0], 26);
    expect(bench.send(fragment4(whole, 0, 32)).reason).toBe('heldFragment');
    bench.wait(2001);
    const dropped = COUNTERS.findIndex(({ name }) => name === 'dropFragmentTimeout');
    expect(bench.translator.counters.values[dropped]).toBe(1);
  });

  it('rfc5722-an-overlap-ends-a-datagram-of-ipv4-too', () => {
    const bench = new Bench();
    const whole = back(bench);
    const pieces = [fragment4(whole, 0, 32), fragment4(whole, 24, 48), fragment4(whole, 32, 68)];
    expect(pieces.map((bytes) => bench.send(bytes).verdict)).toEqual(['translated', 'dropped', 'dropped']);
  });

  it('rfc8200-s4.5-an-exact-copy-of-a-fragment-is-dropped-alone', () => {
    const bench = new Bench();
    const whole = back(bench);
    const pieces = [
      fragment4(whole, 0, 32),
      fragment4(whole, 0, 32),
      fragment4(whole, 32, 48),
      fragment4(whole, 48, 68),
    ];
    const reasons = pieces.map((bytes) => bench.send(bytes)).map(({ verdict, reason }) => `${verdict} ${reason}`);
    expect(reasons).toEqual(['translated ', 'dropped dropFragmentDuplicate', 'translated ', 'translated ']);
    const held = [fragment4(whole, 32, 48, 8), fragment4(whole, 32, 48, 8), fragment4(whole, 32, 56, 8)];
    expect(held.map((bytes) => bench.send(bytes).reason)).toEqual([
      'heldFragment',
      'dropFragmentDuplicate',
      'dropFragmentOverlap',
    ]);
  });
});
