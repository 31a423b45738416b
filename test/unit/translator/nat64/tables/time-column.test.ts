import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OLDEST_MS, TimeColumn } from '../../../../../src/translator/nat64/tables/time-column.ts';
import { FLAGS, tcp, udp } from '../../packets.ts';
import { Bench, OPTIONS } from '../bench-of-one.ts';

/** Where the column's numbers begin anew, and where they change their sign. */
const WRAPS = [2 ** 31, 2 ** 32, 3 * 2 ** 31, 2 ** 40];
const DAY = 86_400_000;
const HOURS = DAY / 4;

describe('a column of times', () => {
  it('says how long ago a time was, whatever the clock shows', () => {
    const times = new TimeColumn(1);
    const clock = fc.oneof(fc.nat(2 ** 31), ...WRAPS.map((wrap) => fc.integer({ min: wrap - DAY, max: wrap + DAY })));
    const age = fc.integer({ min: -HOURS, max: OLDEST_MS });
    fc.assert(
      fc.property(clock, age, age, (now, one, other) => {
        times.set(0, now - one);
        expect(times.since(0, now)).toBe(one);
        expect(times.advance(0, now - other)).toBe(other < one);
        expect(times.since(0, now)).toBe(Math.min(one, other));
        const second = new TimeColumn(1);
        second.set(0, now - other);
        times.set(0, now - one);
        expect(times.isAfter(0, second)).toBe(one < other);
      }),
    );
  });

  it('never turns what is old into what is to come, where each time is limited now and then', () => {
    const times = new TimeColumn(1);
    times.set(0, 0);
    for (let now = HOURS; now < 200 * DAY; now += HOURS) {
      times.limit(0, now);
      expect(times.since(0, now)).toBe(Math.min(now, OLDEST_MS));
    }
  });
});

/** What a pair of translators does from then on: sessions, what is told of them, who is probed, which ports are free. */
function course(startMs: number): string[] {
  const seen: string[] = [];
  const one = new Bench({ slot: 1 });
  const two = new Bench({ slot: 2 });
  one.nowMs = startMs;
  two.nowMs = startMs;
  one.translator.setPeerAlive(2, true);
  two.translator.setPeerAlive(1, true);
  const server = '64:ff9b::198.51.100.7';
  const exchange = (): void => {
    const [said, answered] = [one.records(), two.records()];
    seen.push(`records ${said.length / 64} ${answered.length / 64}`);
    two.apply(said);
    one.apply(answered);
  };
  const [syn] = one.send(tcp({ src: '2001:db8::5', dst: server }, 4000, 80, FLAGS.syn)).out;
  const back = { src: '198.51.100.7', dst: syn.slice(12, 16).join('.') };
  const port = (syn[20] << 8) | syn[21];
  exchange();
  seen.push(two.send(tcp(back, 80, port, FLAGS.syn | FLAGS.ack)).verdict);
  for (let second = 0; second < OPTIONS.timeouts.tcpEstablished / 1000 + 600; second += 20) {
    if (second < 400) one.send(udp({ src: '2001:db8::6', dst: server }, 5000, 53));
    if (second % 60 === 0 && second < 900) two.send(udp({ src: '2001:db8::7', dst: server }, 5001, 53));
    if (second < 200) two.send(tcp(back, 80, port, FLAGS.ack));
    const [ofOne, ofTwo] = [one.emitted(20_000), two.emitted(20_000)];
    seen.push(`${second}: ${one.translator.sessionCount} ${two.translator.sessionCount}`);
    seen.push(`probes ${ofOne.length} ${ofTwo.length}, entries ${one.translator.bibCount}`);
    exchange();
  }
  two.translator.setPeerAlive(1, false);
  one.send(udp({ src: '2001:db8::8', dst: server }, 5000, 53));
  two.apply(one.records());
  two.wait(OPTIONS.timeouts.udp + 59_000);
  seen.push(`orphan ${two.translator.sessionCount}`);
  two.wait(3000);
  seen.push(`orphan ${two.translator.sessionCount}`);
  return seen;
}

describe('sessions of a translator', () => {
  const usual = course(1_000_000);

  it('end in that course: what is compared below is not nothing', () => {
    expect(usual).toEqual(expect.arrayContaining(['translated', '20: 3 3', '1200: 1 1', '7780: 0 0']));
    expect(usual.slice(-2)).toEqual(['orphan 1', 'orphan 0']);
  });

  // At the beginning, while the UDP sessions end, while the established one does, and while the orphan does.
  // At whole seconds, as timers are by the second.
  const starts = WRAPS.flatMap((wrap) => [5000, 600_000, 7_210_000, 7_900_000].map((before) => wrap - before));
  it.each(starts.map((ms) => 1000 * Math.floor(ms / 1000)))(
    'live and end as ever where the clock begins at %d ms',
    (startMs) => {
      expect(course(startMs)).toEqual(usual);
    },
  );
});
