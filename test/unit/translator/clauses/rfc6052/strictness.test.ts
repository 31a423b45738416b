import { describe, expect, it } from 'vitest';
import { formatIp, parseIp } from '../../oracle-address.ts';
import { icmpError, udp } from '../../packets.ts';
import { Bench } from '../../nat64/bench-of-one.ts';
import { send } from '../siit-bench.ts';

const POOL6 = ['64:ff9b::/96'];
const STRICT = { allowNonGlobal: false, pool6: POOL6 };
const CLIENT = '2001:db8:3::5';
const POOL4 = {
  prefix: '198.18.0.0/28',
  ports: [1024, 65535],
  protocols: ['tcp', 'udp', 'icmp'],
  clients: [],
} as const;

function pool4Source(packet: Uint8Array | undefined): string {
  return formatIp(packet?.slice(12, 16) ?? []);
}

describe('RFC 6052 section 3.1', () => {
  it('s3.1-dropped-both-ways-siit', () => {
    const options = { pool6: POOL6 };
    const { reason, out } = send(udp({ src: CLIENT, dst: '64:ff9b::10.0.0.1' }, 5, 6), options);
    expect([reason, out[0]?.[40], out[0]?.[41]]).toEqual(['answerNonGlobal', 1, 1]);
    expect(send(udp({ src: '192.168.0.1', dst: '1.0.0.5' }, 5, 6), options).reason).toBe('dropNonGlobal');
    expect(send(udp({ src: '64:ff9b::10.0.0.1', dst: '64:ff9b::8.8.8.8' }, 5, 6), options).reason).toBe(
      'dropNonGlobal',
    );
    expect(send(udp({ src: '8.8.8.8', dst: '1.0.0.5' }, 5, 6), options).verdict).toBe('translated');
  });

  it('s3.1-dropped-both-ways-nat64', () => {
    const bench = new Bench(STRICT);
    const [out] = bench.send(udp({ src: CLIENT, dst: '64:ff9b::8.8.8.8' }, 5, 6)).out;
    const port = ((out?.[20] ?? 0) << 8) | (out?.[21] ?? 0);
    const to = pool4Source(out);
    expect(bench.send(udp({ src: '8.8.8.8', dst: to }, 6, port)).verdict).toBe('translated');
    expect(bench.send(udp({ src: '10.0.0.1', dst: to }, 6, port)).reason).toBe('dropNonGlobal');
    const { reason, out: errors } = bench.send(udp({ src: CLIENT, dst: '64:ff9b::10.0.0.1' }, 5, 6));
    expect([reason, errors[0]?.[40], errors[0]?.[41]]).toEqual(['answerNonGlobal', 1, 1]);
  });

  it('s3.1-no-error-about-an-error, and none beyond the rate', () => {
    const bench = new Bench({ ...STRICT, icmpErrorsPerSecond: 1 });
    const quoted = udp({ src: '64:ff9b::10.0.0.1', dst: CLIENT }, 5, 6);
    const error = bench.send(icmpError({ src: CLIENT, dst: '64:ff9b::10.0.0.1' }, 1, 0, 0, quoted));
    expect([error.reason, error.out.length]).toEqual(['dropNonGlobal', 0]);
    const reasons = [1, 2].map((port) => bench.send(udp({ src: CLIENT, dst: '64:ff9b::10.0.0.1' }, port, 6)).reason);
    expect(reasons).toEqual(['answerNonGlobal', 'dropErrorRate']);
  });

  it('s3.1-documentation-networks-belong-to-an-example', () => {
    const example = new Bench(STRICT);
    const real = new Bench({ ...STRICT, pool4: [{ ...POOL4, prefix: '5.5.5.0/28' }] });
    for (const server of ['192.0.2.200', '198.51.100.7', '203.0.113.9']) {
      const packet = udp({ src: CLIENT, dst: `64:ff9b::${server}` }, 5, 6);
      expect(example.send(packet).verdict).toBe('translated');
      expect(real.send(packet).reason).toBe('answerNonGlobal');
      expect(send(packet, { pool6: POOL6 }).reason).toBe('answerNonGlobal');
    }
  });

  it('s3.1-error-from-a-private-router', () => {
    const bench = new Bench(STRICT);
    const [out = new Uint8Array()] = bench.send(udp({ src: CLIENT, dst: '64:ff9b::8.8.8.8' }, 5, 6)).out;
    const error = icmpError({ src: '10.0.0.1', dst: pool4Source(out) }, 3, 4, 1400, out);
    const [translated] = bench.send(error).out;
    expect(formatIp(translated?.slice(8, 24) ?? [])).toBe('2001:db8::64');
    const [other] = send(
      icmpError({ src: '10.0.0.1', dst: '1.0.0.5' }, 3, 4, 1400, udp({ src: '1.0.0.5', dst: '8.8.8.8' }, 5, 6)),
      { pool6: POOL6 },
    ).out;
    expect(other?.slice(8, 24)).toEqual(Uint8Array.from(parseIp('2001:db8:1c0:2:1::')));
  });

  it('s3.1-other-prefixes-are-free', () => {
    for (const prefix of ['64:ff9b:1:fffe::/96', '2001:db8:64::/96', '64:ff9b:0:1::/96']) {
      const dst = prefix.replace('::/96', '::10.0.0.1');
      expect(send(udp({ src: CLIENT, dst }, 5, 6), { pool6: [prefix] }).verdict).toBe('translated');
      expect(new Bench({ allowNonGlobal: false, pool6: [prefix] }).send(udp({ src: CLIENT, dst }, 5, 6)).verdict).toBe(
        'translated',
      );
    }
  });

  it('s3.1-pool4-that-is-not-global-hairpins', () => {
    const bench = new Bench({ ...STRICT, pool4: [POOL4] });
    const [out] = bench.send(udp({ src: CLIENT, dst: '64:ff9b::8.8.8.8' }, 5, 6)).out;
    const port = ((out?.[20] ?? 0) << 8) | (out?.[21] ?? 0);
    const dst = `64:ff9b::${pool4Source(out)}`;
    expect(bench.send(udp({ src: '2001:db8:3::6', dst }, 7, port)).verdict).toBe('hairpinned');
  });

  it('s5.1-sources-inside-pool6-and-martians', () => {
    const bench = new Bench();
    expect(bench.send(udp({ src: '64:ff9b::8.8.8.8', dst: '64:ff9b::8.8.4.4' }, 5, 6)).reason).toBe(
      'dropSourceInPool6',
    );
    expect(bench.send(udp({ src: CLIENT, dst: '64:ff9b::224.0.0.1' }, 5, 6)).reason).toBe('dropNonGlobal');
    const options = { pool6: POOL6 };
    expect(send(udp({ src: CLIENT, dst: '64:ff9b::224.0.0.1' }, 5, 6), options).reason).toBe('dropNonGlobal');
    for (const src of ['ff02::1', '::', '::1', 'fe80::5', 'febf:ffff::5']) {
      expect(bench.send(udp({ src, dst: '64:ff9b::8.8.8.8' }, 5, 6)).reason).toBe('dropBadSource');
      expect(send(udp({ src, dst: '64:ff9b::8.8.8.8' }, 5, 6), { pool6: POOL6 }).reason).toBe('dropBadSource');
    }
    for (const src of ['fe7f::5', 'fec0::5', '::2', 'fe00::1']) {
      expect(bench.send(udp({ src, dst: '64:ff9b::8.8.8.8' }, 5, 6)).verdict).toBe('translated');
    }
    expect(send(udp({ src: '127.0.0.1', dst: '1.0.0.5' }, 5, 6)).reason).toBe('dropBadSource');
  });
});
