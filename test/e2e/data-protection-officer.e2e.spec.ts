import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import type { List, Task } from '../support/disciplinary.ts';
import { System, eventually } from '../support/system.ts';
import type { Person } from '../support/system.ts';

let database: TestDatabase;
let system: System;
let browser: Browser;
const faults: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  system = await System.start({ databaseUrl: database.url });
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await system?.stop();
  await database?.drop();
});

const taskOf = (who: Person, caseId: string, element: string): Promise<Task> =>
  eventually(element, async () =>
    (await who.get<List<Task>>('/tasks?assigned=all&limit=100')).items.find(
      (task) => task.caseId === caseId && task.element === element,
    ),
  );

/** A Comune asks to join, and its convention is written: the officer's turn. */
async function conventionToCheck(): Promise<{ readonly caseId: string; readonly responsabile: Person }> {
  const gestore = await system.signIn('gestore');
  await gestore.post('/operations/clock', { to: '2032-03-01T09:00:00+01:00' });
  const segretario = await system.signIn('segretario');
  const responsabile = await system.signIn('responsabile');
  const { caseId } = await segretario.post<{ caseId: string }>('/cases', {
    ...{ process: 'comune-onboarding', comune: 'c_borgo' },
    variables: {
      services: [{ service: 'TRAINING', serviceModel: 'SUPPORT' }],
      ...{
        population: 4200,
        staffCount: 31,
        currentUpd: 'Segretario comunale',
        currentRules: 'G.C. 44/2021',
      },
      openCases: 0,
    },
  });
  const complete = async (element: string, variables: object) =>
    responsabile.post(`/tasks/${(await taskOf(responsabile, caseId, element)).id}/complete`, { variables });
  await complete('t_feasibility', {
    ...{ feasible: true, feasibilityNote: 'Capacità sufficiente.', yearlyCost: 1200 },
  });
  await complete('t_draftConvention', {
    ...{ conventionNo: 'CONV-2032-001', validFrom: '2032-06-01', validUntil: '2035-12-31' },
    ...{ consultationText: 'Conferenza annuale.', tariffText: 'Quota per abitante.', withdrawalMonths: 6 },
    ...{ comuneOrgan: 'COUNCIL', provinceOrgan: 'COUNCIL' },
    conventionChecklist: [
      ...['AIMS', 'DURATION', 'CONSULTATION', 'FINANCES', 'DUTIES', 'GUARANTEES', 'PRIVACY', 'EXIT'],
      'LEVELS',
    ],
  });
  return { caseId, responsabile };
}

// Elsewhere the officer only reviews; here the work waits for them, and in nobody else's list.
it('the data protection officer finds the convention in the list, reads it, takes the task and completes it', async () => {
  const { caseId, responsabile } = await conventionToCheck();
  const dpo = await system.signIn('dpo');
  const { id } = await taskOf(dpo, caseId, 't_dpoCheck');
  expect((await responsabile.call('POST', `/tasks/${id}/claim`)).status).toBe(403);

  const page = await signIn(browser, { url: system.url, name: 'dpo', faults });
  await page.goto(`${system.url}/tasks`);
  await page.getByRole('link', { name: 'Verificare la protezione dei dati' }).click();
  await page.getByRole('link', { name: /^Convenzione per i servizi .* - bozza\.pdf$/ }).waitFor();
  await page.getByRole('button', { name: 'Prendi in carico' }).click();
  await page.getByText('In carico a te').waitFor();
  await page.locator('label', { hasText: 'Conforme' }).click();
  await page.locator('label', { hasText: 'Comune titolare, Provincia responsabile' }).click();
  await page.getByLabel('Accordo sul trattamento').fill('Allegato B');
  await page.getByLabel('Giorno della verifica').fill('2032-03-01');
  const refused: string[] = [];
  page.on('response', (answer) => {
    if (answer.status() >= 400) refused.push(new URL(answer.url()).pathname);
  });
  await page.getByRole('button', { name: 'Completa l’attività' }).click();
  await page.waitForURL((address) => !address.pathname.endsWith(id));
  // Whether the task is still there is asked; of what lay with it, nothing.
  expect(refused.filter((path) => !path.endsWith(`/tasks/${id}`))).toEqual([]);

  expect((await dpo.get<List<Task>>('/tasks?assigned=all')).items).toEqual([]);
  // The councils' turn, of the Province as of the Comune.
  await taskOf(responsabile, caseId, 't_provinceDeliberation');
  await taskOf(await system.signIn('personale'), caseId, 't_comuneDeliberation');
  expect(faults).toEqual([]);
}, 60_000);
