import { describe, expect, it } from 'vitest';
import type { StatusReply, Traffic } from '../../../src/agent/control/messages.ts';
import { buildStatus } from '../../../src/agent/status/status-builder.ts';
import { sampleOf } from '../../../src/observe/history-sample.ts';
import { pageView } from '../../../src/observe/page-view.ts';
import { type StepRates, StepMeter } from '../../../src/observe/step-rates.ts';
import { activeInfo, healthyInput, instance, peer, replication, traffic } from '../agent/status-fixture.ts';

const STEP_MS = 10_000;
const BEGUN = 1_800_000_000_000;

/** What gw2 says at the end of a step. */
interface Said {
  readonly step: number;
  readonly traffic?: Partial<Traffic>;
  /** Of its agent, steps. */
  readonly started?: number;
  readonly alive?: boolean;
  readonly ahead?: number;
  readonly instances?: readonly string[];
}

function statusOf({ step, started = -100, alive = true, ahead = 0, ...said }: Said): StatusReply {
  const names = said.instances ?? ['internet'];
  const counted = traffic({ ...NOTHING, ...said.traffic });
  const instances = names.map((name) => ({ name, ownSessions: 7, heldHere: 0, sync: '', traffic: counted }));
  const info = activeInfo({ instances, started: BEGUN + started * STEP_MS + ahead });
  return buildStatus(
    healthyInput({
      time: BEGUN + step * STEP_MS,
      peerInfo: new Map([[2, info]]),
      clocksAhead: new Map([[2, ahead]]),
      instances: ['internet', 'campus'].map((name) => instance({ name })),
      replication: replication({ peers: [peer({ alive })] }),
    }),
  );
}

const NOTHING: Partial<Traffic> = {
  bitsPerSecond: 0,
  fastBitsPerSecond: 0,
  dropped: 0,
  topDrop: '',
  topDropCount: 0,
};

/** The rates of gw2 at the end of the last one. */
function ratesAfter(...said: readonly Said[]): StepRates | undefined {
  const meter = new StepMeter();
  for (const one of said) meter.update(statusOf(one));
  return meter.of('gw2', 'internet');
}

/** Drops of the last minute with one reason, all of them of the last step. */
function drops(count: number, total = count): Partial<Traffic> {
  return { dropped: count, topDrop: 'dropNoMapping', topDropCount: count, countedDrops: total, countedTopDrop: total };
}

describe('the rates of a step', () => {
  it('are what was counted in it, whatever the rate of its last seconds is', () => {
    const burst = { newSessionsPerSecond: 2330, bitsPerSecond: 1, fastBitsPerSecond: 0, packetsPerSecond: 9 };
    const before = { countedBytes: 1000, countedFastBytes: 100, countedPackets: 20, countedSessions: 50 };
    const now = { countedBytes: 26_000, countedFastBytes: 20_100, countedPackets: 220, countedSessions: 7050 };
    const rates = ratesAfter({ step: 0, traffic: before }, { step: 1, traffic: { ...burst, ...now } });
    expect(rates).toEqual({ slowBits: 4000, fastBits: 16_000, packets: 20, newSessions: 700, refused: new Map() });
  });

  it('are unknown of a node that has run for long before the first step', () => {
    expect(ratesAfter({ step: 0, traffic: { countedSessions: 900_000 } })).toBeUndefined();
    const gone = { step: 0, alive: false };
    expect(ratesAfter(gone, { step: 1, traffic: { countedSessions: 900_000 } })).toBeUndefined();
  });

  it('are all that was counted of a node, or an instance, that was started in it', () => {
    const counted = { countedSessions: 500, ...drops(573) };
    const all = { newSessions: 50, refused: new Map([['dropNoMapping', 57.3]]) };
    const before = { step: 0, traffic: { countedSessions: 100_000, ...drops(0, 9000) } };
    expect(ratesAfter(before, { step: 1, traffic: counted, started: 0.5 })).toMatchObject(all);
    // Its clock is a minute behind, so that it seems to have started before.
    const behind = { step: 1, traffic: counted, started: 0.5, ahead: -60_000 };
    expect(ratesAfter({ step: 0, alive: false }, behind)).toMatchObject(all);
    expect(ratesAfter({ step: 0, instances: [] }, { step: 1, traffic: counted })).toMatchObject(all);
    // Its counters went back, and nothing else says that they did not go on.
    expect(ratesAfter(before, { step: 1, traffic: counted })).toMatchObject(all);
  });

  it('of the first step are those since the start', () => {
    const first = ratesAfter({ step: 0, started: -0.4, traffic: { countedSessions: 80 } });
    expect(first?.newSessions).toBe(20);
  });

  it('of a node that was silent are a mean of the whole time', () => {
    const rates = ratesAfter(
      { step: 0, traffic: { countedSessions: 100 } },
      { step: 1, alive: false },
      { step: 2, alive: false },
      { step: 3, traffic: { countedSessions: 400 } },
    );
    expect(rates?.newSessions).toBe(10);
  });
});

