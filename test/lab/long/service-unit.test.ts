import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  agentOf,
  CLUSTER_FILE,
  type GatewayAgent,
  makeSecret,
  ownState,
  SECRET_FILE,
} from '../../../src/lab/gateway/agent.ts';
import { clusterFile } from '../../../src/lab/topology/cluster-file.ts';
import { buildSite, DATA_PLANE, gatewayNamed, POOL4, type Site, startFrr } from '../../../src/lab/topology/site.ts';
import { gatewaysInUse, untilRoutedTo } from '../../../src/lab/topology/steering.ts';
import type { Output } from '../../../src/lab/world/lab-process.ts';
import { labTest } from '../needs-root.ts';

const WITHIN_MS = 60_000;
const UNIT = new URL('../../../deploy/systemd/isthmus@.service', import.meta.url);

/** What systemd runs after the agent, whatever way that ended: the last one that can take announcements away. */
describe.runIf(labTest)('ExecStopPost of the unit', () => {
  let site: Site;
  let one: GatewayAgent;

  beforeAll(async () => {
    site = await buildSite({ gateways: 2, mode: 'preferred' });
    const [file, secret] = [clusterFile(site.gateways), makeSecret()];
    one = agentOf(gatewayNamed(site, 'gw1'));
    const agents = [one, agentOf(gatewayNamed(site, 'gw2'))];
    for (const agent of agents) {
      await agent.install(file, secret);
      agent.start();
    }
    for (const agent of agents) {
      await agent.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
    }
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
    await killAgentAndGuard();
  }, 90_000);

  afterAll(async () => {
    await site?.world.close();
  });

  /** The guard is stopped first: so it can neither withdraw nor be replaced before the agent is gone. */
  async function killAgentAndGuard(): Promise<void> {
    const { machine } = one;
    const guard = (await machine.run(['pgrep', '-x', 'isthmus-guard'])).stdout.trim();
    await machine.run(['kill', '-STOP', guard]);
    await one.process.signal('SIGKILL');
    await one.process.exited;
    await machine.run(['kill', '-KILL', guard]);
  }

  /** The line of the unit file, with this lab's paths in it. */
  async function runStopPost(): Promise<Output> {
    const line = /^ExecStopPost=\/usr\/bin\/isthmus (.+)$/m.exec(await readFile(UNIT, 'utf8'))?.[1] ?? '';
    const places: Readonly<Record<string, string>> = { '/etc/isthmus/cluster.yaml': CLUSTER_FILE, '%i': 'gw1' };
    return one.isthmus(line.split(' ').map((word) => places[word] ?? word));
  }

  it('withdraws what agent and guard have left when both were killed, and says the peers', async () => {
    expect(await gatewaysInUse(site.router)).toEqual(['gw1', 'gw1']);
    const { stdout, code } = await runStopPost();
    expect(stdout).toMatch(/^withdrawn: 2001:db8:a1::1, 11\.10\.1\.1$/m);
    expect(code).toBe(0);
    await untilRoutedTo(site, 'gw2', WITHIN_MS);
  });

  it('does nothing where nothing is announced, and needs no secret', async () => {
    await one.machine.run(['rm', SECRET_FILE]);
    expect(await runStopPost()).toMatchObject({ code: 0 });
    expect(await gatewaysInUse(site.router)).toEqual(['gw2', 'gw2']);
  });

  it('fails with a sentence when FRR does not answer', async () => {
    const gw1 = gatewayNamed(site, 'gw1');
    await gw1.frr.stop();
    const { stderr, code } = await runStopPost();
    expect(stderr).toContain('is NOT known to be withdrawn');
    expect(code).toBe(1);
    await startFrr(gw1);
  });

  it('does more and more while packets go on, up to the interface where the file allows it', async () => {
    const gw1 = gatewayNamed(site, 'gw1');
    const allowed = 'neighbor: bird\n    endDaemon: false\n    interfaceDown: true';
    await one.install(clusterFile(site.gateways).replaceAll('neighbor: bird', allowed), makeSecret());
    const target = POOL4.replace(/\.\d+\/.*/, '.1');
    // A route that hangs on nothing, as a forgotten static one does.
    await site.router.run(['ip', 'route', 'add', `${target}/32`, 'via', gw1.path.gateway4]);
    const pings = site.router.start('pings', ['ping', '-q', '-i', '0.1', target]);
    const { stdout, stderr, code } = await runStopPost();
    await pings.stop();
    expect(stderr).toContain('the session was brought up and ended without a word');
    expect(stderr).toContain('up0 was set down; it stays down until an operator sets it up again');
    expect(stdout).toMatch(/^withdrawn: /m);
    expect(code).toBe(0);
    const { stdout: link } = await gw1.machine.run(['ip', 'link', 'show', 'up0'], { namespace: DATA_PLANE });
    expect(link).toContain('state DOWN');
  });
});
