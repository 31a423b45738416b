import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentOf, type GatewayAgent, makeSecret, ownState, RUN_DIR } from '../../../src/lab/gateway/agent.ts';
import { clusterFile } from '../../../src/lab/topology/cluster-file.ts';
import { buildSite, gatewayNamed, SERVER4, type Site } from '../../../src/lab/topology/site.ts';
import { untilRoutedTo } from '../../../src/lab/topology/steering.ts';
import { checkFlows, TrafficProgram } from '../../../src/lab/traffic/traffic.ts';
import { waitFor } from '../../../src/lab/world/wait.ts';
import { LabEtcd } from '../../../src/lab/topology/lab-etcd.ts';
import { labTest } from '../needs-root.ts';

const WITHIN_MS = 60_000;
const TCP = 8;
const UDP = 4;

/** Real agents, once with the cluster file alone and once with a real etcd of three members. */
describe.runIf(labTest).each(['static', 'etcd'] as const)(
  'the slice of a node that is gone, coordinator %s',
  (kind) => {
    let etcd: LabEtcd;
    let site: Site;
    let one: GatewayAgent;
    let two: GatewayAgent;

    beforeAll(async () => {
      site = await buildSite({ gateways: 2, mode: 'preferred' });
      [one, two] = [agentOf(gatewayNamed(site, 'gw1')), agentOf(gatewayNamed(site, 'gw2'))];
      etcd = await LabEtcd.join(site);
      if (kind === 'etcd') etcd.start();
      const endpoints = etcd.endpoints.map((endpoint) => `"${endpoint}"`).join(', ');
      const coordinator = kind === 'etcd' ? `coordinator: { kind: etcd, endpoints: [${endpoints}] }\n` : '';
      const secret = makeSecret();
      for (const agent of [one, two]) {
        await agent.install(`${clusterFile(site.gateways)}${coordinator}`, secret);
        agent.start();
      }
      for (const agent of [one, two]) await untilActive(agent);
      await untilRoutedTo(site, 'gw1', WITHIN_MS);
    }, 90_000);
    afterAll(() => site?.world.close());

    async function untilActive(agent: GatewayAgent): Promise<void> {
      await agent.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
    }

    /** Waits for a node to give out ports of these slices, as its events say. */
    async function untilWorksIn(agent: GatewayAgent, slots: string): Promise<void> {
      await waitFor(
        `${agent.node} to work in the slices ${slots}`,
        async () => (await agent.events()).findLast(({ subject }) => subject === 'slices')?.to === slots,
        { timeoutMs: WITHIN_MS, everyMs: 100 },
      );
    }

    async function untilCoordinatorAnswers(agent: GatewayAgent, answers: boolean): Promise<void> {
      await agent.until(
        `the coordinator ${answers ? 'to answer' : 'not to answer'}`,
        ({ checks }) => checks.some(({ name, ok }) => name === 'coordinator' && ok === answers),
        WITHIN_MS,
      );
    }

    it('is taken over, and given back when the node returns', async () => {
      const take = ['pool', 'take', '2', '--node', 'gw1', '--run-dir', RUN_DIR];
      if (kind === 'etcd') await untilCoordinatorAnswers(one, true);
      const refused = await one.isthmus(take);
      expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('is alive')]);
      await two.process.signal('SIGKILL');
      await one.until('gw2 to be silent', ({ nodes }) => nodes.some(({ self, alive }) => !self && !alive), WITHIN_MS);
      if (kind === 'static') {
        const taken = await one.isthmus(take);
        expect([taken.code, taken.stdout.trim()]).toEqual([0, 'the slice of slot 2 is taken']);
      }
      await untilWorksIn(one, 'own and that of gw2');
      two.start();
      await untilWorksIn(one, 'own');
      await untilActive(two);
      // As long as somebody else worked there it did not; nor for a second after.
      await untilWorksIn(two, 'own');
    }, 300_000);

    if (kind === 'static') return;

    it('an etcd that is frozen or killed touches no session and no failover', async () => {
      const server = new TrafficProgram(site.server4, 'server');
      await server.next('ready', WITHIN_MS);
      await untilRoutedTo(site, 'gw1', WITHIN_MS);
      const flows = new TrafficProgram(site.client6, 'sessions', [`64:ff9b::${SERVER4}`, String(TCP), String(UDP)]);
      await flows.next('ready', WITHIN_MS);
      await etcd.freeze();
      await untilCoordinatorAnswers(one, false);
      expect(await checkFlows(flows, WITHIN_MS)).toMatchObject({ tcp: TCP, udp: UDP });
      await etcd.thaw();
      await untilCoordinatorAnswers(one, true);
      await etcd.kill();
      await untilCoordinatorAnswers(two, false);
      await one.process.signal('SIGKILL');
      await untilRoutedTo(site, 'gw2', WITHIN_MS);
      expect(await checkFlows(flows, WITHIN_MS)).toMatchObject({ tcp: TCP, udp: UDP });
    }, 300_000);
  },
);
