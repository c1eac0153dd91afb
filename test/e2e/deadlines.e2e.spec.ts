import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, openBrowser, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { DisciplinaryCase, signInAll } from '../support/disciplinary.ts';
import type { Cast } from '../support/disciplinary.ts';
import { password, System } from '../support/system.ts';

// Reported on 26 February 2032: the charge is due by Saturday 27 March, and it is safe to make it by Friday the 26th.
const reported = '2032-02-26';

const waiting = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:iter="urn:iter:bpmn:1" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="urn:t">
  <process id="attesa" name="Attesa" isExecutable="true">
    <startEvent id="s"><extensionElements>
      <iter:deadline id="DL_WAIT" term="selection.34bis"><iter:base name="dfpReceived" value="=received"/></iter:deadline>
    </extensionElements></startEvent>
    <sequenceFlow id="f" sourceRef="s" targetRef="t"/>
    <userTask id="t" name="Assumere"><extensionElements><zeebe:userTask/></extensionElements></userTask>
  </process>
</definitions>`;

describe('the terms on their days', () => {
  let database: TestDatabase;
  let system: System;
  let browser: Browser;
  let page: Page;
  let cast: Cast;
  const faults: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    cast = await signInAll(system);
    await cast.gestore.post('/operations/clock', { to: `${reported}T09:00:00+01:00` });
    for (let i = 1; i <= 5; i++) await DisciplinaryCase.report(cast, reported, `PD-2032-30${i}`);
    browser = await openBrowser();
    page = await signIn(browser, { url: system.url, name: 'operatore', faults });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await database?.drop();
  });

  const shown = (name: string) => page.getByRole('heading', { level: 2, name }).waitFor();
  const cell = (day: string) =>
    page.getByRole('cell').filter({ has: page.locator(`time[datetime="${day}"]`) });

  it('stand on the days of a month, and move to their legal date when that is asked for', async () => {
    await page.goto(`${system.url}/deadlines`);
    await page.getByRole('button', { name: 'Mese' }).click();
    await shown('febbraio 2032');
    await page.getByRole('button', { name: 'Mese successivo' }).click();
    await shown('marzo 2032');
    await cell('2032-03-26').getByText('altri 2').waitFor();
    expect(
      await cell('2032-03-26')
        .getByRole('link', { name: /^Contestazione.*PD-2032-301/ })
        .count(),
    ).toBe(1);
    await page.getByLabel('Giorno mostrato').selectOption('legal');
    await cell('2032-03-27').getByText('altri 2').waitFor();
    expect(await cell('2032-03-26').getByRole('link').count()).toBe(0);
    await cell('2032-03-29').getByText('Festivo: lunedì dell’Angelo').waitFor();
    // A date that is being typed is no date for a moment: nobody is led away.
    await page.locator('#on').fill('');
    expect(await page.locator('#on').inputValue()).toBe('');
    await page.locator('#on').fill('2032-03-26');
    await page.waitForURL(/on=2032-03-26/);
    await cell('2032-03-27').getByText('altri 2').waitFor();
  });

  it('are all there on the days of a week, by way of the box that had no room for them', async () => {
    await cell('2032-03-27').getByText('altri 2').click();
    await shown('22–28 marzo 2032');
    const saturday = page.getByRole('region', { name: /^sabato 27 marzo/ });
    await saturday.getByRole('listitem').nth(4).waitFor();
    expect(await saturday.getByRole('listitem').count()).toBe(5);
    expect(await saturday.innerText()).toContain('Perentorio');
    await page.getByLabel('Natura').selectOption('CONTRACTUAL');
    await page.getByText('Nessun termine nel periodo.').waitFor();
    await page.getByLabel('Natura').selectOption('');
  });

  it.each([320, 768, 1280])('have no barriers %d pixels wide, as a month and a week', async (width) => {
    await page.setViewportSize({ width, height: 900 });
    const found: string[] = [];
    for (const view of ['month', 'week']) {
      await page.goto(`${system.url}/deadlines?view=${view}&on=2032-03-26&by=legal`);
      await page
        .getByRole('link', { name: /^Contestazione/ })
        .first()
        .waitFor();
      found.push(...(await barriersOf(page, `deadlines-${view}-${width}`)));
    }
    expect(found).toEqual([]);
  });

  it('say of a wait from when one may act, and press nobody to act by its end', async () => {
    await cast.gestore.post('/process-definitions', { files: [{ name: 'attesa.bpmn', text: waiting }] });
    const started = { process: 'attesa', comune: 'c_borgo', variables: { received: reported } };
    const { caseId } = await cast.operatore.post<{ caseId: string }>('/cases', started);
    const told = /Si attende ancora 21 giorni/;
    await page.goto(`${system.url}/cases/${caseId}?section=deadlines`);
    const card = page.getByRole('article').filter({ hasText: 'Attesa dell’art. 34-bis' });
    await card.getByText(told).waitFor();
    expect(await card.innerText()).toMatch(/Primo giorno utile\s+gio 18 mar 2032/);
    expect(await card.innerText()).not.toMatch(/Data prudente|Mancano/);
    await page.goto(`${system.url}/deadlines?view=week&on=2032-03-17&by=legal`);
    const day = page.getByRole('region', { name: /^mercoledì 17 marzo/ });
    await day.getByText(told).waitFor();
    expect(await day.innerText()).toContain('non prima del gio 18 mar 2032');
  });

  it('are calculated by hand with each step told, by keyboard alone', async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${system.url}/terms/calculator`);
    await page.getByText('Scegli il termine e il giorno').waitFor();
    await page.getByRole('combobox', { name: 'Termine' }).selectOption('disciplinary.contestation');
    await page.getByLabel('Decorre dal').fill('2026-03-06');
    const result = page.getByRole('region', { name: 'Risultato' });
    await result.getByText('Termine di legge', { exact: true }).waitFor();
    expect(await result.innerText()).toMatch(
      /mar 7 apr 2026[\s\S]*ven 3 apr 2026[\s\S]*domenica di Pasqua, art. 2 L. 260/,
    );
    await page.getByText('Sospensioni e proroghe').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Aggiungi una sospensione' }).press('Enter');
    await page.getByLabel('Sospeso dal').fill('2026-03-10');
    await page.getByLabel('Ripreso dal').fill('2026-03-20');
    await result.getByText(/10 giorni di calendario che non si contano/).waitFor();
    expect(await result.innerText()).toContain('mer 15 apr 2026');
    await page.getByLabel('Ripreso dal').fill('2026-03-09');
    await result.getByText('La ripresa non può precedere la sospensione.').waitFor();
    await page.reload();
    await result.getByText('La ripresa non può precedere la sospensione.').waitFor();
  });

  it('are registered on paper and as a file, with totals', async () => {
    await page.goto(`${system.url}/printed-registers?from=2032-03-27&to=2032-03-27&service=discipline`);
    const register = page.getByRole('region', { name: 'Registro dei termini' });
    await register.getByRole('row').nth(5).waitFor();
    expect(await register.innerText()).toMatch(/termini\s+5/);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      register.getByRole('button', { name: 'Scarica CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('registro-termini-2032-03-27-2032-03-27.csv');
    const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
    expect(lines).toHaveLength(6);
    expect(lines[1]).toContain(';1234/2026;2032-03-27;2032-03-26;Aperto;');
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation').first().isVisible()).toBe(false);
    expect(await register.getByText('Provincia di Monteverde').isVisible()).toBe(true);
    await page.emulateMedia({ media: null });
  });

  it('are asked for by what became of them', async () => {
    await page.goto(`${system.url}/printed-registers?from=2032-03-27&to=2032-03-27&service=discipline`);
    const register = page.getByRole('region', { name: 'Registro dei termini' });
    await register.getByRole('row').nth(5).waitFor();
    await page.getByRole('combobox', { name: 'Stato' }).selectOption('Scaduto');
    await register.getByText('Nessuna riga in questo periodo').waitFor();
    expect(await register.innerText()).toContain('Stato: Scaduto');
  });

  it('have beside them the registers of the services, of what counts now and of a period', async () => {
    await page.goto(`${system.url}/printed-registers`);
    await page.getByRole('button', { name: 'Agenda delle audizioni' }).press('Enter');
    const diary = page.getByRole('region', { name: 'Agenda delle audizioni' });
    await diary.getByText('Nessuna riga').waitFor();
    await page.getByRole('button', { name: 'Quadro delle selezioni' }).press('Enter');
    const pipeline = page.getByRole('region', { name: 'Quadro delle selezioni' });
    await pipeline.getByText(/^In corso · Ente/).waitFor();
    await page.getByRole('combobox', { name: 'Righe' }).selectOption('Tutte, di un periodo');
    await pipeline.getByText(/^Giorno di avvio: dal 1 gen 2032/).waitFor();
    expect(page.url()).toMatch(/kind=pipeline&state=all$/);
    await page.reload();
    await pipeline.getByText(/^Giorno di avvio: dal 1 gen 2032/).waitFor();

    const personale = await system.signIn('personale');
    await personale.post('/cases', {
      ...{ process: 'selection-needs-and-mobility', comune: 'c_borgo' },
      variables: {
        ...{ profile: 'Istruttore amministrativo', area: 'ISTRUTTORI', posts: 2, contractType: 'PERMANENT' },
        ...{ partTimePct: 100, seat: 'Municipio', duties: 'Servizi.', requirements: 'Diploma.' },
        ...{ planRef: 'PIAO', budgetOk: true, headcountPermanent: 40, plannedHires: 3, population: 8200 },
      },
    });
    for (const [kind, title] of [
      ['pipeline', 'Quadro delle selezioni'],
      ['needs', 'Registro dei fabbisogni'],
    ] as const) {
      await page.goto(`${system.url}/printed-registers?kind=${kind}`);
      const row = page.getByRole('table', { name: title }).getByRole('row').nth(1);
      await row.getByText('Istruttore amministrativo').waitFor();
      for (const width of [320, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await barriersOf(page, `register-${kind}-${width}`)).toEqual([]);
      }
    }
  });

  it('have beside them the register of acts, by their hashes and under no name of a file', async () => {
    await page.goto(`${system.url}/printed-registers?kind=acts&from=${reported}&to=${reported}`);
    const register = page.getByRole('region', { name: 'Registro degli atti' });
    await register.getByRole('row', { name: /PD-2032-301/ }).waitFor();
    const text = await register.innerText();
    expect(text).toMatch(
      /Segnalazione di fatti di rilievo disciplinare[\s\S]*Impronta SHA-256:\s+[0-9a-f]{64}/,
    );
    expect(text).not.toMatch(/\.pdf|M-0042/);
  });

  it('leave people their own password, which asks for the one before', async () => {
    await page.goto(`${system.url}/preferences`);
    const next = 'una parola tutta nuova';
    await page.getByLabel('Password attuale').fill('quella di un altro');
    await page.getByLabel('Nuova password', { exact: true }).fill(next);
    await page.getByLabel('Ripeti la nuova password').fill(next);
    await page.getByRole('button', { name: 'Cambia la password' }).click();
    await page.getByText('Non è la password attuale.').waitFor();
    await page.getByLabel('Password attuale').fill(password);
    await page.getByRole('button', { name: 'Cambia la password' }).click();
    await page.getByText('La password è stata cambiata').waitFor();
    await page.getByLabel('Nome utente').fill('operatore');
    await page.getByLabel('Password', { exact: true }).fill(next);
    await page.getByRole('button', { name: 'Accedi' }).click();
    await page.getByRole('navigation').first().waitFor();
    expect(faults).toEqual([]);
  });
});
