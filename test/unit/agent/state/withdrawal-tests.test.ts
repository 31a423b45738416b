import { describe, expect, it } from 'vitest';
import { WithdrawalTests } from '../../../../src/agent/state/withdrawal-tests.ts';
import type { WithdrawalProven } from '../../../../src/frr/announcements.ts';
import type { TrialResult } from '../../../../src/frr/withdrawal-trial.ts';
import { buildStatus } from '../../../../src/agent/status/status-builder.ts';
import { activeInfo, healthyInput, peer, replication } from '../status-fixture.ts';

const STOPPED: TrialResult = { verdict: 'stopped', stoppedMs: 312.4, packets: 40, announcedMs: 700 };

function bench(result: TrialResult | Error = STOPPED, input = healthyInput()) {
  const events: string[] = [];
  const shown: ReadonlyMap<string, WithdrawalProven>[] = [];
  const stored: ReadonlyMap<string, WithdrawalProven>[] = [];
  const tried: string[] = [];
  const tests = new WithdrawalTests(
    {
      upstreams: () => ['core', 'edge'],
      announcements: {
        holdOut: async () => undefined,
        resume: async () => undefined,
        countArrivals: () => 0,
        status: () => [],
        setProven: (proven) => void shown.push(proven),
      },
      status: () => buildStatus(input),
      proofs: {
        load: () => new Map([['edge', { provenAt: 5, provenMs: 7 }]]),
        save: async (proven) => void stored.push(proven),
      },
      events: { add: ({ code, name }) => void events.push(`${code} ${name}`) },
      now: () => 1000,
    },
    async (upstream) => {
      tried.push(upstream);
      if (result instanceof Error) throw result;
      return result;
    },
  );
  return { tests, events, shown, stored, tried };
}

describe('a test of a withdrawal', () => {
  it('stores, shows and reports what it has proven, beside what was proven before', async () => {
    const { tests, events, shown, stored } = bench();
    expect(shown.map((proven) => [...proven.keys()])).toEqual([['edge']]);
    const reply = await tests.test('core');
    expect(reply).toMatchObject({
      done: true,
      code: 'withdrawal-proven',
      stoppedMs: 312.4,
      packets: 40,
      announcedMs: 700,
    });
    expect(reply.text).toContain(
      'packets stopped 312 ms after the withdrawal (40 arrived); announced again after 700 ms',
    );
    const proven = [...(stored[0] ?? [])];
    expect(proven).toEqual([
      ['edge', { provenAt: 5, provenMs: 7 }],
      ['core', { provenAt: 1000, provenMs: 312 }],
    ]);
    expect(shown.at(-1)).toEqual(stored[0]);
    expect(events).toEqual(['withdrawal-proven core']);
  });

  it('is refused where it would be an outage, and tries nothing then', async () => {
    const alone = bench(STOPPED, healthyInput({ replication: replication({ peers: [peer({ alive: false })] }) }));
    expect(await alone.tests.test('core')).toMatchObject({ done: false, code: 'withdrawal-test-refused' });
    const unknown = bench();
    expect((await unknown.tests.test('other')).text).toBe('this node has no upstream other; it has core, edge');
    expect([...alone.tried, ...unknown.tried]).toEqual([]);
  });

  it.each<[string, Parameters<typeof activeInfo>[0], boolean]>([
    ['serves', {}, true],
    ['is being drained, and still announces', { state: 'draining' }, false],
    ['is active, and does not announce yet', { announcing: false }, false],
  ])('needs another node that serves: it %s', async (_, changes, tried) => {
    const node = bench(STOPPED, healthyInput({ peerInfo: new Map([[2, activeInfo(changes)]]) }));
    expect((await node.tests.test('core')).done).toBe(tried);
    expect(node.tried).toEqual(tried ? ['core'] : []);
  });

  it.each([{ state: 'draining' }, { announcing: false }])(
    'needs that this node serves, and not %j',
    async (changes) => {
      const node = bench(STOPPED, healthyInput({ info: activeInfo(changes) }));
      expect((await node.tests.test('core')).text).toBe('this node does not announce, so it cannot withdraw');
      expect(node.tried).toEqual([]);
    },
  );

  it('is an alarm where packets go on, or where FRR does not show the withdrawal', async () => {
    const going = bench({ verdict: 'goes on', packetsPerSecond: 120 });
    expect(await going.tests.test('core')).toMatchObject({ done: false, code: 'withdrawal-ineffective' });
    const failing = bench(new Error('bfdd does not answer'));
    expect((await failing.tests.test('core')).text).toContain('bfdd does not answer');
    expect([...going.events, ...failing.events]).toEqual([
      'withdrawal-ineffective core',
      'withdrawal-ineffective core',
    ]);
    expect([...going.stored, ...failing.stored]).toEqual([]);
  });

  it('runs one at a time', async () => {
    const { tests } = bench();
    const first = tests.test('core');
    expect(await tests.test('edge')).toMatchObject({ code: 'withdrawal-test-refused' });
    expect(await first).toMatchObject({ done: true });
  });

  it('says so when nothing could be measured', async () => {
    const { tests, events } = bench({ verdict: 'not measured', reason: 'no packet arrives' });
    expect(await tests.test('core')).toMatchObject({ done: false, text: 'no packet arrives' });
    expect(events).toEqual([]);
  });
});
