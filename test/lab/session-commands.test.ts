import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { agentOf, type GatewayAgent, makeSecret, ownState } from '../../src/lab/gateway/agent.ts';
import { ISTHMUS } from '../../src/lab/programs.ts';
import { clusterFile } from '../../src/lab/topology/cluster-file.ts';
import { buildSite, CLIENT6, gatewayNamed, SERVER4, type Site } from '../../src/lab/topology/site.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { labTest } from './needs-root.ts';

const WITHIN_MS = 60_000;
const WITHIN = { timeoutMs: 20_000, everyMs: 100 };
const SERVER6 = `64:ff9b::${SERVER4}`;

const top = z.object({
  rows: z.array(
    z.object({ address: z.string(), sessions: z.number(), packets: z.number(), newLastMinute: z.number() }),
  ),
  groups: z.number(),
});
const followed = z.object({ change: z.string(), session: z.object({ client: z.string(), protocol: z.string() }) });

/** Commands about sessions and packets, on one of two gateways that carries the traffic of a client. */
describe.runIf(labTest)('commands about sessions', () => {
  let site: Site;
  let gateway: GatewayAgent;
  let other: GatewayAgent;

  beforeAll(async () => {
    site = await buildSite({ gateways: 2, mode: 'preferred' });
    const agents = ['gw1', 'gw2'].map((name) => agentOf(gatewayNamed(site, name)));
    const [first, second] = agents;
    if (first === undefined || second === undefined) throw new Error('the site has two gateways');
    [gateway, other] = [first, second];
    const secret = makeSecret();
    for (const agent of agents) {
      await agent.install(`${clusterFile(site.gateways)}remoteCommands: changing\n`, secret);
      agent.start();
    }
    for (const agent of agents)
      await agent.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
    await waitFor('the client to reach the server', () => ping(1), { timeoutMs: WITHIN_MS, everyMs: 200 });
  }, 300_000);

  afterAll(async () => {
    await site?.world.close();
  });

  /** @returns true when all echo requests of one more session were answered */
  async function ping(count: number): Promise<true | undefined> {
    const command = ['ping', '-c', `${count}`, '-i', '0.1', '-W', '2', SERVER6];
    const { stdout } = await site.client6.run(command, { timeoutMs: 30_000, allowFailure: true });
    return stdout.includes(`${count} received`) ? true : undefined;
  }

  it('show who has most, as a table, as CSV and as JSON', async () => {
    expect(await ping(5)).toBe(true);
    const json = await gateway.isthmus(['top', '--sort', 'packets', '--client', CLIENT6, '--json']);
    const { rows, groups } = top.parse(JSON.parse(json.stdout));
    expect(groups).toBe(1);
    expect(rows[0]).toMatchObject({ address: CLIENT6 });
    expect(rows[0]?.packets).toBeGreaterThanOrEqual(10);
    expect(rows[0]?.newLastMinute).toBeGreaterThanOrEqual(1);
    const table = await gateway.isthmus(['top', 'remotes', '--limit', '5']);
    expect(table.stdout).toMatch(new RegExp(`^internet +${SERVER4} +\\d+ `, 'm'));
    const csv = await gateway.isthmus(['top', 'ports', '--protocol', 'icmp', '--csv']);
    expect(csv.stdout).toMatch(
      /^instance,address,protocol,port,sessions,newLastMinute,packets,bytes,excess\ninternet,,icmp,0,\d+,/,
    );
    const far = await other.isthmus(['top', 'pool4', '--node', 'gw1', '--json']);
    expect(top.parse(JSON.parse(far.stdout)).rows[0]?.address).toMatch(/^11\.64\.0\./);
    const wrong = await gateway.isthmus(['top', '--limit', '1001']);
    expect([wrong.code, wrong.stderr.split('\n')[0]]).toEqual([
      2,
      "error: option '--limit <count>' argument '1001' is invalid. expected a number from 1 to 1000",
    ]);
  });

  it('show each session as it is made and as it ends', async () => {
    const lines: string[] = [];
    const follow = gateway.machine.start('follow', [
      process.execPath,
      ISTHMUS,
      'sessions',
      'follow',
      '--client',
      CLIENT6,
      '--json',
    ]);
    follow.onLine((line) => lines.push(line));
    const changes = (): string[] =>
      lines
        .map((line) => followed.parse(JSON.parse(line)))
        .map(({ change, session }) => `${change} ${session.protocol}`);
    await waitFor(
      'a session that was made',
      async () => {
        await ping(1);
        return changes().includes('created icmp');
      },
      WITHIN,
    );
    const ended = await gateway.isthmus(['sessions', 'end', '--client', CLIENT6]);
    expect(ended.stdout).toMatch(/^\d+ sessions ended/);
    await waitFor('a session that ended', () => changes().includes('ended icmp'), WITHIN);
    await follow.stop();
  });
});
