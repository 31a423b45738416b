import { describe, expect, it } from 'vitest';
import { Counter } from '../../../../../src/translator/counters.ts';
import { formatIp, parseIp } from '../../oracle-address.ts';
import { echo, FLAGS, tcp, udp } from '../../packets.ts';
import { Bench, OPTIONS } from '../bench-of-one.ts';
import { allSessions } from '../tables/walked.ts';
import { fragment4, fragment6 } from './cut-packets.ts';

const SERVER = '198.51.100.7';
const OUT = { src: '2001:db8::5', dst: `64:ff9b::${SERVER}` };
const PAYLOAD = Array.from({ length: 60 }, (_, index) => index + 1);
/** 68 bytes behind the IPv6 header. */
const WHOLE = udp(OUT, 5000, 53, PAYLOAD);
const FIRST = fragment6(WHOLE, 0, 24);
const SECOND = fragment6(WHOLE, 24, 48);
const LAST = fragment6(WHOLE, 48, 68);

const u16 = (bytes: Uint8Array, at: number): number => (bytes[at] << 8) | bytes[at + 1];
const counted = (bench: Bench, name: keyof typeof Counter): number => bench.translator.counters.values[Counter[name]];
const bench = (fragmentsHeld: number, fragmentsHeldPerSource = fragmentsHeld): Bench =>
  new Bench({ limits: { ...OPTIONS.limits, fragmentsHeld, fragmentsHeldPerSource } });

/** The packet from a host in another /48. */
function from(packet: Uint8Array, network: number): Uint8Array {
  const bytes = Uint8Array.from(packet);
  bytes.set(parseIp(`2001:db8:${network.toString(16)}::1`), 8);
  return bytes;
}

describe('a fragment behind the end of its datagram', () => {
  const behind = (begin: number, end: number): Uint8Array =>
    fragment6(udp(OUT, 5000, 53, Array(120).fill(1)), begin, end);

  it('rfc5722-refuses-the-datagram, whether it says that more will come or not', () => {
    for (const stray of [behind(72, 96), behind(64, 72), behind(72, 128)]) {
      const one = new Bench();
      expect(one.send(LAST).reason).toBe('heldFragment');
      expect(one.send(stray).reason).toBe('dropFragmentOverlap');
      expect(one.send(FIRST).reason).toBe('dropFragmentOverlap');
    }
  });

  it('rfc5722-refuses-the-datagram-when-it-is-a-second-last-one-within', () => {
    const one = new Bench();
    const shorter = fragment6(udp(OUT, 5000, 53, PAYLOAD.slice(0, 40)), 24, 48);
    expect(one.send(LAST).reason).toBe('heldFragment');
    expect([one.send(shorter).reason, one.send(FIRST).reason]).toEqual(['dropFragmentOverlap', 'dropFragmentOverlap']);
  });

  it('may end where the datagram ends', () => {
    const one = new Bench();
    expect([LAST, SECOND, FIRST].map((bytes) => one.send(bytes).verdict)).toEqual(['held', 'held', 'translated']);
  });
});

describe('a fragment that cannot be held', () => {
  it('may come again when there is room, and its datagram is complete then', () => {
    const one = bench(64, 1);
    for (let round = 0; round < 3; round++) {
      expect(one.send(LAST).reason).toBe('heldFragment');
      expect(one.send(SECOND).reason).toBe('dropFragmentSource');
      expect(one.send(FIRST).out).toHaveLength(2);
      expect(one.send(SECOND).out).toHaveLength(1);
    }
  });

  it('may be the last one: the length of the datagram is not known by it then', () => {
    const one = bench(64, 1);
    expect([one.send(SECOND).reason, one.send(LAST).reason]).toEqual(['heldFragment', 'dropFragmentSource']);
    expect([one.send(FIRST).out.length, one.send(LAST).out.length]).toEqual([2, 1]);
    expect(one.send(FIRST).verdict).toBe('translated');
  });

  it('may be the first one of an echo message, whose others wait on', () => {
    const one = bench(64, 1);
    const message = echo(OUT, 128, 77, PAYLOAD);
    expect([one.send(fragment6(message, 24, 68)).reason, one.send(fragment6(message, 0, 24)).reason]).toEqual([
      'heldFragment',
      'dropFragmentSource',
    ]);
    expect(counted(one, 'translated6to4')).toBe(0);
  });
});

