import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, openBrowser, shoot, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { DisciplinaryCase, signInAll } from '../support/disciplinary.ts';
import type { Cast, List } from '../support/disciplinary.ts';
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
      .getByText(/termine di legge/)
      .first()
      .waitFor();
    expect(await barriersOf(page, 'case-next-1280')).toEqual([]);
  });

  it('tells everything in one line of time, by subject, and lets interventions stand out', async () => {
    const page = await at('upd', `/cases/${file.id}?section=timeline`, 320);
    const facts = page.locator('.desk-timeline > li');
    await facts.first().waitFor();
    expect(await page.locator('.is-intervention').count()).toBe(2);
    // People by name, as everywhere at the desk.
    await page
      .locator('.is-intervention', { hasText: 'Rita Responsabile (Responsabile del servizio)' })
      .first()
      .waitFor();
    await page.locator('.is-internal', { hasText: 'Sentito il responsabile' }).waitFor();
    await page.getByRole('button', { name: /^Interventi/ }).press('Enter');
    await page.locator('.desk-timeline > li:nth-child(2):last-child').waitFor();
    expect(new URL(page.url()).searchParams.get('about')).toBe('interventions');
    expect(await barriersOf(page, 'case-timeline-320')).toEqual([]);
    await page.getByRole('button', { name: /^Avvisi/ }).click();
    const notices = await page.locator('.desk-menu-panel').boundingBox();
    expect(notices?.x).toBeGreaterThanOrEqual(0);
  });

  it('shows the form of a task of another office to be read, says whose it is, and asks nothing that is refused', async () => {
    const task = await file.task(cast.upd, 't_classify');
    const refusals: string[] = [];
    const page = await at('operatore', '/tasks');
    page.on('response', (answer) => answer.status() >= 400 && refusals.push(answer.url()));
    await page.goto(`${system.url}/tasks/${task.id}`);
    const note = page.getByRole('status').filter({ hasText: 'Questa attività spetta ad altri' });
    await note.getByText('Puoi leggere che cosa chiede, ma non completarla.').waitFor();
    expect(await page.getByRole('button', { name: 'Completa l’attività' }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Prendi in carico' }).count()).toBe(0);
    expect(await barriersOf(page, 'task-of-others-1280')).toEqual([]);
    expect(refusals).toEqual([]);
    expect(await cast.upd.get(`/tasks/${task.id}`)).toMatchObject({ whyNotMine: null });
    await page.context().close();
  });

  it('says who was faster and when, and loses nothing of what was typed', async () => {
    await file.complete(cast.upd, 't_classify', { route: 'ORDINARY', maxSanction: 'SUSPENSION_1_10D' });
    const task = await file.task(cast.operatore, 't_preliminaryNote');
    const page = await at('operatore', `/tasks/${task.id}`);
    const note = page.locator('form.desk-form textarea').first();
    await note.fill('Appunto da non perdere.');
    await page.getByText('Bozza conservata in questa scheda').waitFor();
    await page.reload();
    await page.getByText('Abbiamo ritrovato quello che avevi scritto').waitFor();
    // In another window one is not faster than oneself: somebody else has to be.
    const grants = ['DESK_SUPERVISOR', 'DESK_OPERATOR'].map((role) => ({ role, body: 'p_demo' }));
    await cast.gestore.post('/accounts/responsabile/roles', {
      grants,
      reason: 'Sostituisce allo sportello.',
    });
    const rival = await at('responsabile', '/tasks');
    const refusals: string[] = [];
    for (const one of [page, rival])
      one.on('response', (answer) => answer.status() >= 400 && refusals.push(answer.url()));
    await rival.goto(`${system.url}/tasks/${task.id}`);
    await rival.locator('form.desk-form select').first().selectOption('PROCEED');
    await rival.locator('form.desk-form textarea').first().fill('Segnalazione completa.');
    await rival.evaluate(`(() => {
      globalThis.overtaken = 0;
      const look = () => (globalThis.overtaken += document.querySelectorAll('.desk-kept').length);
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
    })()`);
    await rival.getByRole('button', { name: 'Completa l’attività' }).click();
    await rival.waitForURL(`**/cases/${file.id}`);
    // Whoever completed it is not told on the way that it can be sent no longer.
    expect(await rival.evaluate('globalThis.overtaken')).toBe(0);
    const faster = page.getByRole('alert').filter({ hasText: 'Qualcun altro è stato più veloce' });
    await page
      .getByRole('region', { name: 'Quello che avevi scritto' })
      .getByText('Appunto da non perdere.')
      .waitFor();
    await faster.getByText(/completata da Rita Responsabile il \d+ feb 2032/).waitFor();
    expect(await note.inputValue()).toBe('Appunto da non perdere.');
    await rival.waitForLoadState('networkidle').catch(() => undefined);
    expect(refusals).toEqual([]);
    expect(await barriersOf(page, 'task-faster-1280')).toEqual([]);
  });

  it('lists before an act what must be true, and judges it again as the form is filled in', async () => {
    await file.complete(cast.upd, 't_preliminaryReview', { reviewOutcome: 'PROCEED' });
    const draft = await file.task(cast.operatore, 't_draftContestation');
    const page = await at('operatore', `/tasks/${draft.id}`);
    const list = page.getByRole('region', { name: 'Prima di completare' });
    // The button stays where it is when the answer comes.
    const button = page.getByRole('button', { name: 'Completa l’attività' });
    const gate = Promise.withResolvers<void>();
    await page.route('**/check-list', async (route) => {
      await gate.promise;
      await route.continue();
    });
    await page.reload();
    await list.getByText(/^Da sistemare: [1-9].* da verificare: 0/).waitFor();
    await page.evaluate('document.fonts.ready.then(() => null)');
    const place = await button.boundingBox();
    gate.resolve();
    await list.getByText(/da verificare: [1-9]/).waitFor();
    expect(await button.boundingBox()).toEqual(place);
    await list.getByText(/^Da sistemare:/).click();
    // What the form itself would refuse counts as what a rule would.
    const wanting = list.getByRole('listitem').filter({ hasText: 'Manca ancora: Addebiti contestati' });
    await wanting.getByText('Da sistemare').waitFor();
    const hearing = list.getByRole('listitem').filter({ hasText: 'L’audizione' });
    await hearing.getByText('Da verificare').waitFor();
    expect(await barriersOf(page, 'checklist-1280')).toEqual([]);

    const answers = { charges: 'Assenza ingiustificata.', expectedReceiptAt: today };
    const asked = `/tasks/${draft.id}/check-list`;
    const judged = async (hearingAt: string) => {
      const { items } = await cast.operatore.post<List<{ code: string; holds: boolean | null }>>(asked, {
        variables: { ...answers, hearingAt },
      });
      return items.find(({ code }) => code === 'hearing-not-on-a-working-day')?.holds;
    };
    expect(await judged('2032-03-28T10:00:00+02:00')).toBe(false);
    expect(await judged('2032-03-30T10:00:00+02:00')).toBe(true);

    await file.complete(cast.operatore, 't_draftContestation', {
      ...answers,
      hearingAt: '2032-03-30T10:00:00+02:00',
      hearingPlace: 'Sede della Provincia',
      channel: 'BY_HAND',
    });
    const sign = await file.task(cast.upd, 't_signContestation');
    const desk = await at('upd', `/tasks/${sign.id}`, 320);
    const signed = desk.getByRole('region', { name: 'Prima di completare' });
    await signed.getByText(/^Da sistemare:/).click();
    await signed.getByText(/Contestazione dell’addebito: nei termini, entro mar 30 mar 2032/).waitFor();
    await signed.getByText('Manca ancora: Esito').waitFor();
    expect(await signed.getByText(/Che cosa correggere/).count()).toBe(0);
    await signed.getByText(/bozza.*è tra i documenti, senza firma digitale/).waitFor();
    expect(await barriersOf(desk, 'checklist-320')).toEqual([]);

    // A day to come is filled in, and refused all the same.
    await desk.getByLabel('Esito').selectOption('SIGNED');
    await desk.getByLabel('Data di adozione').fill('2032-03-15');
    const day = signed.getByRole('listitem').filter({ hasText: 'Data di adozione: ' });
    await day.getByText('Da sistemare').waitFor();
    await desk.getByLabel('Data di adozione').fill(today);
    await day.waitFor({ state: 'detached' });
  });

  it('says in English what is refused, beside the field, in the summary and in the list', async () => {
    const sign = await file.task(cast.upd, 't_signContestation');
    const page = await at('upd', `/tasks/${sign.id}`);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByLabel('Outcome', { exact: true }).selectOption('SIGNED');
    const day = page.getByLabel('Day adopted');
    await day.fill('2032-03-15');
    const said = /“Day adopted” cannot be after \d+ \w+ 2032\./;
    const list = page.getByRole('region', { name: 'Before completing' });
    await list
      .getByRole('group')
      .getByText(/^To put right:/)
      .click();
    await list.getByText(said).waitFor();
    await page.getByRole('button', { name: 'Complete the task' }).click();
    await page.getByRole('alert').getByText(said).waitFor();
    const beside = page.locator(`[id="${await day.getAttribute('id')}-error"]`);
    expect(await beside.innerText()).toMatch(said);
    expect(await page.locator('[lang=it]').filter({ hasText: said }).count()).toBe(0);
    expect(await barriersOf(page, 'refused-in-english')).toEqual([]);
  });

  it('is printed on one sheet, without buttons and without internal comments', async () => {
    const page = await at('upd', `/cases/${file.id}?section=sheet`);
    const sheet = page.locator('.desk-sheet');
    await sheet.getByRole('cell', { name: /^Contestazione dell’addebito/ }).waitFor();
    await sheet
      .getByText(/Intervento sul procedimento/)
      .first()
      .waitFor();
    expect(await sheet.getByText('Sentito il responsabile').count()).toBe(0);
    expect(await barriersOf(page, 'sheet-1280')).toEqual([]);
    await page.setViewportSize({ width: 320, height: 900 });
    expect(await barriersOf(page, 'sheet-320')).toEqual([]);
    // The width between the margins of an A4 page.
    await page.setViewportSize({ width: 680, height: 962 });
    await page.emulateMedia({ media: 'print' });
    await shoot(page, 'sheet-paper');
    expect(await page.getByRole('button').count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Registra un documento in arrivo' }).count()).toBe(0);
    expect(await sheet.getByRole('columnheader', { name: 'Ultimo giorno' }).isVisible()).toBe(true);
    // Paper shows no ground: what is peremptory is not white on it.
    const strong = page.locator('.desk-badge-strong').first();
    const colour: string = await strong.evaluate('badge => getComputedStyle(badge).color');
    expect(colour).not.toBe('rgb(255, 255, 255)');
  });

  it('tells a long history a page at a time, the newest first', async () => {
    const long = await DisciplinaryCase.report(cast, today, 'PD-2032-009');
    for (let n = 1; n <= 110; n++) await cast.upd.post(`/cases/${long.id}/comments`, { text: `Nota ${n}.` });
    const asked: string[] = [];
    const page = await at('upd', `/cases/${long.id}`);
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${page.url()}?section=timeline`);
    const facts = page.locator('.desk-timeline > li');
    await page.getByText('Annotazione: Nota 110.', { exact: true }).waitFor();
    expect(await facts.count()).toBe(100);
    await page.getByRole('button', { name: 'Annotazioni 110' }).waitFor();
    // What the server tells late is asked for as what came after.
    const whole = asked.filter((url) => url.includes('/timeline') && !url.includes('after='));
    expect(whole).toHaveLength(1);
    expect(asked.filter((url) => url.includes('/history'))).toEqual([]);
    await page.getByRole('button', { name: 'Mostra altri' }).press('Enter');
    await page.getByText('Annotazione: Nota 1.', { exact: true }).waitFor();
    expect(await facts.count()).toBeGreaterThan(110);
  });

  it('still draws a case that has ended, and says the same in words', async () => {
    const ended = await DisciplinaryCase.report(cast, today, 'PD-2032-008');
    await cast.responsabile.post(`/cases/${ended.id}/cancel`, { reason: 'aperta per errore' });
    const page = await at('upd', `/cases/${ended.id}`);
    await page.getByText('Annullata', { exact: true }).waitFor();
    await page.locator('.desk-canvas .desk-done').first().waitFor();
    expect(await page.locator('.desk-canvas .desk-active').count()).toBe(0);
    // The licence of the drawing's library asks for its mark: there, linked, and nothing over it.
    const mark = page.locator('.desk-canvas .bjs-powered-by');
    expect(await mark.getAttribute('href')).toMatch(/^https?:\/\/bpmn\.io\/?$/);
    await mark.click({ trial: true });
    expect(await page.getByRole('region', { name: /Che cosa succede/ }).count()).toBe(0);
    expect(await barriersOf(page, 'ended-1280')).toEqual([]);
    await page.getByRole('button', { name: 'Testo' }).press('Enter');
    await page.locator('.desk-step-interrupted').first().waitFor();
    expect(await page.locator('[aria-current=step]').count()).toBe(0);
    expect(await barriersOf(page, 'ended-outline-1280')).toEqual([]);
  });

  it('shows who reported it what is due, and nothing of its content', async () => {
    const page = await at('struttura', `/cases/${file.id}`, 390);
    await page.getByRole('heading', { name: 'Termini che corrono' }).waitFor();
    await page.getByText('Firmare la contestazione').waitFor();
    for (const name of ['Cronologia', 'Firmare la contestazione'])
      expect(await page.getByRole('link', { name }).count()).toBe(0);
    expect(await barriersOf(page, 'reporter-390')).toEqual([]);
  });

  it('met no fault', () => {
    expect(faults).toEqual([]);
  });
});
