import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';

// The component alone, without a house behind it.

const origin = 'http://localhost';
let browser: Browser;
let script: string;

beforeAll(async () => {
  const bundle = join(import.meta.dirname, '..', 'support', 'bundle.mjs');
  script = execFileSync(process.execPath, [bundle, 'shown-once'], {
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  });
  browser = await openBrowser();
});
afterAll(() => browser?.close());

it('says of what is told once that it was copied, and of what takes its place not until it was', async () => {
  const context = await browser.newContext();
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  const page = await context.newPage();
  await page.route('**/*', (route) => {
    const [contentType, body] = route.request().url().endsWith('.js')
      ? ['text/javascript', script]
      : ['text/html', '<!doctype html><div id="root"></div><script src="/bundle.js"></script>'];
    return route.fulfill({ contentType, body });
  });
  await page.goto(origin);
  const copy = () => page.getByRole('button', { name: 'Copia' }).click();
  const copied = page.getByText('Copiato');
  const kept = () => page.evaluate('navigator.clipboard.readText()');
  expect(await page.getByLabel('Segreto').inputValue()).toBe('segreto-1');
  expect(await copied.count()).toBe(0);
  await copy();
  await copied.waitFor();
  expect(await kept()).toBe('segreto-1');

  await page.getByRole('button', { name: 'Un altro' }).click();
  expect(await page.getByLabel('Segreto').inputValue()).toBe('segreto-2');
  expect(await copied.count()).toBe(0);
  await copy();
  await copied.waitFor();
  expect(await kept()).toBe('segreto-2');
});
