import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  agentOf,
  CLUSTER_FILE,
  type GatewayAgent,
  makeSecret,
  ownState,
  RUN_DIR,
} from '../../src/lab/gateway/agent.ts';
import { ISTHMUS } from '../../src/lab/programs.ts';
import { clusterFile } from '../../src/lab/topology/cluster-file.ts';
import { buildSite, DATA_PLANE, gatewayNamed, type Site, startFrr } from '../../src/lab/topology/site.ts';
import { labTest } from './needs-root.ts';

/** Everything on a gateway that an agent changes: interfaces, addresses, routes, rules, namespaces and files. */
async function picture({ machine }: GatewayAgent): Promise<string> {
  const show =
    'ip addr; ip -6 route; ip route; ip rule; ip -6 rule; ls /run/isthmus; ps -e -o comm= | grep -v -E "^(sh|ps|grep|ip|ls|sort)$" | sort';
  const inside = await machine.run(['sh', '-c', show], { namespace: DATA_PLANE });
  const outside = await machine.run(['sh', '-c', `${show}; ip netns list`]);
  return inside.stdout + outside.stdout;
}

const agentCommand = [
  process.execPath,
  ISTHMUS,
  'agent',
  '--config',
  CLUSTER_FILE,
  '--node',
  'gw1',
  '--run-dir',
  RUN_DIR,
];

describe.runIf(labTest)('isthmus agent', () => {
  let site: Site;
  let agent: GatewayAgent;
  let file: string;

  beforeAll(async () => {
    site = await buildSite({ gateways: 2, mode: 'preferred', withoutFrr: true });
    const gateway = gatewayNamed(site, 'gw1');
    agent = agentOf(gateway);
    file = clusterFile([gateway]);
    // What the pictures show comes to rest.
    for (const ring of ['ring0', 'ring1']) await gateway.machine.waitForCarrier(ring);
    await gateway.machine.waitForCarrier('up0', { namespace: DATA_PLANE });
  }, 60_000);

  afterAll(async () => {
    await site?.world.close();
  });

  it('refuses a cluster file with a mistake, says where, and changes nothing', async () => {
    const wrong = file.replace('pool6: 64:ff9b::/96', 'pool6: 64:ff9b::/95');
    const line = wrong.split('\n').findIndex((text) => text.includes('/95')) + 1;
    await agent.install(wrong, makeSecret());
    const before = await picture(agent);
    const { code, stderr } = await agent.machine.run(agentCommand, { allowFailure: true });
    expect(code).toBe(2);
    expect(stderr).toMatch(new RegExp(`${CLUSTER_FILE}:${line}:\\d+`));
    expect(stderr).toMatch(/pool6.*95.*\/96/);
    expect(await picture(agent)).toBe(before);
  });

  it('says in one line which capability is missing', async () => {
    await agent.install(file, makeSecret());
    const before = await picture(agent);
    const drop = ['setpriv', '--bounding-set', '-net_admin,-sys_admin', '--inh-caps', '-net_admin,-sys_admin'];
    const { code, stderr } = await agent.machine.run([...drop, ...agentCommand], { allowFailure: true });
    expect(code).not.toBe(0);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/CAP_(?:NET|SYS)_ADMIN/);
    expect(await picture(agent)).toBe(before);
  });

  describe('that runs', () => {
    beforeAll(async () => {
      await agent.install(file, makeSecret());
      agent.start();
    });

    it('serves while FRR is not running, says degraded, and announces when FRR comes', async () => {
      const status = await agent.until(
        'to serve, degraded',
        (seen) => seen.health === 'degraded' && ownState(seen).state === 'active',
        20_000,
      );
      expect(status.problems.map(({ text }) => text).join('\n')).toMatch(/FRR|bfdd/);
      expect((await agent.isthmus(['status'])).code).toBe(1);
      await startFrr(gatewayNamed(site, 'gw1'));
      await agent.until(
        'to announce',
        (seen) => seen.announcements.length > 0 && seen.announcements.every(({ observed }) => observed === 'announced'),
        30_000,
      );
    });

    it('refuses to be the second one of a node, naming the process that is the first', async () => {
      const status = await agent.until('to answer', () => true, 20_000);
      const pid = status.nodes.find(({ self }) => self)?.pid;
      const { code, stderr } = await agent.machine.run(agentCommand, { allowFailure: true });
      expect(code).not.toBe(0);
      expect(stderr).toContain(String(pid));
      expect(agent.process.running).toBe(true);
      await agent.until('to go on', (seen) => ownState(seen).state === 'active', 20_000);
    });
  });
});
