import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { StatusReply } from '../../../src/agent/control/messages.ts';
import { buildStatus } from '../../../src/agent/status/status-builder.ts';
import { parseDrill } from '../../../src/drills/drill-file.ts';
import { ProbeFeed } from '../../../src/drills/probe/probe-lines.ts';
import { runPlan, type RunWorld } from '../../../src/drills/run-drill.ts';
import { healthyInput } from '../agent/status-fixture.ts';

const DRILL = parseDrill(
  'nothing',
  'nothing.yaml',
  'title: Nothing is done\nwhy: A test.\nnode: carrier\nleavesService: false\nsteps: [{ do: wait, for: 10ms, say: time passes }]\nbounds: { outage: 100ms, lost: 0 }\nlimits: { outage: 10s, lost: 10 }\n',
);

const LINKS = parseDrill(
  'links',
  'links.yaml',
  `title: Links are cut
why: A test.
leavesService: false
steps:
  - { do: cut, links: each, direction: in, say: the link is cut }
  - { do: until, state: link problem, within: 5s, say: a node reports it }
  - { do: restore, say: it is restored }
  - { do: until, state: healthy, within: 5s, say: no node reports a problem }
bounds: { outage: 100ms, lost: 0 }
limits: { outage: 10s, lost: 10 }
`,
);

/** A node whose status says which of its links is cut. */
function nodeWithLinks(names: readonly string[]) {
  const steps: string[] = [];
  let cut = '';
  const view = (): StatusReply => {
    const status = buildStatus(healthyInput());
    const problem = { subject: `link ${cut}`, code: 'link-silent', text: 'silent', severity: 'degraded' };
    const links = status.links.slice(0, 1).flatMap((link) => names.map((name) => ({ ...link, name })));
    return {
      ...status,
      links,
      health: cut === '' ? 'healthy' : 'degraded',
      problems: cut === '' ? [] : [problem],
    };
  };
  const world: RunWorld = {
    cluster: {
      names: ['gw1'],
      self: 'gw1',
      views: async () => new Map([['gw1', view()]]),
      step: async (_, { action, link, direction }) => {
        steps.push([action, link, direction].filter((part) => part !== '').join(' '));
        cut = action === 'cut' ? link : '';
        return { done: true, code: 'drill-step', text: '' };
      },
      eventsOfDrill: async () => [],
      hold: async () => ({ ended: Promise.resolve() }),
    },
    user: 'test',
    say: () => undefined,
    interrupted: new AbortController().signal,
  };
  return { world, steps };
}

/** What has failed of a run on a node that refuses its lease so many times. */
async function runWith(refusals: number): Promise<readonly string[]> {
  let left = refusals;
  const world: RunWorld = {
    cluster: {
      names: ['gw1'],
      self: 'gw1',
      views: async () => new Map(),
      step: async () => ({ done: true, code: 'drill-step', text: '' }),
      eventsOfDrill: async () => [],
      hold: async () => {
        if (left-- > 0) throw new Error('gw1 takes part in drill nothing already');
        return { ended: Promise.resolve() };
      },
    },
    user: 'test',
    say: () => undefined,
    interrupted: new AbortController().signal,
  };
  const runs = await runPlan(
    { drill: DRILL, targets: ['gw1'], refusals: [], accepted: [], lacks: [], lasting: false },
    world,
  );
  return runs.flatMap(({ failures }) => failures);
}

