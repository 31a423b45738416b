import { describe, expect, it } from 'vitest';
import { ShardMap } from '../../../../../src/translator/nat64/ports/shard-map.ts';
import type { Nat64Options } from '../../../../../src/translator/options.ts';
import { formatIp } from '../../oracle-address.ts';
import { echo, FLAGS, packet, tcp, udp } from '../../packets.ts';
import { Bench, OPTIONS, type Outcome } from '../bench-of-one.ts';
import { fragment6 } from '../packet/cut-packets.ts';
import { met, previewed } from './both.ts';

const CLIENT = '2001:db8::5';
const SERVER = '198.51.100.7';
const STRANGER = '203.0.113.9';
const OUT = { src: CLIENT, dst: `64:ff9b::${SERVER}` };
const { ack, syn } = FLAGS;
const MAPPING = 'mapping 2001:db8::5 5000';

/** The transport address that stands for a client. */
function mapped({ out: [sent] }: Outcome): { dst: string; port: number } {
  const at = sent[9] === 1 ? 24 : 20;
  return { dst: formatIp(sent.slice(12, 16)), port: (sent[at] << 8) | sent[at + 1] };
}

function opened(bench: Bench, protocol: 'tcp' | 'udp'): { dst: string; port: number } {
  return mapped(bench.send(protocol === 'tcp' ? tcp(OUT, 5000, 80, syn) : udp(OUT, 5000, 80)));
}

