import { describe, expect, it } from 'vitest';
import { udp } from '../../packets.ts';
import { Bench, OPTIONS } from '../bench-of-one.ts';

const bench = (limits: object): Bench => new Bench({ limits: { ...OPTIONS.limits, ...limits } });
const from = (src: string, port: number, to = 7): Uint8Array =>
  udp({ src, dst: `64:ff9b::198.51.100.${to}` }, port, 53);

describe('limits of a client', () => {
  it('rfc6888-req4-sessions-of-one-prefix-are-bounded-and-answered-with-prohibited', () => {
    const one = bench({ sessionsPerClient: 2 });
    expect(one.send(from('2001:db8::1', 1000)).verdict).toBe('translated');
    expect(one.send(from('2001:db8::2', 1000)).verdict).toBe('translated');
    const refused = one.send(from('2001:db8::1', 1000, 8));
    expect([refused.verdict, refused.reason]).toEqual(['error', 'answerClientLimit']);
    expect([refused.out[0][40], refused.out[0][41]]).toEqual([1, 1]);
    expect(one.send(from('2001:db8::1', 1000)).verdict).toBe('translated');
    expect(one.send(from('2001:db8:0:1::1', 1000)).verdict).toBe('translated');
  });

  it('rfc6888-req4-ports-are-bounded-and-given-back', () => {
    const one = bench({ portsPerClient: 1 });
    expect(one.send(from('2001:db8::1', 1000)).verdict).toBe('translated');
    expect(one.send(from('2001:db8::1', 1000, 8)).verdict).toBe('translated');
    expect(one.send(from('2001:db8::1', 1001)).reason).toBe('answerClientLimit');
    one.wait(302_000);
    one.records();
    expect(one.send(from('2001:db8::1', 1001)).verdict).toBe('translated');
  });

  it('new sessions come at no more than the rate, with a second’s worth at once', () => {
    const one = bench({ newSessionsPerSecondPerClient: 2 });
    const try3 = (first: number): string[] =>
      [0, 1, 2].map((step) => one.send(from('2001:db8::1', first + step)).verdict);
    expect(try3(1000)).toEqual(['translated', 'translated', 'error']);
    one.nowMs += 500;
    expect(try3(2000)).toEqual(['translated', 'error', 'error']);
    one.nowMs += 10_000;
    expect(try3(3000)).toEqual(['translated', 'translated', 'error']);
  });
});

describe('limits of a client that change while sessions go on', () => {
  const limited = (limits: object) => ({ ...OPTIONS, limits: { ...OPTIONS.limits, ...limits } });

  it('count what there is already, and end nothing', () => {
    const one = bench({});
    for (let port = 1000; port < 1005; port++) expect(one.send(from('2001:db8::1', port)).verdict).toBe('translated');
    expect(one.translator.reconfigure(limited({ sessionsPerClient: 5 }))).toEqual([]);
    expect(one.send(from('2001:db8::1', 1000)).verdict).toBe('translated');
    expect(one.send(from('2001:db8::2', 2002)).reason).toBe('answerClientLimit');
    expect(one.send(from('2001:db8:0:1::1', 2002)).verdict).toBe('translated');
    one.wait(302_000);
    one.records();
    expect(one.send(from('2001:db8::1', 2002)).verdict).toBe('translated');
  });

  it('are lifted, lowered and raised at once', () => {
    const one = bench({ sessionsPerClient: 2 });
    const opened = (first: number): number =>
      [0, 1, 2, 3].filter((step) => one.send(from('2001:db8::1', first + step)).verdict === 'translated').length;
    expect(opened(1000)).toBe(2);
    expect(one.translator.reconfigure(limited({ sessionsPerClient: 3 }))).toEqual([]);
    expect(opened(2000)).toBe(1);
    expect(one.translator.reconfigure(limited({}))).toEqual([]);
    expect(opened(3000)).toBe(4);
    expect(one.translator.reconfigure(limited({ sessionsPerClient: 1 }))).toEqual([]);
    expect(opened(4000)).toBe(0);
  });

  it.each(['sessions', 'bibEntries', 'clientPrefixLength', 'networkPrefixLength', 'fragmentsHeld'] as const)(
    'need a restart: %s',
    (key) => {
      expect(bench({}).translator.reconfigure(limited({ [key]: 33 }))).toEqual([
        `${key}: the tables have their size from the start`,
      ]);
    },
  );
});
