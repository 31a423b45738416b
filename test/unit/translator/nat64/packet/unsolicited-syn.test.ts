import { describe, expect, it } from 'vitest';
import { MAX_HELD_SYNS } from '../../../../../src/translator/nat64/packet/held-syns.ts';
import type { Nat64Options } from '../../../../../src/translator/options.ts';
import { formatIp } from '../../oracle-address.ts';
import { checksumsAreRight, FLAGS, tcp, udp } from '../../packets.ts';
import { Bench } from '../bench-of-one.ts';
import { allSessions } from '../tables/walked.ts';

const POOL4 = '192.0.2.5';
const SERVER = '198.51.100.7';
const CLIENT = '2001:db8::5';
const fromServer = { src: SERVER, dst: POOL4 };

/** The only port of the pool, so that the client's mapping is known before it is made. */
const ONE_PORT: Partial<Nat64Options> = {
  pool4: [{ prefix: `${POOL4}/32`, ports: [2000, 2000], protocols: ['tcp', 'udp', 'icmp'], clients: [] }],
  slots: 1,
};

describe('an unsolicited SYN', () => {
  it('s3.5.2.2-is-held-and-answered-with-port-unreachable-after-six-seconds', () => {
    const bench = new Bench();
    const syn = tcp(fromServer, 80, 4000, FLAGS.syn);
    const sent = bench.send(syn);
    expect([sent.verdict, sent.reason, sent.out]).toEqual(['held', 'heldSyn', []]);
    expect(bench.emitted(5999)).toEqual([]);
    const [error, ...more] = bench.emitted(1);
    expect(more).toEqual([]);
    expect(checksumsAreRight(error)).toBe(true);
    expect(formatIp(error.slice(16, 20))).toBe(SERVER);
    expect([error[9], error[20], error[21]]).toEqual([1, 3, 3]);
    expect(error.slice(28)).toEqual(syn);
    expect(bench.emitted(60_000)).toEqual([]);
  });

  it('s3.5.2.2-meets-the-client’s-own-and-the-connection-is-established', () => {
    const bench = new Bench(ONE_PORT);
    expect(bench.send(tcp(fromServer, 80, 2000, FLAGS.syn)).verdict).toBe('held');
    expect(bench.send(tcp({ src: CLIENT, dst: `64:ff9b::${SERVER}` }, 4000, 80, FLAGS.syn)).verdict).toBe('translated');
    expect(allSessions(bench.translator.store, bench.nowMs).map(({ state }) => state)).toEqual(['established']);
    expect(bench.emitted(60_000)).toEqual([]);
    expect(bench.send(tcp(fromServer, 80, 2000, FLAGS.syn)).verdict).toBe('translated');
  });

  it('that is too late for the client’s own leaves it waiting for an answer', () => {
    const bench = new Bench(ONE_PORT);
    bench.send(tcp(fromServer, 80, 2000, FLAGS.syn));
    bench.nowMs += 6000;
    bench.send(tcp({ src: CLIENT, dst: `64:ff9b::${SERVER}` }, 4000, 80, FLAGS.syn));
    expect(allSessions(bench.translator.store, bench.nowMs).map(({ state }) => state)).toEqual(['v6Init']);
  });

  it('is held once, however often it is repeated', () => {
    const bench = new Bench();
    for (let count = 0; count < 3; count++) {
      expect(bench.send(tcp(fromServer, 80, 4000, FLAGS.syn)).verdict).toBe('held');
    }
    expect(bench.emitted(20_000)).toHaveLength(1);
  });

  it('is refused when as many as allowed are held, and let in again later', () => {
    const bench = new Bench();
    for (let port = 1; port <= MAX_HELD_SYNS; port++) {
      expect(bench.send(tcp(fromServer, port, 4000, FLAGS.syn)).verdict).toBe('held');
    }
    const refused = bench.send(tcp(fromServer, 5000, 4000, FLAGS.syn));
    expect([refused.verdict, refused.reason]).toEqual(['dropped', 'dropSynTable']);
    expect(bench.emitted(6000)).toHaveLength(MAX_HELD_SYNS);
    expect(bench.send(tcp(fromServer, 5000, 4000, FLAGS.syn)).verdict).toBe('held');
  });

  it('is dropped where connections from outside are not wanted', () => {
    const bench = new Bench({ dropExternallyInitiatedTcp: true });
    expect(bench.send(tcp(fromServer, 80, 4000, FLAGS.syn)).reason).toBe('dropFiltered');
  });

  it('other segments and datagrams for a free port are dropped', () => {
    const bench = new Bench();
    expect(bench.send(tcp(fromServer, 80, 4000, FLAGS.ack)).reason).toBe('dropNoMapping');
    expect(bench.send(tcp(fromServer, 80, 4000, FLAGS.syn | FLAGS.rst)).reason).toBe('dropNoMapping');
    expect(bench.send(udp(fromServer, 80, 4000)).reason).toBe('dropNoMapping');
    expect(bench.send(tcp(fromServer, 80, 1000, FLAGS.syn)).reason).toBe('dropNoMapping');
  });
});

