import { describe, expect, it } from 'vitest';
import { parseDrill } from '../../../src/drills/drill-file.ts';
import { runPlan, type RunWorld } from '../../../src/drills/run-drill.ts';

const DRILL = parseDrill(
  'nothing',
  'nothing.yaml',
  'title: Nothing is done\nwhy: A test.\nnode: carrier\nleavesService: false\nsteps: [{ do: wait, for: 10ms, say: time passes }]\nbounds: { outage: 100ms, lost: 0 }\nlimits: { outage: 10s, lost: 10 }\n',
);

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
  const runs = await runPlan({ drill: DRILL, targets: ['gw1'], refusals: [], lasting: false }, world);
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
});
