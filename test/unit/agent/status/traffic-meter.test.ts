import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Counter } from '../../../../src/agent/control/messages.ts';
import { TrafficMeter } from '../../../../src/agent/status/traffic-meter.ts';
import { TrafficMeters } from '../../../../src/agent/status/traffic-meters.ts';
import type { PoolSlice } from '../../../../src/translator/nat64/ports/pool-use.ts';

const KINDS = {
  translated6to4: 'pass',
  translated4to6: 'pass',
  hairpinned: 'pass',
  sessionsCreated: 'fact',
  tunBytesWritten: 'fact',
  fastPackets6to4: 'fact',
  fastBytes6to4: 'fact',
  dropNoMapping: 'drop',
  dropFiltered: 'drop',
  answerTooBig: 'answer',
} as const;

type Counts = Partial<Record<keyof typeof KINDS, number>>;

function countersOf(counts: Counts): Counter[] {
  return Object.entries(KINDS).map(([name, kind]) => ({ name, kind, help: '', value: countOf(counts, name) }));
}

function countOf(counts: Counts, name: string): number {
  return Object.entries(counts).find(([key]) => key === name)?.[1] ?? 0;
}

describe('the traffic of an instance', () => {
  it('is nothing before the second sample', () => {
    const meter = new TrafficMeter();
    meter.note(0, countersOf({ translated6to4: 1_000_000 }));
    expect(meter.traffic([])).toMatchObject({ packetsPerSecond: 0, bitsPerSecond: 0, dropped: 0, spanMs: 0 });
  });

  it('adds what both paths carried', () => {
    const meter = new TrafficMeter();
    for (let second = 0; second <= 3; second++) {
      meter.note(
        1000 * second,
        countersOf({
          translated6to4: 100 * second,
          translated4to6: 40 * second,
          hairpinned: 10 * second,
          tunBytesWritten: 15_000 * second,
          fastPackets6to4: 450 * second,
          fastBytes6to4: 450 * 100 * second,
          sessionsCreated: 7 * second,
        }),
      );
    }
    expect(meter.traffic([])).toMatchObject({
      packetsPerSecond: 600,
      fastPacketsPerSecond: 450,
      fastBitsPerSecond: 8 * 450 * 100,
      bitsPerSecond: 8 * (15_000 + 450 * 100),
      newSessionsPerSecond: 7,
      spanMs: 3000,
      countedBytes: 3 * (15_000 + 450 * 100),
      countedFastBytes: 3 * 450 * 100,
      countedPackets: 3 * 600,
      countedSessions: 3 * 7,
    });
  });

  it('knows since when it counts, also after the instance was started again', () => {
    const meter = new TrafficMeter();
    expect(meter.ageMs).toBe(0);
    for (let second = 3; second <= 200; second++) meter.note(1000 * second, countersOf({ dropFiltered: second }));
    expect(meter.ageMs).toBe(197_000);
    meter.note(201_000, countersOf({ dropFiltered: 1 }));
    expect(meter.ageMs).toBe(0);
    meter.note(202_000, countersOf({ dropFiltered: 2 }));
    expect(meter.ageMs).toBe(1000);
  });

  it('counts the reasons of the last minute, and names the largest of each kind', () => {
    const meter = new TrafficMeter();
    const at = (ms: number, counts: Counts): void => meter.note(ms, countersOf(counts));
    at(0, { dropFiltered: 1_000_000, answerTooBig: 5 });
    // Long ago: out of the minute.
    at(1000, { dropFiltered: 2_000_000, answerTooBig: 5 });
    for (let second = 2; second <= 62; second++) {
      at(1000 * second, { dropFiltered: 2_000_000 + second, dropNoMapping: 10 * second, answerTooBig: 5 });
    }
    expect(meter.traffic([])).toMatchObject({
      dropped: 600 + 60,
      topDrop: 'dropNoMapping',
      topDropCount: 600,
      answered: 0,
      topAnswer: '',
      topAnswerCount: 0,
      spanMs: 60_000,
      countedDrops: 2_000_062 + 620,
      countedTopDrop: 620,
      countedAnswers: 5,
      countedTopAnswer: 0,
    });
  });

  it('is as fast as in the last two seconds, whatever was before', () => {
    const meter = new TrafficMeter();
    for (let second = 0; second <= 10; second++)
      meter.note(1000 * second, countersOf({ translated6to4: 100 * second }));
    expect(meter.traffic([]).packetsPerSecond).toBe(100);
    meter.note(11_000, countersOf({ translated6to4: 1000 }));
    expect(meter.traffic([]).packetsPerSecond).toBe(50);
    meter.note(12_000, countersOf({ translated6to4: 1000 }));
    expect(meter.traffic([]).packetsPerSecond).toBe(0);
  });

  it('names the largest reason wherever it is in the list, and of two that are as large the first', () => {
    const topOf = (dropNoMapping: number, dropFiltered: number): string => {
      const meter = new TrafficMeter();
      meter.note(0, countersOf({}));
      meter.note(1000, countersOf({ dropNoMapping, dropFiltered }));
      return meter.traffic([]).topDrop;
    };
    expect([topOf(1, 2), topOf(2, 1), topOf(2, 2)]).toEqual(['dropFiltered', 'dropNoMapping', 'dropNoMapping']);
  });

  it('has no past after the instance has started again', () => {
    const meter = new TrafficMeter();
    meter.note(0, countersOf({ dropNoMapping: 100, translated6to4: 500 }));
    meter.note(1000, countersOf({ dropNoMapping: 3, translated6to4: 0 }));
    meter.note(2000, countersOf({ dropNoMapping: 5, translated6to4: 10 }));
    expect(meter.traffic([])).toMatchObject({ dropped: 2, packetsPerSecond: 10, spanMs: 1000 });
  });

  it('counts neither twice nor not at all, however irregular its samples are', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4000), { minLength: 2, maxLength: 300 }), (gaps) => {
        const meter = new TrafficMeter();
        const samples: { ms: number; total: number }[] = [];
        let [ms, total] = [0, 0];
        for (const gap of gaps) {
          [ms, total] = [ms + gap, total + (gap % 7)];
          meter.note(ms, countersOf({ dropNoMapping: total }));
          const last = samples.at(-1);
          if (last === undefined || ms - last.ms >= 950) samples.push({ ms, total });
        }
        const newest = samples.at(-1);
        const oldest = samples.findLast((one) => one.ms <= (newest?.ms ?? 0) - 59_950) ?? samples[0];
        const { dropped, spanMs } = meter.traffic([]);
        expect(dropped).toBe((newest?.total ?? 0) - (oldest?.total ?? 0));
        expect(spanMs).toBe((newest?.ms ?? 0) - (oldest?.ms ?? 0));
      }),
    );
  });

  it('says how full the pool is, and which slice is the fullest', () => {
    const slice: PoolSlice = {
      entry: 0,
      slot: 2,
      protocol: 'udp',
      address: 0xc000_0200,
      addresses: 16,
      firstPort: 1024,
      ports: 100,
      size: 1600,
      used: 400,
    };
    const full: PoolSlice = { ...slice, protocol: 'tcp', addresses: 1, size: 100, used: 99 };
    expect(new TrafficMeter().traffic([slice, full])).toMatchObject({
      poolSize: 1700,
      poolUsed: 499,
      worstSlice: '192.0.2.0/32 tcp, slot 2',
      worstSliceSize: 100,
      worstSliceUsed: 99,
    });
    expect(new TrafficMeter().traffic([])).toMatchObject({ poolSize: 0, worstSlice: '' });
  });

  it('is forgotten with the instance', () => {
    const meters = new TrafficMeters();
    const one = { name: 'one', counters: countersOf({ dropNoMapping: 0 }) };
    meters.note(0, [one]);
    meters.note(1000, [{ ...one, counters: countersOf({ dropNoMapping: 9 }) }]);
    expect(meters.of({ name: 'one', pool: [] }).dropped).toBe(9);
    meters.note(2000, []);
    meters.note(3000, [{ ...one, counters: countersOf({ dropNoMapping: 9 }) }]);
    expect(meters.of({ name: 'one', pool: [] }).dropped).toBe(0);
  });
});
