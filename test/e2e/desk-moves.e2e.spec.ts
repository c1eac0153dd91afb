import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, openBrowser, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { adHoc, calling, deciding, decision, sequence } from '../support/diagrams.ts';
import { password, System } from '../support/system.ts';
import type { Person } from '../support/system.ts';

/** Where pictures of the pages go, for a person to look at; nowhere by default. */
const pictures = process.env['ITER_TEST_PICTURES'];

describe('what people do to a case beside its flow, in a real browser', () => {
  let database: TestDatabase;
  let system: System;
  let browser: Browser;
  let operatore: Person;
  let gestore: Person;
  let clerk: Page;
  let supervisor: Page;
  const faults: string[] = [];

  const deploy = (...files: readonly (readonly [string, string])[]) =>
    gestore.post('/process-definitions', { files: files.map(([name, text]) => ({ name, text })) });
  const start = async (process: string, variables: object = {}): Promise<string> => {
    const answer = await operatore
      .sees(gestore)
      .post<{ caseId: string }>('/cases', { process, comune: 'c_borgo', variables });
    // What was written is seen by whoever reads later, also in the browser.
    await operatore.get(`/cases/${answer.caseId}`);
    return answer.caseId;
  };
  const signedIn = (name: string): Promise<Page> => signIn(browser, { url: system.url, name, faults });
  /** No serious barrier and no sideways scrolling, on a desktop and on a phone. */
  const look = async (page: Page, name: string): Promise<void> => {
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: width === 1280 ? 900 : 844 });
      if (pictures) await page.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage: true });
      expect([name, width, await barriersOf(page)]).toEqual([name, width, []]);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  };
  /** The supervisor says why the content is read. */
  const open = async (page: Page, id: string, section = ''): Promise<void> => {
    await page.goto(`${system.url}/cases/${id}${section}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const why = page.getByLabel('Perché leggi questa pratica?');
    if (page !== supervisor) return;
    await why.fill('controllo del percorso');
    await page.getByRole('button', { name: 'Leggi il contenuto' }).click();
    await why.waitFor({ state: 'hidden' });
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    browser = await openBrowser();
    [operatore, gestore] = (await Promise.all(['operatore', 'gestore'].map((it) => system.signIn(it)))) as [
      Person,
      Person,
    ];
    await deploy(
      ['steps.bpmn', sequence('steps', 2)],
      ['caller.bpmn', calling('caller', 'called')],
      ['called.bpmn', sequence('called', 1)],
      ['inquiry.bpmn', adHoc('inquiry')],
      ['decides.bpmn', deciding('decides')],
      ['gradi.dmn', decision],
    );
    clerk = await signedIn('operatore');
    supervisor = await signedIn('responsabile');
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await database?.drop();
  });

  it('says why a decision came out as it did', async () => {
    const id = await start('decides', { giorni: 4 });
    await open(clerk, id, '?section=timeline');
    await clerk.getByText('Decisione: Stabilire il grado → grave').waitFor();
    await clerk.getByText('Perché', { exact: true }).click();
    const why = clerk.locator('.desk-why');
    await why.getByText('Giorni di assenza').waitFor();
    expect((await why.innerText()).replace(/\s+/g, ' ')).toContain(
      'Grado dell’infrazione Giorni di assenza 4 Regola 2: Grado: grave Norma: art. 55-quater c. 1 Esito: grave',
    );
    await look(clerk, 'why');
  });

  it('finds the task of a called process in the drawing of that process', async () => {
    const id = await start('caller');
    await open(clerk, id);
    await clerk.getByRole('link', { name: 'in Prova called' }).click();
    await clerk
      .getByRole('button', { name: /Prova called/ })
      .and(clerk.locator('[aria-pressed=true]'))
      .waitFor();
    await clerk.locator('.desk-canvas .desk-active[data-element-id=t_1]').waitFor();
    await look(clerk, 'called');
    await clerk.getByRole('button', { name: /Prova caller/ }).click();
    await clerk.locator('.desk-canvas .desk-active[data-element-id=call]').waitFor();
  });

  it('lets a person begin activities of an ad-hoc sub-process', async () => {
    const id = await start('inquiry', { finished: false });
    await open(clerk, id);
    await clerk.getByRole('button', { name: 'Avvia «Sentire»' }).click();
    await clerk.getByRole('dialog').getByRole('button', { name: 'Avvia' }).click();
    await clerk.getByRole('link', { name: 'Sentire' }).waitFor();
    await look(clerk, 'ad-hoc');
  });

  it('keeps a reason that is being typed while the case goes on', async () => {
    const id = await start('steps', { esito: 'no' });
    await supervisor.goto(`${system.url}/cases/${id}?section=timeline`);
    const why = supervisor.getByLabel('Perché leggi questa pratica?');
    await why.fill('controllo del');
    // Another window was looked at meanwhile.
    await supervisor.evaluate('document.dispatchEvent(new Event("visibilitychange"))');
    const { items } = await operatore.get<{ items: { id: string }[] }>(`/tasks?caseId=${id}`);
    const asked = supervisor.waitForResponse((answer) => answer.url().endsWith(`/cases/${id}`));
    await operatore.post(`/tasks/${items[0]!.id}/complete`, {});
    await asked;
    await supervisor.getByText('Attività 2').first().waitFor();
    expect(await why.inputValue()).toBe('controllo del');
    await supervisor.getByRole('button', { name: 'Leggi il contenuto' }).click();
    await why.waitFor({ state: 'hidden' });
  });

  it('lets the supervisor move a case back with a reason, and correct a value', async () => {
    const id = await start('steps', { esito: 'no' });
    const { items } = await operatore.get<{ items: { id: string }[] }>(`/tasks?caseId=${id}`);
    await operatore.post(`/tasks/${items[0]!.id}/complete`, {});
    await operatore.get(`/cases/${id}`);
    await open(supervisor, id);
    await supervisor.getByRole('button', { name: 'Correggi il percorso' }).click();
    const dialog = supervisor.getByRole('dialog');
    await dialog.getByLabel('Passo da cui riprendere').selectOption({ label: 'Attività 1' });
    await dialog.getByRole('button', { name: 'Sposta' }).click();
    await dialog
      .getByText('Questo campo è obbligatorio')
      .or(dialog.locator('.desk-field-error'))
      .first()
      .waitFor();
    await look(supervisor, 'modify');
    await dialog.getByLabel('Motivo').fill('relazione da rifare');
    await dialog.getByRole('button', { name: 'Sposta' }).click();
    await dialog.waitFor({ state: 'detached' });
    await supervisor.getByRole('link', { name: 'Attività 1' }).waitFor();
    await supervisor.getByRole('button', { name: 'Correggi il percorso' }).click();
    await dialog.getByText('Correggere un dato').click();
    await dialog.getByLabel('Nome del dato').fill('esito');
    await dialog.getByLabel('Nuovo valore').fill('12');
    await dialog.getByText('Sarà registrato come numero.').waitFor();
    await dialog.getByLabel('Motivo').fill('errore di battitura');
    await dialog.getByRole('button', { name: 'Correggi il dato' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await operatore.get(`/cases/${id}/state`)).toMatchObject({
      variables: { esito: 12 },
      tokens: [{ element: 't_1' }],
    });
    await supervisor.getByRole('link', { name: 'Cronologia' }).click();
    await supervisor
      .getByText('Il percorso è stato corretto a mano (Attività 1): relazione da rifare')
      .waitFor();
    expect(await clerk.getByRole('button', { name: 'Correggi il percorso' }).count()).toBe(0);
  });

  it('tells in a dialog who was faster, and keeps what was typed there also when the session ends over it', async () => {
    const id = await start('steps');
    await open(supervisor, id);
    const dialog = supervisor.getByRole('dialog');
    const suspend = () => supervisor.getByRole('button', { name: 'Sospendi', exact: true }).first().click();
    const send = () => dialog.getByRole('button', { name: 'Sospendi' }).click({ timeout: 10_000 });
    await suspend();
    await dialog.getByLabel('Motivo').fill('in attesa del parere');
    const { items } = await operatore.get<{ items: { id: string }[] }>(`/tasks?caseId=${id}`);
    await supervisor.route('**/suspend', async (route) => {
      await operatore.post(`/tasks/${items[0]!.id}/claim`, {});
      await route.continue();
    });
    await send();
    await dialog.getByText('Nel frattempo la pratica è cambiata').waitFor();
    await dialog.getByText(/L’ultimo intervento nella pratica è di Olga Operatore, \d+/).waitFor();
    expect(await barriersOf(supervisor, 'act-faster')).toEqual([]);
    await supervisor.unrouteAll();

    const headers = { 'x-iter-request': 'test' };
    await supervisor.context().request.delete(`${system.url}/api/v1/session`, { headers });
    // What else the page asks may have told it before; a click that is still tried would hit the dialog that is opened next.
    const sending = send().catch(() => undefined);
    await supervisor.getByText('La sessione è finita').waitFor();
    await sending;
    await supervisor.getByLabel('Nome utente').fill('responsabile');
    await supervisor.getByLabel('Password', { exact: true }).fill(password);
    await supervisor.getByRole('button', { name: 'Accedi' }).click();
    await suspend();
    expect(await dialog.getByLabel('Motivo').inputValue()).toBe('in attesa del parere');
    await send();
    await dialog.waitFor({ state: 'detached' });
    // What was closed by the person is gone.
    await supervisor.getByRole('button', { name: 'Riprendi', exact: true }).click();
    await dialog.getByLabel('Motivo').fill('arrivato');
    await supervisor.keyboard.press('Escape');
    await supervisor.getByRole('button', { name: 'Riprendi', exact: true }).click();
    expect(await dialog.getByLabel('Motivo').inputValue()).toBe('');
    await supervisor.keyboard.press('Escape');

    // So is what lay open when the person signed out.
    const page = await signedIn('responsabile');
    const menu = (name: RegExp) => page.getByRole('button', { name });
    await page.goto(`${system.url}/substitutions`);
    await page.getByText('Disponi una sostituzione').click();
    await page.getByLabel('Motivo').fill('congedo');
    await menu(/Rita Responsabile/).click();
    await menu(/^Esci$/).click();
    await page.getByLabel('Nome utente').fill('responsabile');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Accedi' }).click();
    await menu(/Rita Responsabile/).click();
    await page.getByRole('link', { name: 'Sostituzioni' }).click();
    expect(await page.getByLabel('Motivo').inputValue()).toBe('');
    await page.context().close();
  });

  it('gives back what was typed in a dialog after the page was loaded again, in that tab and to that person alone', async () => {
    const id = await start('steps');
    const page = await signedIn('responsabile');
    await open(page, id);
    const dialog = page.getByRole('dialog');
    const words = dialog.getByLabel('Motivo');
    const suspend = () => page.getByRole('button', { name: 'Sospendi', exact: true }).first().click();
    await suspend();
    await words.fill('in attesa del parere di Zefirino');
    await page.reload();
    // Also when it is loaded twice before the dialog is opened.
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.reload();
    await suspend();
    expect(await words.inputValue()).toBe('in attesa del parere di Zefirino');
    await page.keyboard.press('Escape');
    await page.reload();
    await suspend();
    expect(await words.inputValue()).toBe('');

    await words.fill('di nuovo Zefirino');
    await page.reload();
    await page.getByRole('button', { name: /Rita Responsabile/ }).click();
    await page.getByRole('button', { name: /^Esci$/ }).click();
    await page.getByLabel('Nome utente').waitFor();
    await page.reload();
    await page.getByLabel('Nome utente').waitFor();
    expect(await page.evaluate(() => JSON.stringify([sessionStorage, localStorage]))).not.toContain(
      'Zefirino',
    );
    await page.context().close();
  });

  it('lets the supervisor see what another version would do, and only then change it', async () => {
    const id = await start('steps');
    await deploy(['steps.bpmn', sequence('steps', 1)]);
    await open(supervisor, id);
    await supervisor.getByRole('button', { name: 'Cambia versione' }).click();
    const dialog = supervisor.getByRole('dialog');
    const change = dialog.getByRole('button', { name: 'Cambia versione' });
    expect(await change.isDisabled()).toBe(true);
    await dialog.getByLabel('Motivo').fill('nuovo regolamento');
    await dialog.getByRole('button', { name: 'Prova' }).click();
    await dialog.getByText('La pratica può proseguire').waitFor();
    await dialog.getByText('«Attività 1» prosegue').waitFor();
    await look(supervisor, 'migrate');
    await change.click();
    await dialog.waitFor({ state: 'detached' });
    expect(await operatore.get(`/cases/${id}/state`)).toMatchObject({ version: 2 });
    const stuck = await start('caller');
    await deploy(['caller.bpmn', sequence('caller', 1)]);
    await open(supervisor, stuck);
    await supervisor.getByRole('button', { name: 'Cambia versione' }).click();
    await dialog.getByLabel('Motivo').fill('nuovo regolamento');
    await dialog.getByRole('button', { name: 'Prova' }).click();
    await dialog.getByText('«Chiamata» è in corso e non c’è più').waitFor();
    expect(await change.isDisabled()).toBe(true);
    await look(supervisor, 'migrate-not');
  });

  it('met no fault', () => {
    expect(faults).toEqual([]);
  });
});
