import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PAGE_TIMES } from '../../../src/observe/page-feed.ts';
import { barriers, browserTest, openBrowser, openPage, overhang, shoot } from '../page/browser.ts';
import { brokenPair, healthyPair, lostNode, ringOfFour, type Scene } from '../page/scenes.ts';
import { PageStage } from '../page/stage.ts';

const SCENES: Readonly<Record<string, Scene>> = { healthyPair, brokenPair, lostNode, ringOfFour };
const SHAPES = [
  { name: 'wide', width: 1600, height: 1000 },
  { name: 'narrow', width: 390, height: 844 },
];
const SLOW_MS = 300_000;

/** The page in a browser, over made-up statuses: how it looks, and that it can be used. */
describe.runIf(browserTest)('the status page', { timeout: SLOW_MS }, () => {
  let browser: Browser;
  let scene: Scene = healthyPair;
  let stage: PageStage;

  beforeAll(async () => {
    browser = await openBrowser();
    stage = await PageStage.open(() => scene, ['gw1', 'gw2']);
  });

  afterAll(async () => {
    await browser?.close();
    await stage?.close();
  });

  describe.each(SHAPES)('in a $name window', (shape) => {
    it.each(Object.keys(SCENES))('%s: fits, light and dark, and the browser has no complaint', async (name) => {
      scene = SCENES[name] ?? healthyPair;
      const { page, complaints } = await openPage(browser, stage.url, shape);
      for (const theme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: theme });
        await page.locator(`[data-theme=${theme}] canvas`).first().waitFor();
        await shoot(page, `${name}-${shape.name}-${theme}`);
        expect(await overhang(page)).toBe(0);
        expect(await barriers(page)).toEqual([]);
      }
      expect(complaints).toEqual([]);
      await page.close();
    });
  });

  it('is used by keyboard: a node is selected, its heading has the focus, and Escape leads back', async () => {
    scene = healthyPair;
    const { page, complaints } = await openPage(browser, stage.url, { width: 1200, height: 900 });
    await page.locator('.drawing a').nth(1).focus();
    await page.keyboard.press('Enter');
    const heading = page.getByRole('heading', { name: 'node gw2' });
    await heading.waitFor();
    expect(await page.locator(':focus').textContent()).toContain('node gw2');
    expect(page.url()).toContain('#node/gw2');
    await shoot(page, 'node-gw2');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Nodes', exact: true }).waitFor();
    await page.getByRole('link', { name: 'internet', exact: true }).click();
    await page.getByRole('heading', { name: 'instance internet' }).waitFor();
    await shoot(page, 'instance-internet');
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('has the events of all nodes, of which the warnings tell what was lost', async () => {
    scene = healthyPair;
    const { page, complaints } = await openPage(browser, stage.url, { width: 1200, height: 900 });
    const events = page.getByRole('region', { name: 'Events of all nodes' });
    await events.getByText('(process 812) ended unexpectedly').waitFor();
    await events.getByRole('button', { name: 'Warnings only' }).click();
    const lines = await events.getByRole('listitem').allTextContents();
    expect(lines.map((line) => /^[\d:]+(.*?)on (gw[12, gw]*)/.exec(line)?.slice(1, 3))).toEqual([
      ['link ring1 ok → silent', 'gw1, gw2'],
      ['node gw2 ended unexpectedly', 'gw2'],
      ['peer gw2 up → down → up after 2 min', 'gw1'],
      ['announcement gw2 withdrawn by the guard', 'gw2'],
    ]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('shows who uses pool4 up, also from the page of another node', async () => {
    scene = healthyPair;
    const { page, complaints } = await openPage(browser, `${stage.url}#node/gw2`, { width: 1200, height: 900 });
    await page.getByRole('link', { name: 'top clients' }).click();
    const table = page.getByRole('table', { name: 'Top clients' });
    await table.waitFor();
    const [, first] = await table.getByRole('row').allTextContents();
    expect(first).toMatch(/^2001:db8:a1:0::2internet9 k\d+ %9.1 k120/);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('says that there is no such node, and shows nothing of it', async () => {
    scene = healthyPair;
    const { page, complaints } = await openPage(browser, `${stage.url}#node/gw9`, { width: 1200, height: 900 });
    await page.getByText('There is no node gw9 in this cluster. There are: gw1, gw2').waitFor();
    expect(await page.locator('canvas').count()).toBe(0);
    await page.getByRole('alert').getByRole('link', { name: 'gw2' }).click();
    await page.getByRole('heading', { name: 'node gw2' }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('lets no name become markup', async () => {
    const hostile = '<img src=x onerror=document.title="owned">';
    scene = (time, step) => ({ ...healthyPair(time, step), cluster: hostile });
    const { page, complaints } = await openPage(browser, stage.url, { width: 1200, height: 900 });
    await page.getByText(hostile).first().waitFor();
    expect(await page.title()).toBe(`Healthy: ${hostile}`);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

/** Views and samples come four times as fast as usual, so that a busy machine still draws them. */
describe.runIf(browserTest)('a status page that stays open', { timeout: SLOW_MS }, () => {
  it('does not grow: not its heap, not its document', async () => {
    let views = 0;
    const count: Scene = (time, step) => {
      views += 1;
      return views % 2 === 0 ? healthyPair(time, step) : brokenPair(time, step);
    };
    const times = { ...PAGE_TIMES, viewMs: 250, sampleMs: 500, minViewMs: 100 };
    const stage = await PageStage.open(() => count, ['gw1', 'gw2'], times);
    const browser = await openBrowser();
    try {
      const { page, complaints } = await openPage(browser, stage.url, { width: 1200, height: 900 });
      const sizes: Size[] = [];
      for (const wanted of [40, 100, 160]) {
        await vi.waitUntil(() => views >= wanted, { timeout: SLOW_MS, interval: 100 });
        sizes.push(await smallestSize(page));
      }
      process.stdout.write(`after 40, 100 and 160 views: ${JSON.stringify(sizes)}\n`);
      const [, middle, last] = sizes;
      expect(last?.heap ?? 0).toBeLessThan((middle?.heap ?? 0) + 2_000_000);
      expect(last?.nodes ?? 0).toBeLessThan((middle?.nodes ?? 0) * 1.2);
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
      await stage.close();
    }
  });
});

interface Size {
  /** Bytes that are in use after a collection of garbage. */
  readonly heap: number;
  readonly nodes: number;
}

/** What is held for good: views that a busy machine has not drawn yet come on top now and then. */
async function smallestSize(page: Page): Promise<Size> {
  const seen: Size[] = [];
  for (let turn = 0; turn < 12; turn++) {
    seen.push(await sizeOf(page));
    await page.waitForTimeout(500);
  }
  return {
    heap: Math.min(...seen.map(({ heap }) => heap)),
    nodes: Math.min(...seen.map(({ nodes }) => nodes)),
  };
}

async function sizeOf(page: Page): Promise<Size> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes } = await session.send('Memory.getDOMCounters');
  await session.detach();
  return { heap: usedSize, nodes };
}
