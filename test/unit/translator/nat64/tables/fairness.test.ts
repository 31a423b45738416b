import { describe, expect, it } from 'vitest';
import type { Nat64Options } from '../../../../../src/translator/options.ts';
import { Counter } from '../../../../../src/translator/counters.ts';
import { formatIp } from '../../oracle-address.ts';
import { FLAGS, tcp, udp } from '../../packets.ts';
import { Bench, OPTIONS } from '../bench-of-one.ts';

/*
 * Who gets what is left of the tables and ports when some want all of it; docs/decisions/0081-limits-and-fairness.md.
 */

const SERVER = '64:ff9b::198.51.100.7';
/** As the cluster file has them, over tables that fill soon: 4096 sessions, and 4096 ports of each protocol. */
const DEFAULTS = {
  sharePerClient: 25,
  sharePerNetwork: 75,
  reserve: 6,
  sessionsFromOutsidePerClient: 100,
};
const POOL4 = [
  { prefix: '192.0.2.0/32', ports: [1024, 5119], protocols: ['tcp', 'udp', 'icmp'], clients: [] },
] as const;

function bench(limits: object = {}, options: Partial<Nat64Options> = {}): Bench {
  const tables = { ...OPTIONS.limits, sessions: 16_384, bibEntries: 16_384, ...DEFAULTS, ...limits };
  return new Bench({ pool4: POOL4, slots: 1, limits: tables, icmpErrorsPerSecond: 0, ...options });
}

/** Address `number` of the network: each of a /64 of its own. */
function host(network: number, number: number): string {
  return `2001:db8:${network.toString(16)}:${number.toString(16)}::1`;
}

const datagram = (src: string, port: number, to = SERVER): Uint8Array => udp({ src, dst: to }, port, 53);

/** Sends datagrams, each from the next port of a client. @returns how many were translated */
function flood(one: Bench, src: (index: number) => string, count: number, first = 0): number {
  let passed = 0;
  for (let index = first; index < first + count; index++) {
    const { verdict } = one.send(datagram(src(index), 1 + (index % 65_000)));
    if (verdict === 'translated') passed += 1;
    // As a worker does between two bursts.
    if (index % 64 === 0) turn(one);
  }
  return passed;
}

function turn(one: Bench): void {
  one.translator.tick(one.nowMs, 256);
  one.records();
}

function answered(one: Bench, src: string, port: number): void {
  const [out] = one.send(datagram(src, port)).out;
  const back = udp({ src: '198.51.100.7', dst: formatIp(out.slice(12, 16)) }, 53, (out[20] << 8) | out[21]);
  expect(one.send(back).verdict).toBe('translated');
}

const counted = (one: Bench, name: keyof typeof Counter): number => one.translator.counters.values[Counter[name]];

describe('shares', () => {
  it('rfc6888-req4-one-client-gets-its-share-of-the-ports-and-others-theirs', () => {
    const one = bench();
    expect(flood(one, () => host(1, 1), 3000)).toBe(1024);
    expect(one.send(datagram(host(1, 1), 60_000)).reason).toBe('dropErrorRate');
    expect(flood(one, () => host(1, 2), 3000)).toBe(1024);
  });

  it('one network gets its share, however many clients it has, and another one the rest', () => {
    const one = bench();
    expect(flood(one, (index) => host(1, index), 4096)).toBe(3072);
    expect(flood(one, (index) => host(2, index), 50)).toBe(50);
  });

  it('are of the sessions too, where ports are not what runs short', () => {
    const one = bench({ sessions: 4096, reserve: 0 });
    const opened = Array.from({ length: 2000 }, (_, index) =>
      one.send(datagram(host(1, 1), 5, `64:ff9b::198.51.${100 + (index >> 8)}.${index & 255}`)),
    ).filter(({ verdict }) => verdict === 'translated').length;
    expect(opened).toBe(1024);
  });

  it('say which limit it was', () => {
    const one = bench({}, { icmpErrorsPerSecond: Number.POSITIVE_INFINITY });
    flood(one, () => host(1, 1), 1024);
    const refused = one.send(datagram(host(1, 1), 60_000));
    expect([refused.reason, refused.out[0][40], refused.out[0][41]]).toEqual(['answerClientLimit', 1, 1]);
    flood(one, (index) => host(1, index), 2048, 2);
    const network = one.send(datagram(host(1, 9000), 1));
    expect([network.reason, network.out[0][40], network.out[0][41]]).toEqual(['answerNetworkLimit', 1, 1]);
  });

  it('come back with what ends', () => {
    const one = bench();
    flood(one, (index) => host(1, index), 4096);
    one.wait(430_000);
    one.records();
    one.wait(130_000);
    expect(flood(one, (index) => host(1, index), 4096)).toBe(3072);
  });
});

