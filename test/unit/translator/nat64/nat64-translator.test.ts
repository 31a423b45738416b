import { describe, expect, it } from 'vitest';
import { formatIp } from '../oracle-address.ts';
import { checksumsAreRight, echo, FLAGS, icmpError, tcp, udp } from '../packets.ts';
import { Bench } from './bench-of-one.ts';

const CLIENT = '2001:db8::5';
const SERVER = '198.51.100.7';
const SERVER6 = '64:ff9b::198.51.100.7';
const out = { src: CLIENT, dst: SERVER6 };

const u16 = (bytes: Uint8Array, at: number): number => (bytes[at] << 8) | bytes[at + 1];
const source4 = (bytes: Uint8Array): string => formatIp(bytes.slice(12, 16));

describe('outbound and back', () => {
  it('translates UDP both ways with right addresses, ports and checksums', () => {
    const bench = new Bench();
    const sent = bench.send(udp(out, 5000, 53, [1, 2, 3]));
    expect(sent.verdict).toBe('translated');
    const [packet] = sent.out;
    expect(checksumsAreRight(packet)).toBe(true);
    expect(formatIp(packet.slice(16, 20))).toBe(SERVER);
    expect(packet[8]).toBe(63);
    const port = u16(packet, 20);
    expect(port).toBeGreaterThanOrEqual(1024);
    const back = bench.send(udp({ src: SERVER, dst: source4(packet) }, 53, port, [9]));
    expect(back.verdict).toBe('translated');
    expect(checksumsAreRight(back.out[0])).toBe(true);
    expect(formatIp(back.out[0].slice(24, 40))).toBe(CLIENT);
    expect(formatIp(back.out[0].slice(8, 24))).toBe(
      formatIp([0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, 198, 51, 100, 7]),
    );
    expect(u16(back.out[0], 42)).toBe(5000);
  });

  it('translates an echo both ways', () => {
    const bench = new Bench();
    const [request] = bench.send(echo(out, 128, 77, [1, 2, 3, 4])).out;
    expect(checksumsAreRight(request)).toBe(true);
    expect([request[9], request[20]]).toEqual([1, 8]);
    const identifier = u16(request, 24);
    const [reply] = bench.send(echo({ src: SERVER, dst: source4(request) }, 0, identifier, [1, 2, 3, 4])).out;
    expect(checksumsAreRight(reply)).toBe(true);
    expect([reply[6], reply[40], u16(reply, 44)]).toEqual([58, 129, 77]);
  });

  it('keeps a partial checksum partial', () => {
    const bench = new Bench();
    const whole = tcp(out, 4000, 80, FLAGS.syn, [1, 2, 3]);
    const pseudo = [...whole.slice(8, 40), 0, 0, 0, whole.length - 40, 0, 0, 0, 6];
    let sum = 0;
    for (let at = 0; at < pseudo.length; at += 2) sum += (pseudo[at] << 8) | pseudo[at + 1];
    while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
    whole.set([sum >> 8, sum & 255], 56);
    const [packet] = bench.send(whole, { partialChecksum: true, gsoType: 0, gsoSize: 0 }).out;
    const expected = [...packet.slice(12, 20), 0, 6, 0, packet.length - 20];
    let want = 0;
    for (let at = 0; at < expected.length; at += 2) want += (expected[at] << 8) | expected[at + 1];
    while (want > 0xffff) want = (want & 0xffff) + (want >>> 16);
    expect(u16(packet, 36)).toBe(want);
  });
});

describe('TCP', () => {
  it('s3.5.2.2-non-syn-without-mapping-is-dropped', () => {
    expect(new Bench().send(tcp(out, 4000, 80, FLAGS.ack)).reason).toBe('dropNoSession');
  });

  it('s3.5.2.2-a-closed-connection-ends-after-the-transitory-time', () => {
    const bench = new Bench();
    const [syn] = bench.send(tcp(out, 4000, 80, FLAGS.syn)).out;
    const back = { src: SERVER, dst: source4(syn) };
    const port = u16(syn, 20);
    bench.send(tcp(back, 80, port, FLAGS.syn | FLAGS.ack));
    bench.send(tcp(out, 4000, 80, FLAGS.fin | FLAGS.ack));
    bench.send(tcp(back, 80, port, FLAGS.fin | FLAGS.ack));
    bench.wait(239_000);
    expect(bench.translator.sessionCount).toBe(1);
    bench.wait(3000);
    expect(bench.translator.sessionCount).toBe(0);
  });
});

