import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDrill } from '../../src/drills/drill-file.ts';
import type { Judged } from '../../src/drills/report/judged.ts';
import { writeReports } from '../../src/drills/report/report.ts';
import type { Sample } from '../../src/drills/samples.ts';
import { type DrillRun, judge } from '../../src/drills/verdict.ts';
import { barriers, browserTest, openBrowser, openPage, overhang, shoot } from './page/browser.ts';

const BEGUN = Date.parse('2026-11-30T09:00:00Z');
/** As long as a real one, with a line that is wider than a window. */
const CONFIGURATION = `cluster: campus\n${'key: value of a key # '.repeat(12)}\n${'instances: {}\n'.repeat(400)}`;
const STEP_MS = 250;
const STEPS = 60;
/** The node is away between these samples. */
const AWAY = { from: 12, to: 40 };

/** A run as it is measured: gw1 is killed, its traffic moves to gw2 after a gap, and comes back. */
function killed(): DrillRun {
  const node = { state: 'active', announcing: true, packets: 0, sessions: 120, conflicts: 0 };
  let [one, two] = [0, 0];
  const samples = Array.from({ length: STEPS }, (_, index): Sample => {
    const away = index >= AWAY.from && index < AWAY.to;
    if (index !== AWAY.from) [one, two] = away ? [one, two + 500] : [one + 500, two];
    return {
      time: BEGUN + STEP_MS * index,
      inSync: !away,
      gapMs: index === AWAY.from ? 700 : 8,
      nodes: new Map([
        ['gw1', { ...node, packets: one, state: away ? 'gone' : 'active', announcing: !away }],
        ['gw2', { ...node, packets: two }],
      ]),
    };
  });
  return {
    drill: 'kill-agent',
    title: 'The agent is killed',
    why: 'The guard withdraws the routes at once.',
    target: 'gw1',
    user: 'ada',
    layout: {
      nodes: ['gw1', 'gw2'].map((name) => ({ name, links: ['ring0', 'ring1'], upstreams: ['core'] })),
      coordinator: true,
    },
    begun: BEGUN,
    ended: BEGUN + STEP_MS * STEPS,
    samples,
    marks: [
      { time: BEGUN + 2900, kind: 'step', node: 'gw1', text: 'the agent is killed with SIGKILL' },
      { time: BEGUN + 9800, kind: 'expectation', node: 'gw1', text: 'the agent runs again (after 6900 ms)' },
    ],
    measured: { withdrawnMs: 250, routeDroppedMs: 500, sessionsMissing: 0, portConflicts: 0 },
    probe: {
      sent: 6000,
      lost: 70,
      outageMs: 700,
      outages: [700, 690, 700, 700],
      tcp: 8,
      tcpBroken: 0,
      tcpGapMs: 910,
      opened: 60,
      refused: 1,
      lookups: 15,
      lookupsFailed: 0,
      pings: 75,
      pingsLost: 3,
      pingFailure: '',
    },
    failures: [],
    undone: true,
  };
}

/** The report in a browser: it loads nothing, fits, and says what failed. */
describe.runIf(browserTest)('the report of drills', { timeout: 300_000 }, () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    browser = await openBrowser();
    folder = await mkdtemp(join(tmpdir(), 'isthmus-report-'));
    const drill = readDrill('kill-agent', 'deploy/drills/kill-agent.yaml');
    const judged: Judged = { drill, run: killed(), verdict: judge(drill, killed(), 300) };
    await writeReports(folder, [judged], {
      cluster: 'campus',
      nodes: ['gw1', 'gw2'].map((name) => ({ name, revision: 'ab12', versions: [{ of: 'FRR', version: '10.3' }] })),
      configurations: [{ revision: 'ab12', nodes: ['gw1', 'gw2'], text: CONFIGURATION, omitted: ['a key'] }],
    });
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  it.each([
    { name: 'wide', width: 1400, height: 900 },
    { name: 'wide-dark', width: 1400, height: 900, dark: true },
    { name: 'narrow', width: 390, height: 844 },
    { name: 'narrow-dark', width: 390, height: 844, dark: true },
  ])('fits a $name window, loads nothing else, and has no barrier, folded or not', async (shape) => {
    const { page, complaints } = await openPage(browser, pathToFileURL(join(folder, 'report.html')).href, shape);
    const loaded = await page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)");
    expect(loaded).toEqual([]);
    expect(await overhang(page)).toBe(0);
    await shoot(page, `drill-report-${shape.name}`);
    expect(await barriers(page)).toEqual([]);
    await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
    expect(await overhang(page)).toBe(0);
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('shows what failed, the gap, and the node that was broken', async () => {
    const shape = { width: 1400, height: 900 };
    const { page } = await openPage(browser, pathToFileURL(join(folder, 'report.html')).href, shape);
    const failed = page.locator('tr', { hasText: 'longest outage of a flow' }).first();
    expect(await failed.textContent()).toContain('700 ms≤ 400 msfail');
    expect(await page.locator('svg .gap').count()).toBe(1);
    const broken = page.locator('svg rect.broken');
    expect(await broken.count()).toBe(1);
    expect(await page.locator('svg text.broken').textContent()).toBe('agent killed');
    await expect(page.locator('.wrong').textContent()).resolves.toContain(
      'longest outage of a flow: 700 ms (≤ 400 ms)',
    );
    await page.getByRole('region', { name: 'runs' }).getByRole('link', { name: 'kill-agent' }).click();
    expect(page.url()).toContain('#run0');
    await page.close();
  });

  it('has the versions, and the configuration, folded until it is asked for', async () => {
    const shape = { width: 1400, height: 900 };
    const { page } = await openPage(browser, pathToFileURL(join(folder, 'report.html')).href, shape);
    expect(await page.locator('#versions tr', { hasText: 'gw2' }).textContent()).toBe('gw210.3revision ab12');
    const text = page.locator('#configuration pre');
    expect(await text.isVisible()).toBe(false);
    await page.getByText('Of every node: revision ab12').click();
    expect(await text.isVisible()).toBe(true);
    expect(await text.textContent()).toBe(CONFIGURATION);
    expect(await page.locator('#configuration').textContent()).toContain('Not shown: a key.');
    await page.close();
  });
});
