import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, openBrowser, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import type { List, Task } from '../support/disciplinary.ts';
import { System, eventually } from '../support/system.ts';
import type { Person } from '../support/system.ts';

// Those who come to the desk for one thing: a Comune that asks, and who takes part in a selection, a course, a path.

const widths = process.env['ITER_SHOTS'] ? [320, 390, 1280, 1920] : [320, 1280];

describe('who comes to the desk for one thing', () => {
  let database: TestDatabase;
  let system: System;
  let browser: Browser;
  let operatore: Person;
  const faults: string[] = [];
  let caseId = '';

  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    browser = await openBrowser();
    const gestore = await system.signIn('gestore');
    await gestore.post('/operations/clock', { to: '2032-01-22T09:00:00+01:00' });
    operatore = await system.signIn('operatore');
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await database?.drop();
  });

  const at = (name: string, width = 1280): Promise<Page> =>
    signIn(browser, { url: system.url, name, faults, viewport: { width, height: 900 } });
  const open = (who: Person, element: string, of: string) =>
    eventually(element, async () => {
      const { items } = await who.get<List<Task>>(`/tasks?caseId=${of}&assigned=all`);
      return items.find((it) => it.element === element);
    });
  const complete = async (who: Person, element: string, variables: object, of = caseId) => {
    const task = await open(who, element, of);
    await who.post(`/tasks/${task.id}/complete`, { variables });
  };
  /** No barrier at any width; pictures are kept. */
  const look = async (page: Page, what: string): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      found.push(...(await barriersOf(page, `${what}-${width}`)));
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    return found;
  };

  it('begins at their own page, also before there is anything', async () => {
    const found: string[] = [];
    for (const [name, title] of [
      ['struttura', 'Sportello'],
      ['segretario', 'Sportello'],
      ['commissione', 'Commissione esaminatrice'],
      ['docente', 'Le mie lezioni'],
      ['dipendente', 'La mia formazione'],
      ['tutor', 'I miei percorsi'],
      ['partecipante', 'I miei percorsi'],
    ] as const) {
      const page = await at(name);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      found.push(...(await look(page, `${name}-empty`)));
      await page.context().close();
    }
    expect(found).toEqual([]);
  });

  it('has few ways for who takes part in one thing only, and the others behind a button', async () => {
    const page = await at('docente');
    const nav = page.getByRole('navigation', { name: 'Navigazione principale' });
    const names = () => nav.getByRole('link').allTextContents();
    const few = ['La mia parte', 'Formazione'];
    expect(await names()).toEqual(few);
    await nav.getByRole('button', { name: 'Altre pagine' }).press('Enter');
    await nav.getByRole('link', { name: 'Scadenze' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Scadenze' }).waitFor();
    await nav.getByRole('button', { name: 'Meno pagine' }).press('Enter');
    // Where one is stays in sight.
    expect(await names()).toEqual([few[0], 'Scadenze', ...few.slice(1)]);
    expect(await look(page, 'docente-few')).toEqual([]);
    await page.context().close();
  });

  it('takes a request, with a draft until it is sent, and gives its number', async () => {
    let page = await at('personale');
    await page.getByRole('link', { name: 'Nuova richiesta' }).click();
    await page.getByRole('heading', { level: 1, name: 'Nuova richiesta' }).waitFor();
    await page.getByLabel('Procedimento').selectOption({ label: 'Richiesta allo sportello' });
    // What the desk alone begins is not offered.
    expect(await page.getByLabel('Procedimento').locator('option').allInnerTexts()).not.toContain(
      'Concorso pubblico',
    );
    await page.getByLabel('Che cosa si chiede').fill('Permessi per studio');
    await page.getByRole('link', { name: 'Sportello', exact: true }).first().click();
    await page.getByText('Richieste iniziate e non inviate').waitFor();
    expect(await look(page, 'entrance-draft')).toEqual([]);
    await page.getByRole('link', { name: 'Continua: Richiesta allo sportello' }).click();
    expect(await page.getByLabel('Che cosa si chiede').inputValue()).toBe('Permessi per studio');
    await page.context().close();
    // It is theirs wherever they sign in, and nobody else's.
    const colleague = await at('segretario');
    await colleague.getByText('Nessuna richiesta').waitFor();
    expect(await colleague.getByText('Richieste iniziate e non inviate').count()).toBe(0);
    await colleague.context().close();
    page = await at('personale');
    await page.getByRole('link', { name: 'Continua: Richiesta allo sportello' }).click();
    await page.getByText('Abbiamo ritrovato quello che avevi scritto').waitFor();
    expect(await page.getByLabel('Che cosa si chiede').inputValue()).toBe('Permessi per studio');
    await page.getByRole('button', { name: 'Invia la richiesta' }).click();
    await page.locator('.desk-field-error').first().waitFor();
    await page.getByLabel('Servizio').selectOption('OTHER');
    await page.getByLabel('Urgenza').selectOption('NORMAL');
    await page.getByLabel('Giorno della richiesta').fill('2032-01-22');
    await page.getByRole('button', { name: 'Invia la richiesta' }).click();
    await page.getByText('Richiesta ricevuta: numero').waitFor();
    caseId = page.url().split('/').at(-1)!;
    await page.getByText('In lavorazione').waitFor();
    expect(await look(page, 'request-received')).toEqual([]);
    await page.getByRole('link', { name: 'Sportello', exact: true }).first().click();
    await page.getByRole('link', { name: 'Richiesta allo sportello' }).waitFor();
    expect(await page.getByText('Richieste iniziate e non inviate').count()).toBe(0);
    await page.context().close();
  });

  it('lets nobody leave unawares what is not saved, and the desk waits for no server that does not answer', async () => {
    const page = await at('personale');
    await page.getByRole('link', { name: 'Nuova richiesta' }).click();
    await page.getByLabel('Procedimento').selectOption({ label: 'Richiesta allo sportello' });
    let answer: () => void = () => undefined;
    const mayAnswer = new Promise<void>((resolve) => (answer = resolve));
    await page.route(/\/session\/drafts\//, async (route) => {
      await mayAnswer;
      await route.continue();
    });
    await page.getByLabel('Che cosa si chiede').fill('Congedo');
    const menu = page.getByRole('button', { name: /^Account di/ });
    await menu.click();
    await page.getByRole('button', { name: 'Esci' }).click();
    await page.getByRole('button', { name: 'Uscita in corso…' }).waitFor();
    await page.getByRole('dialog').getByText('se esci ora vanno perse').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Chiudi' }).last().click();
    expect(await page.locator(':focus').getAttribute('aria-label')).toMatch(/^Account di/);
    answer();
    await menu.click();
    await page.getByRole('button', { name: 'Esci' }).click();
    await menu.waitFor({ state: 'detached' });
    await page.context().close();
    const again = await at('personale');
    await again.getByRole('link', { name: 'Continua: Richiesta allo sportello' }).click();
    await again.getByText('Abbiamo ritrovato quello che avevi scritto').waitFor();
    expect(await again.getByLabel('Che cosa si chiede').inputValue()).toBe('Congedo');
    const forgotten = again.waitForResponse((response) => response.request().method() === 'PUT');
    await again.getByRole('button', { name: 'Ricomincia da capo' }).click();
    await forgotten;
    await again.context().close();
  });

  it('tells an open form that another text was saved elsewhere, and offers both', async () => {
    const form = async () => {
      const page = await at('personale');
      await page.goto(`${system.url}/cases/new?process=desk-request`);
      return { page, field: page.getByLabel('Che cosa si chiede') };
    };
    const [here, there] = [await form(), await form()];
    const kept = (page: Page) => page.getByText('Bozza salvata').waitFor();
    await here.field.fill('Qui');
    await kept(here.page);
    // Typed before anything was looked for.
    await there.field.fill('Altrove, più tardi');
    await there.page.getByText('Un’altra finestra ha salvato un testo diverso').waitFor();
    await there.page.getByRole('button', { name: 'Tieni quello che vedo qui' }).click();
    await there.page.getByText('Resta il testo che vedi qui').waitFor();
    await kept(there.page);
    // Who comes back to the first window.
    await here.page.evaluate("window.dispatchEvent(new Event('focus'))");
    await here.page.getByText('Un’altra finestra ha salvato un testo diverso').waitFor();
    expect(await here.page.getByText('Bozza salvata').count()).toBe(0);
    expect(await here.field.inputValue()).toBe('Qui');
    await here.page.getByText('Vedi l’altro testo').click();
    await here.page.getByText('Altrove, più tardi').waitFor();
    expect(await look(here.page, 'later-draft')).toEqual([]);
    // Who leaves the form without a choice finds it again, and neither text has taken the other's place.
    await here.page.getByRole('link', { name: 'Sportello', exact: true }).first().click();
    await here.page.getByRole('link', { name: 'Continua: Richiesta allo sportello' }).click();
    await here.page.getByText('Un’altra finestra ha salvato un testo diverso').waitFor();
    expect(await here.field.inputValue()).toBe('Qui');
    await here.page.getByRole('button', { name: 'Usa quel testo' }).click();
    expect(await here.field.inputValue()).toBe('Altrove, più tardi');
    expect(await here.page.locator(':focus').innerText()).toBe('Ora il modulo contiene l’altro testo.');
    await kept(here.page);
    await there.page.context().close();
    await here.page.reload();
    const forgotten = here.page.waitForResponse((response) => response.request().method() === 'PUT');
    await here.page.getByRole('button', { name: 'Ricomincia da capo' }).click();
    await forgotten;
    await here.page.context().close();
  });

  it('is drawn also while what time it is does not come', async () => {
    const page = await at('personale');
    await page.route('**/status', () => new Promise(() => undefined));
    await page.reload();
    await page.getByRole('link', { name: 'Nuova richiesta' }).waitFor();
    await page.context().close();
  });

  it('says when a language does not come, and is drawn in the other', async () => {
    const page = await at('personale');
    await page.route(/\/assets\/en-/, (route) => route.abort());
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('L’altra lingua non si è caricata').waitFor();
    expect(await look(page, 'no-other-language')).toEqual([]);
    await page.route(/\/assets\/it-/, (route) => route.abort());
    await page.reload();
    await page.getByText('I testi della pagina non si sono caricati').waitFor();
    await page.getByText('The texts of the page did not load').waitFor();
    expect(await look(page, 'no-texts')).toEqual([]);
    await page.unroute(/\/assets\/en-/);
    await page.reload();
    await page.getByRole('link', { name: 'New request' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.context().close();
  });

  it('lets the Segretario say what colleagues see of one another’s cases', async () => {
    const page = await at('segretario');
    await page.goto(`${system.url}/registers?section=sharing&body=c_borgo`);
    const discipline = page.getByLabel('Procedimenti disciplinari');
    await discipline.waitFor();
    expect(await discipline.isChecked()).toBe(true);
    expect(await page.getByLabel('Ricerca e selezione').isChecked()).toBe(true);
    expect(await look(page, 'sharing')).toEqual([]);
    // The label is what is drawn and clicked.
    await page.getByText('Procedimenti disciplinari', { exact: true }).click();
    await page.getByRole('button', { name: 'Salva la scelta' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('Deliberazione n. 12');
    await dialog.getByRole('button', { name: 'Salva la scelta' }).click();
    const saved = page.getByText('La scelta è salvata');
    await saved.waitFor();
    await page.getByText('Deliberazione n. 12').waitFor();
    expect(await page.locator(':focus').innerText()).toContain('La scelta è salvata');
    const personale = await system.signIn('personale');
    const now = await personale.get<{ services: string[]; editable: boolean; reason: string | null }>(
      '/bodies/c_borgo/sharing',
    );
    expect(now).toMatchObject({ editable: false, reason: null });
    expect(now.services).not.toContain('discipline');
    await page.getByText('Procedimenti disciplinari', { exact: true }).click();
    await page.getByRole('button', { name: 'Salva la scelta' }).click();
    await dialog.getByRole('textbox').fill('Torna come prima');
    await dialog.getByRole('button', { name: 'Salva la scelta' }).click();
    await saved.waitFor();
    await page.getByText('Torna come prima').waitFor();
    await page.context().close();
  });

  it('asks a question in plain words, which is answered with documents, and shows colleagues only what is theirs', async () => {
    await complete(operatore, 't_triage', {
      ...{ topic: 'AGREEMENT', triage: 'NEED_INFO', infoQuestion: 'Di quante ore si tratta?' },
    });
    await eventually('the question', async () => {
      const { items } = await operatore.get<List<object>>(`/cases/${caseId}/incoming`);
      return items.length > 0;
    });
    const page = await at('personale');
    const question = page.getByRole('link', { name: 'Informazioni dal Comune' });
    await question.waitFor();
    await page.getByText('Si attende una vostra risposta').waitFor();
    expect(await look(page, 'entrance-asked')).toEqual([]);
    await page.getByRole('link', { name: 'Richiesta allo sportello' }).click();
    await page.getByText('Di quante ore si tratta?').waitFor();
    await page.getByText('Poi: Quindici giorni senza risposta').waitFor();
    expect(await look(page, 'request-asked')).toEqual([]);
    await question.click();
    await page.getByRole('group', { name: 'Che cosa mandate?' }).waitFor();
    // What they are to answer stands where they answer it.
    await page.getByText('Di quante ore si tratta?').waitFor();
    await page.getByLabel('Numero di protocollo').fill('77/2032');
    expect(await page.getByLabel('Mittente').inputValue()).toBe('Comune di Borgo Sereno');
    await page.locator('#incoming-file').setInputFiles({
      ...{ name: 'risposta.txt', mimeType: 'text/plain', buffer: Buffer.from('150 ore') },
    });
    await page.getByLabel('Informazioni ricevute').fill('Centocinquanta ore.');
    await page.getByRole('button', { name: 'Controlla e registra' }).click();
    await page.getByRole('dialog').getByText('risposta.txt').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Conferma' }).click();
    await page.waitForURL(/\/entrance\//);
    await page.getByText('In lavorazione').waitFor();
    await page
      .getByRole('cell', { name: /risposta\.txt/ })
      .first()
      .waitFor();
    await page.context().close();

    // Another office of the same Comune sees it when it asks for the office's; another Comune never.
    const colleague = await at('segretario');
    await colleague.getByText('Nessuna richiesta').waitFor();
    await colleague.getByRole('button', { name: 'Dell’ufficio' }).click();
    await colleague.getByRole('link', { name: 'Richiesta allo sportello' }).waitFor();
    await colleague.context().close();
    const stranger = await at('altrocomune');
    await stranger.getByRole('button', { name: 'Dell’ufficio' }).click();
    await stranger.getByText('Nessuna richiesta').waitFor();
    await stranger.goto(`${system.url}/entrance/${caseId}`);
    await stranger.getByText('La pratica non esiste, o non puoi vederla').waitFor();
    await stranger.context().close();
  });

  it('says why the office has no answer, when it is over', async () => {
    await complete(operatore, 't_triage', {
      ...{ topic: 'AGREEMENT', triage: 'OUT_OF_SCOPE', outOfScopeReason: 'È materia dell’INPS.' },
    });
    const page = await at('personale');
    await page.goto(`${system.url}/entrance/${caseId}`);
    await page.getByText('Conclusa: Non di competenza').waitFor();
    await page.getByText('È materia dell’INPS.').waitFor();
    expect(await look(page, 'request-out-of-scope')).toEqual([]);
    await page.context().close();
  });

  it('shows a board what it is to do, what it did, and what comes next', async () => {
    const responsabile = await system.signIn('responsabile');
    const commissione = await system.signIn('commissione');
    const of = await operatore.post<{ caseId: string }>('/cases', {
      ...{ process: 'selection-tests', comune: 'p_demo' },
      variables: {
        ...{ admitted: [{ candidateRef: 'C-001', conditional: false }], tests: [], oralForeseen: true },
        ...{ needs: [], courtOrder: false, applyUntil: '2032-01-20T23:59:59+01:00' },
      },
    });
    const people = [
      ['Anna Verdi', 'PRESIDENT', 'F'],
      ['Bruna Neri', 'MEMBER', 'F'],
      ['Carlo Rossi', 'MEMBER', 'M'],
      ['Dario Bianchi', 'SECRETARY', 'M'],
    ] as const;
    const members = people.map(([memberRef, role, sex]) => ({ memberRef, role, sex, expertise: 'Esperto' }));
    await complete(operatore, 't_designateCommission', { members }, of.caseId);
    const act = { appointmentRef: 'DD 100/2032', appointedAt: '2032-01-22' };
    await complete(responsabile, 't_appointCommission', act, of.caseId);
    await complete(
      operatore,
      't_sendParity',
      { paritySentAt: '2032-01-22', parityProtocolNo: '20/2032' },
      of.caseId,
    );
    // A board sees the selection that it was given, and no other.
    const setup = await open(responsabile, 't_commissionSetup', of.caseId);
    await responsabile.post(`/tasks/${setup.id}/assign`, { to: 'commissione' });
    const page = await at('commissione');
    await page.getByRole('link', { name: 'Insediare la commissione' }).waitFor();
    const found = [...(await look(page, 'commissione-asked'))];
    // Who does not see the case yet reads what lies with the task, and is not told that there is none.
    await page.getByRole('link', { name: 'Insediare la commissione' }).click();
    await page.getByLabel('Numero del verbale di insediamento').waitFor();
    const documents = page.getByRole('table', { name: 'Documenti' });
    await documents.or(page.getByText('Nessun documento')).first().waitFor();
    expect(await page.locator('.alert-danger').count()).toBe(0);
    found.push(...(await look(page, 'commissione-task')));
    await page.getByRole('link', { name: 'La mia parte' }).click();
    const declarations = members.map(({ memberRef }) => ({ memberRef, declaration: 'NONE' }));
    await complete(
      commissione,
      't_commissionSetup',
      {
        ...{ declarations, criteriaDoc: 'Verbale 1', criteria: 'Correttezza e chiarezza' },
        ...{ plannedEnd: '2032-07-30', plannedEndPublishedAt: '2032-01-22' },
      },
      of.caseId,
    );
    await page.getByText('Che cosa ho fatto').waitFor();
    // The minutes are there to be signed; the next step is the desk's.
    await page.getByRole('link', { name: 'Sottoscrivere il verbale di insediamento' }).waitFor();
    await complete(
      commissione,
      't_signCriteriaMinutes',
      { criteriaMinutesSignedAt: '2032-01-22' },
      of.caseId,
    );
    await page.getByText('Non c’è nulla da fare').waitFor();
    await page.getByRole('link', { name: 'Commissione e prove' }).waitFor();
    found.push(...(await look(page, 'commissione-full')));
    expect(found).toEqual([]);
    await page.context().close();
  });

  it('shows a trainer the own editions, and a tutor what its Province is to do', async () => {
    const course = await operatore.post<{ caseId: string }>('/cases', {
      ...{ process: 'training-course', comune: 'p_demo' },
      variables: {
        ...{ courseRef: 'FOR-2032-001', title: 'Contratti pubblici', compulsorySubject: 'PUBLIC_CONTRACTS' },
        ...{ hours: 12, mode: 'ROOM', strategic: false, testRequired: false },
      },
    });
    const edition = {
      ...{
        mode: 'ROOM',
        hours: 12,
        minSeats: 2,
        maxSeats: 20,
        attendanceThresholdPct: 75,
        trainer: 'docente',
      },
      sessions: [
        { sessionRef: 'L1', startsAt: '2032-11-04T09:00:00+01:00', endsAt: '2032-11-04T15:00:00+01:00' },
      ],
    };
    await complete(operatore, 't_publishEdition', edition, course.caseId);
    const trainer = await at('docente');
    await trainer.getByRole('cell', { name: 'Contratti pubblici' }).waitFor();
    await trainer.getByRole('cell', { name: 'Iscrizioni aperte' }).waitFor();
    const found = [...(await look(trainer, 'docente-full'))];

    const programma = await system.signIn('programma');
    const path = await programma.post<{ caseId: string }>('/cases', {
      ...{ process: 'accompaniment-edition', comune: 'upi_demo' },
      variables: { theme: 'TRAINING', editionYear: 2032, webinarAt: '2032-05-18T10:00:00+02:00' },
    });
    const tutors = { tutors: [{ province: 'p_demo', model: 'Ufficio unico' }] };
    await complete(programma, 't_callTutors', tutors, path.caseId);
    const tutor = await at('tutor');
    const task = tutor.getByRole('link', { name: /scheda del modello/ }).first();
    await task.waitFor();
    found.push(...(await look(tutor, 'tutor-full')));
    await task.press('Enter');
    await tutor.waitForURL(/\/tasks\//);
    // Who may not read the case goes on where their own work begins, and is told what was done.
    await tutor.getByText('La Provincia si ritira').click();
    // What is done is closed to whoever may not read its case: nothing asks for it again.
    const refused: string[] = [];
    tutor.on('response', (response) => {
      if (response.status() >= 400) refused.push(`${response.status()} ${response.url()}`);
    });
    await tutor.getByRole('button', { name: 'Completa l’attività' }).click();
    await tutor.waitForURL(/\/part\/tutor$/);
    await tutor.getByText(/Hai completato «Tenere l’incontro e scrivere la scheda del modello .+»/).waitFor();
    expect(refused).toEqual([]);
    expect(found).toEqual([]);
  });

  it('met no fault', () => {
    // What a stranger may not see is answered with 404, never with a fault.
    expect(faults).toEqual([]);
  });
});