// In real time: the waits of a run are its own.
describe.concurrent('a node that', () => {
  it('has not heard yet of the end of the run before is asked again', async () => {
    expect(await runWith(3)).toEqual([]);
  });

  it('goes on refusing ends the run', async () => {
    expect(await runWith(1000)).toEqual(['gw1 refuses: gw1 takes part in drill nothing already']);
  });

  it('has each of its links cut and restored, one after the other, and the course says which', async () => {
    const { world, steps } = nodeWithLinks(['ring0', 'ring1']);
    const plan = { drill: LINKS, targets: ['gw1'], refusals: [], accepted: [], lacks: [], lasting: false };
    const [run] = await runPlan(plan, world);
    expect(run?.failures).toEqual([]);
    expect(steps).toEqual(['cut ring0 in', 'restore', 'cut ring1 in', 'restore']);
    const course = run?.marks.map(({ text }) => text.replace(/ \(after \d+ ms\)/, ''));
    expect(course).toEqual(
      ['ring0', 'ring1'].flatMap((name) => [
        `${name}: the link is cut`,
        `${name}: a node reports it: gw1 says: link ${name}: silent`,
        `${name}: it is restored`,
        `${name}: no node reports a problem`,
      ]),
    );
    expect(run?.layout.nodes[0]?.links).toEqual(['ring0', 'ring1']);
  });

  it('has a drill undone when its probe ends, since no limit is kept then', async () => {
    const { world, steps } = nodeWithLinks(['ring0']);
    let end: () => void = () => undefined;
    const wire = {
      writeLine: () => undefined,
      onLine: () => undefined,
      onEnd: (listener: () => void) => {
        end = listener;
      },
    };
    const finished: string[] = [];
    const plan = { drill: LINKS, targets: ['gw1'], refusals: [], accepted: [], lacks: [], lasting: false };
    const running = runPlan(plan, {
      ...world,
      probe: new ProbeFeed(wire),
      cluster: {
        ...world.cluster,
        step: async (...asked) => {
          end();
          return world.cluster.step(...asked);
        },
        views: async () => new Map([['gw1', buildStatus(healthyInput())]]),
      },
      finished: ({ drill }) => void finished.push(drill),
    });
    const [run] = await running;
    expect(run?.failures).toContain('the connection to the probe has ended: nobody measures');
    expect(run?.probe).toBeUndefined();
    expect(steps).toEqual(['cut ring0 in']);
    expect(finished).toEqual(['links']);
  });

  it('is left alone when the probe has no answers before the first step', async () => {
    const { world, steps } = nodeWithLinks(['ring0']);
    const wire = {
      writeLine: () => undefined,
      onLine: (listener: (line: string) => void) => {
        setTimeout(() => listener(JSON.stringify({ event: 'live', gapMs: 90_000, lost: 7 })), 500);
      },
    };
    const plan = { drill: LINKS, targets: ['gw1'], refusals: [], accepted: [], lacks: [], lasting: false };
    const probe = new ProbeFeed(wire);
    vi.spyOn(probe, 'account').mockResolvedValue(undefined);
    const [run] = await runPlan(plan, { ...world, probe });
    expect(run?.failures).toEqual([
      expect.stringMatching(/^not begun: a flow of the probe has been without an answer for 90000 ms; does its far/),
    ]);
    expect(steps).toEqual([]);
  });

  it('cannot be reached is asked again for what takes a change back, and once only for the change', async () => {
    const { world, steps } = nodeWithLinks(['ring0']);
    const asked: string[] = [];
    const step: RunWorld['cluster']['step'] = async (node, request) => {
      asked.push(request.action);
      if (asked.filter((action) => action === request.action).length < 3) throw new Error('no heartbeats of it arrive');
      return world.cluster.step(node, request);
    };
    const plan = { drill: LINKS, targets: ['gw1'], refusals: [], accepted: [], lacks: [], lasting: false };
    const [run] = await runPlan(plan, { ...world, cluster: { ...world.cluster, step } });
    expect(asked).toEqual(['cut', 'restore', 'restore', 'restore']);
    expect(steps).toEqual(['restore']);
    expect(run?.failures).toEqual([
      'cut: no heartbeats of it arrive',
      expect.stringMatching(/^not within 5000 ms: a node reports it; seen instead: active: /),
    ]);
  });

  it('does not answer does not shift the time at which the counters of the others were read', async () => {
    const { world } = nodeWithLinks(['ring0']);
    const asked: number[] = [];
    const views: RunWorld['cluster']['views'] = async () => {
      asked.push(Date.now());
      await delay(600);
      return world.cluster.views();
    };
    const plan = { drill: DRILL, targets: ['gw1'], refusals: [], accepted: [], lacks: [], lasting: false };
    const [run] = await runPlan(plan, { ...world, cluster: { ...world.cluster, views } });
    const late = (run?.samples ?? []).map(({ time }) => Math.min(...asked.map((at) => Math.abs(time - at))));
    expect(late.length).toBeGreaterThan(2);
    expect(Math.max(...late)).toBeLessThan(100);
  });

  it('has no link fails a drill of links, and nothing is cut', async () => {
    const { world, steps } = nodeWithLinks([]);
    const plan = { drill: LINKS, targets: ['gw1'], refusals: [], accepted: [], lacks: [], lasting: false };
    const [run] = await runPlan(plan, world);
    expect(run?.failures).toEqual(['gw1 has no replication link']);
    expect(steps).toEqual([]);
  });
});
