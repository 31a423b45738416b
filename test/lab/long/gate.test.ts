import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildSite, DATA_PLANE, type Gateway, gatewayNamed, POOL4, type Site } from '../../../src/lab/topology/site.ts';
import { gatewaysInUse } from '../../../src/lab/topology/steering.ts';
import type { LabProcess } from '../../../src/lab/world/lab-process.ts';
import { waitFor } from '../../../src/lab/world/wait.ts';
import { labTest } from '../needs-root.ts';

/* The gate in the kernel before a real bfdd, against BIRD's `route … via … bfd` on the router. */
const WITHIN = { timeoutMs: 60_000 };

const dist = (path: string): string => JSON.stringify(new URL(`../../../dist/${path}`, import.meta.url).href);

/**
 * The agent's part in this: announces, withdraws and announces again when it is told, its worker stands still when it is
 * told, and it lives until it is killed.
 */
const PROGRAM = `
import { Upstreams } from ${dist('frr/upstreams.js')};
import { startGuard } from ${dist('frr/guard/keeper.js')};
const guard = startGuard();
const upstream = JSON.parse(process.argv[1]);
const announcements = new Upstreams([upstream], (text) => console.log('finding', text), { startGuard: () => guard }).announcements;
await announcements.start();
await announcements.announce();
setInterval(() => console.log('seen', JSON.stringify(announcements.status())), 100);
process.on('SIGUSR1', () => void announcements.withdraw().then(() => console.log('withdrawn'), console.log));
process.on('SIGUSR2', () => void announcements.announce().then(() => console.log('announced'), console.log));
let stalled = false;
process.on('SIGHUP', () => {
  stalled = !stalled;
  guard.setStalled(stalled);
});
process.on('SIGTERM', () => {
  void announcements.withdraw().then(() => announcements.stop()).then(() => process.exit(0));
});
`;

/** Prints the names of the programs at the egress of up0. */
const GATES = `
import { attachedPrograms } from ${dist('linux/bpf-attachments.js')};
import { interfaceIndex } from ${dist('linux/bpf.js')};
console.log(JSON.stringify(attachedPrograms(interfaceIndex('up0'), 'egress').map(({ name }) => name)));
`;

