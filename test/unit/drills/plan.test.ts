import { describe, expect, it } from 'vitest';
import type { StatusReply } from '../../../src/agent/control/messages.ts';
import { buildStatus } from '../../../src/agent/status/status-builder.ts';
import { type Drill, loadDrills } from '../../../src/drills/drill-file.ts';
import { layoutOf } from '../../../src/drills/layout.ts';
import type { Views } from '../../../src/drills/layout.ts';
import { type Consent, type Plan, planDrill } from '../../../src/drills/plan.ts';
import { settledPlan } from '../../../src/drills/settled-plan.ts';
import { healthyInput } from '../agent/status-fixture.ts';

const NAMES = ['gw1', 'gw2', 'gw3'];
const HEALTHY: StatusReply = { ...buildStatus(healthyInput()), health: 'healthy', problems: [] };
const CHECK = { name: 'coordinator', ok: true, result: 'ok', effect: 'degraded', text: '' } as const;

function views(changes: Partial<StatusReply> = {}): Views {
  return new Map(NAMES.map((name) => [name, { ...HEALTHY, ...changes }]));
}

function drillNamed(name: string): Drill {
  const found = loadDrills('').find((drill) => drill.name === name);
  if (found === undefined) throw new Error(`no drill ${name}`);
  return found;
}

function planned(name: string, consent: Partial<Consent> = {}, seen = views()): Plan {
  const carried = new Map([
    ['gw1', 10],
    ['gw2', 500],
    ['gw3', 0],
  ]);
  return planDrill(drillNamed(name), seen, carried, { operatorNode: 'gw3', acceptOutage: true, ...consent });
}

describe('what a drill is done to', () => {
  it.each([
    ['kill-agent', ['gw2']],
    ['replica-drift', ['gw1']],
    ['cut-link', ['gw1', 'gw2', 'gw3']],
    ['cut-link-one-way', ['gw1', 'gw2', 'gw3']],
    ['cut-link-outward', ['gw1', 'gw2', 'gw3']],
    ['rolling-restart', ['gw1', 'gw2']],
  ])('of %s is %s', (name, targets) => {
    expect(planned(name).targets).toEqual(targets);
  });

  it.each(['kill-agent', 'replica-drift', 'cut-link', 'rolling-restart'])('of %s is the node that is named', (name) => {
    expect(planned(name, { target: 'gw1' }).targets).toEqual(['gw1']);
    const missing = planned(name, { target: 'gw9' });
    expect(missing).toMatchObject({ targets: [], lasting: true });
    expect(missing.refusals.join()).toContain('there is no node gw9; there are gw1, gw2, gw3');
  });

  it("is not the operator's node when its agent ends", () => {
    const { refusals } = planned('kill-agent', { operatorNode: 'gw2' });
    expect(refusals.join()).toContain('it ends the agent of gw2, through which you ask');
  });

  it('may be the last active node, beside one that was taken out of service, when an outage is accepted', () => {
    const gone = { code: 'node-withdrawn', subject: 'node gw1', text: 'withdrawn: drained', severity: 'degraded' };
    const other = { code: 'replica-drift', subject: 'node gw1', text: 'differs', severity: 'degraded' };
    const withProblems = (...problems: StatusReply['problems']): Views => views({ health: 'degraded', problems });
    const refused = planned('switchover', { acceptOutage: false }, withProblems(gone));
    expect(refused.refusals).toEqual(NAMES.map((name) => `${name} says: node gw1: withdrawn: drained`));
    const accepted = planned('switchover', { acceptOutage: true }, withProblems(gone));
    expect(accepted).toMatchObject({ refusals: [], accepted: refused.refusals });
    const worse = planned('switchover', { acceptOutage: true }, withProblems(gone, other));
    expect(worse.refusals).toEqual(NAMES.map((name) => `${name} says: node gw1: differs`));
  });

  it('needs a coordinator only where the drill does', () => {
    const store = views({ checks: buildStatus(healthyInput({ checks: [CHECK] })).checks });
    expect(planned('coordinator-unreachable')).toMatchObject({ lasting: true, lacks: [expect.any(String)] });
    expect(planned('coordinator-unreachable', {}, store)).toMatchObject({ lasting: false, lacks: [] });
    expect(planned('split').lacks).toEqual([]);
  });
});

describe('the layout of a cluster', () => {
  it('is what its nodes say, and nothing of one that does not answer', () => {
    const seen = new Map([...views(), ['gw2', undefined] as const]);
    const { nodes, coordinator } = layoutOf(seen);
    expect(nodes.map(({ name }) => name)).toEqual(NAMES);
    expect(nodes[0]?.links).toEqual(HEALTHY.links.map(({ name }) => name));
    expect(nodes[0]?.upstreams).toEqual([...new Set(HEALTHY.announcements.map(({ upstream }) => upstream))]);
    expect(nodes[1]).toEqual({ name: 'gw2', links: [], upstreams: [] });
    expect(coordinator).toBe(false);
  });
});

describe('a cluster that is not settled', () => {
  const problem = { code: 'link-silent', subject: 'link ring0', text: 'silent', severity: 'degraded' };
  const ill = views({ health: 'degraded', problems: [problem] });
  const consent = { operatorNode: 'gw3', acceptOutage: true };

  it('is waited for, and that is said', async () => {
    let asked = 0;
    const said: string[] = [];
    const cluster = { views: async () => (asked++ < 8 ? ill : views()) };
    const onWait = (refusals: readonly string[]): void => void said.push(...refusals);
    const patience = { waitMs: 30_000, interrupted: new AbortController().signal, onWait };
    const { refusals } = await settledPlan(drillNamed('split'), cluster, consent, patience);
    expect(refusals).toEqual([]);
    expect(said).toEqual(NAMES.map((name) => `${name} says: link ring0: silent`));
  });

  it('is not waited for once the operator has interrupted', async () => {
    const stop = new AbortController();
    stop.abort();
    const patience = { waitMs: 30_000, interrupted: stop.signal, onWait: () => undefined };
    const { refusals } = await settledPlan(drillNamed('split'), { views: async () => ill }, consent, patience);
    expect(refusals.length).toBe(NAMES.length);
  });
});
