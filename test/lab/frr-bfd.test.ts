import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Announcements } from '../../src/frr/announcements.ts';
import { BfdAnnouncer } from '../../src/frr/bfd-announcer.ts';
import { openShell, VtyshShell } from '../../src/frr/daemon-shell.ts';
import { buildSite, DATA_PLANE, type Gateway, gatewayNamed, type Site, startFrr } from '../../src/lab/topology/site.ts';
import { gatewaysInUse } from '../../src/lab/topology/steering.ts';
import type { LabProcess } from '../../src/lab/world/lab-process.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { labTest } from './needs-root.ts';

/*
 * Real bfdd on a gateway against BIRD's `route … via … bfd` on the router: what counts is the router's kernel table.
 */
const WITHIN = { timeoutMs: 60_000 };

/** The agent's part in this: announces, and lives until it is killed. */
const PROGRAM = `
import { Upstreams } from ${JSON.stringify(new URL('../../dist/frr/upstreams.js', import.meta.url).href)};
import { startGuard } from ${JSON.stringify(new URL('../../dist/frr/guard/keeper.js', import.meta.url).href)};
const guard = startGuard();
const upstream = JSON.parse(process.argv[1]);
const announcements = new Upstreams([upstream], (text) => console.log('finding', text), { startGuard: () => guard }).announcements;
await announcements.start();
await announcements.announce();
setInterval(() => console.log('guard', JSON.stringify(guard.status())), 100);
process.on('SIGUSR1', () => { for (;;); });
process.on('SIGTERM', () => { void announcements.stop().then(() => process.exit(0)); });
`;