describe('a client whose SYN meets one that waits', () => {
  const pool = (ports: readonly [number, number], clients: readonly string[] = []): Partial<Nat64Options> => ({
    pool4: [{ prefix: `${POOL4}/32`, ports, protocols: ['tcp', 'udp', 'icmp'], clients }],
    slots: 1,
  });
  const toServer = { src: CLIENT, dst: `64:ff9b::${SERVER}` };
  const portOf = ([packet]: readonly Uint8Array[]): number => (packet[20] << 8) | packet[21];

  it('gets the very port that the other went to, of all that are free', () => {
    const bench = new Bench(pool([2000, 60_000]));
    for (const port of [2222, 33_333]) expect(bench.send(tcp(fromServer, 80, port, FLAGS.syn)).verdict).toBe('held');
    expect(portOf(bench.send(tcp(toServer, 4000, 80, FLAGS.syn)).out)).toBe(2222);
    // The next client meets the other one.
    expect(portOf(bench.send(tcp({ ...toServer, src: '2001:db8::6' }, 4000, 80, FLAGS.syn)).out)).toBe(33_333);
    expect(allSessions(bench.translator.store, bench.nowMs).map(({ state }) => state)).toEqual([
      'established',
      'established',
    ]);
    expect(bench.emitted(10_000)).toEqual([]);
  });

  it('gets any other one where it goes to another port or host, or comes too late', () => {
    const bench = new Bench(pool([2000, 60_000]));
    bench.send(tcp(fromServer, 80, 2222, FLAGS.syn));
    expect(portOf(bench.send(tcp(toServer, 4000, 81, FLAGS.syn)).out)).not.toBe(2222);
    expect(portOf(bench.send(tcp({ ...toServer, dst: '64:ff9b::198.51.100.8' }, 4001, 80, FLAGS.syn)).out)).not.toBe(
      2222,
    );
    bench.nowMs += 6000;
    expect(portOf(bench.send(tcp(toServer, 4002, 80, FLAGS.syn)).out)).not.toBe(2222);
    expect(bench.emitted(1)).toHaveLength(1);
  });

  it('passes over a port that it may not have', () => {
    const bench = new Bench({ ...pool([2000, 60_000]), slots: 2, slot: 2 });
    // Of the other node's slice, and of this one's.
    for (const port of [2222, 55_555]) bench.send(tcp(fromServer, 80, port, FLAGS.syn));
    expect(portOf(bench.send(tcp(toServer, 4000, 80, FLAGS.syn)).out)).toBe(55_555);
  });

  it('leaves the time at which the next one is answered to those that still wait', () => {
    const bench = new Bench(pool([2000, 60_000]));
    expect(bench.translator.nextEmissionMs()).toBe(Number.POSITIVE_INFINITY);
    bench.send(tcp(fromServer, 80, 2222, FLAGS.syn));
    const first = bench.nowMs + 6000;
    bench.nowMs += 1000;
    bench.send(tcp(fromServer, 81, 3333, FLAGS.syn));
    expect(bench.translator.nextEmissionMs()).toBe(first);
    bench.send(tcp(toServer, 4000, 80, FLAGS.syn));
    expect(bench.translator.nextEmissionMs()).toBe(first + 1000);
    bench.send(tcp(toServer, 4001, 81, FLAGS.syn));
    expect(bench.translator.nextEmissionMs()).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('address-dependent filtering', () => {
  const other = '198.51.100.8';

  it('s3.5.2.2-holds-a-SYN-of-a-stranger-for-a-mapping-in-use', () => {
    const bench = new Bench({ addressDependentFiltering: true });
    const [packet] = bench.send(tcp({ src: CLIENT, dst: `64:ff9b::${SERVER}` }, 4000, 80, FLAGS.syn)).out;
    const to = { src: other, dst: formatIp(packet.slice(12, 16)) };
    const port = (packet[20] << 8) | packet[21];
    expect(bench.send(tcp(to, 80, port, FLAGS.syn)).verdict).toBe('held');
    expect(bench.send(tcp(to, 80, port, FLAGS.ack)).reason).toBe('answerFiltered');
  });

  it('s3.5.1-refuses-datagrams-of-strangers-with-administratively-prohibited', () => {
    const bench = new Bench({ addressDependentFiltering: true });
    const [packet] = bench.send(udp({ src: CLIENT, dst: `64:ff9b::${SERVER}` }, 4000, 53)).out;
    const local = formatIp(packet.slice(12, 16));
    const port = (packet[20] << 8) | packet[21];
    const refused = bench.send(udp({ src: other, dst: local }, 53, port));
    expect([refused.verdict, refused.reason]).toEqual(['error', 'answerFiltered']);
    expect([refused.out[0][20], refused.out[0][21]]).toEqual([3, 13]);
    expect(bench.send(udp({ src: SERVER, dst: local }, 999, port)).verdict).toBe('translated');
  });
});
