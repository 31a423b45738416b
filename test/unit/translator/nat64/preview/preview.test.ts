import { describe, expect, it } from 'vitest';
import type { Nat64Options } from '../../../../../src/translator/options.ts';
import { formatIp } from '../../oracle-address.ts';
import { echo, FLAGS, tcp, udp } from '../../packets.ts';
import { Bench, OPTIONS, type Outcome } from '../bench-of-one.ts';
import { met, previewed } from './both.ts';

const CLIENT = '2001:db8::5';
const SERVER = '198.51.100.7';
const OUT = { src: CLIENT, dst: `64:ff9b::${SERVER}` };
const { ack, rst, syn } = FLAGS;
const ALL = ['tcp', 'udp', 'icmp'] as const;

const limited = (limits: Partial<Nat64Options['limits']>, more: Partial<Nat64Options> = {}): Bench =>
  new Bench({ ...more, limits: { ...OPTIONS.limits, ...limits } });
const pool = (prefix: string, first: number, last: number): Partial<Nat64Options> => ({
  pool4: [{ prefix, ports: [first, last], protocols: ALL, clients: [] }],
  slots: 1,
});

/** The transport address that stands for a client. */
function mapped({ out: [packet] }: Outcome): { dst: string; port: number } {
  const at = packet[9] === 1 ? 24 : 20;
  return { dst: formatIp(packet.slice(12, 16)), port: (packet[at] << 8) | packet[at + 1] };
}