describe('the reasons of a step', () => {
  const one = { countedDrops: 100, countedTopDrop: 60, topDrop: 'dropNoMapping', dropped: 100, topDropCount: 60 };

  it('are those that the node names, by their own sums, and the others as what is left', () => {
    const answers = { answered: 9, topAnswer: 'answerTtl', topAnswerCount: 9, countedAnswers: 9, countedTopAnswer: 9 };
    const now = { ...one, ...answers, countedDrops: 150, countedTopDrop: 80 };
    expect(ratesAfter({ step: 0, traffic: one }, { step: 1, traffic: now })?.refused).toEqual(
      new Map([
        ['dropNoMapping', 2],
        ['answerTtl', 0.9],
        ['other reasons', 3],
      ]),
    );
  });

  it('never count more than all: a reason that is named for the first time, and one that was named long ago', () => {
    const fresh = { ...one, countedDrops: 130, topDrop: 'dropFragment', topDropCount: 70, countedTopDrop: 500 };
    const named = ratesAfter({ step: 0, traffic: one }, { step: 1, traffic: fresh });
    expect(named?.refused).toEqual(new Map([['dropFragment', 3]]));
    const again = { ...fresh, countedDrops: 140, topDrop: 'dropNoMapping', countedTopDrop: 400 };
    const last = ratesAfter({ step: 0, traffic: one }, { step: 1, traffic: fresh }, { step: 2, traffic: again });
    expect(last?.refused).toEqual(new Map([['dropNoMapping', 1]]));
  });

  it('of an earlier version are those of the last minute so far', () => {
    const earlier = { ...drops(573, 0), spanMs: 20_000, bitsPerSecond: 1000, newSessionsPerSecond: 3 };
    const rates = ratesAfter({ step: 0 }, { step: 1, traffic: earlier });
    expect(rates).toMatchObject({ slowBits: 1000, newSessions: 3, refused: new Map([['dropNoMapping', 28.65]]) });
  });
});

it('a sample has the reasons of the node itself by all of its counters', () => {
  const meter = new StepMeter();
  const at = (time: number, value: number): StatusReply => {
    const counters = [
      { name: 'dropFragment', kind: 'drop', value, help: '' },
      { name: 'dropFiltered', kind: 'drop', value: 5 * value, help: '' },
      { name: 'dropNoMapping', kind: 'drop', value: 7, help: '' },
    ];
    const counted = traffic({ ...NOTHING, countedBytes: 1000 * value, countedDrops: 6 * value + 7 });
    return buildStatus(healthyInput({ time, instances: [instance({ counters, traffic: counted })] }));
  };
  meter.update(at(1000, 50));
  const status = at(11_000, 80);
  meter.update(status);
  const { values } = sampleOf(pageView(status), (node, of) => meter.of(node, of));
  const own = values.filter(({ metric, node }) => metric === 'drops' && node === 'gw1');
  expect(own.map(({ label, value }) => [label, value])).toEqual([
    ['dropFragment', 3],
    ['dropFiltered', 15],
  ]);
  expect(values.find(({ metric }) => metric === 'health')?.value).toBe(0);
  expect(values.filter(({ metric, value }) => metric === 'serving' && value === 1)).toHaveLength(2);
});
