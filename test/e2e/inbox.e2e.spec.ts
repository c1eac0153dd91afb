import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, openBrowser, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { sequence } from '../support/diagrams.ts';
import { eventually, password, System } from '../support/system.ts';
import type { Person } from '../support/system.ts';

describe('the inbox, in a real browser', () => {
  let database: TestDatabase;
  let system: System;
  let browser: Browser;
  let operatore: Person;
  let page: Page;
  const faults: string[] = [];
  const comuni = ['c_borgo', 'c_borgo', 'c_valle'];

  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    browser = await openBrowser();
    operatore = await system.signIn('operatore');
    const gestore = await system.signIn('gestore');
    await gestore.post('/process-definitions', {
      files: [{ name: 'inbox.bpmn', text: sequence('inbox', 1) }],
    });
    for (const comune of comuni) {
      const { caseId } = await operatore
        .sees(gestore)
        .post<{ caseId: string }>('/cases', { process: 'inbox', comune, variables: {} });
      await operatore.get(`/cases/${caseId}`);
    }
    page = await signIn(browser, { url: system.url, name: 'operatore', faults });
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await database?.drop();
    expect(faults).toEqual([]);
  });

  const rows = () => page.locator('[data-row] a[data-task]');
  const basket = (name: string) => page.getByRole('button', { name, exact: true });
  /** What another filter left may be as many: the rows themselves are waited for. */
  const showsAgain = (texts: readonly string[]) =>
    eventually(`the tasks ${texts.join()}`, async () =>
      isDeepStrictEqual(await rows().allInnerTexts(), texts),
    );
  const shows = (count: number) => eventually(`${count} tasks`, async () => (await rows().count()) === count);
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const open = async (search = '') => {
    await page.goto(`${system.url}/tasks${search}`);
    await page.locator('main h1').waitFor();
  };

  it('acts on several tasks at once, by the keyboard', async () => {
    await open();
    await shows(3);
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('x');
    await page.getByText('2 attività scelte').waitFor();
    expect(await barriersOf(page, 'inbox-bulk')).toEqual([]);
    await page
      .getByRole('group', { name: 'Che cosa fare delle attività scelte' })
      .getByRole('button', { name: 'Prendi in carico' })
      .press('Enter');
    await page.getByText('Hai preso in carico 2 attività').waitFor();
    await shows(1);
    await basket('Mie').press('Enter');
    await shows(2);
    await button('Scegli tutte quelle in elenco').press('Enter');
    await button(/^Annota$/).press('Enter');
    await page.getByRole('dialog').getByRole('textbox').fill('Sentito l’ufficio.');
    await page.getByRole('dialog').getByRole('button', { name: 'Aggiungi' }).press('Enter');
    await page.getByText('Hai scritto un’annotazione in 2 pratiche').waitFor();
  });

  it('puts off to a day, and takes up again', async () => {
    await open('?basket=mine');
    await shows(2);
    await button('Scegli tutte quelle in elenco').click();
    await button(/^Rimanda$/).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Rimanda' }).click();
    await page.getByText(/2 attività tornano il/).waitFor();
    await page.getByText('Non hai attività in carico').waitFor();
    await basket('Rimandate').click();
    await shows(2);
    await button(/^Riprendi/)
      .first()
      .click();
    await page.getByText(/Hai ripreso:/).waitFor();
    await shows(1);
  });

  it('is searched by words, and a saved filter gives what the live one gives', async () => {
    await open('?basket=all');
    await shows(3);
    const search = page.getByLabel('Cerca');
    await search.pressSequentially('bor', { delay: 20 });
    const isInAddress = (text: string) =>
      eventually(`${text} is in the address`, () => Promise.resolve(page.url().endsWith(`text=${text}`)));
    await isInAddress('bor');
    // Who goes on typing is still in the field.
    await page.keyboard.type('go');
    await isInAddress('borgo');
    await shows(2);
    expect(await search.inputValue()).toBe('borgo');
    await button('Salva questo filtro').click();
    await page.getByLabel('Nome del filtro').fill('Tutte di Borgo');
    await page.getByRole('dialog').getByRole('button', { name: 'Salva questo filtro' }).click();
    const saved = page.getByRole('link', { name: 'Tutte di Borgo' });
    await saved.waitFor();
    const address = new URL(page.url()).search;
    const live = await rows().allInnerTexts();
    await open();
    await saved.click();
    await showsAgain(live);
    expect(new URL(page.url()).search).toBe(address);
    expect(await search.inputValue()).toBe('borgo');
    expect(await barriersOf(page, 'inbox-filters')).toEqual([]);
    await button('Dimentica «Tutte di Borgo»').click();
    await eventually('the filter is forgotten', async () => (await saved.count()) === 0);
  });

  it('gives cases again by a saved filter, with the words that were searched', async () => {
    await page.goto(`${system.url}/cases`);
    const codes = page.getByRole('table', { name: 'Pratiche' }).locator('a[href^="/cases/"]');
    const shown = (count: number) =>
      eventually(`${count} cases`, async () => (await codes.count()) === count);
    await shown(3);
    const code = await codes.first().innerText();
    const search = page.getByLabel('Codice o riferimento');
    await search.fill(code);
    await shown(1);
    await button('Salva questo filtro').click();
    await page.getByLabel('Nome del filtro').fill('La prima');
    await page.getByRole('dialog').getByRole('button', { name: 'Salva questo filtro' }).click();
    const saved = page.getByRole('link', { name: 'La prima' });
    await saved.waitFor();
    await search.fill('');
    await shown(3);
    await saved.click();
    await shown(1);
    expect(await search.inputValue()).toBe(code);
    await search.fill('nessuna');
    // Another filter that is chosen before the words are asked for stays.
    await page.getByLabel('Stato').selectOption({ label: 'Tutte' });
    await eventually('both are in the address', () => {
      const { searchParams } = new URL(page.url());
      return Promise.resolve(searchParams.get('text') === 'nessuna' && searchParams.get('state') === 'all');
    });
    await page.getByText('Nessuna pratica trovata').waitFor();
    // A case that is not there leads back to those that are.
    await page.goto(`${system.url}/cases/0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39`);
    await page.getByText('La pratica non esiste, o non puoi vederla').waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Pratiche' }).click();
    await shown(3);
  });

  it('says of what could not be shown that it may be asked for again, and nothing of doing it twice', async () => {
    const lists = '**/api/v1/cases?*';
    await page.route(lists, (route) =>
      route.fulfill({
        status: 500,
        contentType: 'application/problem+json',
        body: '{"code":"internal-error"}',
      }),
    );
    await page.goto(`${system.url}/cases`);
    await page.getByText('questo ora non si può mostrare').waitFor();
    expect(await page.getByText('due volte').count()).toBe(0);
    expect(await barriersOf(page, 'cases-fault')).toEqual([]);
    await page.unroute(lists);
    await page.getByRole('button', { name: 'Riprova' }).click();
    await page.getByRole('table', { name: 'Pratiche' }).waitFor();
    // They were asked for by this test.
    expect(faults.splice(0).filter((fault) => !fault.includes('/api/v1/cases?'))).toEqual([]);
  });

  it('says that the session is over, and goes on from there', async () => {
    const other = await signIn(browser, { url: system.url, name: 'operatore', faults });
    await other.goto(`${system.url}/tasks?basket=all`);
    await other.locator('[data-row]').first().waitFor();
    const headers = { 'x-iter-request': 'test' };
    await other.context().request.delete(`${system.url}/api/v1/session`, { headers });
    await other.getByRole('button', { name: 'Mie', exact: true }).click();
    await other.getByText('La sessione è finita').waitFor();
    expect(await barriersOf(other, 'session-over')).toEqual([]);
    await other.getByLabel('Nome utente').fill('operatore');
    await other.getByLabel('Password', { exact: true }).fill(password);
    await other.getByRole('button', { name: 'Accedi' }).click();
    await other.getByRole('button', { name: 'Mie', exact: true, pressed: true }).waitFor();
    // Whoever signs out knows that.
    await other.getByRole('button', { name: /Olga Operatore/ }).click();
    await other.getByRole('button', { name: 'Esci' }).click();
    await other.getByLabel('Nome utente').waitFor();
    expect(await other.getByText('La sessione è finita').count()).toBe(0);
    await other.context().close();
    // Who comes back to the window is told by the question for the session itself.
    const late = await signIn(browser, { url: system.url, name: 'operatore', faults });
    await late.context().request.delete(`${system.url}/api/v1/session`, { headers });
    await late.route(/\/api\/v1\/(?!session$)/, () => undefined);
    await late.clock.setFixedTime(new Date(Date.now() + 3_600_000));
    await late.evaluate("dispatchEvent(new Event('visibilitychange'))");
    await late.getByText('La sessione è finita').waitFor();
    await late.unrouteAll({ behavior: 'ignoreErrors' });
    await late.context().close();
  });

  it('lists what the person has done', async () => {
    const { items } = await operatore.get<{ items: { id: string; assignee: string | null }[] }>(
      '/tasks?assigned=all',
    );
    const free = items.find(({ assignee }) => assignee === null)!;
    await page.goto(`${system.url}/tasks/${free.id}`);
    await button('Completa').waitFor();
    await operatore.post(`/tasks/${free.id}/complete`, { variables: {} });
    // Who did it themselves was not overtaken by anybody: neither where it was open, nor where it is opened again.
    const isOver = async () => {
      await page.getByText('L’attività è già conclusa').waitFor();
      await page.getByText('completata da Olga Operatore').waitFor();
      expect(await page.getByText('più veloce').count()).toBe(0);
    };
    await isOver();
    await open('?basket=done');
    await shows(1);
    expect(await page.getByRole('checkbox').count()).toBe(0);
    await page.goto(`${system.url}/tasks/${free.id}`);
    await isOver();
  });

  it('is a list of cards where the browser writes all text twice as large', async () => {
    const large = await openBrowser('--blink-settings=defaultFontSize=32');
    const reader = await signIn(large, { url: system.url, name: 'operatore', faults });
    await reader.goto(`${system.url}/tasks?basket=all`);
    await reader.getByRole('row').nth(1).waitFor();
    const { over, row } = (await reader.evaluate(`({
      over: document.documentElement.scrollWidth - innerWidth,
      row: getComputedStyle(document.querySelector('main tbody tr')).display,
    })`)) as { over: number; row: string };
    expect([over, row]).toEqual([0, 'grid']);
    await large.close();
  });

  it('fits a telephone', async () => {
    await page.setViewportSize({ width: 320, height: 800 });
    await open('?basket=all');
    await shows(2);
    await page.getByRole('checkbox').first().check();
    expect(await barriersOf(page, 'inbox-320')).toEqual([]);
    // Where the text is twice as large, one filter fits beside no other.
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(`${system.url}/cases`);
    await page.getByRole('table', { name: 'Pratiche' }).waitFor();
    await page.evaluate("document.documentElement.style.fontSize = '200%'");
    expect(await page.evaluate("document.querySelector('.desk-filters').scrollWidth <= innerWidth")).toBe(
      true,
    );
    await page.setViewportSize({ width: 320, height: 800 });
    await page.goto(`${system.url}/preferences`);
    await page.getByLabel('Vicinissima: giorni prima').fill('20');
    await button('Usa queste soglie').click();
    await page.getByText('Servono due numeri interi').waitFor();
    expect(await barriersOf(page, 'preferences-320')).toEqual([]);
    await page.getByLabel('Misura').selectOption({ label: 'Ore' });
    await page.getByLabel('Vicinissima: ore prima').fill('24');
    await page.getByLabel('Vicina: ore prima').fill('72');
    await button('Usa queste soglie').click();
    await page.getByText('Fatto.').waitFor();
    expect(await page.locator(':focus').innerText()).toBe('Usa queste soglie');
    // They are the person's, not the browser's.
    await eventually('the thresholds are kept', async () => {
      const kept = await operatore.get<{ unit: string; near: number }>('/session/due-colours');
      return kept.unit === 'hours' && kept.near === 72;
    });
    await page.reload();
    await eventually('they are there again', async () => {
      return (await page.getByLabel('Vicina: ore prima').inputValue()) === '72';
    });
  });

  it('is narrowed by what a case says, and a saved filter gives what the live one gives', async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    const gestore = await system.signIn('gestore');
    const fact = `<bpmn:extensionElements><iter:fact name="urgency" label="Urgenza">
      <iter:factValue code="HIGH" label="Alta"/><iter:factValue code="LOW" label="Bassa"/></iter:fact></bpmn:extensionElements>
      <bpmn:laneSet`;
    const text = sequence('told', 1, { form: 'told_form' }).replace('<bpmn:laneSet', fact);
    const values = ['HIGH', 'LOW'].map((value) => ({ value, label: value }));
    const field = { type: 'select', id: 'urgency', key: 'urgency', label: 'Urgenza', values };
    const form = JSON.stringify({ type: 'default', id: 'told_form', components: [field] });
    await gestore.post('/process-definitions', {
      files: [
        { name: 'told.bpmn', text },
        { name: 'told_form.json', text: form },
      ],
    });
    for (const urgency of ['HIGH', 'LOW', 'LOW']) {
      const of = { process: 'told', comune: 'c_borgo', variables: { urgency } };
      const { caseId } = await operatore.sees(gestore).post<{ caseId: string }>('/cases', of);
      await operatore.get(`/cases/${caseId}`);
    }
    await open('?basket=all&process=told');
    await shows(3);
    await page.getByLabel('Urgenza').selectOption({ label: 'Bassa' });
    await shows(2);
    await button('Salva questo filtro').click();
    await page.getByLabel('Nome del filtro').fill('Poco urgenti');
    await page.getByRole('dialog').getByRole('button', { name: 'Salva questo filtro' }).click();
    const saved = page.getByRole('link', { name: 'Poco urgenti' });
    await saved.waitFor();
    const address = new URL(page.url()).searchParams.get('facts');
    expect(address).toBe('urgency:LOW');
    const live = await rows().allInnerTexts();
    await open();
    await saved.click();
    await showsAgain(live);
    expect(await page.getByLabel('Urgenza').inputValue()).toBe('LOW');
    expect(await barriersOf(page, 'inbox-facts')).toEqual([]);
    // Facts are a process's own.
    await page.getByLabel('Procedimento').selectOption('');
    await eventually('no fact is asked for', () => Promise.resolve(!page.url().includes('facts')));
    await open('?process=told&facts=urgency%3ANONE');
    await page.getByText('Il procedimento non conosce questo valore').waitFor();
    expect(await page.getByLabel('Urgenza').inputValue()).toBe('NONE');
    // What an old address asks for and nobody declares any more can be taken out.
    await open('?process=told&facts=gone%3AX');
    await page.getByLabel('gone', { exact: true }).selectOption('');
    await shows(3);
    const auditor = await system.signIn('auditor');
    await expect(auditor.get('/tasks?process=told&facts=urgency:LOW')).rejects.toThrow(/403/);
  });
});
