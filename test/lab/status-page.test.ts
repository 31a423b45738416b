import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriers, browserTest, openBrowser, openPage, overhang, shoot } from './page/browser.ts';
import { brokenPair, healthyPair, lostNode, ringOfFour, type Scene } from './page/scenes.ts';
import { PageStage } from './page/stage.ts';

const SCENES: Readonly<Record<string, Scene>> = { healthyPair, brokenPair, lostNode, ringOfFour };
const SHAPES = [
  { name: 'wide', width: 1600, height: 1000 },
  { name: 'narrow', width: 390, height: 844 },
];

/** The page in a browser, over made-up statuses: how it looks, and that it can be used. */
describe.runIf(browserTest)('the status page', () => {
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

  describe.each(Object.keys(SCENES))('%s', (name) => {
    it.each(SHAPES)('fits a $name window, light and dark, and the browser has no complaint', async (shape) => {
      scene = SCENES[name] ?? healthyPair;
      for (const dark of [false, true]) {
        const { page, complaints } = await openPage(browser, stage.url, { ...shape, dark });
        await page.locator('canvas').first().waitFor();
        await shoot(page, `${name}-${shape.name}-${dark ? 'dark' : 'light'}`);
        expect(await overhang(page)).toBe(0);
        expect(await barriers(page)).toEqual([]);
        expect(complaints).toEqual([]);
        await page.close();
      }
    });
  });

  it('is used by keyboard: a node is selected, its heading has the focus, and Escape leads back', async () => {
    scene = healthyPair;
    const { page, complaints } = await openPage(browser, stage.url, { width: 1200, height: 900 });
    await page.locator('.drawing a').nth(1).focus();
    await page.keyboard.press('Enter');
    const heading = page.getByRole('heading', { name: 'node gw2' });
    await heading.waitFor();
    expect(await heading.evaluate('(element) => element === document.activeElement')).toBe(true);
    expect(page.url()).toContain('#node/gw2');
    await shoot(page, 'node-gw2');
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Nodes', exact: true }).waitFor();
    await page.getByRole('link', { name: 'internet', exact: true }).click();
    await page.getByRole('heading', { name: 'instance internet' }).waitFor();
    await shoot(page, 'instance-internet');
    expect(complaints).toEqual([]);
    await page.close();
  });
});
