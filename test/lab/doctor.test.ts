import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentOf, CLUSTER_FILE, type GatewayAgent, makeSecret, ownState } from '../../src/lab/gateway/agent.ts';
import { Frr } from '../../src/lab/routers/frr.ts';
import { clusterFile } from '../../src/lab/topology/cluster-file.ts';
import { buildSite, DATA_PLANE, type Gateway, gatewayNamed, SERVER4, type Site } from '../../src/lab/topology/site.ts';
import { untilRoutedTo } from '../../src/lab/topology/steering.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { labTest } from './needs-root.ts';

const WITHIN = { timeoutMs: 60_000, everyMs: 500 };

interface Report {
  readonly ok: boolean;
  readonly findings: readonly { readonly code: string; readonly evidence: string; readonly fixable: boolean }[];
  readonly unchecked: readonly { readonly check: string; readonly reason: string }[];
}

/** A real pair of gateways: nothing is found on it, then one thing after the other is broken and found. */
describe.runIf(labTest)('isthmus doctor on a pair of gateways', () => {
  let site: Site;
  let gw1: Gateway;
  let agent: GatewayAgent;

  beforeAll(async () => {
    site = await buildSite({ gateways: 2, mode: 'preferred' });
    gw1 = gatewayNamed(site, 'gw1');
    const secret = makeSecret();
    const agents = site.gateways.map(agentOf);
    for (const one of agents) {
      await one.install(clusterFile(site.gateways), secret);
      one.start();
    }
    const [first] = agents;
    if (first === undefined) throw new Error('the site has no gateway');
    agent = first;
    await agent.until('active and healthy', (status) => ownState(status).state === 'active', WITHIN.timeoutMs);
  }, 300_000);

  afterAll(async () => {
    await site?.world.close();
  });

  async function doctor(...args: readonly string[]): Promise<Report & { readonly status: number }> {
    const list = ['doctor', '--config', CLUSTER_FILE, '--node', 'gw1', '--json', ...args];
    const { stdout, stderr, code } = await agent.isthmus(list);
    if (!stdout.startsWith('{')) throw new Error(`no report: ${stderr}`);
    const report: Report = JSON.parse(stdout);
    return { ...report, status: code ?? -1 };
  }

  async function untilFound(code: string): Promise<Report> {
    return waitFor(
      `doctor to find ${code}`,
      async () => {
        const report = await doctor();
        return report.findings.some((finding) => finding.code === code) ? report : undefined;
      },
      WITHIN,
    );
  }

  async function inDataPlane(script: string): Promise<void> {
    await gw1.machine.run(['sh', '-ec', script], { namespace: DATA_PLANE });
  }

  it('finds nothing while the pair is healthy, and reaches a server through it', async () => {
    const report = await waitFor(
      'a report without findings',
      async () => {
        const seen = await doctor('--through', SERVER4);
        return seen.ok && seen.unchecked.length === 0 ? seen : undefined;
      },
      { ...WITHIN, diagnose: async () => JSON.stringify(await doctor('--through', SERVER4)) },
    );
    expect(report).toMatchObject({ status: 0, findings: [], unchecked: [] });
  }, 300_000);

  it('proves a withdrawal by the traffic while the other node serves, and status shows that', async () => {
    const test = async (...more: readonly string[]) =>
      agent.isthmus(['doctor', '--config', CLUSTER_FILE, '--node', 'gw1', '--json', '--withdrawal', ...more]);
    const [upstream = ''] = (await agent.status())?.announcements.map((announcement) => announcement.upstream) ?? [];
    expect((await test('nowhere')).stdout).toContain('this node has no upstream nowhere; it has');

    const pings = site.client6.start('pings', ['ping', '-6', '-i', '0.05', `64:ff9b::${SERVER4}`]);
    await pings.waitForLine(/time=/, 30_000);
    const proven = await waitFor(
      'a withdrawal that is proven',
      async () => {
        const { code, stdout } = await test(upstream);
        return code === 0 ? stdout : undefined;
      },
      WITHIN,
    );
    expect(JSON.parse(proven)).toMatchObject({ done: true, code: 'withdrawal-proven' });
    const shown = /withdrawal proven \d+ m?s ago, \d+ ms/;
    expect((await agent.isthmus(['status'])).stdout).toMatch(shown);
    await pings.stop();
    // The next incarnation still knows it.
    await agent.process.stop();
    agent.start();
    await agent.until('to be active', (status) => ownState(status).state === 'active', WITHIN.timeoutMs);
    expect((await agent.isthmus(['status'])).stdout).toMatch(shown);
    await untilRoutedTo(site, 'gw1', WITHIN.timeoutMs);
  }, 300_000);

  it('finds forwarding that is off, and turns it on', async () => {
    await inDataPlane('echo 0 >/proc/sys/net/ipv4/ip_forward');
    const { findings } = await untilFound('forwarding-off');
    expect(findings.find(({ code }) => code === 'forwarding-off')?.fixable).toBe(true);
    const { findings: left } = await doctor('--fix');
    expect(left.map(({ code }) => code)).not.toContain('forwarding-off');
    const { stdout } = await gw1.machine.run(['cat', '/proc/sys/net/ipv4/ip_forward'], { namespace: DATA_PLANE });
    expect(stdout.trim()).toBe('1');
  }, 300_000);

  it('finds a firewall that drops replication', async () => {
    const table = 'add table inet f; add chain inet f input { type filter hook input priority 10; policy drop; }';
    await gw1.machine.run(['nft', table]);
    const { findings } = await untilFound('packets-filtered');
    expect(findings.find(({ code }) => code === 'packets-filtered')?.evidence).toContain('udp port 6464');
    await gw1.machine.run(['nft', 'delete table inet f']);
  }, 300_000);

  it('finds a default route that is gone', async () => {
    await inDataPlane('ip -4 route delete default');
    const { findings } = await untilFound('default-route-missing');
    expect(findings.map(({ evidence }) => evidence)).toContainEqual(
      expect.stringContaining('there is no IPv4 default route'),
    );
    await inDataPlane(`ip -4 route add default via ${gw1.peer4}`);
  }, 300_000);

  it('finds a router that does not answer BFD any more', async () => {
    await site.bird.process.stop();
    const { findings } = await untilFound('router-session-down');
    expect(findings.map(({ evidence }) => evidence)).toContainEqual(
      expect.stringContaining(`BFD with ${gw1.peer4} is`),
    );
  }, 300_000);

  it('finds FRR daemons that are gone, and then some in the wrong network namespace', async () => {
    await gw1.frr.stop();
    await untilFound('frr-unreachable');
    const misplaced = new Frr(gw1.machine, DATA_PLANE, { inMainNamespace: true });
    await misplaced.start(
      new Map([
        ['zebra', ''],
        ['bfdd', ''],
      ] as const),
    );
    const { findings } = await untilFound('frr-wrong-namespace');
    expect(findings.map(({ evidence }) => evidence)).toContainEqual(
      expect.stringMatching(
        /^bfdd \(pid \d+\) runs in the main namespace, but its routers are in the namespace nat64$/,
      ),
    );
  }, 300_000);
});
