import { describe, expect, it } from 'vitest';
import { formatIp } from '../../oracle-address.ts';
import { checksumsAreRight, echo, FLAGS, icmpError, tcp, udp } from '../../packets.ts';
import { CLIENT, embedded, ends4, ends6, mapping, OUT, SERVER, SERVER6, Watched } from './mapped.ts';

const NEIGHBOUR = '2001:db8::9';
const { ack, syn } = FLAGS;

describe('RFC 6146 section 3.8, hairpinning', () => {
  it('s3.8-datagram-between-two-clients-wears-the-sender’s-mapping', () => {
    const bench = new Watched();
    const own = mapping(bench.send(udp(OUT, 5000, 53)));
    const other = mapping(bench.send(udp({ src: NEIGHBOUR, dst: SERVER6 }, 6000, 53)));
    const sent = bench.send(udp({ src: CLIENT, dst: `64:ff9b::${other.address}` }, 5000, other.port, [7]));
    expect(sent.verdict).toBe('hairpinned');
    expect(ends6(sent.out[0])).toEqual({
      src: embedded(own.address),
      srcPort: own.port,
      dst: NEIGHBOUR,
      dstPort: 6000,
    });
    expect(checksumsAreRight(sent.out[0])).toBe(true);
  });

  it('s3.8-connection-between-two-clients-is-established-in-both-their-sessions', () => {
    const bench = new Watched();
    const other = mapping(bench.send(tcp({ src: NEIGHBOUR, dst: SERVER6 }, 6000, 80, syn)));
    const to = { src: CLIENT, dst: `64:ff9b::${other.address}` };
    const first = bench.send(tcp(to, 5000, other.port, syn));
    expect(first.verdict).toBe('hairpinned');
    const { src, srcPort } = ends6(first.out[0]);
    const answer = bench.send(tcp({ src: NEIGHBOUR, dst: src }, 6000, srcPort, syn | ack));
    expect(answer.verdict).toBe('hairpinned');
    expect(ends6(answer.out[0])).toMatchObject({ dst: CLIENT, dstPort: 5000 });
    expect(bench.states().toSorted()).toEqual(['established', 'established', 'v6Init']);
  });

  it('s3.8-error-about-a-hairpinned-packet-comes-back-to-its-sender', () => {
    const bench = new Watched();
    bench.send(udp(OUT, 5000, 53));
    const other = mapping(bench.send(udp({ src: NEIGHBOUR, dst: SERVER6 }, 6000, 53)));
    const target = `64:ff9b::${other.address}`;
    const [arrived] = bench.send(udp({ src: CLIENT, dst: target }, 5000, other.port, [7])).out;
    const error = bench.send(icmpError({ src: NEIGHBOUR, dst: ends6(arrived).src }, 1, 4, 0, arrived));
    expect(error.verdict).toBe('hairpinned');
    const [back] = error.out;
    expect([back[40], back[41], formatIp(back.slice(24, 40))]).toEqual([1, 4, CLIENT]);
    expect(ends6(back.slice(48))).toMatchObject({ src: CLIENT, srcPort: 5000, dstPort: other.port });
    expect(checksumsAreRight(back)).toBe(true);
  });

  it('s3.8-a-port-that-nobody-has-is-not-hairpinned', () => {
    const bench = new Watched();
    expect(bench.send(udp({ src: CLIENT, dst: '64:ff9b::192.0.2.9' }, 5000, 2000)).reason).toBe('dropNoMapping');
  });
});

describe('RFC 6146 section 3.1, static BIB entries', () => {
  const entry = { v6: '2001:db8::80', port6: 8080, v4: '192.0.2.3', port4: 80 };
  const web = { ...entry, protocol: 'tcp' as const };

  it('s3.1-static-entry-lets-connections-in', () => {
    const bench = new Watched({ static: [web] });
    const sent = bench.send(tcp({ src: SERVER, dst: '192.0.2.3' }, 999, 80, syn));
    expect(ends6(sent.out[0])).toEqual({ src: embedded(SERVER), srcPort: 999, dst: '2001:db8::80', dstPort: 8080 });
    expect(bench.states()).toEqual(['v4Init']);
  });

  it('s3.1-static-entry-masks-what-its-client-sends', () => {
    const bench = new Watched({ static: [web] });
    const sent = bench.send(tcp({ src: '2001:db8::80', dst: SERVER6 }, 8080, 443, syn));
    expect(ends4(sent.out[0])).toMatchObject({ src: '192.0.2.3', srcPort: 80 });
  });

  it('s3.1-static-entry-outlives-its-sessions', () => {
    const bench = new Watched({ static: [{ ...entry, protocol: 'udp' as const }] });
    bench.send(udp({ src: SERVER, dst: '192.0.2.3' }, 53, 80));
    bench.wait(500_000);
    bench.records();
    expect([bench.translator.sessionCount, bench.translator.bibCount]).toEqual([0, 1]);
    expect(bench.send(udp({ src: SERVER, dst: '192.0.2.3' }, 53, 80)).verdict).toBe('translated');
  });

  it('s3.1-static-identifier-lets-pings-in', () => {
    const bench = new Watched({ static: [{ ...entry, protocol: 'icmp' as const, port6: 5, port4: 6 }] });
    const [packet] = bench.send(echo({ src: SERVER, dst: '192.0.2.3' }, 8, 6)).out;
    expect([packet[40], formatIp(packet.slice(24, 40))]).toEqual([128, '2001:db8::80']);
  });
});
