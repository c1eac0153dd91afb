import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { System, password } from '../support/system.ts';

// The main journey of each audience without a mouse, from signing in on: whatever is used is reached with Tab and shows that it
// has the focus. The auditor's is in replay.e2e.spec.ts, the escalations' in escalations.e2e.spec.ts.

/** So many presses of Tab lead anywhere on a page. */
const around = 150;

const hasFocus = (it: Locator): Promise<boolean> =>
  it.evaluate((node) => node === node.ownerDocument.activeElement);

/** The line around something, as it is drawn now; null: none. */
const ringOf = (it: Locator): Promise<string | null> =>
  it.evaluate((node) => {
    const style = node.ownerDocument.defaultView!.getComputedStyle(node);
    const { outlineStyle, outlineWidth, outlineColor, boxShadow } = style;
    const outline = outlineStyle === 'none' ? 'none' : `${outlineStyle} ${outlineWidth} ${outlineColor}`;
    return outline === 'none' && boxShadow === 'none' ? null : `${outline}, ${boxShadow}`;
  });

/** Goes on with Tab until this has the focus, and sees that it shows it. */
async function reach(page: Page, it: Locator): Promise<void> {
  await it.waitFor();
  // What a page begins with has the focus already: how it looks without is seen first.
  if (await hasFocus(it)) await page.keyboard.press('Shift+Tab');
  const atRest = await ringOf(it);
  for (let left = around; !(await hasFocus(it)); left--) {
    if (left === 0) throw new Error(`${String(it)} is not reached with Tab`);
    await page.keyboard.press('Tab');
  }
  const ring = await ringOf(it);
  if (ring === null || ring === atRest)
    throw new Error(`${String(it)} does not show that it has the focus: ${ring}`);
}

describe('a journey without a mouse', () => {
  let database: TestDatabase;
  let system: System;
  let browser: Browser;
  let caseId = '';

  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    browser = await openBrowser();
    const gestore = await system.signIn('gestore');
    await gestore.post('/operations/clock', { to: '2032-01-22T09:00:00+01:00' });
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await database?.drop();
  });

  const arrive = async (name: string, title: string): Promise<Page> => {
    const page = await (await browser.newContext({ locale: 'it-IT', timezoneId: 'Europe/Rome' })).newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(system.url);
    await reach(page, page.getByLabel('Nome utente'));
    await page.keyboard.type(name);
    await reach(page, page.getByLabel('Password', { exact: true }));
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    return page;
  };
  const use = async (page: Page, it: Locator, key = 'Enter'): Promise<void> => {
    await reach(page, it);
    await page.keyboard.press(key);
  };
  const write = async (page: Page, label: string, text: string): Promise<void> => {
    await reach(page, page.getByLabel(label, { exact: true }));
    await page.keyboard.type(text);
  };

  it('leads a Comune from its entrance to a request that was received', async () => {
    const page = await arrive('personale', 'Sportello');
    await use(page, page.getByRole('link', { name: 'Nuova richiesta' }));
    await write(page, 'Procedimento', 'Richiesta allo sportello');
    await page.getByLabel('Che cosa si chiede').waitFor();
    await write(page, 'Servizio', 'Altro sul personale');
    await write(page, 'Urgenza', 'Normale');
    // The same in whatever order the browser asks for day and month.
    await write(page, 'Giorno della richiesta', '01012032');
    await write(page, 'Che cosa si chiede', 'Permessi per studio');
    await use(page, page.getByRole('button', { name: 'Invia la richiesta' }));
    await page.getByText('Richiesta ricevuta: numero').waitFor();
    caseId = page.url().split('/').at(-1)!;
    await page.context().close();
  });

  it('leads a clerk from the inbox through a task, past a mistake, to the next', async () => {
    const page = await arrive('operatore', 'Attività');
    const task = page.getByRole('link', { name: 'Valutare la richiesta' });
    await task.waitFor();
    await page.keyboard.press('j');
    for (let left = around; left > 0 && !(await hasFocus(task)); left--)
      await page.keyboard.press('ArrowDown');
    expect(await hasFocus(task)).toBe(true);
    await page.keyboard.press('c');
    await page.locator('.alert-success').waitFor();
    await use(page, page.getByRole('button', { name: 'Mie', exact: true }));
    await use(page, task);
    await page.getByRole('heading', { level: 1, name: 'Valutare la richiesta' }).waitFor();
    await write(page, 'Argomento', 'Termini e scadenze');
    const complete = page.getByRole('button', { name: 'Completa l’attività' });
    await use(page, complete);
    // What is missing is said, and has the focus.
    await page.getByRole('alert').filter({ hasText: /./ }).first().waitFor();
    await use(page, page.getByLabel('Si può rispondere'), 'Space');
    await use(page, complete);
    await page.waitForURL(/\/cases\//);
    await page.getByRole('heading', { level: 1, name: /^Pratica/ }).waitFor();
    await use(page, page.getByRole('link', { name: 'Preparare la risposta' }).first());
    await page.getByRole('heading', { level: 1, name: 'Preparare la risposta' }).waitFor();
    await page.context().close();
  });

  it('leads the operator from the rebuilding of a view to a case by its id, and on to the versions', async () => {
    const page = await arrive('gestore', 'Sistema');
    const [answer] = await Promise.all([
      page.waitForResponse((one) => one.url().endsWith('/views/views/rebuild')),
      use(page, page.getByRole('button', { name: 'Ricostruisci Viste: elenchi e cronologie' })),
    ]);
    expect(answer.status()).toBe(202);
    await use(page, page.getByRole('link', { name: 'Cerca', exact: true }));
    await page.getByRole('heading', { level: 1, name: 'Cerca' }).waitFor();
    await write(page, 'Codice o identificativo', caseId);
    await page.getByText('In attesa per questa pratica').waitFor();
    await use(page, page.getByRole('link', { name: 'Processi e versioni' }));
    await page.getByRole('heading', { level: 1, name: 'Processi e versioni' }).waitFor();
    await page.context().close();
  });
});
