import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Drill, loadDrills, parseDrill, readDrill } from '../../../src/drills/drill-file.ts';
import { comparison, type HistoryEntry, readHistory, remember } from '../../../src/drills/history.ts';
import { htmlReport, junitReport } from '../../../src/drills/report/report.ts';
import { PingFlow } from '../../../src/drills/probe/ping-flow.ts';
import { measure, type NodeSample, type Sample } from '../../../src/drills/samples.ts';
import { type DrillRun, judge, rowOf } from '../../../src/drills/verdict.ts';

const PROBE = {
  sent: 1000,
  lost: 0,
  outageMs: 0,
  outages: [0, 0],
  tcp: 8,
  tcpBroken: 0,
  tcpGapMs: 12,
  opened: 20,
  refused: 0,
  lookups: 5,
  lookupsFailed: 0,
  pings: 10,
  pingsLost: 0,
  pingFailure: '',
};

function drillNamed(name: string): Drill {
  const found = loadDrills('').find((drill) => drill.name === name);
  if (found === undefined) throw new Error(`no drill ${name}`);
  return found;
}

function sample(time: number, gw1: Partial<NodeSample>, gw2: Partial<NodeSample>, inSync = true): Sample {
  const node = { state: 'active', announcing: true, packets: 0, sessions: 1, conflicts: 0 };
  return {
    time,
    inSync,
    nodes: new Map([
      ['gw1', { ...node, ...gw1 }],
      ['gw2', { ...node, ...gw2 }],
    ]),
  };
}

function run(changes: Partial<DrillRun> = {}): DrillRun {
  return {
    drill: 'kill-agent',
    title: 'The agent is killed',
    why: 'why',
    target: 'gw1',
    user: 'ada',
    layout: {
      nodes: ['gw1', 'gw2'].map((name) => ({ name, links: ['ring0', 'ring1'], upstreams: ['core'] })),
      coordinator: true,
    },
    begun: 1000,
    ended: 9000,
    samples: [sample(1000, { packets: 100 }, {}), sample(1250, { packets: 200 }, {})],
    marks: [{ time: 1100, kind: 'step', node: 'gw1', text: 'the agent is killed' }],
    measured: {},
    probe: PROBE,
    failures: [],
    undone: true,
    ...changes,
  };
}

describe('the shipped drills', () => {
  it('can be read, and each is undone by its own last steps', () => {
    const drills = loadDrills('');
    expect(drills.length).toBeGreaterThanOrEqual(15);
    for (const { steps } of drills) {
      const actions = steps.map((step) => step.do);
      for (const restored of ['cut', 'cut-coordinator', 'lose-changes', 'step-clock'] as const) {
        if (actions.includes(restored)) expect(actions.indexOf('restore')).toBeGreaterThan(actions.indexOf(restored));
      }
      // The drain of a drill ends with the agent.
      const back = Math.max(actions.indexOf('undrain'), actions.indexOf('restart'));
      if (actions.includes('drain')) expect(back).toBeGreaterThan(actions.indexOf('drain'));
      expect(steps.at(-1)).toMatchObject({ do: 'until', state: expect.stringMatching(/^(in sync|healthy)$/) });
    }
  });

  it('are refused with the place of the mistake', () => {
    expect(() => readDrill('x', '/nowhere/x.yaml')).toThrow(/^\/nowhere\/x\.yaml cannot be read: ENOENT/);
    expect(() => parseDrill('x', 'x.yaml', 'title: x\nsteps: [{ do: explode, say: x }]')).toThrow(/x\.yaml.*steps\.0/);
  });
});

describe('the verdict', () => {
  it('passes within the bounds, and fails for each that is exceeded', () => {
    const drill = drillNamed('kill-agent');
    expect(judge(drill, run(), 150).verdict).toBe('pass');
    const late = { ...PROBE, outageMs: 251 };
    for (const changes of [
      { probe: late },
      { probe: { ...PROBE, tcpBroken: 1 } },
      { probe: { ...PROBE, sent: 0 } },
      { undone: false },
      { failures: ['not within 5 s'] },
      { measured: { portConflicts: 1 } },
      { measured: { sessionsMissing: 26, sessionsHeld: { gw1: 250, gw2: 224 } } },
    ]) {
      expect(judge(drill, run(changes), 150).verdict).toBe('fail');
    }
    for (const changes of [
      { probe: { ...PROBE, outageMs: 250 } },
      { measured: { sessionsMissing: 25, sessionsHeld: { gw1: 250, gw2: 225 } } },
    ]) {
      expect(judge(drill, run(changes), 150).verdict).toBe('pass');
    }
  });

  it('does not pass what nobody measured', () => {
    const { probe: _, ...unmeasured } = run();
    expect(judge(drillNamed('split'), unmeasured, 150).verdict).toBe('fail');
  });

  it('is a row without counts where nobody measured', () => {
    const { probe: _, ...unmeasured } = run();
    expect(rowOf(unmeasured, { verdict: 'fail', findings: [] })).toEqual({
      drill: 'kill-agent',
      verdict: 'fail',
      undone: true,
    });
  });

  it('is a row with exactly these fields', () => {
    const found = run({ probe: { ...PROBE, outageMs: 17.4 } });
    expect(rowOf(found, judge(drillNamed('kill-agent'), found, 150))).toEqual({
      drill: 'kill-agent',
      verdict: 'pass',
      outageMs: 17,
      brokenTcp: 0,
      undone: true,
    });
  });
});