describe.runIf(labTest)('BFD announcements of a gateway', () => {
  let site: Site;
  let gateway: Gateway;

  function announcer(methods: ('bfd-shutdown' | 'bfd-remove')[]): BfdAnnouncer {
    const place = { pathspace: DATA_PLANE, runDir: gateway.machine.outsidePath('/run/frr') };
    return new BfdAnnouncer({ upstream: 'router', peers: peers(), methods }, openShell('bfdd', place));
  }

  function peers(): { peer: string; interface: string }[] {
    return [gateway.peer6, gateway.peer4].map((peer) => ({ peer, interface: 'up0' }));
  }

  async function untilRoutes(announced: boolean): Promise<void> {
    const wanted = announced ? 'gw1' : 'none';
    await waitFor(
      `the router's routes to be ${wanted}`,
      async () => (await gatewaysInUse(site.router)).every((name) => name === wanted),
      { ...WITHIN, diagnose: () => site.bird.show('bfd sessions') },
    );
  }

  async function startProgram(): Promise<LabProcess> {
    const upstream = { name: 'router', frr: { pathspace: DATA_PLANE }, bfd: peers(), withdraw: ['bfd-shutdown'] };
    // A shell between: whoever enters a machine stops along with a child that is stopped, and would not go on when that
    // is killed.
    const shell = ['sh', '-c', '"$@" & echo "pid $!"; wait', 'sh'];
    const argv = [...shell, process.execPath, '--input-type=module', '-e', PROGRAM, JSON.stringify(upstream)];
    const started = gateway.machine.start('announcing', argv);
    await untilRoutes(true);
    await started.waitForLine(/^guard .*"upToDate":true,"openSockets":1,"sockets":1/, 10_000);
    return started;
  }

  async function signal(program: LabProcess, name: string): Promise<void> {
    const line = await program.waitForLine(/^pid \d+$/, 5_000);
    await gateway.machine.run(['kill', '-s', name, line.slice(4)]);
  }

  async function guards(): Promise<string> {
    const { stdout } = await gateway.machine.run(['pgrep', '-x', 'isthmus-guard'], { allowFailure: true });
    return stdout.trim();
  }

  async function untilNoGuard(): Promise<void> {
    await waitFor('the guard to be gone', async () => (await guards()) === '', WITHIN);
  }

  beforeAll(async () => {
    site = await buildSite({ gateways: 2, mode: 'preferred' });
    gateway = gatewayNamed(site, 'gw1');
  });

  afterAll(async () => {
    await site?.world.close();
  });

  it.each(['bfd-shutdown', 'bfd-remove'] as const)('brings the routes and takes them away (%s)', async (way) => {
    const one = announcer([way]);
    await one.withdraw();
    await untilRoutes(false);
    await one.announce();
    await untilRoutes(true);
    await waitFor(
      'FRR to show both sessions up',
      async () => (await one.observe()).sessions.every(({ state }) => state === 'up'),
      WITHIN,
    );
    await one.withdraw();
    await untilRoutes(false);
    expect((await one.observe()).sessions.map(({ observed }) => observed)).toEqual(['withdrawn', 'withdrawn']);
    one.close();
  });

  it('makes the peers that FRR does not have, shut down', async () => {
    const remover = announcer(['bfd-remove']);
    await remover.withdraw();
    expect((await remover.observe()).sessions.map(({ state }) => state)).toEqual(['missing', 'missing']);
    remover.close();
    const one = announcer(['bfd-shutdown']);
    await one.withdraw();
    expect((await one.observe()).sessions.map(({ state }) => state)).toEqual(['shutdown', 'shutdown']);
    await one.announce();
    await untilRoutes(true);
    await one.withdraw();
    one.close();
  });

  it('says the same through vtysh as through the socket', async () => {
    const shell = new VtyshShell('bfdd', { pathspace: DATA_PLANE, runDir: gateway.machine.outsidePath('/run/frr') });
    const viaVtysh = new BfdAnnouncer({ upstream: 'router', peers: peers(), methods: ['bfd-shutdown'] }, shell);
    const viaSocket = announcer(['bfd-shutdown']);
    await viaVtysh.withdraw();
    expect(await viaVtysh.observe()).toEqual(await viaSocket.observe());
    viaSocket.close();
  });

  it('puts right what was changed by hand, and what a restart of FRR forgot', async () => {
    const findings: string[] = [];
    const all = new Announcements([announcer(['bfd-shutdown'])], {
      guard: undefined,
      onFinding: (text) => findings.push(text),
    });
    await all.start();
    await all.announce();
    await untilRoutes(true);
    const byHand = ['configure terminal', 'bfd', `no peer ${gateway.peer4} interface up0`]
      .concat(`no peer ${gateway.peer4} local-address ${gateway.path.gateway4} interface up0`)
      .flatMap((command) => ['-c', command]);
    await gateway.machine.run(['vtysh', '-N', DATA_PLANE, '-d', 'bfdd', ...byHand], { allowFailure: true });
    await waitFor('the change to be noticed', () => findings.some((text) => text.includes('repaired')), WITHIN);
    await untilRoutes(true);
    await gateway.frr.stop();
    await waitFor('FRR to be missed', () => all.status().every(({ observed }) => observed === 'unknown'), WITHIN);
    await expect(all.withdraw()).rejects.toThrow(/NOT known to be withdrawn/);
    await startFrr(gateway);
    await waitFor('the peers to be shut', () => all.status().every(({ observed }) => observed === 'withdrawn'), WITHIN);
    await all.announce();
    await untilRoutes(true);
    await all.withdraw();
    await all.stop();
  });

  it('has a guard that withdraws when the agent is killed, and then ends', async () => {
    const program = await startProgram();
    await signal(program, 'KILL');
    await untilRoutes(false);
    await untilNoGuard();
    expect(program.tail()).toContain('the agent is gone; withdrawn');
  });

  it('has a guard that withdraws when the agent is stopped, and ends it', async () => {
    const program = await startProgram();
    await signal(program, 'STOP');
    await untilRoutes(false);
    await program.exited;
    await untilNoGuard();
    expect(program.tail()).toMatch(/last heartbeat is \d+ ms old|no heartbeat from the agent/);
  });

  it('has a guard that withdraws when the main loop is blocked, and ends the agent', async () => {
    const program = await startProgram();
    await signal(program, 'USR1');
    await untilRoutes(false);
    await program.exited;
    await untilNoGuard();
    expect(program.tail()).toContain('main loop has been blocked');
  });

  it('starts a guard that was killed again, and lets it go at the end', async () => {
    const program = await startProgram();
    const first = await guards();
    await gateway.machine.run(['kill', '-9', first]);
    await waitFor('another guard', async () => !['', first].includes(await guards()), WITHIN);
    await program.waitForLine(/"alive":true.*"upToDate":true,"openSockets":1,"sockets":1,"restarts":1/, 10_000);
    await signal(program, 'TERM');
    await program.exited;
    await untilNoGuard();
    expect((await gatewaysInUse(site.router))[0]).toBe('gw1');
  });
});