describe('mappings', () => {
  it('s3.5.1-mapping-does-not-depend-on-the-endpoint', () => {
    const bench = new Bench();
    const [one] = bench.send(udp(out, 5000, 53)).out;
    const [other] = bench.send(udp({ src: CLIENT, dst: '64:ff9b::203.0.113.9' }, 5000, 99)).out;
    expect([source4(other), u16(other, 20)]).toEqual([source4(one), u16(one, 20)]);
  });

  it('s3.8-hairpin', () => {
    const bench = new Bench();
    const [probe] = bench.send(udp({ src: '2001:db8::9', dst: SERVER6 }, 6000, 53)).out;
    const target = `64:ff9b::${source4(probe)}`;
    const sent = bench.send(udp({ src: CLIENT, dst: target }, 5000, u16(probe, 20), [7]));
    expect(sent.verdict).toBe('hairpinned');
    expect(checksumsAreRight(sent.out[0])).toBe(true);
    expect(formatIp(sent.out[0].slice(24, 40))).toBe('2001:db8::9');
    expect(u16(sent.out[0], 42)).toBe(6000);
  });

  it('ends UDP sessions after five minutes and keeps the port for two more', () => {
    const bench = new Bench();
    const [packet] = bench.send(udp(out, 5000, 53)).out;
    const back = udp({ src: SERVER, dst: source4(packet) }, 53, u16(packet, 20));
    bench.wait(299_000);
    expect(bench.send(back).verdict).toBe('translated');
    bench.wait(301_000);
    bench.records();
    expect(bench.send(back).reason).toBe('dropNoMapping');
    expect(bench.translator.bibCount).toBe(0);
  });
});

describe('ICMP errors', () => {
  it('translates port unreachable with the packet that it quotes', () => {
    const bench = new Bench();
    const [packet] = bench.send(udp(out, 5000, 53, [1, 2, 3, 4])).out;
    const [error] = bench.send(icmpError({ src: '198.51.100.99', dst: source4(packet) }, 3, 3, 0, packet)).out;
    expect(checksumsAreRight(error)).toBe(true);
    expect([error[40], error[41]]).toEqual([1, 4]);
    const quoted = error.slice(48);
    expect(formatIp(quoted.slice(8, 24))).toBe(CLIENT);
    expect(u16(quoted, 40)).toBe(5000);
    expect(checksumsAreRight(quoted)).toBe(true);
  });

  it('answers an expired hop limit', () => {
    const bench = new Bench();
    const sent = bench.send(udp({ ...out, hops: 1 }, 5000, 53));
    expect([sent.verdict, sent.reason]).toEqual(['error', 'answerTtl']);
    expect(checksumsAreRight(sent.out[0])).toBe(true);
    expect([sent.out[0][40], sent.out[0][41]]).toEqual([3, 0]);
  });

  it('turns fragmentation needed into packet too big with twenty more', () => {
    const bench = new Bench();
    const [packet] = bench.send(udp(out, 5000, 53, [1])).out;
    const [error] = bench.send(icmpError({ src: '198.51.100.99', dst: source4(packet) }, 3, 4, 1400, packet)).out;
    expect([error[40], u16(error, 46)]).toEqual([2, 1420]);
    expect(checksumsAreRight(error)).toBe(true);
  });
});

describe('s4-an-ipv4-packet-without-df-that-does-not-fit', () => {
  it('is cut into fragments that hold all of it', () => {
    const bench = new Bench();
    const [packet] = bench.send(udp(out, 5000, 53)).out;
    const payload = Array.from({ length: 2000 }, (_, index) => index & 255);
    const fields = { src: SERVER, dst: source4(packet), dontFragment: false };
    const { out: fragments } = bench.send(udp(fields, 53, u16(packet, 20), payload));
    expect(fragments.map(({ length }) => length)).toEqual([1280, 824]);
    expect(fragments.map((bytes) => u16(bytes, 42))).toEqual([1, 1232]);
    const joined = fragments.flatMap((bytes) => Array.from(bytes.slice(48)));
    expect(joined.slice(8)).toEqual(payload);
  });
});
