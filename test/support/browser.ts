import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import type { Browser, Page, Route } from 'playwright-core';
import { chromiumPath, password } from './system.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Milliseconds, fixed (`400`) or drawn anew for each answer (`0-800`), of {@link openBrowser}. */
const [least = 0, most = least] = (process.env['ITER_E2E_SLOW'] || '0').split('-').map(Number);

/**
 * The server acts at once, and its answer comes later. The stream of changes, which never ends, is left as it is, and so is
 * what carries files: sent again from here they would not be the same bytes.
 */
async function answerLate(route: Route): Promise<void> {
  const { accept, 'content-type': type = '' } = route.request().headers();
  if (accept === 'text/event-stream' || type.startsWith('multipart/')) return route.continue();
  const response = await route.fetch();
  await pause(least + Math.random() * (most - least));
  await route.fulfill({ response });
}

/**
 * A real browser that talks to nobody but us. Where `ITER_E2E_SLOW` is set, every answer of `/api/` reaches its pages that
 * late, after the changes that the server tells: what a test did not wait for, and what the desk shows meanwhile, comes to
 * light. What a test routes by itself is late only if it falls back to this.
 * @param more switches of its command line
 */
export async function openBrowser(...more: readonly string[]): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      ...more,
    ],
  });
  if (most > 0)
    browser.on('context', (context) => {
      // A page that has gone needs no answer.
      void context.route(/\/api\//, (route) => answerLate(route).catch(() => undefined));
    });
  return browser;
}

export interface Visit {
  readonly url: string;
  /** One of the demo's accounts. */
  readonly name: string;
  /** Told of answers of 500 and above, and of errors of the page's own. */
  readonly faults: string[];
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly timezoneId?: string;
  /** Before anything is asked of the server. */
  prepare?(page: Page): void;
}

/** Signs somebody in at the desk, in a window of their own. */
export async function signIn(browser: Browser, visit: Visit): Promise<Page> {
  const { url, name, faults, viewport = { width: 1280, height: 900 }, timezoneId = 'Europe/Rome' } = visit;
  const context = await browser.newContext({ viewport, locale: 'it-IT', timezoneId });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
  });
  page.on('pageerror', (error) => faults.push(`${name}: ${error.message}`));
  visit.prepare?.(page);
  await page.goto(url);
  await page.getByLabel('Nome utente').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Accedi' }).click();
  await page
    .getByRole('navigation')
    .first()
    .waitFor({ timeout: 45_000 })
    .catch(async (cause: unknown) => {
      throw new Error(`${name} did not get in: ${await page.locator('body').innerText()}`, { cause });
    });
  // The page where their work begins takes the focus when it has come: a key pressed before would go there.
  await page.locator('main h1').waitFor();
  return page;
}

const pictures =
  process.env['ITER_SHOTS'] ?? join(import.meta.dirname, '..', '..', 'test-results', 'screenshots');

/** Keeps a picture of the page under a name, in `test-results/screenshots` or the folder that `ITER_SHOTS` names. */
export async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(pictures, `${name.replaceAll(/\W+/g, '-')}.png`), fullPage: true });
}

/**
 * What the accessibility checker finds against WCAG 2.2 AA once the page has come to rest, in a line each, and whether the
 * page scrolls sideways.
 * @param what the page is called in these lines and as a picture
 */
export async function barriersOf(page: Page, what?: string): Promise<readonly string[]> {
  await page.waitForLoadState('networkidle').catch(() => undefined);
  if (what !== undefined) await shoot(page, what);
  // The page's own policy allows no script of ours: the checker comes in through the browser's tools.
  if (!(await page.evaluate('typeof axe === "object"'))) await page.evaluate(axe);
  const found = (await page.evaluate(
    `axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      resultTypes: ['violations'],
    }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 160)))`,
  )) as string[];
  const overflow = (await page.evaluate(
    'document.documentElement.scrollWidth - window.innerWidth',
  )) as number;
  if (overflow > 1) found.push(`scrolls sideways by ${overflow} px`);
  return what === undefined ? found : found.map((barrier) => `${what}: ${barrier}`);
}
