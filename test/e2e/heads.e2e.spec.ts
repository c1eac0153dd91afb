import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, openBrowser, shoot, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { System, eventually, password } from '../support/system.ts';

interface Task {
  readonly caseId: string;
  readonly heads: readonly string[] | null;
  readonly candidateUsers: readonly string[];
}

const today = new Date().toISOString().slice(0, 10);
const faults: string[] = [];
let database: TestDatabase;
let system: System;
let browser: Browser;

beforeAll(async () => {
  database = await createTestDatabase();
  system = await System.start({ databaseUrl: database.url });
  browser = await openBrowser();
  const gestore = await system.signIn('gestore');
  await gestore.post('/accounts', {
    ...{ username: 'tecnico', displayName: 'Tea Capo Tecnico', password },
    grants: [{ role: 'STRUCTURE_HEAD', body: 'c_borgo' }],
  });
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
  await database?.drop();
});

const at = (name: string, width = 1280): Promise<Page> =>
  signIn(browser, { url: system.url, name, faults, viewport: { width, height: 900 } });

// ADR 42: the head of the person concerned is asked, and no other learns of the case.
it('the personnel office names who heads an office, who is then asked alone', async () => {
  const [operatore, struttura, segretario] = await Promise.all([
    system.signIn('operatore'),
    system.signIn('struttura'),
    system.signIn('segretario'),
  ]);
  const begin = async (employeeRef: string): Promise<string> =>
    (
      await operatore.post<{ caseId: string }>('/cases', {
        ...{ process: 'disciplinary-verbal-reprimand', comune: 'c_borgo' },
        variables: {
          ...{ employeeRef, factsKnownAt: today, staffCategory: 'EMPLOYEE' },
          factsDescription: 'Ritardo di venti minuti.',
        },
      })
    ).caseId;
  const taskOf = (caseId: string) =>
    eventually('the hearing', async () => {
      const { items } = await operatore.get<{ items: Task[] }>(`/tasks?assigned=all&caseId=${caseId}`);
      return items[0];
    });
  const seenBy = async (who: typeof struttura, caseId: string) =>
    (await who.get<{ items: Task[] }>(`/tasks?assigned=group&caseId=${caseId}`)).items.length;

  // Nobody is named for the technical office: every head may, and the desk is told.
  const before = await begin('B-0104');
  expect(await taskOf(before)).toMatchObject({ heads: [], candidateUsers: [] });
  expect(await seenBy(struttura, before)).toBe(1);
  const desk = await at('operatore');
  await desk.goto(`${system.url}/cases/${before}`);
  await desk.getByText('Nessun responsabile indicato per l’ufficio').waitFor();
  await shoot(desk, 'heads-none');

  const personale = await at('personale');
  await personale.goto(`${system.url}/registers?section=offices`);
  await personale.getByRole('button', { name: 'Correggi: Ufficio tecnico' }).click();
  const dialog = personale.getByRole('dialog');
  await dialog.getByLabel('Utenza del responsabile').selectOption('tecnico');
  await shoot(personale, 'heads-office');
  expect(await barriersOf(personale)).toEqual([]);
  await dialog.getByRole('button', { name: 'Registra' }).click();
  await personale.getByText('Tea Capo Tecnico').first().waitFor();
  const narrow = await at('personale', 390);
  await narrow.goto(`${system.url}/registers?section=offices`);
  await narrow.getByText('Tea Capo Tecnico').first().waitFor();
  await shoot(narrow, 'heads-office-390');
  expect(await barriersOf(narrow)).toEqual([]);

  const after = await begin('B-0104');
  expect(await taskOf(after)).toMatchObject({ heads: ['tecnico'], candidateUsers: ['tecnico'] });
  await desk.goto(`${system.url}/cases/${after}`);
  await desk.getByText('Responsabile indicato nel registro degli uffici: Tea Capo Tecnico').waitFor();
  // Of the case that runs already as well.
  for (const caseId of [before, after]) {
    expect(await seenBy(struttura, caseId)).toBe(0);
    expect((await struttura.call('GET', `/cases/${caseId}`)).status).toBe(404);
  }
  const tecnico = await at('tecnico');
  await tecnico.goto(`${system.url}/tasks`);
  expect(
    await eventually('both', async () => (await tecnico.getByText('Sentire il dipendente').count()) >= 2),
  ).toBe(true);
  await shoot(tecnico, 'heads-inbox');
  const refused = await struttura.call<{ code: string; detail: string }>('POST', '/cases', {
    ...{ process: 'disciplinary-verbal-reprimand', comune: 'c_borgo' },
    variables: {
      ...{ employeeRef: 'B-0104', factsKnownAt: today, staffCategory: 'EMPLOYEE' },
      factsDescription: 'Ritardo di venti minuti.',
    },
  });
  expect(refused).toMatchObject({ status: 403, body: { code: 'not-authorised' } });
  expect(refused.body.detail).toMatch(/registro degli uffici/);

  // Who heads the office is heard by the Segretario, and learns of nothing here.
  const ofHead = await begin('B-0105');
  expect(await taskOf(ofHead)).toMatchObject({ heads: ['segretario'] });
  expect(await seenBy(segretario, ofHead)).toBe(1);
  expect(await seenBy(struttura, ofHead)).toBe(0);
  expect((await struttura.call('GET', `/cases/${ofHead}`)).status).toBe(404);
  expect(faults).toEqual([]);
});
