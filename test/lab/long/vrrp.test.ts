import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  agentOf,
  type GatewayAgent,
  makeSecret,
  ownState,
  RUN_DIR,
  SECRET_FILE,
} from '../../../src/lab/gateway/agent.ts';
import { POOL4, POOL6, SERVER4 } from '../../../src/lab/topology/site.ts';
import { Ping } from '../../../src/lab/traffic/ping.ts';
import type { LabProcess } from '../../../src/lab/world/lab-process.ts';
import { connect } from '../../../src/lab/world/link.ts';
import type { Machine } from '../../../src/lab/world/machine.ts';
import { waitFor } from '../../../src/lab/world/wait.ts';
import { World } from '../../../src/lab/world/world.ts';
import { labTest } from '../needs-root.ts';

/*
 * Two gateways on one LAN with a router that speaks neither BFD nor BGP: its routes lead to virtual addresses, which
 * real keepalived gives to one of the gateways.
 *
 *   client6 ──lan6── router ──lan0 (bridge)──┬── lan0 gw1 ─┐ ring0
 *   server4 ──lan4────┘                      └── lan0 gw2 ─┘ ring1
 */
const TRACK_FILE = `${RUN_DIR}/lan.track`;
const VIRTUAL6 = '2001:db8:a::64';
const VIRTUAL4 = '11.10.0.64';
const WITHIN_MS = 60_000;
/** VRRP: three advertisements of 0.2 s and the skew, which is shorter; beside that a loaded machine. */
const MOVED_MS = 10_000;
const PRIORITIES = { gw1: 150, gw2: 130 } as const;

/** As docs/frr.md has it. */
function keepalivedConfig(priority: number): string {
  const instance = (name: string, router: number, addresses: readonly string[]): string => `
vrrp_instance ${name} {
  interface lan0
  virtual_router_id ${router}
  priority ${priority}
  advert_int 0.2
  virtual_ipaddress {
    ${addresses.join('\n    ')}
  }
  track_file {
    isthmus
  }
}`;
  return `global_defs {
  vrrp_version 3
}
track_file isthmus {
  file "${TRACK_FILE}"
  weight 1
  init_file -254
}${instance('LAN4', 51, [`${VIRTUAL4}/24`])}${instance('LAN6', 52, ['fe80::64', `${VIRTUAL6}/64`])}
`;
}

const CLUSTER = `cluster: lab
secretFile: ${SECRET_FILE}
nodes:
  gw1: { slot: 1, links: [ring0, ring1] }
  gw2: { slot: 2, links: [ring0, ring1] }
instances:
  internet:
    kind: nat64
    pool6: ${POOL6}
    pool4: [{ prefix: ${POOL4}, ports: 1024-65535 }]
    icmp: { source4: 11.64.1.1, source6: "2001:db8:64::1" }
upstreams:
  lan:
    vrrp: { instances: [LAN4, LAN6], trackFile: ${TRACK_FILE} }
`;