describe('what was measured', () => {
  it('is told from where packets arrive, and from what nodes announce', () => {
    const samples = [
      sample(0, { packets: 1000 }, { packets: 0 }),
      sample(250, { packets: 1250 }, { packets: 0 }),
      sample(500, { packets: 1300, announcing: false }, { packets: 200 }, false),
      sample(750, { packets: 1300, announcing: false }, { packets: 450 }, false),
      sample(1000, { packets: 1300, announcing: true }, { packets: 700 }, false),
      sample(1250, { packets: 1300, announcing: true }, { packets: 900 }, true),
    ];
    expect(measure(samples, 'gw1', 250, 800)).toEqual({
      sessionsMissing: 0,
      sessionsHeld: { gw1: 1, gw2: 1 },
      portConflicts: 0,
      withdrawnMs: 250,
      routeDroppedMs: 500,
      announcedAgainMs: 200,
      inSyncAgainMs: 450,
    });
  });

  it('counts from when a killed node is back, not from the step after which it still seemed to announce', () => {
    const samples = [
      sample(0, {}, {}),
      sample(250, { announcing: true }, {}),
      sample(500, { announcing: false }, {}, false),
      sample(5000, { announcing: true }, {}, false),
      sample(5500, { announcing: true }, {}),
    ];
    expect(measure(samples, 'gw1', 200, 210)).toMatchObject({ announcedAgainMs: 4790, inSyncAgainMs: 5290 });
  });

  it('counts the sessions that only the node held when it left service', () => {
    const samples = [
      sample(0, { sessions: 90 }, { sessions: 90 }),
      sample(250, { sessions: 120 }, { sessions: 97 }, false),
      sample(500, { announcing: false }, { sessions: 97 }, false),
    ];
    expect(measure(samples, 'gw1', 100, 400)).toMatchObject({
      sessionsMissing: 23,
      sessionsHeld: { gw1: 120, gw2: 97 },
    });
  });

  it('does not believe digests that agree where another node holds next to nothing', () => {
    const held = (sessions: number): Sample[] => [
      sample(0, { sessions: 120 }, { sessions }),
      sample(250, { announcing: false }, { sessions }),
    ];
    expect(measure(held(110), 'gw1', 100, 400).sessionsMissing).toBe(0);
    expect(measure(held(2), 'gw1', 100, 400).sessionsMissing).toBe(118);
  });

  it('says nothing of a route that stays', () => {
    const samples = [0, 250, 500, 750].map((time) => sample(time, { packets: time }, {}));
    expect(measure(samples, 'gw1', 0, 750)).toEqual({ inSyncAgainMs: 0, portConflicts: 0 });
  });

  it('counts ports with two clients during the drill, also over a restart of the agent that counts them', () => {
    const counts = [7, 7, 9, 1, 3];
    const samples = counts.map((conflicts, index) => sample(250 * index, { conflicts }, { conflicts: 40 }));
    expect(measure(samples, 'gw1', 0, 750)).toMatchObject({ portConflicts: 5 });
  });
});