describe('the preview of a packet from the IPv4 side', () => {
  it('has the mapping and the session that it is for', () => {
    const bench = new Bench();
    const { dst, port } = opened(bench, 'udp');
    const steps = [MAPPING, `session ${SERVER} 80`];
    expect(met(bench, udp({ src: SERVER, dst }, 80, port))).toEqual({ verdict: 'translated', reason: '', steps });
    expect(met(bench, udp({ src: STRANGER, dst }, 80, port)).steps).toEqual([MAPPING, 'newSession']);
    const ping = new Bench();
    const { dst: address, port: identifier } = mapped(ping.send(echo(OUT, 128, 5000)));
    expect(met(ping, echo({ src: SERVER, dst: address }, 0, identifier)).steps).toEqual([
      MAPPING,
      `session ${SERVER} 0`,
    ]);
  });

  it('has none where no client has the port: only a SYN waits', () => {
    const bench = new Bench({ pool4: [{ ...OPTIONS.pool4[0], ports: [2000, 3000] }], slots: 1 });
    const to = { src: SERVER, dst: '192.0.2.3' };
    expect(met(bench, tcp(to, 80, 2500, syn))).toEqual({ verdict: 'held', reason: 'heldSyn', steps: [] });
    for (const bytes of [udp(to, 80, 2500), tcp(to, 80, 2500, ack), tcp(to, 80, 3001, syn), echo(to, 8, 2500)]) {
      expect(met(bench, bytes)).toEqual({ verdict: 'dropped', reason: 'dropNoMapping', steps: [] });
    }
    const closed = new Bench({ dropExternallyInitiatedTcp: true });
    expect(met(closed, tcp(to, 80, 2500, syn)).reason).toBe('dropFiltered');
  });

  it('has what a filter says of strangers', () => {
    const bench = new Bench({ addressDependentFiltering: true });
    const { dst, port } = opened(bench, 'udp');
    expect(met(bench, udp({ src: STRANGER, dst }, 80, port))).toEqual({
      verdict: 'error',
      reason: 'answerFiltered',
      steps: [MAPPING],
    });
    expect(met(bench, udp({ src: SERVER, dst }, 99, port)).verdict).toBe('translated');
    const strict = new Bench({ addressDependentFiltering: true });
    const to = opened(strict, 'tcp');
    expect(met(strict, tcp({ src: STRANGER, dst: to.dst }, 80, to.port, syn)).reason).toBe('heldSyn');
    expect(met(strict, tcp({ src: STRANGER, dst: to.dst }, 81, to.port, ack)).reason).toBe('answerFiltered');
    const closed = new Bench({ dropExternallyInitiatedTcp: true });
    const at = opened(closed, 'tcp');
    expect(met(closed, tcp({ src: STRANGER, dst: at.dst }, 80, at.port, syn)).reason).toBe('dropFiltered');
    const open = new Bench();
    const of = opened(open, 'tcp');
    expect(met(open, tcp({ src: STRANGER, dst: of.dst }, 80, of.port, ack)).steps).toEqual([MAPPING, 'noSession']);
    expect(met(open, tcp({ src: STRANGER, dst: of.dst }, 80, of.port, syn)).steps).toEqual([MAPPING, 'newSession']);
  });

  it('has the limit of sessions that others open, with which datagrams go on without one', () => {
    const limits = { ...OPTIONS.limits, sessionsFromOutsidePerClient: 1 };
    const bench = new Bench({ limits });
    const { dst, port } = opened(bench, 'udp');
    expect(met(bench, udp({ src: STRANGER, dst }, 1, port)).steps).toEqual([MAPPING, 'newSession']);
    expect(met(bench, udp({ src: STRANGER, dst }, 2, port)).steps).toEqual([MAPPING, 'noSession']);
    const tight = new Bench({ limits });
    const to = opened(tight, 'tcp');
    tight.send(tcp({ src: STRANGER, dst: to.dst }, 1, to.port, syn));
    expect(met(tight, tcp({ src: STRANGER, dst: to.dst }, 2, to.port, syn)).reason).toBe('answerOutsideLimit');
  });

  it('has that the table of sessions is full', () => {
    const bench = new Bench({ limits: { ...OPTIONS.limits, sessions: 1 } });
    const { dst, port } = opened(bench, 'udp');
    expect(met(bench, udp({ src: STRANGER, dst }, 1, port)).reason).toBe('answerSessionLimit');
  });

  it('has that the client’s sessions are over, though nothing has ended them yet', () => {
    const bench = new Bench();
    const { dst, port } = opened(bench, 'udp');
    bench.nowMs += 300_000;
    expect(met(bench, udp({ src: SERVER, dst }, 80, port)).reason).toBe('dropNoMapping');
    const fixed = new Bench({ static: [{ protocol: 'udp', v6: CLIENT, port6: 5000, v4: '192.0.2.3', port4: 53 }] });
    expect(met(fixed, udp({ src: SERVER, dst: '192.0.2.3' }, 80, 53)).steps).toEqual([MAPPING, 'newSession']);
  });

  it('has what refuses it', () => {
    const bench = new Bench({ allowNonGlobal: false, mtu6: 1280 });
    const { dst, port } = opened(bench, 'udp');
    const reason = (bytes: Uint8Array): string => met(bench, bytes).reason;
    expect(reason(udp({ src: SERVER, dst, hops: 1 }, 80, port))).toBe('answerTtl');
    expect(reason(udp({ src: '127.0.0.1', dst }, 80, port))).toBe('dropBadSource');
    expect(reason(udp({ src: '10.0.0.1', dst }, 80, port))).toBe('dropNonGlobal');
    expect(reason(udp({ src: SERVER, dst: '192.0.3.1' }, 80, port))).toBe('dropNotForUs4');
    expect(reason(udp({ src: SERVER, dst }, 80, port, Array(1300).fill(1)))).toBe('answerTooBig');
  });

  it('goes on in fragments where it is too long for IPv6 and may be cut', () => {
    const bench = new Bench({ mtu6: 1280 });
    const { dst, port } = opened(bench, 'udp');
    const long = udp({ src: SERVER, dst, dontFragment: false }, 80, port, Array(1400).fill(1));
    expect(met(bench, long).verdict).toBe('translated');
    expect(bench.translator.preview(long, bench.nowMs).out).toHaveLength(2);
  });

  it('has that a record of another node is waited for', () => {
    const bench = new Bench({ slot: 1, slots: 2 });
    const to = { src: SERVER, dst: '192.0.2.3' };
    const steps = (port: number): readonly string[] => previewed(bench, udp(to, 80, port)).steps;
    expect(steps(60_000)).toEqual([]);
    bench.translator.setPeerAlive(2, true);
    expect([steps(60_000), steps(2000), steps(80)]).toEqual([['waitsForRecord'], [], []]);
  });
});