describe('what runs short', () => {
  /** Three networks want everything, and have answers: nothing may give way. */
  function full(): Bench {
    const one = bench();
    for (let index = 0; index < 1400; index++) {
      for (const network of [1, 2, 3]) {
        const [out] = one.send(datagram(host(network, index), 7)).out;
        if (out === undefined || out[0] >> 4 !== 4) continue;
        one.send(udp({ src: '198.51.100.7', dst: formatIp(out.slice(12, 16)) }, 53, (out[20] << 8) | out[21]));
      }
      turn(one);
    }
    return one;
  }

  it('keeps a reserve for clients of networks that hold few', () => {
    const one = full();
    expect(counted(one, 'sessionsGaveWay')).toBe(0);
    expect(one.translator.bibCount).toBe(4096 - 245);
    expect(flood(one, (index) => host(1, index), 50, 5000)).toBe(0);
    expect(flood(one, (index) => host(9, index), 50)).toBe(50);
  });

  it('rfc6888-req11-no-established-session-is-evicted', () => {
    const one = full();
    one.wait(10_000);
    flood(one, (index) => host(8, index), 5000);
    for (let index = 0; index < 1200; index++) {
      expect(one.send(datagram(host(1, index), 7)).verdict).toBe('translated');
    }
    expect(counted(one, 'bibDeleted')).toBe(counted(one, 'sessionsGaveWay'));
  });

  it('has what nobody answered give way, of many networks at once, and established ones stay', () => {
    const one = bench();
    answered(one, host(0xfff, 1), 9);
    one.send(tcp({ src: host(0xfff, 1), dst: SERVER }, 9, 80, FLAGS.syn));
    // Spoofed: each from another /48, 1000 in a second; 4096 ports are gone in four seconds.
    for (let second = 0; second < 15; second++) {
      flood(one, (index) => host(0x1000 + index, index & 0xffff), 1000, 1000 * second);
      one.nowMs += 1000;
      turn(one);
      for (let port = 0; port < 5; port++) {
        expect(one.send(datagram(host(0xffe, 1), 10 + 5 * second + port)).verdict).toBe('translated');
      }
    }
    expect(counted(one, 'sessionsGaveWay')).toBeGreaterThan(5000);
    expect(one.translator.store.entries.findByClient(17, 0x2001_0db8, 0x0fff_0001, 0, 1, 9)).toBeGreaterThanOrEqual(0);
  });

  it('has nothing give way that is younger than four seconds, or while there is enough', () => {
    const one = bench();
    flood(one, (index) => host(index, 1), 3600);
    expect(counted(one, 'sessionsGaveWay')).toBe(0);
    one.nowMs += 3900;
    flood(one, (index) => host(index, 2), 200);
    expect(counted(one, 'sessionsGaveWay')).toBe(0);
    // Behind a look at the whole table that found nothing there is a pause of a second.
    one.nowMs += 1200;
    for (let step = 0; step < 10; step++) turn(one);
    expect(counted(one, 'sessionsGaveWay')).toBeGreaterThan(0);
  });

  it('keeps everything where there is no reserve', () => {
    const one = bench({ reserve: 0, sharePerNetwork: 100, sharePerClient: 100 });
    expect(flood(one, (index) => host(index, 1), 5000)).toBe(4096);
    one.nowMs += 10_000;
    turn(one);
    expect([one.translator.bibCount, counted(one, 'sessionsGaveWay')]).toEqual([4096, 0]);
  });
});

describe('sessions that are opened from outside', () => {
  const STRANGERS = 2000;

  function mapped(one: Bench): { dst: string; port: number } {
    const [out] = one.send(datagram(host(1, 1), 7)).out;
    return { dst: formatIp(out.slice(12, 16)), port: (out[20] << 8) | out[21] };
  }

  it('have a limit of their own: those of the client go on, and packets of strangers too', () => {
    const one = bench({ sessionsPerClient: 150 });
    const { dst, port } = mapped(one);
    for (let index = 0; index < STRANGERS; index++) {
      const src = `203.0.${113 + (index >> 8)}.${index & 255}`;
      expect(one.send(udp({ src, dst }, 1000 + index, port)).verdict).toBe('translated');
    }
    expect(one.translator.sessionCount).toBe(101);
    expect(counted(one, 'translatedWithoutSession')).toBe(STRANGERS - 100);
    const own = Array.from({ length: 40 }, (_, index) => one.send(datagram(host(1, 1), 100 + index)));
    expect(own.filter(({ verdict }) => verdict === 'translated')).toHaveLength(40);
    // The client answers one of those without a session: that is a session of its own.
    expect(one.send(udp({ src: host(1, 1), dst: '64:ff9b::203.0.113.250' }, 7, 5)).verdict).toBe('translated');
  });

  it('refuse TCP at the limit, which needs a session', () => {
    const one = bench({}, { icmpErrorsPerSecond: Number.POSITIVE_INFINITY });
    const [out] = one.send(tcp({ src: host(1, 1), dst: SERVER }, 7, 80, FLAGS.syn)).out;
    const [dst, port] = [formatIp(out.slice(12, 16)), (out[20] << 8) | out[21]];
    const reasons = Array.from({ length: 102 }, (_, index) =>
      one.send(tcp({ src: '203.0.113.9', dst }, 1000 + index, port, FLAGS.syn)),
    ).map(({ reason }) => reason);
    expect(reasons.slice(99)).toEqual(['', 'answerOutsideLimit', 'answerOutsideLimit']);
  });

  it('are told to other nodes as such, and count there the same', () => {
    const one = bench({ sessionsPerClient: 150 });
    const { dst, port } = mapped(one);
    for (let index = 0; index < 100; index++) one.send(udp({ src: '203.0.113.9', dst }, 1000 + index, port));
    const other = bench({ sessionsPerClient: 100 }, { slot: 2, slots: 2 });
    other.translator.setPeerAlive(1, true);
    other.apply(one.records());
    other.translator.setPeerAlive(1, false);
    other.translator.takeOver(1);
    other.wait(1000);
    expect(other.translator.sessionCount).toBe(101);
    for (let index = 0; index < 40; index++) {
      expect(other.send(datagram(host(1, 1), 100 + index)).verdict).toBe('translated');
    }
    other.send(udp({ src: '203.0.113.9', dst }, 5000, port));
    expect(counted(other, 'translatedWithoutSession')).toBe(1);
  });
});