describe.runIf(labTest)('virtual addresses that real keepalived gives to one of two gateways', () => {
  let world: World;
  let router: Machine;
  let client6: Machine;
  const agents = new Map<string, GatewayAgent>();
  const keepalived = new Map<string, LabProcess>();

  beforeAll(async () => {
    world = await World.create();
    [router, client6] = [await world.machine('router'), await world.machine('client6')];
    const server4 = await world.machine('server4');
    await router.enableForwarding();
    await router.ip(['link add lan0 type bridge mcast_snooping 0', 'link set lan0 up']);
    await router.ip(['addr add 2001:db8:a::1/64 dev lan0 nodad', 'addr add 11.10.0.1/24 dev lan0']);
    const gateways = await Promise.all(['gw1', 'gw2'].map((name) => world.machine(name)));
    for (const [index, machine] of gateways.entries()) await addGateway(machine, index + 1);
    const [first, second] = gateways;
    if (first === undefined || second === undefined) throw new Error('two gateways');
    for (const ring of ['ring0', 'ring1']) {
      await connect(world, { machine: first, interface: ring }, { machine: second, interface: ring });
    }
    await addHost(client6, 'lan6', '2001:db8:6::1', '2001:db8:6::6', 64);
    await addHost(server4, 'lan4', '11.4.0.1', SERVER4, 24);
    await router.ip([`route add ${POOL6} via ${VIRTUAL6}`, `route add ${POOL4} via ${VIRTUAL4}`]);
    const secret = makeSecret();
    for (const machine of gateways) {
      const agent = agentOf({ name: machine.name, machine });
      await agent.install(CLUSTER, secret);
      await startKeepalived(machine);
      agents.set(machine.name, agent);
    }
  }, 60_000);

  afterAll(async () => {
    await world?.close();
  });

  async function addGateway(machine: Machine, slot: number): Promise<void> {
    // keepalived's dump is /tmp/keepalived.json: each machine has its own.
    await machine.run(['mount', '-t', 'tmpfs', '-o', 'mode=1777', 'tmpfs', '/tmp']);
    await machine.enableForwarding();
    const addresses = [`2001:db8:a::${slot + 1}/64`, `11.10.0.${slot + 1}/24`];
    await connect(world, { machine: router, interface: machine.name }, { machine, interface: 'lan0', addresses });
    await router.ip([`link set ${machine.name} master lan0`]);
    await machine.ip(['route add default via 2001:db8:a::1', 'route add default via 11.10.0.1']);
  }

  async function addHost(host: Machine, name: string, gateway: string, own: string, bits: number): Promise<void> {
    await connect(
      world,
      { machine: router, interface: name, addresses: [`${gateway}/${bits}`] },
      { machine: host, interface: 'eth0', addresses: [`${own}/${bits}`] },
    );
    await host.ip([`route add default via ${gateway}`]);
    await host.waitForCarrier('eth0');
  }

  async function startKeepalived(machine: Machine): Promise<void> {
    const priority = machine.name === 'gw1' ? PRIORITIES.gw1 : PRIORITIES.gw2;
    await machine.writeFile('/run/keepalived.conf', keepalivedConfig(priority));
    const argv = ['keepalived', '--dont-fork', '--log-console', '--vrrp', '--use-file', '/run/keepalived.conf'];
    keepalived.set(machine.name, machine.start('keepalived', argv));
  }

  function agent(name: string): GatewayAgent {
    const found = agents.get(name);
    if (found === undefined) throw new Error(`the lab has no ${name}`);
    return found;
  }

  /** Which gateways have the virtual addresses. */
  async function masters(): Promise<string> {
    const owners = [...agents.values()].flatMap(({ node, machine }) =>
      [VIRTUAL4, VIRTUAL6].map(async (address) => {
        const { stdout } = await machine.run(['ip', '-brief', 'addr', 'show', 'dev', 'lan0', 'to', address]);
        return stdout.includes(address) ? [node] : [];
      }),
    );
    return (await Promise.all(owners)).flat().join(' ');
  }

  async function untilMaster(name: string, timeoutMs = WITHIN_MS): Promise<void> {
    await waitFor(
      `${name} to have both virtual addresses`,
      async () => (await masters()) === (name === 'nobody' ? '' : `${name} ${name}`),
      {
        timeoutMs,
        everyMs: 20,
        diagnose: () => world.tails(12),
      },
    );
  }

  async function untilState(name: string, state: string): Promise<void> {
    await agent(name).until(
      `LAN4 and LAN6 as ${state}`,
      ({ announcements }) =>
        announcements.map((one) => `${one.kind} ${one.peer} ${one.state}`).join() ===
        `vrrp LAN4 ${state},vrrp LAN6 ${state}`,
      WITHIN_MS,
    );
  }

  async function trackFile(name: string): Promise<number> {
    return Number(await agent(name).machine.readFile(TRACK_FILE));
  }

  it('come up with the agents, and at the gateway with the higher priority', async () => {
    await untilMaster('nobody');
    for (const one of agents.values()) one.start();
    await untilMaster('gw1');
    for (const one of agents.values()) {
      await one.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
    }
    await untilState('gw1', 'MASTER');
    await untilState('gw2', 'BACKUP');
    expect([await trackFile('gw1'), await trackFile('gw2')]).toEqual([0, 0]);
  });

  it('move with a drain without a lost packet, and come back', async () => {
    const ping = new Ping(client6, `64:ff9b::${SERVER4}`, 20);
    await ping.flowing(20, WITHIN_MS);
    const drained = await agent('gw1').isthmus(['drain', '--node', 'gw1', '--run-dir', RUN_DIR]);
    expect(drained.stdout + drained.stderr).toContain('node gw1 is drained and its routes are withdrawn');
    expect(await masters()).toBe('gw2 gw2');
    expect(await trackFile('gw1')).toBe(-254);
    await untilState('gw1', 'FAULT');
    await untilState('gw2', 'MASTER');
    // It was a backup first: lower than the other node, and still there for what arrived.
    expect(keepalived.get('gw1')?.tail(300)).toContain('(LAN6) Changing effective priority from 150 to 100');
    await ping.flowing(20, WITHIN_MS);
    await agent('gw1').isthmus(['undrain', '--node', 'gw1', '--run-dir', RUN_DIR]);
    await untilMaster('gw1');
    await untilState('gw1', 'MASTER');
    await ping.flowing(20, WITHIN_MS);
    await ping.process.stop();
    expect(ping.lost).toBeLessThanOrEqual(2);
  });

  it('move when the agent is killed, since the guard says so to keepalived', async () => {
    const ping = new Ping(client6, `64:ff9b::${SERVER4}`, 20);
    await ping.flowing(20, WITHIN_MS);
    const killedMs = Date.now();
    await agent('gw1').process.signal('SIGKILL');
    await untilMaster('gw2', MOVED_MS);
    expect(await trackFile('gw1')).toBe(-254);
    await ping.flowing(20, WITHIN_MS);
    await ping.process.stop();
    process.stdout.write(`agent killed: longest time without an answer ${Math.round(ping.outageMs(killedMs))} ms\n`);
    expect(ping.outageMs(killedMs)).toBeLessThan(MOVED_MS);
    agent('gw1').start();
    await untilMaster('gw1');
  });

  it('are withdrawn by `isthmus withdraw` as well, which is what ExecStopPost runs', async () => {
    await agent('gw1').until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
    await agent('gw1').process.stop();
    await untilMaster('gw2', MOVED_MS);
    await agent('gw1').machine.writeFile(TRACK_FILE, '0\n');
    await untilMaster('gw1', MOVED_MS);
    const config = `${RUN_DIR}/cluster.yaml`;
    const { stdout, stderr } = await agent('gw1').isthmus(['withdraw', '--config', config, '--node', 'gw1']);
    expect(stdout + stderr).not.toContain('NOT');
    expect(await trackFile('gw1')).toBe(-254);
    await untilMaster('gw2', MOVED_MS);
    agent('gw1').start();
    await untilMaster('gw1');
  });

  it('are a problem with a reason where keepalived does not run, until it does', async () => {
    await keepalived.get('gw2')?.stop();
    const { announcements } = await agent('gw2').until(
      'an unknown announcement',
      (status) => status.announcements.every(({ observed }) => observed === 'unknown'),
      WITHIN_MS,
    );
    expect(announcements.map(({ detail }) => detail)).toEqual(
      Array.from({ length: 2 }, () => 'keepalived does not run (/run/keepalived.pid)'),
    );
    await startKeepalived(agent('gw2').machine);
    await untilState('gw2', 'BACKUP');
  });
});