describe('the report', () => {
  const hostile = run({ title: '<script>alert(1)</script>', user: '"&\u0000', failures: ['a < b'], undone: false });
  const drill = drillNamed('kill-agent');
  const judged = [{ drill, run: hostile, verdict: judge(drill, hostile, 150) }];
  const context = {
    cluster: 'campus',
    nodes: [
      { name: 'gw1', revision: 'ab12', versions: [{ of: 'FRR', version: '10.3 <x>' }] },
      { name: 'gw2', revision: '', versions: [] },
    ],
    configurations: [{ revision: 'ab12', nodes: ['gw1'], text: 'cluster: "<b>"\n', omitted: ['a & b'] }],
  };

  it('is one page that loads nothing, and shows why it failed', () => {
    const page = htmlReport(judged, context);
    expect(page).not.toMatch(/<script|src=|href="http|url\(/);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('a &lt; b');
    expect(page).toContain('<svg');
  });

  it('shows the gaps of the probe over the time that they lasted', () => {
    const samples = [
      { ...sample(1000, { packets: 100 }, {}), gapMs: 9 },
      { ...sample(1250, { packets: 200 }, {}), gapMs: 51 },
      { ...sample(1500, { packets: 200 }, {}), gapMs: 301 },
    ];
    const page = htmlReport([{ drill, run: run({ samples }), verdict: judge(drill, run(), 150) }], context);
    expect([...page.matchAll(/<title>no answer for (\d+) ms<\/title>/g)].map(([, ms]) => ms)).toEqual(['51', '301']);
  });

  it('is a JUnit file with the failed case', () => {
    const text = junitReport(judged, context, [{ drill: 'split', reasons: ['not <now>'] }]);
    expect(text).toContain('tests="2" failures="1" skipped="1"');
    expect(text).toContain('<failure message="a &lt; b">');
    expect(text).toContain('<property name="gw1 FRR" value="10.3 &lt;x&gt;"/>');
    expect(text).toContain('name="split"><skipped message="not &lt;now&gt;"/>');
    expect(text).not.toContain('\u0000');
  });
});

describe('the history', () => {
  const entry = (outageMs: number, drill = 'split', verdict: 'pass' | 'fail' = 'pass'): HistoryEntry => {
    return { time: 0, drill, target: 'gw1', user: 'ada', verdict, outageMs, lost: 0, brokenTcp: 0 };
  };

  it('says whether it is getting worse, beside runs of the same drill', () => {
    const before = [entry(100), entry(110), entry(5000, 'kill-agent'), entry(90)];
    expect(comparison(entry(120), before)).toBe('as usual');
    expect(comparison(entry(250), before)).toBe('worse');
    expect(comparison(entry(40), before)).toBe('as usual');
    expect(comparison(entry(0), [entry(500)])).toBe('better');
    expect(comparison(entry(9000), [entry(5000, 'kill-agent')])).toBe('first');
  });

  it('takes a run that failed for worse where they pass, and one that passes for better where they fail', () => {
    const failed = entry(0, 'split', 'fail');
    expect(comparison(failed, [entry(0), entry(0), failed])).toBe('worse');
    expect(comparison(failed, [entry(0), failed])).toBe('as usual');
    expect(comparison(entry(0), [entry(0), failed, failed])).toBe('better');
  });

  it('compares nothing with a run that nobody measured', () => {
    const { outageMs: _, ...unmeasured } = entry(0, 'split', 'fail');
    expect(comparison(unmeasured, [entry(100)])).toBe('not measured');
    expect(comparison(entry(100), [unmeasured])).toBe('first');
    expect(comparison(entry(700), [entry(690), unmeasured, unmeasured])).toBe('as usual');
  });

  it('has no counts of a run that nobody measured', () => {
    const folder = mkdtempSync(join(tmpdir(), 'isthmus-drills-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const { probe: _, ...unmeasured } = run();
    for (const one of [unmeasured, run()]) remember(join(folder, 'x'), one, { verdict: 'fail', findings: [] });
    const common = { time: 1000, drill: 'kill-agent', target: 'gw1', user: 'ada', verdict: 'fail' };
    expect(readHistory(join(folder, 'x'))).toEqual([common, { ...common, outageMs: 0, lost: 0, brokenTcp: 0 }]);
  });

  it('is a file with the latest runs that does not grow without a limit', () => {
    const folder = mkdtempSync(join(tmpdir(), 'isthmus-drills-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'state', 'drills.jsonl');
    const found = run();
    remember(file, found, judge(drillNamed('kill-agent'), found, 150));
    const line = readFileSync(file, 'utf8');
    appendFileSync(file, line.repeat(Math.ceil((1024 * 1024) / line.length)));
    remember(file, run({ target: 'gw9' }), judge(drillNamed('kill-agent'), found, 150));
    expect(statSync(file).size).toBeLessThan(0.6 * 1024 * 1024);
    const history = readHistory(file);
    expect(history.length).toBeGreaterThan(1000);
    expect(history.at(-1)?.target).toBe('gw9');
  });
});

describe('pings of a probe', () => {
  it('are counted by the lines of ping(8), an answer or the want of one', () => {
    const flow = new PingFlow();
    flow.take('PING 64:ff9b::1(64:ff9b::1) 56 data bytes', 0);
    flow.take('64 bytes from 64:ff9b::1: icmp_seq=1 ttl=62 time=0.41 ms', 10);
    flow.take('no answer yet for icmp_seq=2', 210);
    flow.take('no answer yet for icmp_seq=3', 410);
    flow.take('64 bytes from 64:ff9b::1: icmp_seq=4 ttl=62 time=0.40 ms', 610);
    expect(flow.upTo(700)).toEqual({ sent: 4, lost: 2, outageMs: 400 });
    flow.mark();
    flow.take('From 2001:db8::1 icmp_seq=5 Destination unreachable: No route', 810);
    expect(flow.upTo(900)).toEqual({ sent: 1, lost: 1, outageMs: 90 });
  });
});
