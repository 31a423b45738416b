import { describe, expect, it } from 'vitest';
import { checksumsAreRight, FLAGS, tcp, udp } from '../../packets.ts';
import { CLIENT, embedded, ends4, ends6, mapping, OUT, SERVER, SERVER6, Watched } from './mapped.ts';

describe('RFC 6146 section 3.5.1, UDP', () => {
  it('s3.5.1-first-datagram-from-inside-makes-bib-entry-and-session', () => {
    const bench = new Watched();
    const sent = bench.send(udp(OUT, 5000, 53, [1, 2, 3]));
    expect([sent.verdict, bench.translator.bibCount, bench.translator.sessionCount]).toEqual(['translated', 1, 1]);
    expect(ends4(sent.out[0])).toMatchObject({ dst: SERVER, dstPort: 53 });
    expect(checksumsAreRight(sent.out[0])).toBe(true);
  });

  it('s3.5.1-second-remote-makes-a-session-of-the-same-bib-entry', () => {
    const bench = new Watched();
    const one = mapping(bench.send(udp(OUT, 5000, 53)));
    const other = mapping(bench.send(udp({ src: CLIENT, dst: '64:ff9b::203.0.113.9' }, 5000, 99)));
    expect(other).toEqual(one);
    expect([bench.translator.bibCount, bench.translator.sessionCount]).toEqual([1, 2]);
  });

  it('s3.5.1-another-port-of-the-client-gets-another-mapping', () => {
    const bench = new Watched();
    const one = mapping(bench.send(udp(OUT, 5000, 53)));
    const other = mapping(bench.send(udp(OUT, 5001, 53)));
    expect(other.port).not.toBe(one.port);
    expect(other.address).toBe(one.address);
  });

  it('s3.5.1-tcp-and-udp-have-tables-of-their-own', () => {
    const bench = new Watched();
    const { address, port } = mapping(bench.send(udp(OUT, 5000, 53)));
    expect(bench.send(tcp({ src: SERVER, dst: address }, 53, port, FLAGS.ack)).reason).toBe('dropNoMapping');
  });

  it('s3.5.1-datagram-from-the-ipv4-side-without-bib-entry-is-dropped', () => {
    expect(new Watched().send(udp({ src: SERVER, dst: '192.0.2.5' }, 53, 2000)).reason).toBe('dropNoMapping');
  });

  it('s3.5.1-answer-reaches-the-client-with-its-own-port', () => {
    const bench = new Watched();
    const { address, port } = mapping(bench.send(udp(OUT, 5000, 53)));
    const back = bench.send(udp({ src: SERVER, dst: address }, 53, port, [9, 9]));
    expect(ends6(back.out[0])).toEqual({ src: embedded(SERVER), srcPort: 53, dst: CLIENT, dstPort: 5000 });
    expect(checksumsAreRight(back.out[0])).toBe(true);
  });

  it('s3.5.1-endpoint-independent-filtering-lets-a-stranger-in-and-makes-a-session', () => {
    const bench = new Watched();
    const { address, port } = mapping(bench.send(udp(OUT, 5000, 53)));
    expect(bench.send(udp({ src: '203.0.113.9', dst: address }, 777, port)).verdict).toBe('translated');
    expect([bench.translator.bibCount, bench.translator.sessionCount]).toEqual([1, 2]);
  });

  it('s3.5.1-address-dependent-filtering-refuses-a-stranger-with-an-icmp-error', () => {
    const bench = new Watched({ addressDependentFiltering: true });
    const { address, port } = mapping(bench.send(udp(OUT, 5000, 53)));
    const refused = bench.send(udp({ src: '203.0.113.9', dst: address }, 53, port));
    expect([refused.verdict, refused.out[0][20], refused.out[0][21]]).toEqual(['error', 3, 13]);
    expect(bench.send(udp({ src: SERVER, dst: address }, 54, port)).verdict).toBe('translated');
  });

  it('s3.5.1-lifetime-is-udp-default-of-five-minutes', () => {
    const bench = new Watched();
    bench.send(udp(OUT, 5000, 53));
    expect(bench.endsAfter(300_000)).toBe(true);
  });

  it('s3.5.1-packets-of-either-direction-start-the-lifetime-again', () => {
    const bench = new Watched();
    const { address, port } = mapping(bench.send(udp(OUT, 5000, 53)));
    bench.wait(299_000);
    bench.send(udp({ src: SERVER, dst: address }, 53, port));
    bench.wait(299_000);
    bench.send(udp(OUT, 5000, 53));
    expect(bench.endsAfter(300_000)).toBe(true);
  });

  it('s3.5.1-the-bib-entry-ends-with-its-last-session', () => {
    const bench = new Watched();
    bench.send(udp(OUT, 5000, 53));
    bench.wait(200_000);
    bench.send(udp({ src: CLIENT, dst: '64:ff9b::203.0.113.9' }, 5000, 99));
    bench.wait(102_000);
    expect([bench.translator.bibCount, bench.translator.sessionCount]).toEqual([1, 1]);
    bench.wait(202_000);
    bench.records();
    expect(bench.translator.bibCount).toBe(0);
  });

  it('s3.5.1-no-port-left-is-answered-with-address-unreachable', () => {
    const pool4 = [{ prefix: '192.0.2.5/32', ports: [2000, 2000] as const, protocols: ['udp' as const], clients: [] }];
    const bench = new Watched({ pool4, slots: 1 });
    expect(bench.send(udp(OUT, 1, 53)).verdict).toBe('translated');
    const refused = bench.send(udp(OUT, 2, 53));
    expect([refused.verdict, refused.out[0][40], refused.out[0][41]]).toEqual(['error', 1, 3]);
    expect(checksumsAreRight(refused.out[0])).toBe(true);
  });

  it('s3.4-zero-checksum-of-an-ipv4-datagram-is-computed', () => {
    const bench = new Watched();
    const { address, port } = mapping(bench.send(udp(OUT, 5000, 53)));
    const datagram = udp({ src: SERVER, dst: address }, 53, port, [1, 2, 3]);
    datagram.set([0, 0], 26);
    const back = bench.send(datagram);
    expect(back.verdict).toBe('translated');
    expect(checksumsAreRight(back.out[0])).toBe(true);
  });

  it('rfc6936-s5-both-kinds-pass-in-one-session', () => {
    const bench = new Watched();
    const summed = bench.send(udp(OUT, 5000, 53, [1, 2, 3]));
    const bare = udp(OUT, 5000, 53, [1, 2, 3]);
    bare.set([0, 0], 46);
    const second = bench.send(bare);
    expect([second.verdict, mapping(second).port]).toEqual(['translated', mapping(summed).port]);
    expect([...second.out[0].subarray(26)]).toEqual([0, 0, 1, 2, 3]);
    expect([bench.translator.bibCount, bench.translator.sessionCount]).toEqual([1, 1]);
  });

  it('s3.5-source-inside-pool6-is-dropped', () => {
    expect(new Watched().send(udp({ src: '64:ff9b::203.0.113.1', dst: SERVER6 }, 1, 2)).reason).toBe(
      'dropSourceInPool6',
    );
  });

  it('s3.5-destination-outside-pool6-and-outside-pool4-is-dropped', () => {
    const bench = new Watched();
    expect(bench.send(udp({ src: CLIENT, dst: '2001:db8:1::1' }, 1, 2)).reason).toBe('dropNotForUs6');
    expect(bench.send(udp({ src: SERVER, dst: '203.0.113.5' }, 1, 2)).reason).toBe('dropNotForUs4');
  });
});
