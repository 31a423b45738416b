import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDrill } from '../../../src/drills/drill-file.ts';
import { type DrillLab, openDrillLab } from '../../../src/lab/drills/shipped/drill-lab.ts';
import { runIn } from '../../../src/lab/drills/shipped/run-shipped.ts';
import { RUN_DIR } from '../../../src/lab/gateway/agent.ts';
import { ISTHMUS } from '../../../src/lab/programs.ts';
import { POOL4, POOL6 } from '../../../src/lab/topology/site.ts';
import { waitFor } from '../../../src/lab/world/wait.ts';
import { labTest } from '../needs-root.ts';

const drillNamed = (name: string): ReturnType<typeof readDrill> => readDrill(name, `deploy/drills/${name}.yaml`);

/** A pair under probes; an operator on gw2, the traffic on gw1. */
describe.runIf(labTest)('drills on a cluster', () => {
  let lab: DrillLab;
  const said: string[] = [];

  beforeAll(async () => {
    lab = await openDrillLab({ nodes: 2 });
  }, 240_000);

  afterAll(async () => {
    await lab?.close();
  });

  it('pass, with everything undone, where no user notices', async () => {
    for (const name of ['cut-link', 'drain-and-return']) {
      const [judged] = await runIn(lab, drillNamed(name), (text) => void said.push(text));
      expect(judged?.verdict.findings.filter(({ ok }) => !ok)).toEqual([]);
      expect(judged?.run.probe?.sent).toBeGreaterThan(100);
    }
  }, 300_000);

  it('are undone within 10 s when their operator is killed half-way', async () => {
    const [one, two] = lab.agents;
    if (one === undefined || two === undefined) throw new Error('a pair has two agents');
    const { machine } = two;
    const command = ['drill', 'run', 'split', '--target', 'gw1', '--run-dir', RUN_DIR, '--state-dir', RUN_DIR];
    const operator = machine.start('operator', [process.execPath, ISTHMUS, ...command]);
    await operator.waitForLine(/every link of the node is cut/, 60_000);
    await waitFor(
      'gw1 to be cut off',
      async () => (await one.events()).some(({ code, reason }) => code === 'drill-step' && reason.includes('cut')),
      { timeoutMs: 10_000 },
    );
    await operator.signal('SIGKILL');
    const killedMs = Date.now();
    const ended = await waitFor(
      'gw1 to undo the drill',
      async () => (await one.events()).findLast(({ code, time }) => code === 'drill-ended' && time >= killedMs),
      { timeoutMs: 20_000 },
    );
    expect(ended.reason).toBe('undone: cut links');
    expect(ended.time - killedMs).toBeLessThan(10_000);
    await two.until(
      'to hear gw1 again, in sync',
      ({ health, nodes }) => health === 'healthy' && nodes.every(({ alive }) => alive),
      60_000,
    );
  }, 300_000);

  it('fail, and show why, when the router keeps its route', async () => {
    const gateway = lab.site.gateways[0];
    if (gateway === undefined) throw new Error('the lab has no gateway');
    const { interface: out, gateway6, gateway4 } = gateway.path;
    await lab.site.router.ip([
      `route add ${POOL6} via ${gateway6} dev ${out} metric 1`,
      `route add ${POOL4} via ${gateway4} dev ${out} metric 1`,
    ]);
    const [judged] = await runIn(lab, drillNamed('kill-agent'), (text) => void said.push(text));
    expect(judged?.verdict.verdict).toBe('fail');
    expect(judged?.verdict.findings.filter(({ ok }) => !ok).map(({ what }) => what)).toContain(
      'longest outage of a flow',
    );
  }, 300_000);
});
