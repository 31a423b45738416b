import { describe, expect, it } from 'vitest';
import { checksumsAreRight, echo, icmpError, udp } from '../../packets.ts';
import { CLIENT, embedded, ends6, mapping, OUT, SERVER, u16, Watched } from './mapped.ts';
import { formatIp } from '../../oracle-address.ts';

const ECHO6 = 128;
const REPLY6 = 129;
const ECHO4 = 8;
const REPLY4 = 0;

describe('RFC 6146 section 3.5.3, ICMP queries', () => {
  it('s3.5.3-echo-request-makes-bib-entry-and-session-with-an-identifier-of-the-pool', () => {
    const bench = new Watched();
    const sent = bench.send(echo(OUT, ECHO6, 77, [1, 2, 3]));
    const [packet] = sent.out;
    expect([packet[9], packet[20], formatIp(packet.slice(16, 20))]).toEqual([1, ECHO4, SERVER]);
    expect(checksumsAreRight(packet)).toBe(true);
    expect([bench.translator.bibCount, bench.translator.sessionCount]).toEqual([1, 1]);
  });

  it('s3.5.3-reply-reaches-the-client-with-its-own-identifier', () => {
    const bench = new Watched();
    const { address, port } = mapping(bench.send(echo(OUT, ECHO6, 77)));
    const [reply] = bench.send(echo({ src: SERVER, dst: address }, REPLY4, port, [4])).out;
    expect([reply[40], u16(reply, 44), formatIp(reply.slice(24, 40))]).toEqual([REPLY6, 77, CLIENT]);
    expect(checksumsAreRight(reply)).toBe(true);
  });

  it('s3.5.3-the-mapping-does-not-depend-on-the-remote', () => {
    const bench = new Watched();
    const one = mapping(bench.send(echo(OUT, ECHO6, 77)));
    expect(mapping(bench.send(echo({ src: CLIENT, dst: '64:ff9b::203.0.113.9' }, ECHO6, 77)))).toEqual(one);
  });

  it('s3.5.3-query-from-the-ipv4-side-without-bib-entry-is-dropped', () => {
    expect(new Watched().send(echo({ src: SERVER, dst: '192.0.2.5' }, ECHO4, 9)).reason).toBe('dropNoMapping');
  });

  it('s3.5.3-query-of-a-stranger-passes-unless-filtering-depends-on-the-address', () => {
    for (const addressDependentFiltering of [false, true]) {
      const bench = new Watched({ addressDependentFiltering });
      const { address, port } = mapping(bench.send(echo(OUT, ECHO6, 77)));
      const stranger = bench.send(echo({ src: '203.0.113.9', dst: address }, ECHO4, port));
      expect(stranger.verdict).toBe(addressDependentFiltering ? 'error' : 'translated');
    }
  });

  it('s3.5.3-lifetime-is-one-minute-and-starts-again-with-each-message', () => {
    const bench = new Watched();
    const { address, port } = mapping(bench.send(echo(OUT, ECHO6, 77)));
    bench.wait(50_000);
    bench.send(echo({ src: SERVER, dst: address }, REPLY4, port));
    expect(bench.endsAfter(60_000)).toBe(true);
  });

  it('s3.5.3-pings-are-refused-where-the-option-says-so', () => {
    expect(new Watched({ dropPings: true }).send(echo(OUT, ECHO6, 77)).reason).toBe('dropFiltered');
  });
});

describe('RFC 6146 sections 3.2 and 3.6, ICMP errors', () => {
  it('s3.6.1-an-ipv4-error-goes-to-the-client-of-the-quoted-packet', () => {
    const bench = new Watched();
    const [packet] = bench.send(udp(OUT, 5000, 53, [1, 2])).out;
    const { address } = mapping(bench.send(udp(OUT, 5000, 53)));
    const [error] = bench.send(icmpError({ src: '203.0.113.77', dst: address }, 3, 1, 0, packet)).out;
    expect([error[40], error[41], formatIp(error.slice(8, 24)), formatIp(error.slice(24, 40))]).toEqual([
      1,
      0,
      embedded('203.0.113.77'),
      CLIENT,
    ]);
    expect(ends6(error.slice(48))).toEqual({ src: CLIENT, srcPort: 5000, dst: embedded(SERVER), dstPort: 53 });
    expect(checksumsAreRight(error)).toBe(true);
  });

  it('s3.6.1-an-ipv6-error-goes-to-the-server-of-the-quoted-packet-from-the-mapped-address', () => {
    const bench = new Watched();
    const { address, port } = mapping(bench.send(udp(OUT, 5000, 53)));
    const [answer] = bench.send(udp({ src: SERVER, dst: address }, 53, port, [1, 2])).out;
    const [error] = bench.send(icmpError({ src: CLIENT, dst: OUT.dst }, 1, 4, 0, answer)).out;
    expect([error[9], error[20], error[21]]).toEqual([1, 3, 3]);
    expect([formatIp(error.slice(12, 16)), formatIp(error.slice(16, 20))]).toEqual([address, SERVER]);
    expect(formatIp(error.slice(44, 48))).toBe(address);
    expect([u16(error, 48), u16(error, 50)]).toEqual([53, port]);
    expect(checksumsAreRight(error)).toBe(true);
  });

  it('s3.6.1-an-error-about-an-unknown-packet-is-dropped', () => {
    const quoted = udp({ src: '192.0.2.5', dst: SERVER }, 2000, 53);
    const refused = new Watched().send(icmpError({ src: SERVER, dst: '192.0.2.5' }, 3, 3, 0, quoted));
    expect([refused.verdict, refused.out]).toEqual(['dropped', []]);
  });

  it('s3.5-errors-do-not-touch-lifetimes-or-make-entries', () => {
    const bench = new Watched();
    const sent = bench.send(udp(OUT, 5000, 53));
    const { address } = mapping(sent);
    bench.wait(250_000);
    bench.send(icmpError({ src: '203.0.113.77', dst: address }, 3, 1, 0, sent.out[0]));
    expect(bench.endsAfter(50_000)).toBe(true);
  });

  it('s3.2-an-error-about-an-echo-finds-its-client', () => {
    const bench = new Watched();
    const sent = bench.send(echo(OUT, ECHO6, 77, [1, 2, 3, 4]));
    const { address } = mapping(sent);
    const [error] = bench.send(icmpError({ src: '203.0.113.77', dst: address }, 11, 0, 0, sent.out[0])).out;
    expect([error[40], error[41]]).toEqual([3, 0]);
    expect([error[48 + 40], u16(error, 48 + 44)]).toEqual([ECHO6, 77]);
    expect(checksumsAreRight(error.slice(48))).toBe(true);
  });
});
