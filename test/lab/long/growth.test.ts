import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  agentOf,
  type GatewayAgent,
  inSyncWith,
  makeSecret,
  ownState,
  RUN_DIR,
} from '../../../src/lab/gateway/agent.ts';
import { untilAllInSync } from '../../../src/lab/gateway/all-in-sync.ts';
import { doubleMappings } from '../../../src/lab/drills/storm/result.ts';
import { clusterFile } from '../../../src/lab/topology/cluster-file.ts';
import { buildSite, SERVER4, type Site } from '../../../src/lab/topology/site.ts';
import { checkFlows, seenAllocations, TrafficProgram } from '../../../src/lab/traffic/traffic.ts';
import { labTest } from '../needs-root.ts';

const WITHIN_MS = 60_000;
const TCP = 24;
const UDP = 12;
const ALL = { tcp: TCP, tcpTotal: TCP, tcpBroken: 0, udp: UDP, udpTotal: UDP };

/** A pair has two slices by default: one that is to grow says so from the start. */
function roomy(file: string): string {
  return `slots: 4\n${file}`;
}

/**
 * A pair that becomes four, all active: the file gets two nodes more, and one agent after the other is started with it.
 */
describe.runIf(labTest)('a cluster that grows from two nodes to four', () => {
  let site: Site;
  let agents: readonly GatewayAgent[];
  let flows: TrafficProgram;
  let server: TrafficProgram;
  const secret = makeSecret();

  beforeAll(async () => {
    site = await buildSite({ gateways: 4, mode: 'ecmp' });
    agents = site.gateways.map(agentOf);
    for (const agent of agents.slice(0, 2)) {
      await agent.install(roomy(clusterFile(site.gateways.slice(0, 2))), secret);
      agent.start();
    }
    for (const agent of agents.slice(0, 2)) await untilActive(agent);
    server = new TrafficProgram(site.server4, 'server');
    await server.next('ready', WITHIN_MS);
    flows = await openFlows();
  }, 90_000);

  afterAll(async () => {
    await site?.world.close();
  });

  async function openFlows(): Promise<TrafficProgram> {
    const program = new TrafficProgram(site.client6, 'sessions', [`64:ff9b::${SERVER4}`, String(TCP), String(UDP)]);
    await program.next('ready', WITHIN_MS);
    return program;
  }

  async function untilActive(agent: GatewayAgent): Promise<void> {
    await agent.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
  }

  it('breaks no connection, and gives each node ports that no other one has', async () => {
    const file = roomy(clusterFile(site.gateways));
    const start = async (agent: GatewayAgent, other: string): Promise<void> => {
      await agent.install(file, secret);
      agent.start();
      await untilActive(agent);
      await agent.until('to hold the sessions', (status) => inSyncWith(status, other), WITHIN_MS);
    };
    const [one, two, three, four] = agents;
    for (const [agent, other] of [
      [one, 'gw2'],
      [two, 'gw1'],
    ] as const) {
      await agent.process.stop();
      await start(agent, other);
      expect(await checkFlows(flows, WITHIN_MS)).toMatchObject(ALL);
    }
    await Promise.all([start(three, 'gw1'), start(four, 'gw1')]);
    expect(await checkFlows(flows, WITHIN_MS)).toMatchObject(ALL);
    const more = await openFlows();
    await untilAllInSync(agents, WITHIN_MS);
    for (const program of [flows, more]) expect(await checkFlows(program, WITHIN_MS)).toMatchObject(ALL);
    await four.until('to find nothing wrong', ({ health }) => health === 'healthy', WITHIN_MS);
    const { doubles } = await seenAllocations(server);
    const tables = await Promise.all(agents.map((agent) => agent.bib()));
    expect([...doubles, ...doubleMappings(tables)]).toEqual([]);
    const slices = await Promise.all(
      agents.map(async (agent) => {
        const { stdout } = await agent.isthmus(['pool', '--run-dir', RUN_DIR, '--json']);
        return stdout.match(/slot \d of 4: \d+-\d+/)?.[0];
      }),
    );
    expect(new Set(slices).size).toBe(4);
    expect(slices).toEqual([1, 2, 3, 4].map((slot) => expect.stringContaining(`slot ${slot} of 4`)));
  }, 300_000);
});
