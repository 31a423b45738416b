import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentOf, type GatewayAgent, makeSecret, ownState, SECRET_FILE } from '../../src/lab/gateway/agent.ts';
import { upstreamOf } from '../../src/lab/topology/cluster-file.ts';
import { buildSite, DATA_PLANE, type Gateway, gatewayNamed, SERVER4, type Site } from '../../src/lab/topology/site.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { labTest } from './needs-root.ts';

const UPPER = '190.4.0.80';
const GUEST = '2001:db8:6::99';
const WITHIN_MS = 60_000;

/** Two halves of the internet, and guests who have an instance of their own. */
const fileOf = (gateways: readonly Gateway[]): string => `cluster: steering
secretFile: ${SECRET_FILE}
nodes:
${gateways.map(({ name, slot }) => `  ${name}: { slot: ${slot}, links: [ring0, ring1] }`).join('\n')}
instances:
  lower:
    kind: nat64
    namespace: ${DATA_PLANE}
    pool6: 64:ff9b::/96
    destinations: [0.0.0.0/1]
    pool4: [{ prefix: 11.64.0.0/32 }]
  upper:
    kind: nat64
    namespace: ${DATA_PLANE}
    pool6: 64:ff9b::/96
    destinations: [128.0.0.0/1]
    pool4: [{ prefix: 11.64.0.1/32 }]
  guests:
    kind: nat64
    namespace: ${DATA_PLANE}
    pool6: 64:ff9b::/96
    clients: ["${GUEST}/128"]
    pool4: [{ prefix: 11.64.0.2/32 }]
# Its packets are counted as any others are.
checks: { translation: { effect: off } }
upstreams:
${gateways.map(upstreamOf).join('\n')}
`;

describe.runIf(labTest)('instances by destination and by client', () => {
  let site: Site;
  let gateway: Gateway;
  let agent: GatewayAgent;
  let rulesBefore: string;

  beforeAll(async () => {
    site = await buildSite({ gateways: 2, mode: 'preferred' });
    gateway = gatewayNamed(site, 'gw1');
    await site.client6.ip([`addr add ${GUEST}/64 dev eth0 nodad`]);
    await site.server4.ip([`addr add ${UPPER}/24 dev eth0`]);
    await site.router.ip(['addr add 190.4.0.1/24 dev lan4']);
    agent = agentOf(gateway);
    rulesBefore = await rules();
    await agent.install(fileOf([gateway]), makeSecret());
    agent.start();
    await untilActive();
  }, 60_000);

  afterAll(async () => {
    await site?.world.close();
  });

  async function untilActive(): Promise<void> {
    await agent.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
  }

  async function rules(): Promise<string> {
    return (await gateway.machine.run(['ip', '-6', 'rule'], { namespace: DATA_PLANE })).stdout;
  }

  /** Sends pings from one of client6's addresses. @returns the instance that has translated them */
  async function instanceFor(own: string, target: string): Promise<string[]> {
    const before = await counts();
    await waitFor(
      'an answer',
      async () => {
        const argv = ['ping', '-6', '-c', '1', '-W', '1', '-I', own, `64:ff9b::${target}`];
        return (await site.client6.run(argv, { allowFailure: true })).code === 0;
      },
      { timeoutMs: WITHIN_MS },
    );
    const after = await counts();
    return [...after].filter(([name, value]) => value > (before.get(name) ?? 0)).map(([name]) => name);
  }

  async function counts(): Promise<Map<string, number>> {
    const status = await agent.until('an answer', () => true, WITHIN_MS);
    return new Map(
      status.instances.map(({ name, counters }) => [
        name,
        counters
          .filter((counter) => counter.name === 'translated6to4' || counter.name === 'fastPackets6to4')
          .reduce((sum, { value }) => sum + value, 0),
      ]),
    );
  }

  it('each get what is theirs', async () => {
    expect(await instanceFor('2001:db8:6::6', SERVER4)).toEqual(['lower']);
    expect(await instanceFor('2001:db8:6::6', UPPER)).toEqual(['upper']);
    expect(await instanceFor(GUEST, SERVER4)).toEqual(['guests']);
    expect(await instanceFor(GUEST, UPPER)).toEqual(['guests']);
  });

  it('get it back when somebody deletes a rule', async () => {
    await gateway.machine.run(['ip', '-6', 'rule', 'del', 'from', `${GUEST}/128`], { namespace: DATA_PLANE });
    await waitFor('the rule to be back', async () => (await rules()).includes(GUEST), { timeoutMs: WITHIN_MS });
    expect(await instanceFor(GUEST, SERVER4)).toEqual(['guests']);
  });

  it('leave nothing behind: neither after a kill and a start, nor after the end', async () => {
    await agent.process.signal('SIGKILL');
    await agent.process.exited;
    expect(await rules()).toContain(GUEST);
    agent.start();
    await untilActive();
    expect((await rules()).split('\n').filter((line) => line.includes(GUEST))).toHaveLength(1);
    await agent.process.stop();
    expect(await rules()).toBe(rulesBefore);
    const routes = await gateway.machine.run(['ip', '-6', 'route', 'show', 'table', 'all'], { namespace: DATA_PLANE });
    expect(routes.stdout).not.toContain('64:ff9b');
  });
});
