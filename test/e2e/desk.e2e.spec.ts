import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, openBrowser, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { System, eventually } from '../support/system.ts';

describe('the desk, in a real browser', () => {
  let database: TestDatabase;
  let system: System;
  let browser: Browser;
  const strangers: string[] = [];
  const faults: string[] = [];
  const reported = '2032-02-27';
  const pages = new Map<string, Page>();

  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    browser = await openBrowser();
    const gestore = await system.signIn('gestore');
    await gestore.post('/operations/clock', { to: `${reported}T09:00:00+01:00` });
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await database?.drop();
  });

  const signedIn = async (name: string, viewport = { width: 1280, height: 900 }): Promise<Page> => {
    const page = await signIn(browser, {
      ...{ url: system.url, name, viewport, faults },
      prepare: (it) =>
        void it.on('request', (request) => {
          const { protocol, origin } = new URL(request.url());
          if (protocol.startsWith('http') && origin !== system.url) strangers.push(request.url());
        }),
    });
    pages.set(name, page);
    return page;
  };
  const heading = (page: Page, name: string | RegExp) =>
    page.getByRole('heading', { level: 1, name }).waitFor();
  const openTask = async (page: Page, name: string): Promise<void> => {
    await page.goto(`${system.url}/tasks`);
    await page.getByRole('link', { name }).first().click();
    await heading(page, name);
  };
  const complete = (page: Page) => page.getByRole('button', { name: 'Completa l’attività' }).click();

  it('lets a head of structure report, and the desk register, a case', async () => {
    const struttura = await signedIn('struttura');
    await struttura.goto(`${system.url}/cases/new`);
    await struttura.locator('#process').selectOption({ label: 'Procedimento disciplinare ordinario' });
    await struttura.getByLabel('Riferimento del dipendente (matricola)').fill('M-0042');
    await struttura.getByLabel('Giorno in cui si sono conosciuti i fatti').fill(reported);
    await struttura.getByLabel('Categoria del personale').selectOption({ label: 'Personale non dirigente' });
    await struttura.getByRole('button', { name: 'Invia la richiesta' }).click();
    await struttura.getByText(/^Richiesta ricevuta: numero/).waitFor();

    // Who may know of it and read none of it is not offered to add to it.
    const staff = await signedIn('personale');
    const refused: string[] = [];
    staff.on('response', (answer) => answer.status() >= 400 && refused.push(answer.url()));
    await staff.goto(struttura.url());
    await staff.getByText('Il contenuto di questa pratica è riservato').waitFor();
    expect(await staff.getByLabel('Documento da allegare').count()).toBe(0);
    await staff.goto(struttura.url().replace('/entrance/', '/cases/'));
    await staff.getByText('Il contenuto di questa pratica è riservato').waitFor();
    // And who reads it for a reason alone is asked for it first.
    const head = await signedIn('responsabile');
    head.on('response', (answer) => answer.status() >= 400 && refused.push(answer.url()));
    await head.goto(struttura.url().replace('/entrance/', '/cases/'));
    await head.getByLabel('Perché leggi questa pratica?').waitFor();
    await head.getByRole('link', { name: 'Scadenze', exact: true }).last().click();
    await head.getByRole('article').first().waitFor();
    await Promise.all([staff, head].map((page) => page.waitForLoadState('networkidle')));
    // What is closed to somebody is not asked for.
    expect(refused).toEqual([]);
    await head.getByRole('navigation', { name: 'Sezioni della pratica' }).getByRole('link').first().click();
    await head.getByLabel('Perché leggi questa pratica?').fill('verifica');
    await head.getByRole('button', { name: 'Leggi il contenuto' }).click();
    await head.locator('.desk-outline, .desk-diagram').first().waitFor();

    await openTask(struttura, 'Scrivere la segnalazione');
    await struttura.getByLabel('Periodo dei fatti').fill('la settimana passata');
    await struttura.getByLabel('Descrizione dei fatti').fill('Assenza ingiustificata.');
    await struttura.getByLabel('Doveri che si ritengono violati').fill('Rispetto dell’orario.');
    await struttura.getByLabel('Gravità ritenuta').selectOption({ label: 'Lieve' });
    await complete(struttura);
    await struttura.getByText(/Hai completato/).waitFor();

    const operatore = await signedIn('operatore');
    let letIn: () => void = () => undefined;
    const conditions = new Promise<void>((resolve) => (letIn = resolve));
    await operatore.route('**/assets/feel-*.js', async (route) => {
      await conditions;
      await route.continue();
    });
    await openTask(operatore, 'Registrare e aprire il fascicolo');
    // Nobody sends a form of which it is not known yet what it asks.
    await operatore.getByRole('heading', { name: 'Documenti' }).waitFor();
    expect(await operatore.getByRole('button', { name: 'Completa l’attività' }).count()).toBe(0);
    letIn();
    await complete(operatore);
    // What is missing is said at the top and beside each field, and nothing was sent.
    await operatore.getByText(/Ci sono 3 campi da correggere/).waitFor();
    await operatore.getByLabel('Data di ricezione da parte dell’UPD').fill(reported);
    await operatore.getByLabel('Numero di protocollo').fill('1234/2032');
    await operatore.getByLabel('Codice anonimo del fascicolo').fill('PD-2032-001');
    await operatore
      .getByLabel('Modello di servizio')
      .selectOption({ label: 'UPD unificato presso la Provincia' });
    await complete(operatore);
    await heading(operatore, /PD-2032-001/);
    await operatore.getByText('Contestazione dell’addebito').first().waitFor();
    await operatore.getByText('Mancano 28 giorni').first().waitFor();
  });

  it('shows the operator’s clock, and what moving it does, to the supervisor by itself', async () => {
    const responsabile = await signedIn('responsabile');
    await responsabile.goto(`${system.url}/escalations`);
    await heading(responsabile, 'Solleciti');
    const gestore = await system.signIn('gestore');
    await gestore.post('/operations/clock', { to: '2032-03-19T08:00:00+01:00' });
    // Nobody reloads the page: the change comes by itself.
    await responsabile.getByText('Ultimi giorni per contestare in sicurezza').first().waitFor();
    await gestore.post('/operations/clock', { to: '2032-03-31T00:00:00+02:00' });
    await responsabile.goto(`${system.url}/incidents`);
    await responsabile
      .getByText(/rischio di decadenza/)
      .first()
      .waitFor();

    const upd = await signedIn('upd');
    await openTask(upd, 'Valutare la decadenza');
  });

  it('has no barrier that the checker calls serious, at desktop and phone width, on any page', async () => {
    const phone = await signedIn('operatore', { width: 390, height: 844 });
    await signedIn('gestore');
    await signedIn('auditor');
    const caseLink = async (page: Page): Promise<string> => {
      await page.goto(`${system.url}/cases`);
      return (await page.getByRole('link', { name: 'PD-2032-001' }).first().getAttribute('href')) ?? '';
    };
    const href = await caseLink(phone);
    const visits: [string, Page, readonly string[]][] = [
      ['phone', phone, ['/tasks', '/cases', href, '/deadlines', '/escalations', '/incidents', '/cases/new']],
      [
        'responsabile',
        pages.get('responsabile')!,
        ['/tasks', '/cases', '/deadlines', '/escalations', '/incidents'],
      ],
      ['upd', pages.get('upd')!, [href]],
      ['gestore', pages.get('gestore')!, ['/operations']],
      ['auditor', pages.get('auditor')!, ['/audit']],
    ];
    const found: string[] = [];
    for (const [who, page, paths] of visits) {
      for (const path of paths) {
        await page.goto(system.url + path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        found.push(...(await barriersOf(page, `${who} ${path}`)));
      }
    }
    expect(found).toEqual([]);
  });

  it('is used by keyboard: the skip link is first, and a task is reached without a mouse', async () => {
    const page = pages.get('upd')!;
    await page.goto(`${system.url}/tasks`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.evaluate('document.activeElement?.blur()');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement?.textContent')).toMatch(/contenuto/i);
    await page.getByRole('link', { name: 'Valutare la decadenza' }).first().focus();
    await page.keyboard.press('Enter');
    await heading(page, 'Valutare la decadenza');
  });

  it('goes on to the decision, everybody at their own desk', async () => {
    const people = {
      upd: pages.get('upd')!,
      operatore: pages.get('operatore')!,
      personale: await signedIn('personale'),
    };
    /** Opens a task from the inbox, fills the fields in their order and completes it. */
    const act = async (
      who: keyof typeof people,
      task: string,
      values: Record<string, string>,
    ): Promise<void> => {
      const page = people[who];
      await openTask(page, task);
      for (const [key, value] of Object.entries(values)) {
        const field = page.locator(`#field-field_${key}`);
        const isChoice = await field.evaluate((element) => element.tagName === 'SELECT');
        await (isChoice ? field.selectOption(value) : field.fill(value));
      }
      await complete(page);
      await page.getByText(`Hai completato «${task}».`).waitFor();
    };
    const today = '2032-03-31';
    await act('upd', 'Valutare la decadenza', {
      decadence: 'CONTINUE',
      decadenceMotivation: 'Prova della procedura.',
    });
    await act('upd', 'Scegliere la procedura', { route: 'ORDINARY', maxSanction: 'SUSPENSION_1_10D' });
    await act('operatore', 'Preparare la nota preliminare', {
      proposedReviewOutcome: 'PROCEED',
      preliminaryNote: 'Segnalazione completa.',
    });
    await act('upd', 'Esaminare la segnalazione', { reviewOutcome: 'PROCEED' });
    await act('operatore', 'Redigere contestazione e convocazione', {
      charges: 'Assenza ingiustificata.',
      expectedReceiptAt: today,
      hearingAt: '2032-04-26T10:00',
      hearingPlace: 'Sede della Provincia',
      channel: 'BY_HAND',
    });
    await act('upd', 'Firmare la contestazione', { signOutcome: 'SIGNED', contestationAdoptedAt: today });
    await act('operatore', 'Spedire o consegnare l’atto', { channel: 'BY_HAND', sentAt: today });
    await act('operatore', 'Registrare la prova di consegna', {
      deliveryOutcome: 'DELIVERED',
      receivedAt: today,
    });
    const gestore = await system.signIn('gestore');
    await gestore.post('/operations/clock', { to: '2032-04-26T10:00:00+02:00' });
    const hearing = '2032-04-26';
    await people.upd.goto(`${system.url}/tasks`);
    await people.upd.getByRole('link', { name: 'Tenere l’audizione' }).first().waitFor();
    await act('upd', 'Tenere l’audizione', {
      hearingOutcome: 'HELD',
      hearingHeldAt: '2032-04-26T10:00',
      hearingMinutes: 'Il dipendente è stato ascoltato.',
    });
    await act('upd', 'Svolgere l’istruttoria', { investigationOutcome: 'COMPLETE' });
    await act('operatore', 'Redigere la decisione', {
      decisionKind: 'SANCTION',
      sanctionCode: 'WRITTEN_REPRIMAND',
      motivation: 'Fatto provato, di lieve entità.',
    });
    await act('upd', 'Adottare la decisione', { adoptOutcome: 'ADOPTED', decisionAdoptedAt: hearing });
    await act('operatore', 'Preparare la consegna della decisione', { channel: 'BY_HAND' });
    await act('operatore', 'Spedire o consegnare l’atto', { channel: 'BY_HAND', sentAt: hearing });
    await act('operatore', 'Registrare la prova di consegna', {
      deliveryOutcome: 'DELIVERED',
      receivedAt: hearing,
    });
    await act('personale', 'Eseguire la sanzione', { executedAt: hearing });
    await people.operatore.goto(`${system.url}/cases?state=all&process=disciplinary-ordinary`);
    await people.operatore.getByRole('link', { name: 'PD-2032-001' }).first().click();
    await heading(people.operatore, /PD-2032-001/);
    await people.operatore.getByText('Conclusa').first().waitFor();
  }, 240_000);

  it('speaks English when asked', async () => {
    const page = pages.get('upd')!;
    await page.goto(`${system.url}/tasks`);
    await page.getByRole('button', { name: /English/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Tasks' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('en');
  });

  it('shows what changed while the stream of changes was still being opened', async () => {
    const page = await signedIn('struttura');
    let opened: () => void = () => undefined;
    const open = new Promise<void>((resolve) => (opened = resolve));
    await page.route('**/api/v1/changes*', async (route) => {
      await open;
      await route.continue();
    });
    await page.goto(`${system.url}/tasks`);
    await heading(page, 'Attività');
    await page.waitForLoadState('networkidle');
    const reports = page.getByRole('link', { name: 'Scrivere la segnalazione' });
    expect(await reports.count()).toBe(0);
    const struttura = await system.signIn('struttura');
    await struttura.post('/cases', {
      process: 'disciplinary-ordinary',
      comune: 'c_borgo',
      variables: { employeeRef: 'M-0043', factsKnownAt: reported, staffCategory: 'EMPLOYEE' },
    });
    await eventually('the task, where it is asked for', async () => {
      const { items } = await struttura.get<{ items: { name: string }[] }>('/tasks');
      return items.some(({ name }) => name === 'Scrivere la segnalazione');
    });
    opened();
    await reports.first().waitFor();
  });

  it('asked no address but its own, and met no fault', () => {
    expect({ strangers, faults }).toEqual({ strangers: [], faults: [] });
  });
});