describe.runIf(labTest)('the gate before the BFD peers of a gateway', () => {
  let site: Site;
  let gateway: Gateway;
  let program: LabProcess;

  async function untilRoutes(announced: boolean): Promise<void> {
    const wanted = announced ? 'gw1' : 'none';
    await waitFor(
      `the router's routes to be ${wanted}`,
      async () => (await gatewaysInUse(site.router)).every((name) => name === wanted),
      { ...WITHIN, diagnose: async () => `${await site.bird.show('bfd sessions')}\n${program.tail()}` },
    );
  }

  async function start(withdraw: readonly string[]): Promise<void> {
    await untilRoutes(false);
    const peers = [gateway.peer6, gateway.peer4].map((peer) => ({ peer, interface: 'up0' }));
    const upstream = {
      name: 'router',
      frr: { pathspace: DATA_PLANE },
      bfd: peers,
      withdraw,
      gate: true,
      prefixes: [POOL4],
    };
    const shell = ['sh', '-c', '"$@" & echo "pid $!"; wait', 'sh'];
    const argv = [...shell, process.execPath, '--input-type=module', '-e', PROGRAM, JSON.stringify(upstream)];
    program = gateway.machine.start('announcing', argv);
    await untilRoutes(true);
    await waitFor('the guard', async () => (await guard()) !== '', WITHIN);
  }

  async function signal(name: string): Promise<void> {
    const line = await program.waitForLine(/^pid \d+$/, 5_000);
    await gateway.machine.run(['kill', '-s', name, line.slice(4)]);
  }

  async function guard(): Promise<string> {
    const { stdout } = await gateway.machine.run(['pgrep', '-x', 'isthmus-guard'], { allowFailure: true });
    return stdout.trim();
  }

  async function gates(): Promise<string[]> {
    const argv = ['ip', 'netns', 'exec', DATA_PLANE, process.execPath, '--input-type=module', '-e', GATES];
    const { stdout } = await gateway.machine.run(argv);
    const names: string[] = JSON.parse(stdout);
    return names.filter((name) => name === 'isthmus_gate');
  }

  async function bfddConfig(): Promise<string> {
    return gateway.frr.vtysh('bfdd', 'show running-config');
  }

  beforeAll(async () => {
    site = await buildSite({ gateways: 2, mode: 'preferred' });
    gateway = gatewayNamed(site, 'gw1');
  });

  afterEach(async () => {
    await signal('KILL').catch(() => undefined);
    await waitFor('the guard to be gone', async () => (await guard()) === '', WITHIN);
  });

  afterAll(async () => {
    await site?.world.close();
  });

  it('takes the routes away and brings them back, and FRR is not told anything', async () => {
    await start(['bfd-block']);
    expect(await gates()).toHaveLength(1);
    const before = await bfddConfig();
    await signal('USR1');
    await program.waitForLine(/^withdrawn$/, 10_000);
    await untilRoutes(false);
    expect(await bfddConfig()).toBe(before);
    expect(before).not.toContain('shutdown');
    await program.waitForLine(/"observed":"withdrawn","state":"blocked"/, 10_000);
    await signal('USR2');
    await untilRoutes(true);
  });

  it('takes them away by itself when agent and guard are killed together, and the next agent takes its place', async () => {
    await start(['bfd-block', 'bfd-remove']);
    const line = await program.waitForLine(/^pid \d+$/, 5_000);
    const before = await bfddConfig();
    await gateway.machine.run(['kill', '-s', 'KILL', await guard(), line.slice(4)]);
    await untilRoutes(false);
    // bfdd would go on: nobody is left who could have told it anything.
    expect(await bfddConfig()).toBe(before);
    expect(await gates()).toHaveLength(1);
    await start(['bfd-block', 'bfd-remove']);
    expect(await gates()).toHaveLength(1);
  });

  it('takes them away when a worker stands still, though the main loop turns and wants them announced', async () => {
    await start(['bfd-block', 'bfd-remove']);
    const before = await bfddConfig();
    await signal('HUP');
    await untilRoutes(false);
    // Nobody has withdrawn: the agent's main loop goes on, and shows what it wants and sees.
    expect(program.tail(300)).not.toMatch(/^withdrawn$/m);
    expect(await bfddConfig()).toBe(before);
    await program.waitForLine(/^seen .*"state":"down"/, 10_000);
    await signal('HUP');
    await untilRoutes(true);
  });

  it('withdraws although bfdd is frozen, and says so', async () => {
    await start(['bfd-shutdown']);
    const bfdd = (await gateway.machine.run(['cat', `/run/frr/${DATA_PLANE}/bfdd.pid`])).stdout.trim();
    await gateway.machine.run(['kill', '-s', 'STOP', bfdd]);
    try {
      await signal('USR1');
      await program.waitForLine(/^withdrawn$/, 20_000);
      await untilRoutes(false);
    } finally {
      await gateway.machine.run(['kill', '-s', 'CONT', bfdd]);
    }
    // It comes back to life, goes on sending, and to no avail.
    await program.waitForLine(
      /"observed":"withdrawn","state":"blocked","detail":"its packets are stopped at the interface"/,
      20_000,
    );
    expect((await gatewaysInUse(site.router)).every((name) => name === 'none')).toBe(true);
  });

  it('is not the end while packets go on: that is said, and more is done, until they stop', async () => {
    await start(['bfd-shutdown']);
    const target = POOL4.replace(/\.\d+\/.*/, '.1');
    const route = [`${target}/32`, 'via', gateway.path.gateway4];
    // A route that hangs on nothing, as a forgotten static one does.
    await site.router.run(['ip', 'route', 'add', ...route]);
    const pings = site.router.start('pings', ['ping', '-q', '-i', '0.1', target]);
    try {
      await signal('USR1');
      await program.waitForLine(/^withdrawn$/, 20_000);
      await program.waitForLine(/"observed":"announced".*packets a second still arrive/, 40_000);
      await program.waitForLine(
        /^finding .*router is NOT withdrawn.*; done: its BFD and BGP packets are stopped/,
        40_000,
      );
      await program.waitForLine(/^finding .*the session was brought up and ended without a word/, 60_000);
    } finally {
      await pings.stop();
      await site.router.run(['ip', 'route', 'delete', ...route]);
    }
    const last = await program.waitForLine(/^finding FRR is as wanted again/, 40_000);
    expect(last).toContain('(withdrawn)');
    await untilRoutes(false);
  });

  it('is gone when the agent ends in order, with the peers that it has made', async () => {
    await start(['bfd-block', 'bfd-remove']);
    await signal('TERM');
    await program.exited;
    await untilRoutes(false);
    expect(await gates()).toEqual([]);
    expect(await bfddConfig()).not.toContain('peer');
  });
});