describe('the preview of a hairpin', () => {
  it('has both halves', () => {
    const bench = new Bench();
    const { dst, port } = opened(bench, 'udp');
    const other = { src: '2001:db8::6', dst: `64:ff9b::${dst}` };
    expect(met(bench, udp(other, 7, port))).toEqual({
      verdict: 'hairpinned',
      reason: '',
      steps: ['newMapping', 'newSession', 'hairpin', MAPPING, 'newSession'],
    });
    expect(met(bench, udp(other, 7, port + 1)).reason).toBe('dropNoMapping');
    // From its own mapping to its own mapping.
    expect(met(bench, udp({ src: CLIENT, dst: `64:ff9b::${dst}` }, 5000, port)).verdict).toBe('hairpinned');
  });

  it('has the session that the first half takes, where only one is left', () => {
    const limits = { ...OPTIONS.limits, sessions: 2 };
    const bench = new Bench({ limits });
    const { dst, port } = opened(bench, 'udp');
    expect(met(bench, udp({ src: '2001:db8::6', dst: `64:ff9b::${dst}` }, 7, port)).reason).toBe('answerSessionLimit');
  });

  it('has a hop less left behind its first half', () => {
    const bench = new Bench();
    const { dst, port } = opened(bench, 'udp');
    const other = { src: '2001:db8::6', dst: `64:ff9b::${dst}` };
    expect(met(bench, udp({ ...other, hops: 2 }, 7, port)).reason).toBe('answerTtl');
    expect(met(bench, udp({ ...other, hops: 3 }, 8, port)).verdict).toBe('hairpinned');
  });

  it('ends at another shard', () => {
    const pool4: Nat64Options['pool4'] = [{ ...OPTIONS.pool4[0], prefix: '192.0.2.0/32', ports: [1000, 1999] }];
    const options = { ...OPTIONS, pool4, slots: 1, shard: { index: 0, count: 2 } };
    const bench = new Bench(options);
    bench.translator.useShards(new ShardMap(options, 2), () => undefined);
    const to = (port: number): Uint8Array => udp({ src: '2001:db8::6', dst: '64:ff9b::192.0.2.0' }, 7, port);
    expect(previewed(bench, to(1700))).toEqual({
      verdict: 'translated',
      reason: '',
      steps: ['newMapping', 'newSession', 'hairpin', 'otherShard 1'],
    });
    expect(previewed(bench, to(1200))).toEqual({
      verdict: 'dropped',
      reason: 'dropNoMapping',
      steps: ['newMapping', 'newSession', 'hairpin'],
    });
  });
});

describe('what is not previewed', () => {
  it('is a fragment, an ICMP error and another protocol', () => {
    const bench = new Bench();
    const { dst } = opened(bench, 'udp');
    const parts = [
      fragment6(udp(OUT, 5000, 80, Array(40).fill(1)), 0, 24),
      packet(OUT, 132, [0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0], 8),
      packet({ src: SERVER, dst }, 132, [0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0], 8),
    ];
    for (const bytes of parts) {
      expect(previewed(bench, bytes)).toEqual({ verdict: 'dropped', reason: 'dropUnknownIcmp', steps: [] });
    }
  });

  it('is how the kernel has joined it: only that each of its parts fits', () => {
    const bench = new Bench({ mtu4: 1000 });
    const long = tcp(OUT, 5000, 80, syn, Array(3000).fill(1));
    expect(bench.translator.preview(long, bench.nowMs).verdict).toBe('error');
    const joined = { partialChecksum: true, gsoType: 4, gsoSize: 500 };
    expect(bench.translator.preview(long, bench.nowMs, joined).verdict).toBe('translated');
  });
});

describe('the preview of a SYN that meets one that waits', () => {
  it('has the port that the other went to', () => {
    const bench = new Bench({ slots: 1 });
    bench.send(tcp({ src: SERVER, dst: '192.0.2.3' }, 80, 2222, syn));
    expect(met(bench, tcp(OUT, 5000, 80, syn)).steps).toEqual(['newMapping', 'newSession']);
    expect(bench.translator.store.entries.findByPool4(6, 0xc000_0203, 2222)).toBeGreaterThanOrEqual(0);
  });
});