describe('room for one more fragment', () => {
  it('is made by the datagram that holds others for the longest time, and by none that holds nothing', () => {
    const one = bench(2);
    // Its first fragment has gone on, so that nothing of it is held.
    expect(one.send(from(FIRST, 1)).verdict).toBe('translated');
    for (const network of [2, 3, 4]) expect(one.send(from(LAST, network)).reason).toBe('heldFragment');
    expect(counted(one, 'dropFragmentTable')).toBe(1);
    expect(one.send(from(SECOND, 1)).out).toHaveLength(1);
    expect(one.send(from(LAST, 1)).out).toHaveLength(1);
    expect([2, 3, 4].map((network) => one.send(from(FIRST, network)).out.length)).toEqual([1, 2, 2]);
  });

  it('is not made by the fragments of the same datagram', () => {
    const one = bench(1, 2);
    expect([one.send(LAST).reason, one.send(SECOND).reason]).toEqual(['heldFragment', 'dropFragmentTable']);
    expect(one.send(FIRST).out).toHaveLength(2);
  });

  it.each([
    [63, 'heldFragment'],
    [64, 'dropFragmentTable'],
  ])('is looked for among the 64 oldest datagrams: behind %i', (before, reason) => {
    const one = bench(1);
    for (let network = 1; network <= before; network++) one.send(from(FIRST, network));
    expect(one.send(from(LAST, 900)).reason).toBe('heldFragment');
    expect(one.send(from(LAST, 901)).reason).toBe(reason);
  });
});

describe('fragments of both families', () => {
  it('are told apart by their own addresses, whatever packets come between them', () => {
    const one = new Bench();
    const [out] = one.send(udp(OUT, 5000, 53)).out;
    const datagram = udp({ src: SERVER, dst: formatIp(out.slice(12, 16)) }, 53, u16(out, 20), PAYLOAD);
    expect(one.send(fragment4(datagram, 32, 68)).reason).toBe('heldFragment');
    // Another address in each word of both ends.
    expect(one.send(udp({ src: '2001:db8:1:2:3:4:5:6', dst: '64:ff9b::203.0.113.9' }, 1, 2)).verdict).toBe(
      'translated',
    );
    expect(one.send(fragment4(datagram, 0, 32)).out).toHaveLength(2);
  });

  it('belong together only with the same ends, identification and protocol', () => {
    const one = new Bench();
    expect(one.send(LAST).reason).toBe('heldFragment');
    const others = [
      from(FIRST, 3),
      fragment6(udp({ ...OUT, src: '2001:db8::6' }, 5000, 53, PAYLOAD), 0, 24),
      fragment6(udp({ ...OUT, dst: '64:ff9b::198.51.100.8' }, 5000, 53, PAYLOAD), 0, 24),
      fragment6(WHOLE, 0, 24, 8),
      fragment6(tcp(OUT, 5000, 53, FLAGS.syn, PAYLOAD), 0, 24),
    ];
    expect(others.map((bytes) => one.send(bytes).out.length)).toEqual([1, 1, 1, 1, 1]);
    expect(one.send(FIRST).out).toHaveLength(2);
  });
});

describe('later fragments', () => {
  it('do not bring a connection back that was reset', () => {
    const one = new Bench();
    one.send(tcp(OUT, 4000, 80, FLAGS.syn));
    const [packet] = one.send(tcp(OUT, 4000, 80, FLAGS.syn)).out;
    const back = { src: SERVER, dst: formatIp(packet.slice(12, 16)) };
    one.send(tcp(back, 80, u16(packet, 20), FLAGS.syn | FLAGS.ack));
    const states = (): string[] => allSessions(one.translator.store, one.nowMs).map(({ state }) => state);
    expect(states()).toEqual(['established']);
    const reset = tcp(OUT, 4000, 80, FLAGS.rst, PAYLOAD);
    expect(one.send(fragment6(reset, 0, 40)).verdict).toBe('translated');
    expect([one.send(fragment6(reset, 40, 80)).verdict, states()]).toEqual(['translated', ['trans']]);
    const other = tcp(back, 80, u16(packet, 20), FLAGS.rst, PAYLOAD);
    expect(one.send(fragment4(other, 0, 40)).verdict).toBe('translated');
    expect([one.send(fragment4(other, 40, 80)).verdict, states()]).toEqual(['translated', ['trans']]);
  });

  it('of a datagram whose session has ended meanwhile are dropped', () => {
    const one = new Bench({ timeouts: { ...OPTIONS.timeouts, udp: 1000, fragment: 5000 } });
    expect(one.send(FIRST).verdict).toBe('translated');
    one.nowMs += 1001;
    expect(one.send(SECOND).reason).toBe('dropFragment');
  });

  it('are no reason: the message that they complete has none when it is translated', () => {
    const one = new Bench();
    const message = echo(OUT, 128, 77, PAYLOAD);
    expect(one.send(fragment6(message, 0, 24)).reason).toBe('heldFragment');
    const done = one.send(fragment6(message, 24, 68));
    expect([done.verdict, done.reason, done.out.length]).toEqual(['translated', '', 2]);
  });
});

describe('a Fragment header before a header that must not be there', () => {
  it('rfc7915-s5.1.1-is-answered-with-administratively-prohibited', () => {
    const bytes = Uint8Array.from(fragment6(WHOLE, 0, 24));
    // Destination options.
    bytes[40] = 60;
    const refused = new Bench().send(bytes);
    expect([refused.verdict, refused.reason, refused.out[0][40], refused.out[0][41]]).toEqual([
      'error',
      'answerExtensionHeader',
      1,
      1,
    ]);
  });
});
