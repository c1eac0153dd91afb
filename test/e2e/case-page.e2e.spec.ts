import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, openBrowser, shoot, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { DisciplinaryCase, signInAll } from '../support/disciplinary.ts';
import type { Cast } from '../support/disciplinary.ts';
import { System } from '../support/system.ts';

// The page of a case as its clerk uses it: what happens next, what happened, and what must be true before a signature.

const today = '2032-02-27';

describe('the page of a case', () => {
  let database: TestDatabase;
  let system: System;
  let browser: Browser;
  let cast: Cast;
  let file: DisciplinaryCase;
  const faults: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    cast = await signInAll(system);
    await cast.gestore.post('/operations/clock', { to: `${today}T09:00:00+01:00` });
    file = await DisciplinaryCase.report(cast, today, 'PD-2032-007');
    const reason = 'verifica della corsia';
    await cast.responsabile.post(`/cases/${file.id}/suspend`, { reason });
    await cast.responsabile.post(`/cases/${file.id}/resume`, { reason });
    await cast.upd.post(`/cases/${file.id}/comments`, { text: 'Sentito il responsabile della struttura.' });
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await database?.drop();
  });

  const at = async (name: string, path: string, width = 1280): Promise<Page> => {
    const page = await signIn(browser, { url: system.url, name, faults, viewport: { width, height: 900 } });
    await page.goto(`${system.url}${path}`);
    await page.locator('main h1').waitFor();
    return page;
  };

  it('says who has to do what by when, and which terms run', async () => {
    const page = await at('upd', `/cases/${file.id}`);
    const next = page.getByRole('region', { name: 'Che cosa succede adesso, ed entro quando' });
    await next.getByRole('link', { name: 'Scegliere la procedura' }).waitFor();
    await next.locator('.desk-next-due', { hasText: /^Entro ven 26 mar 2032/ }).waitFor();
    await next.getByRole('heading', { name: 'Termini che corrono' }).waitFor();
    await next
      .getByText(/Termine di legge/)
      .first()
      .waitFor();
    expect(await barriersOf(page, 'case-next-1280')).toEqual([]);
  });

  it('tells everything in one line of time, by subject, and lets interventions stand out', async () => {
    const page = await at('upd', `/cases/${file.id}?section=timeline`, 320);
    const facts = page.locator('.desk-timeline > li');
    await facts.first().waitFor();
    expect(await page.locator('.is-intervention').count()).toBe(2);
    await page.locator('.is-internal', { hasText: 'Sentito il responsabile' }).waitFor();
    await page.getByRole('button', { name: /^Interventi/ }).press('Enter');
    await page.locator('.desk-timeline > li:nth-child(2):last-child').waitFor();
    expect(new URL(page.url()).searchParams.get('about')).toBe('interventions');
    expect(await barriersOf(page, 'case-timeline-320')).toEqual([]);
  });

  it('met no fault', () => {
    expect(faults).toEqual([]);
  });

  // For whoever looks at the pages: every section at three widths.
  (process.env['ITER_SHOTS'] ? it : it.skip)(
    'is kept as pictures',
    async () => {
      const page = await at('upd', '/');
      for (const width of [390, 1280, 1920]) {
        for (const section of ['path', 'deadlines', 'timeline', 'documents', 'comments']) {
          await page.setViewportSize({ width, height: 900 });
          await page.goto(`${system.url}/cases/${file.id}?section=${section}`);
          await page.waitForLoadState('networkidle');
          await shoot(page, `look-${section}-${width}`);
        }
      }
    },
    180_000,
  );
});