describe('the preview of a packet from a client', () => {
  it('has the mapping and the session that would be made, and then those that are there', () => {
    for (const packet of [udp(OUT, 5000, 53, [1]), tcp(OUT, 5000, 53, syn), echo(OUT, 128, 5000, [1])]) {
      const bench = new Bench();
      const remotePort = packet[6] === 58 ? 0 : 53;
      expect(met(bench, packet)).toEqual({ verdict: 'translated', reason: '', steps: ['newMapping', 'newSession'] });
      const steps = ['mapping 2001:db8::5 5000', `session ${SERVER} ${remotePort}`];
      expect(met(bench, packet)).toEqual({ verdict: 'translated', reason: '', steps });
    }
  });

  it('has a new session where the client goes to another port or host', () => {
    const bench = new Bench();
    bench.send(udp(OUT, 5000, 53));
    const steps = ['mapping 2001:db8::5 5000', 'newSession'];
    expect(met(bench, udp(OUT, 5000, 54)).steps).toEqual(steps);
    expect(met(bench, udp({ ...OUT, dst: '64:ff9b::198.51.100.8' }, 5000, 53)).steps).toEqual(steps);
  });

  it('has no session for TCP that opens none', () => {
    const bench = new Bench();
    expect(met(bench, tcp(OUT, 5000, 80, ack))).toEqual({ verdict: 'dropped', reason: 'dropNoSession', steps: [] });
    expect(met(bench, tcp(OUT, 5000, 80, syn | rst)).reason).toBe('dropNoSession');
    bench.send(tcp(OUT, 5000, 80, syn));
    expect(met(bench, tcp(OUT, 5000, 81, ack)).steps).toEqual(['mapping 2001:db8::5 5000', 'noSession']);
  });

  it('has what refuses it', () => {
    const bench = new Bench({ allowNonGlobal: false, mtu4: 1000 });
    const reason = (packet: Uint8Array): [string, string] => {
      const { verdict, reason: name } = met(bench, packet);
      return [verdict, name];
    };
    expect(reason(udp({ ...OUT, hops: 1 }, 1, 2))).toEqual(['error', 'answerTtl']);
    expect(reason(udp({ ...OUT, dst: '64:ff9b::10.0.0.1' }, 1, 2))).toEqual(['error', 'answerNonGlobal']);
    expect(reason(udp({ ...OUT, dst: '64:ff9b::127.0.0.1' }, 1, 2))).toEqual(['dropped', 'dropNonGlobal']);
    expect(reason(udp({ ...OUT, src: '64:ff9b::1.2.3.4' }, 1, 2))).toEqual(['dropped', 'dropSourceInPool6']);
    expect(reason(udp({ ...OUT, dst: '2001:db8:9::1' }, 1, 2))).toEqual(['dropped', 'dropNotForUs6']);
    expect(reason(udp(OUT, 1, 2, Array(1300).fill(1)))).toEqual(['error', 'answerTooBig']);
    expect(reason(udp(OUT, 1, 2).slice(0, 39))).toEqual(['dropped', 'dropTruncated']);
    expect(reason(echo(OUT, 128, 7))).toEqual(['translated', '']);
    const quiet = new Bench({ dropPings: true });
    expect(met(quiet, echo(OUT, 128, 7)).reason).toBe('dropFiltered');
    expect(met(quiet, udp(OUT, 7, 7)).verdict).toBe('translated');
  });

  it('has the port that the client had until a while ago', () => {
    const bench = new Bench();
    const before = mapped(bench.send(udp(OUT, 5000, 53)));
    bench.wait(302_000);
    bench.records();
    expect(met(bench, udp(OUT, 5000, 53)).steps).toEqual(['newMapping again', 'newSession']);
    expect(mapped(bench.send(udp(OUT, 5000, 53)))).toEqual(before);
  });

  it('has none of that port where the pool has lost it', () => {
    const bench = new Bench(pool('192.0.2.0/32', 5000, 5000));
    bench.send(udp(OUT, 5000, 53));
    bench.wait(302_000);
    bench.records();
    bench.translator.reconfigure({ ...bench.options, ...pool('192.0.2.9/32', 5000, 5000) });
    expect(met(bench, udp(OUT, 5000, 53)).steps).toEqual(['newMapping', 'newSession']);
  });

  it('has the end of a session whose time is up, though nothing has ended it yet', () => {
    const bench = new Bench();
    bench.send(udp(OUT, 5000, 53));
    bench.nowMs += 300_000 - 1;
    expect(previewed(bench, udp(OUT, 5000, 53)).steps[1]).toBe(`session ${SERVER} 53`);
    bench.nowMs += 1;
    expect(met(bench, udp(OUT, 5000, 53)).steps).toEqual(['mapping 2001:db8::5 5000', 'newSession']);
    const other = new Bench();
    other.send(tcp(OUT, 5000, 80, syn));
    other.nowMs += 240_000;
    expect(met(other, tcp(OUT, 5000, 80, ack)).reason).toBe('dropNoSession');
  });

  it('has the state of an established connection that has been silent: it is asked first, and has its time again', () => {
    const bench = new Bench();
    const { dst, port } = mapped(bench.send(tcp(OUT, 5000, 80, syn)));
    bench.send(tcp({ src: SERVER, dst }, 80, port, syn | ack));
    bench.nowMs += 7_200_000 + 240_000 - 1;
    expect(previewed(bench, tcp(OUT, 5000, 80, ack)).steps[1]).toBe(`session ${SERVER} 80`);
    bench.nowMs += 1;
    expect(met(bench, tcp(OUT, 5000, 80, ack)).reason).toBe('dropNoSession');
  });

  it('has what the first packet waits for, and how long at most', () => {
    const bench = new Bench({ deferMs: 20 });
    expect(previewed(bench, udp(OUT, 5000, 53)).steps).toEqual(['newMapping', 'newSession']);
    bench.translator.setPeerAlive(2, true);
    expect(previewed(bench, udp(OUT, 5000, 53)).steps).toEqual(['newMapping', 'newSession', 'waitsForPeer 20']);
    bench.send(udp(OUT, 5000, 53));
    expect(previewed(bench, udp(OUT, 5000, 53)).steps).toHaveLength(2);
    const quiet = new Bench({ deferMs: 20, holdBackMs: 50 });
    quiet.translator.setPeerAlive(2, true);
    expect(previewed(quiet, udp(OUT, 5000, 53)).steps).toEqual(['newMapping', 'newSession']);
  });

  it('has that its mapping is on an address that the pool no longer has', () => {
    const bench = new Bench(pool('192.0.2.0/32', 1024, 2000));
    const { dst, port } = mapped(bench.send(udp(OUT, 5000, 53)));
    bench.translator.reconfigure({ ...bench.options, ...pool('192.0.2.9/32', 1024, 2000) });
    expect(met(bench, udp(OUT, 5000, 53)).steps.at(-1)).toBe('retired');
    expect(met(bench, udp({ src: SERVER, dst }, 53, port)).steps[0]).toBe('retired');
  });
});

