import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { agentOf, CLUSTER_FILE, type GatewayAgent, makeSecret, ownState } from '../../src/lab/gateway/agent.ts';
import { clusterFile } from '../../src/lab/topology/cluster-file.ts';
import { buildSite, gatewayNamed, type Site } from '../../src/lab/topology/site.ts';
import { labTest } from './needs-root.ts';

const WITHIN_MS = 60_000;

const named = z.object({ node: z.string().optional() });
const answered = z.object({ node: z.string(), reply: z.object({ node: z.string() }) });
const nodes = z.object({ node: z.string(), nodes: z.array(z.object({ name: z.string(), self: z.boolean() })) });

/** The lines of an output, each as JSON of a shape. */
function linesOf<T>(shape: z.ZodType<T>, text: string): T[] {
  const lines = text.trim().split('\n');
  return lines.map((line) => shape.parse(JSON.parse(line)));
}

/** Three nodes on a ring, each asked by an operator on gw1. */
describe.runIf(labTest)('a command for another node', () => {
  let site: Site;
  let one: GatewayAgent;
  let two: GatewayAgent;
  let three: GatewayAgent;

  beforeAll(async () => {
    site = await buildSite({ gateways: 3, mode: 'ecmp' });
    [one, two, three] = ['gw1', 'gw2', 'gw3'].map((name) => agentOf(gatewayNamed(site, name)));
    const agents = [one, two, three];
    const secret = makeSecret();
    for (const agent of agents) {
      await agent.install(clusterFile(site.gateways), secret);
      agent.start();
    }
    for (const agent of agents)
      await agent.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
    await one.until(
      'to be active and to hear both others',
      (status) => status.nodes.every(({ alive, state }) => alive && state === 'active'),
      WITHIN_MS,
    );
  }, 300_000);

  afterAll(async () => {
    await site?.world.close();
  });

  it('is answered by it, through the agent of this one', async () => {
    const { stdout, stderr } = await one.isthmus(['status', '--node', 'gw3', '--json']);
    expect(stderr).toBe('');
    const status = nodes.parse(JSON.parse(stdout));
    expect(status.node).toBe('gw3');
    expect(status.nodes.find(({ self }) => self)?.name).toBe('gw3');
  });

  it('is answered by every node, each under its name', async () => {
    const { stdout } = await one.isthmus(['status', '--all', '--json']);
    const answers = linesOf(answered, stdout);
    expect(answers.map(({ node, reply }) => [node, reply.node])).toEqual(
      ['gw1', 'gw2', 'gw3'].map((name) => [name, name]),
    );
    const { stdout: events } = await one.isthmus(['events', '--all', '--last', '0', '--json']);
    const names = new Set(linesOf(named, events).map(({ node }) => node));
    expect(names).toEqual(new Set(['gw1', 'gw2', 'gw3']));
  });

  it('says which nodes there are, when one is named that does not exist', async () => {
    const { stderr, code } = await one.isthmus(['pool', '--node', 'gw9']);
    expect([code, stderr]).toEqual([2, 'isthmus: there is no node gw9; there are: gw1, gw2, gw3\n']);
  });

  it('that changes something is refused, until the cluster file of that node allows it; then it says who asked', async () => {
    const refused = await one.isthmus(['drain', '--node', 'gw2', '--json']);
    expect(JSON.parse(refused.stdout)).toMatchObject({ ok: false, code: 'not-allowed' });
    await two.machine.writeFile(CLUSTER_FILE, clusterFile(site.gateways).concat('remoteCommands: changing\n'));
    expect((await two.isthmus(['reload'])).stdout).toContain('configuration applied');
    const drained = await one.isthmus(['drain', '--node', 'gw2', '--json']);
    expect(JSON.parse(drained.stdout)).toMatchObject({ done: true, code: 'node-drained' });
    await two.until(
      'to be withdrawn',
      ({ nodes }) => nodes.some(({ self, state }) => self && state === 'withdrawn'),
      5000,
    );
    const requests = (await two.events()).filter(({ code }) => code === 'command-requested');
    expect(requests.map(({ to, reason }) => [to, reason])).toEqual([
      ['reload requested', 'requested by root'],
      ['drain requested', 'requested by root on gw1'],
    ]);
    const back = await one.isthmus(['undrain', '--node', 'gw2', '--json']);
    expect(JSON.parse(back.stdout)).toMatchObject({ done: true });
  });

  it('fails with a sentence for a node that is gone, and the others still answer', async () => {
    await three.process.signal('SIGKILL');
    await one.until('to miss gw3', ({ nodes }) => nodes.some(({ name, alive }) => name === 'gw3' && !alive), WITHIN_MS);
    const { stdout, stderr, code } = await one.isthmus(['pool', '--all', '--json']);
    expect(stderr).toMatch(/^isthmus: node gw3: (no heartbeats of it arrive|the node has gone)/m);
    expect(linesOf(named, stdout).map(({ node }) => node)).toEqual(['gw1', 'gw2', undefined]);
    expect(code).toBe(1);
  });
});
