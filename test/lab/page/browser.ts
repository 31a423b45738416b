import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';
/** Where screenshots are left to be looked at. */
const SHOTS = join(import.meta.dirname, '../../../dist/screenshots');
/** No sandbox of its own, since it runs as root and loads nothing but our page; no shared memory, which labs lack. */
const ARGUMENTS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--js-flags=--expose-gc'];

const found = existsSync(CHROMIUM);
if (!found) process.stdout.write(`tests of the status page are skipped: ${CHROMIUM} is missing (prepare.sh test)\n`);

/** Whether tests with a browser can run here. */
export const browserTest = found;

/** @param netns a file of the network namespace that the browser shall live in; absent: ours */
export async function openBrowser(netns?: string): Promise<Browser> {
  let executablePath = CHROMIUM;
  if (netns !== undefined) {
    executablePath = join(tmpdir(), `isthmus-chromium-${process.pid}`);
    await mkdir(SHOTS, { recursive: true });
    await writeFile(executablePath, `#!/bin/sh\nexec nsenter --net=${netns} -- ${CHROMIUM} "$@"\n`);
    await chmod(executablePath, 0o755);
  }
  return chromium.launch({ executablePath, args: ARGUMENTS, timeout: 90_000 });
}

export interface Shape {
  readonly width: number;
  readonly height: number;
  readonly dark?: boolean;
  /** What its user types where a name and a password are asked for; the certificate of the endpoint is then accepted. */
  readonly password?: string;
}

/** A page and everything that its browser complained about. */
export interface OpenPage {
  readonly page: Page;
  readonly complaints: string[];
}

export async function openPage(browser: Browser, url: string, shape: Shape): Promise<OpenPage> {
  const { width, height, dark, password } = shape;
  const colorScheme = dark === true ? 'dark' : 'light';
  const login =
    password === undefined ? {} : { ignoreHTTPSErrors: true, httpCredentials: { username: 'operator', password } };
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce', ...login });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  await page.goto(url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return { page, complaints };
}

/** The whole page as a picture in dist/screenshots. */
export async function shoot(page: Page, name: string): Promise<void> {
  await mkdir(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}

/** Pixels by which the document is wider than its window; 0: nothing scrolls sideways. */
export async function overhang(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/**
 * What WCAG 2.1 (A and AA) is violated by, as axe-core finds it: rule and element. Of its experimental rules one too: a
 * label contains the text that is seen, so that it can be spoken.
 */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const run =
    "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], " +
    "rules: { 'label-content-name-mismatch': { enabled: true } } })";
  const { violations } = await page.evaluate<axe.AxeResults>(run);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
