import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Event } from '../../src/agent/control/messages.ts';
import { agentOf, type GatewayAgent, makeSecret, ownState } from '../../src/lab/gateway/agent.ts';
import { clusterFile } from '../../src/lab/topology/cluster-file.ts';
import {
  buildSite,
  DATA_PLANE,
  type Gateway,
  gatewayNamed,
  POOL4,
  SERVER4,
  type Site,
} from '../../src/lab/topology/site.ts';
import { untilRoutedTo } from '../../src/lab/topology/steering.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { labTest } from './needs-root.ts';

const TUN = 'nat-internet';
const WITHIN_MS = 60_000;
const NO_LOOK_YET = 'no successful probe yet';

/**
 * The checks of real agents on real networks: what is deleted by hand, what loses its carrier, what does not answer.
 */
describe.runIf(labTest)('the checks of a pair of gateways', () => {
  let site: Site;
  let gw1: Gateway;
  let one: GatewayAgent;
  let two: GatewayAgent;

  beforeAll(async () => {
    site = await buildSite({ gateways: 2, mode: 'preferred' });
    gw1 = gatewayNamed(site, 'gw1');
    const file = `${clusterFile(site.gateways)}states: { hold: 300ms, calm: 1s }
`;
    const secret = makeSecret();
    for (const gateway of site.gateways) await agentOf(gateway).install(file, secret);
    [one, two] = [agentOf(gw1), agentOf(gatewayNamed(site, 'gw2'))];
    one.start();
    two.start();
    for (const agent of [one, two]) await untilState(agent, 'active');
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
  }, 60_000);

  afterAll(async () => {
    await site?.world.close();
  });

  async function untilState(agent: GatewayAgent, wanted: string): Promise<void> {
    await agent.until(wanted, (status) => ownState(status).state === wanted, WITHIN_MS);
  }

  async function untilEvent(agent: GatewayAgent, what: string, wanted: (event: Event) => boolean): Promise<Event> {
    return waitFor(what, async () => (await agent.events()).findLast(wanted), { timeoutMs: WITHIN_MS, everyMs: 50 });
  }

  /** Times when the node itself has failed. */
  async function failures(agent: GatewayAgent): Promise<readonly Event[]> {
    return (await agent.events()).filter(
      ({ subject, name, to }) => subject === 'node' && name === agent.node && to === 'failed',
    );
  }

  async function inDataPlane(args: readonly string[]): Promise<string> {
    return (await gw1.machine.run(args, { namespace: DATA_PLANE })).stdout;
  }

  it('pass on a healthy pair, the probe really through the translator', async () => {
    const status = await one.until(
      'every check to have had a good look',
      ({ checks }) => checks.every(({ ok, text }) => ok && text !== NO_LOOK_YET && !text.includes('answers directly')),
      WITHIN_MS,
    );
    expect(status.checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['tun internet', 'translation internet', 'carrier', 'frr', 'upstream server', 'guard']),
    );
    const textOf = (name: string) => status.checks.find((check) => check.name === name)?.text;
    expect(textOf('translation internet')).toMatch(/^2001:db8:a1::2 to 64:ff9b::11\.10\.1\.2 and back in /);
    expect(textOf('upstream server')).toContain(`${SERVER4} answers through internet`);
  });

  it('bring back a route that was deleted by hand, and move the traffic to the other node for a while', async () => {
    await inDataPlane(['ip', 'route', 'delete', POOL4, 'dev', TUN]);
    await untilEvent(one, 'the route to be put back', ({ to, reason }) => to === 'repaired' && reason.includes(POOL4));
    expect(await inDataPlane(['ip', 'route', 'show', 'dev', TUN])).toContain(POOL4);
    await untilRoutedTo(site, 'gw2', WITHIN_MS);
    expect((await failures(one)).map(({ reason }) => reason)).toEqual([expect.stringContaining('repaired')]);
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
  });

  it('bring back a TUN that was deleted or switched off by hand, with its routes, and keep the sessions', async () => {
    const sessions = (await one.status())?.instances[0]?.sessions ?? 0;
    expect(sessions).toBeGreaterThan(0);
    await inDataPlane(['ip', 'link', 'delete', TUN]);
    await waitFor('the route to be back', async () => (await inDataPlane(['ip', 'route'])).includes(TUN), {
      timeoutMs: WITHIN_MS,
    });
    await inDataPlane(['ip', 'link', 'set', TUN, 'down']);
    await untilEvent(one, 'the TUN to be up', ({ to, reason }) => to === 'repaired' && reason === `${TUN} is down`);
    await one.until('all checks to pass', ({ checks }) => checks.every(({ ok }) => ok), WITHIN_MS);
    expect((await one.status())?.instances[0]?.sessions).toBeGreaterThanOrEqual(sessions);
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
  });

  it('take a node out whose uplink has no carrier, and bring it back', async () => {
    await site.router.ip(['link set gw1 down']);
    await untilState(one, 'failed');
    expect(ownState((await one.status()) ?? fail()).reason).toContain('carrier: up0 has no carrier');
    await untilRoutedTo(site, 'gw2', WITHIN_MS);
    await site.router.ip(['link set gw1 up']);
    await site.router.ip(['addr replace 2001:db8:a1::1/64 dev gw1']);
    await untilState(one, 'active');
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
  });

  it('leave both nodes in when the router takes the carrier from both, and say so', async () => {
    await site.router.ip(site.gateways.map(({ name }) => `link set ${name} down`));
    for (const agent of [one, two]) {
      const status = await agent.until(
        'to serve without a carrier',
        (seen) => ownState(seen).state === 'active' && ownState(seen).reason.includes('no node is better off: carrier'),
        WITHIN_MS,
      );
      expect(status.checks.find(({ name }) => name === 'carrier')?.text).toContain('up0 has no carrier');
      // Announced, and nobody receives it.
      await agent.until(
        'to serve nobody',
        ({ health, nodes }) => health === 'notServing' && nodes.every(({ upstreamDown }) => upstreamDown),
        WITHIN_MS,
      );
      expect((await untilEvent(agent, 'the loss', ({ code }) => code === 'upstreams-lost')).severity).toBe('error');
    }
    await site.router.ip(site.gateways.map(({ name }) => `link set ${name} up`));
    await site.router.ip(site.gateways.map(({ name, peer6 }) => `addr replace ${peer6}/64 dev ${name}`));
    for (const agent of [one, two]) {
      await agent.until('all checks to pass', ({ checks }) => checks.every(({ ok }) => ok), WITHIN_MS);
      await untilState(agent, 'active');
      await untilEvent(agent, 'the return', ({ code }) => code === 'upstreams-returned');
      await agent.until('to serve again', ({ health }) => health !== 'notServing', WITHIN_MS);
    }
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
  });

  it('move traffic away from a gateway whose bfdd hangs, without it, and back when it answers', async () => {
    const bfdd = gw1.frr.processes.get('bfdd');
    await bfdd?.signal('SIGSTOP');
    await untilState(one, 'failed');
    await untilRoutedTo(site, 'gw2', WITHIN_MS);
    bfdd?.resume();
    await untilState(one, 'active');
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
    expect(bfdd?.running).toBe(true);
  });

  it('leave both nodes in when neither reaches the upstream, and say so', async () => {
    const before = await failures(two);
    await site.server4.ip(['link set eth0 down']);
    for (const agent of [one, two]) {
      const status = await agent.until(
        'the shared failure',
        ({ checks }) => checks.some(({ name, ok }) => name === 'upstream server' && !ok),
        WITHIN_MS,
      );
      expect(ownState(status).state).toBe('active');
    }
    const said = ({ reason }: { reason: string }): boolean => reason.includes('no node is better off');
    await one.until('the sentence', (status) => said(ownState(status)), WITHIN_MS);
    await two.until('the sentence', (status) => said(ownState(status)), WITHIN_MS);
    expect(await failures(two)).toEqual(before);
  });
});

function fail(): never {
  throw new Error('no agent answered');
}
