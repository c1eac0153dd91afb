import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, openBrowser, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { DisciplinaryCase, signInAll } from '../support/disciplinary.ts';
import { System } from '../support/system.ts';

const reported = '2032-02-27';

describe('the statistics of the services, as the head of the service reads them', () => {
  let database: TestDatabase;
  let system: System;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    browser = await openBrowser();
    const cast = await signInAll(system);
    await cast.gestore.post('/operations/clock', { to: `${reported}T09:00:00+01:00` });
    for (let i = 1; i <= 6; i++) await DisciplinaryCase.report(cast, reported, `PD-2032-20${i}`);
    const request = {
      service: 'TRAINING',
      requestText: 'Quante ore spettano a chi è assunto in luglio?',
      urgency: 'NORMAL',
      receivedAt: reported,
    };
    for (let i = 1; i <= 6; i++)
      await cast.personale.post('/cases', { process: 'desk-request', comune: 'c_borgo', variables: request });
    page = await signIn(browser, { url: system.url, name: 'responsabile', faults });
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await database?.drop();
  });

  const tableOf = (name: string) => page.getByRole('table', { name });
  const show = (name: string) => page.getByRole('button', { name, exact: true }).click();

  it('are found from the navigation, and show each figure as bars and as a table', async () => {
    await page.getByRole('link', { name: 'Statistiche' }).click();
    await page.getByRole('heading', { level: 1, name: 'Statistiche' }).waitFor();
    await page.getByText('pratiche avviate', { exact: true }).waitFor();
    expect(await tableOf('Pratiche per stato').innerText()).toMatch(/In corso\s+6/);
    expect(await page.getByRole('img', { name: /^Pratiche per stato: grafico a barre/ }).count()).toBe(1);
    await show('Termini');
    expect(await tableOf('Termini rispettati').innerText()).toMatch(/Contestazione.*nessuno ancora deciso/s);
    // A question at a time: all of them would be a page of many screens.
    expect(await tableOf('Pratiche per stato').count()).toBe(0);
    await show('Enti');
    expect(await tableOf('Carico per ente').innerText()).toMatch(/Comune .*\s6\s+6/);
    await page.reload();
    await tableOf('Carico per ente').waitFor();
    await show('Pratiche');
  });

  it('keep what they were narrowed by in the address', async () => {
    await page.getByLabel('Servizio', { exact: true }).selectOption('training');
    await page.getByText('Nessun dato in questo periodo.').first().waitFor();
    await page.waitForURL((url) => url.searchParams.get('service') === 'training');
    // What confidential cases say is counted for nobody who reads none of them.
    await page.getByLabel('Servizio', { exact: true }).selectOption('discipline');
    await tableOf('Pratiche per ciò che dicono').waitFor({ state: 'detached' });
    await tableOf('Pratiche per stato').waitFor();
    await page.getByLabel('Servizio', { exact: true }).selectOption('onboarding');
    await tableOf('Pratiche per ciò che dicono').waitFor();
    const said = await tableOf('Pratiche per ciò che dicono').innerText();
    expect(said).toMatch(/Servizio\s+Formazione\s+.*sportello.*\s6/i);
    expect(said).toMatch(/Argomento\s+non detto/);
    await page.getByLabel('Servizio', { exact: true }).selectOption('discipline');
    await page.getByLabel('Avviate dal').fill(reported);
    await page.waitForURL((url) => url.searchParams.get('from') === reported);
  });

  it('say so when a period cannot be asked for, and give no file of it', async () => {
    await page.getByLabel('Avviate dal').fill('2030-01-01');
    await page.getByText('Il periodo va da un giorno').waitFor();
    expect(await page.getByRole('link', { name: 'Indicatori (CSV)' }).count()).toBe(0);
    await page.getByLabel('Avviate dal').fill('2032-01-01');
    await tableOf('Pratiche per stato').waitFor();
  });

  it('give the indicators out as files', async () => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Indicatori (CSV)' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^indicatori-2032-01-01-2032-\d\d-\d\d\.csv$/);
    const lines = readFileSync(await file.path(), 'utf8').split('\r\n');
    const of = (what: string) =>
      lines.filter((line) => line.includes(what)).map((line) => line.split(',').slice(2).join());
    expect(of('cases-by-fact,desk-request,service')).toEqual([
      'onboarding,cases-by-fact,desk-request,service=TRAINING,6',
    ]);
    expect(of('discipline,cases-by-state')).toEqual(['discipline,cases-by-state,,active,6']);
    expect(of('cases-by-fact,disciplinary')).toEqual([]);
  });

  it.each([320, 768, 1280])('have no barriers %d pixels wide', async (width) => {
    await page.setViewportSize({ width, height: 900 });
    for (const [part, table] of [
      ['Durate', 'Tempo di ogni fase'],
      ['Termini', 'Termini rispettati'],
      ['Enti', 'Carico per ente'],
      ['Pratiche', 'Pratiche per stato'],
    ] as const) {
      await show(part);
      await tableOf(table).waitFor();
      expect(await barriersOf(page, `statistics-${part}-${width}`)).toEqual([]);
    }
  });

  it('are written in English too, and broke nothing', async () => {
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: 'Statistics' }).waitFor();
    expect(await tableOf('Cases by state').count()).toBe(1);
    expect(faults).toEqual([]);
  });
});
