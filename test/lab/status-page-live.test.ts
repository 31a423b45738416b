import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentOf, type GatewayAgent, makeSecret, ownState } from '../../src/lab/gateway/agent.ts';
import { clusterFile } from '../../src/lab/topology/cluster-file.ts';
import { buildSite, gatewayNamed, type Site } from '../../src/lab/topology/site.ts';
import { labTest } from './needs-root.ts';
import { browserTest, openBrowser, openPage, shoot } from './page/browser.ts';

const ADDRESS = '[::1]:9464';
const WITHIN_MS = 60_000;
/** A node that is gone is on the page of another one within this time of its end. */
const SHOWN_MS = 2000;
/** On a machine that does something else meanwhile, one of so many times. */
const TIMES = 3;

/** A real cluster in the page of one of its nodes. */
describe.runIf(labTest && browserTest)('the status page of a pair of gateways', () => {
  let site: Site;
  let browser: Browser;
  let one: GatewayAgent;
  let two: GatewayAgent;

  beforeAll(async () => {
    site = await buildSite({ gateways: 2, mode: 'preferred' });
    const [file, secret] = [clusterFile(site.gateways), makeSecret()];
    for (const gateway of site.gateways) await agentOf(gateway).install(file, secret);
    [one, two] = [agentOf(gatewayNamed(site, 'gw1')), agentOf(gatewayNamed(site, 'gw2'))];
    one.start();
    two.start({ args: ['--http', ADDRESS] });
    for (const agent of [one, two]) await untilActive(agent);
    browser = await openBrowser(`/proc/${two.machine.pid}/ns/net`);
  }, 150_000);

  afterAll(async () => {
    await browser?.close();
    await site?.world.close();
  });

  async function untilActive(agent: GatewayAgent): Promise<void> {
    await agent.until('active', (status) => ownState(status).state === 'active', WITHIN_MS);
  }

  it('shows without a reload, and soon, that a node was killed and that it is back', async () => {
    const { page, complaints } = await openPage(browser, `http://${ADDRESS}/`, { width: 1400, height: 900 });
    const node = (state: string) => page.getByRole('link', { name: `node gw1: ${state}` });
    await node('active').waitFor();
    await page.getByText('Healthy').first().waitFor();
    await shoot(page, 'live-healthy');
    await page.evaluate('globalThis.loadedOnce = true');
    const took: number[] = [];
    while (took.length < TIMES && Math.min(SHOWN_MS, ...took) === SHOWN_MS) {
      const killed = Date.now();
      await one.process.signal('SIGKILL');
      await node('down').waitFor();
      took.push(Date.now() - killed);
      if (took.length === 1) await shoot(page, 'live-node-killed');
      one.start();
      await node('active').waitFor({ timeout: WITHIN_MS });
    }
    process.stdout.write(`a killed node was on the page after ${took.join(', ')} ms\n`);
    expect(Math.min(...took)).toBeLessThan(SHOWN_MS);
    expect(await page.evaluate('globalThis.loadedOnce')).toBe(true);
    await page.getByRole('listitem').filter({ hasText: 'peer gw1' }).first().waitFor();
    expect(complaints).toEqual([]);
  });
});