describe('the preview of a packet that is refused by a limit', () => {
  it('has what the client and its network hold', () => {
    const bench = limited({ sessionsPerClient: 2 });
    bench.send(udp(OUT, 5000, 53));
    bench.send(udp(OUT, 5000, 54));
    bench.send(udp({ ...OUT, src: '2001:db8:0:1::1' }, 5000, 54));
    expect(met(bench, udp(OUT, 5000, 55))).toEqual({
      verdict: 'error',
      reason: 'answerClientLimit',
      steps: ['mapping 2001:db8::5 5000', 'holdings 2/1 of 3/2'],
    });
    expect(met(bench, udp(OUT, 5001, 55)).steps).toEqual(['holdings 2/1 of 3/2']);
    // A session whose time is up does not count.
    bench.nowMs += 290_000;
    bench.send(udp(OUT, 5000, 54));
    bench.nowMs += 20_000;
    expect(met(bench, udp(OUT, 5000, 53)).verdict).toBe('translated');
  });

  it('has the entries of the client', () => {
    const bench = limited({ portsPerClient: 1 });
    bench.send(udp(OUT, 5000, 53));
    expect(met(bench, udp(OUT, 5001, 53)).reason).toBe('answerClientLimit');
    expect(met(bench, udp(OUT, 5000, 54)).verdict).toBe('translated');
  });

  it('has the share of the network, and the reserve', () => {
    const tables = { sessions: 2048, bibEntries: 2048 };
    const shared = limited({ ...tables, sharePerNetwork: 50 });
    for (let port = 0; port < 1024; port++) shared.send(udp(OUT, 1 + port, 53));
    expect(met(shared, udp({ ...OUT, src: '2001:db8:0:1::1' }, 1, 53)).reason).toBe('answerNetworkLimit');
    const kept = limited({ ...tables, reserve: 50 });
    for (let port = 0; port < 1024; port++) kept.send(udp(OUT, 1 + port, 53));
    expect(met(kept, udp(OUT, 2000, 53))).toEqual({
      verdict: 'error',
      reason: 'answerReserved',
      steps: ['holdings 1024/1024 of 1024/1024'],
    });
    expect(met(kept, udp({ ...OUT, src: '2001:db8:9::1' }, 1, 53)).verdict).toBe('translated');
  });

  it('takes nothing of the rate of new sessions', () => {
    const bench = limited({ newSessionsPerSecondPerClient: 2 });
    const verdicts = [1, 2, 3].map((port) => {
      for (let time = 0; time < 5; time++) previewed(bench, udp(OUT, port, 53));
      return met(bench, udp(OUT, port, 53)).verdict;
    });
    expect(verdicts).toEqual(['translated', 'translated', 'error']);
  });

  it('has that no port is left, or none is this node’s to give', () => {
    const bench = new Bench(pool('192.0.2.0/32', 5000, 5000));
    bench.send(udp(OUT, 5000, 53));
    expect(met(bench, udp(OUT, 5001, 53)).reason).toBe('answerPool4Exhausted');
    expect(met(new Bench({ slices: [] }), udp(OUT, 5001, 53)).reason).toBe('answerNoSlice');
  });

  it('has that a table is full', () => {
    const sessions = limited({ sessions: 1 });
    sessions.send(udp(OUT, 5000, 53));
    expect(met(sessions, udp(OUT, 5000, 54)).reason).toBe('answerSessionLimit');
    const entries = limited({ bibEntries: 1 });
    entries.send(udp(OUT, 5000, 53));
    expect(met(entries, udp(OUT, 5001, 53)).reason).toBe('answerSessionLimit');
  });
});
