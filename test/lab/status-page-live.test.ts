import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTlsAuthority } from '../../src/cluster/tls-authority.ts';
import { agentOf, type GatewayAgent, makeSecret, ownState, RUN_DIR } from '../../src/lab/gateway/agent.ts';
import { clusterFile } from '../../src/lab/topology/cluster-file.ts';
import { buildSite, gatewayNamed, type Site } from '../../src/lab/topology/site.ts';
import { labTest } from './needs-root.ts';
import { browserTest, openBrowser, openPage, shoot } from './page/browser.ts';

/** Not of loopback alone: it needs TLS and a token. */
const ADDRESS = '[::]:9464';
const URL = 'https://[::1]:9464';
const [TOKEN, NEXT_TOKEN] = ['t0ken-of-the-lab-0123456789', 'next-t0ken-of-the-lab-0123456789'];
const TOKEN_FILE = `${RUN_DIR}/http.token`;
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
    const tls = { certificate: `${RUN_DIR}/http.crt`, key: `${RUN_DIR}/http.key`, tokenFile: TOKEN_FILE };
    const [file, secret] = [`${clusterFile(site.gateways)}http: ${JSON.stringify(tls)}\n`, makeSecret()];
    for (const gateway of site.gateways) await agentOf(gateway).install(file, secret);
    [one, two] = [agentOf(gatewayNamed(site, 'gw1')), agentOf(gatewayNamed(site, 'gw2'))];
    const directory = await mkdtemp(join(tmpdir(), 'isthmus-page-tls-'));
    await makeTlsAuthority({ directory, cluster: 'lab', nodes: ['gw2'], force: false });
    await two.machine.writeFile(tls.certificate, await readFile(join(directory, 'gw2/node.crt'), 'utf8'));
    await two.machine.writeFile(tls.key, await readFile(join(directory, 'gw2/node.key'), 'utf8'), 0o600);
    await two.machine.writeFile(TOKEN_FILE, TOKEN, 0o600);
    await rm(directory, { recursive: true });
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

  async function codeFor(...more: readonly string[]): Promise<string> {
    const print = ['--output', '/dev/null', '--write-out', '%{http_code}', '--noproxy', '*', '--max-time', '30'];
    const argv = ['curl', '--silent', '--insecure', ...print, ...more, `${URL}/metrics`];
    return (await two.machine.run(argv)).stdout;
  }
  const bearer = (token: string): string[] => ['--header', `Authorization: Bearer ${token}`];

  it('shows without a reload, and soon, that a node was killed and that it is back', async () => {
    const { page, complaints } = await openPage(browser, `${URL}/`, { width: 1400, height: 900, password: TOKEN });
    const node = (state: string) => page.getByRole('link', { name: `node gw1 ${state}` });
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
    await page.context().close();
  });

  it('is shown to nobody without the token', async () => {
    const page = await browser.newPage({ ignoreHTTPSErrors: true });
    const shown = await page.goto(`${URL}/`).then(
      (answer) => String(answer?.status()),
      (error: unknown) => String(error),
    );
    // What a browser makes of a dialog that nobody fills in differs.
    expect(shown).toMatch(/^401$|ERR_INVALID_AUTH_CREDENTIALS/);
    expect(await page.getByText('Healthy').count()).toBe(0);
    await page.context().close();
  });

  it('takes another token at a reload, and shows neither in a log or an event', async () => {
    expect([await codeFor(), await codeFor(...bearer(TOKEN))]).toEqual(['401', '200']);
    await two.machine.writeFile(TOKEN_FILE, 'short', 0o600);
    const refused = await two.isthmus(['reload', '--node', 'gw2']);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('a token of 5 characters')]);
    expect(await codeFor(...bearer(TOKEN))).toBe('200');
    await two.machine.writeFile(TOKEN_FILE, NEXT_TOKEN, 0o600);
    const { stdout, code } = await two.isthmus(['reload', '--node', 'gw2']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('http: another token')]);
    expect([await codeFor(...bearer(TOKEN)), await codeFor(...bearer(NEXT_TOKEN))]).toEqual(['401', '200']);
    const told = JSON.stringify(await two.events()) + two.process.tail();
    expect(told).toContain('another token');
    for (const token of [TOKEN, NEXT_TOKEN]) expect(told).not.toContain(token);
  });

  it('is refused at such an address without TLS and a token', async () => {
    await two.machine.writeFile(`${RUN_DIR}/plain.yaml`, clusterFile(site.gateways));
    const plain = ['--config', `${RUN_DIR}/plain.yaml`, '--node', 'gw2', '--run-dir', `${RUN_DIR}/other`];
    const { code, stderr } = await two.isthmus(['agent', ...plain, '--http', ADDRESS]);
    expect(code).toBe(2);
    expect(stderr).toContain(
      'others reach ::, and the HTTP endpoint has no TLS (certificate, key) and no authentication',
    );
    expect(stderr).toContain('or set http: { insecure: true }');
  });
});
