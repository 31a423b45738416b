import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { agentOf, type GatewayAgent, inSyncWith, makeSecret, ownState } from '../../src/lab/gateway/agent.ts';
import { clusterFile } from '../../src/lab/topology/cluster-file.ts';
import { buildSite, gatewayNamed, SERVER4, type Site } from '../../src/lab/topology/site.ts';
import { untilRoutedTo } from '../../src/lab/topology/steering.ts';
import { checkFlows, TrafficProgram } from '../../src/lab/traffic/traffic.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { labTest } from './needs-root.ts';

const WITHIN_MS = 60_000;
const FLOWS = 8;

const said = z.object({
  answers: z.array(
    z.object({
      certainty: z.string(),
      client: z.string(),
      clientPort: z.number(),
      fromNode: z.string(),
      untilNode: z.string(),
      remarks: z.array(z.string()),
    }),
  ),
  missing: z.array(z.string()),
});
type Said = z.infer<typeof said>;

/** A mapping that begins at one node and ends at the other, because the first one is killed in between. */
describe.runIf(labTest)('the NAT log of a pair', () => {
  let site: Site;
  let one: GatewayAgent;
  let two: GatewayAgent;

  beforeAll(async () => {
    site = await buildSite({ gateways: 2, mode: 'preferred' });
    [one, two] = ['gw1', 'gw2'].map((name) => agentOf(gatewayNamed(site, name)));
    const timeouts = 'timeouts: { udp: 10s, tcpTransitory: 5s, tcpEstablished: 10s }';
    const file = clusterFile(site.gateways).replace('    prefer:', `    natLog: bib\n    ${timeouts}\n    prefer:`);
    const secret = makeSecret();
    for (const agent of [one, two]) {
      await agent.install(file, secret);
      agent.start();
    }
    for (const agent of [one, two]) {
      await agent.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
    }
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
  }, 300_000);

  afterAll(async () => {
    await site?.world.close();
  });

  async function whoWas(agent: GatewayAgent, args: readonly string[]): Promise<Said> {
    const { stdout, stderr } = await agent.isthmus(['whowas', ...args, '--json']);
    if (!stdout.startsWith('{')) throw new Error(`whowas printed ${stdout}${stderr}`);
    return said.parse(JSON.parse(stdout));
  }

  it('finds the client of a mapping that moved from gw1 to gw2 when gw1 was killed', async () => {
    const server = new TrafficProgram(site.server4, 'server');
    await server.next('ready', WITHIN_MS);
    const flows = new TrafficProgram(site.client6, 'sessions', [`64:ff9b::${SERVER4}`, String(FLOWS), '0']);
    await flows.next('ready', WITHIN_MS);
    expect(await checkFlows(flows, WITHIN_MS)).toMatchObject({ tcp: FLOWS });
    await two.until('to hold the sessions', (status) => inSyncWith(status, 'gw1'), WITHIN_MS);
    const mapping = (await one.bib()).find(({ protocol }) => protocol === 'tcp');
    if (mapping === undefined) throw new Error('gw1 has no mapping');

    const place = `${mapping.pool4}:${mapping.pool4Port}`;
    // What is younger than a fifth of a second dies with the agent.
    const written = async (): Promise<boolean | undefined> =>
      (await whoWas(one, [place, new Date().toISOString(), '--proto', 'tcp'])).answers.length > 0 || undefined;
    await waitFor('gw1 to have written the mapping', written, { timeoutMs: WITHIN_MS, everyMs: 500 });

    await one.process.signal('SIGKILL');
    await untilRoutedTo(site, 'gw2', WITHIN_MS);
    expect(await checkFlows(flows, WITHIN_MS)).toMatchObject({ tcp: FLOWS });
    const takenOver = async (): Promise<boolean | undefined> =>
      (await two.events()).some(({ code }) => code === 'sessions-taken-over') || undefined;
    await waitFor('gw2 to take the sessions over', takenOver, { timeoutMs: WITHIN_MS });
    expect(await checkFlows(flows, WITHIN_MS)).toMatchObject({ tcp: FLOWS });
    const between = new Date().toISOString();

    await flows.process.stop();
    one.start();
    await one.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
    const ended = async (): Promise<Said | undefined> => {
      const answer = await whoWas(two, [place, between, '--proto', 'tcp']);
      return answer.answers.some(({ untilNode }) => untilNode !== '') ? answer : undefined;
    };
    const { answers } = await waitFor('the mapping to end', ended, { timeoutMs: WITHIN_MS, everyMs: 1000 });
    expect(answers).toMatchObject([
      {
        client: mapping.client,
        clientPort: mapping.clientPort,
        fromNode: 'gw1',
        untilNode: 'gw2',
        certainty: 'certain',
        remarks: [expect.stringMatching(/^taken over by gw2 at /)],
      },
    ]);

    const reverse = await whoWas(one, ['--client', mapping.client, between, '--proto', 'tcp']);
    expect(reverse.answers.length).toBeGreaterThanOrEqual(FLOWS);
    expect(reverse.answers.every(({ client }) => client === mapping.client)).toBe(true);
  }, 300_000);

  it('says which node it could not ask', async () => {
    await one.process.signal('SIGKILL');
    const { missing } = await whoWas(two, ['11.64.1.1:1024', new Date().toISOString()]);
    expect(missing).toContain('the log of gw1 was not searched: it did not answer');
  });
});
