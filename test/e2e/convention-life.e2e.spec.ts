import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, openBrowser, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import type { List, Task } from '../support/disciplinary.ts';
import { System, eventually } from '../support/system.ts';
import type { Person } from '../support/system.ts';

type Name = 'operatore' | 'responsabile' | 'segretario' | 'gestore';

describe('the life of a convention, from the pages of those who lead it', () => {
  let database: TestDatabase;
  let system: System;
  let browser: Browser;
  let people: Record<Name, Person>;
  const pages = new Map<Name, Page>();
  const faults: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    browser = await openBrowser();
    const names = ['operatore', 'responsabile', 'segretario', 'gestore'] as const;
    const signedIn = await Promise.all(names.map((name) => system.signIn(name)));
    people = Object.fromEntries(names.map((name, at) => [name, signedIn[at]!])) as typeof people;
    await until('2032-03-01');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await database?.drop();
  });

  const until = (day: string) => people.gestore.post('/operations/clock', { to: `${day}T09:00:00Z` });

  /** The page of somebody, once signed in. */
  async function pageOf(name: Name): Promise<Page> {
    const page = pages.get(name) ?? (await signIn(browser, { url: system.url, name, faults }));
    pages.set(name, page);
    return page;
  }

  const begin = async (conventionNo: string): Promise<string> => {
    const variables = {
      ...{ conventionNo, validFrom: '2025-01-01', validUntil: '2032-12-31', withdrawalMonths: 6 },
      ...{ liveAt: '2032-03-01', provinceRef: 'p_demo' },
      services: [{ service: 'DISCIPLINARY', serviceModel: 'FULL_UPD' }],
    };
    const message = { name: 'conventionLive', correlationKey: null, variables, comune: 'c_borgo' };
    return (await people.operatore.post<{ caseId: string }>('/messages', message)).caseId;
  };

  /** Somebody opens a task of a case from the list of its own work. */
  async function open(name: Name, caseId: string, element: string): Promise<Page> {
    const { id } = await eventually(element, async () =>
      (await people[name].get<List<Task>>('/tasks?assigned=all&limit=100')).items.find(
        (task) => task.caseId === caseId && task.element === element,
      ),
    );
    const page = await pageOf(name);
    await page.goto(`${system.url}/tasks/${id}`);
    await page.getByRole('button', { name: 'Prendi in carico' }).click();
    await page.getByText('In carico a te').waitFor();
    return page;
  }

  const complete = async (page: Page): Promise<void> => {
    const from = page.url();
    await page.getByRole('button', { name: 'Completa l’attività' }).click();
    await page.waitForURL((address) => address.href !== from);
  };

  /** Somebody registers what has come into a case. */
  async function arrive(name: Name, caseId: string, label: string, fill: (page: Page) => Promise<void>) {
    const page = await pageOf(name);
    await page.goto(`${system.url}/cases/${caseId}/incoming`);
    await page.locator('label', { hasText: label }).click();
    await page.getByLabel('Numero di protocollo').fill('77/2032');
    await page.getByLabel('Mittente').fill('Comune di Borgo Sereno');
    await fill(page);
    await page.getByRole('button', { name: 'Controlla e registra' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Conferma' }).click();
    await dialog.waitFor({ state: 'hidden' });
    return page;
  }

  it('ends by the withdrawal of the Comune, which its secretary hands in', async () => {
    const caseId = await begin('CONV-2025-001');
    await arrive('segretario', caseId, 'Comunicazione di recesso', async (page) => {
      expect(await barriersOf(page, 'convention-withdrawal')).toEqual([]);
      await page.locator('label', { hasText: 'Il Comune' }).click();
    });
    const registering = await open('operatore', caseId, 't_registerWithdrawal');
    expect(await barriersOf(registering, 'convention-register-withdrawal')).toEqual([]);
    // As it was handed in.
    expect(await registering.getByLabel('Ricevuto il').inputValue()).toBe('2032-03-01');
    await complete(registering);
    const planning = await open('responsabile', caseId, 't_exitPlan');
    expect(await planning.getByLabel('Giorno dell’uscita').inputValue()).toBe('2032-09-01');
    expect(await barriersOf(planning, 'convention-withdrawn-plan')).toEqual([]);
    expect(faults).toEqual([]);
  }, 90_000);

  it('does not go on with an annulment before the register lets no more cases begin', async () => {
    const caseId = await begin('CONV-2025-001');
    await arrive('operatore', caseId, 'Annullamento della convenzione', () => Promise.resolve());
    const page = await open('responsabile', caseId, 't_handleAnnulment');
    await page.locator('label', { hasText: 'Fusione in un nuovo Comune' }).click();
    await page.getByLabel('Nuovo Comune', { exact: true }).waitFor();
    expect(await barriersOf(page, 'convention-merger')).toEqual([]);
    await page.locator('label', { hasText: 'Annullamento' }).first().click();
    await page.getByLabel('Sentenza, atto o legge della fusione').fill('TAR 88/2032');
    await page.getByLabel('Del', { exact: true }).fill('2032-02-27');
    await page.getByLabel('Giorno dell’uscita').fill('2032-03-31');
    await page.getByRole('button', { name: 'Completa l’attività' }).click();
    await page.getByText('consente ancora di avviare procedimenti').first().waitFor();
    // No field is wrong: the register is.
    await page.getByRole('alert').getByText('Così non si può inviare').waitFor();
    expect(await barriersOf(page, 'convention-annulled')).toEqual([]);
    expect(faults).toEqual([]);
  }, 90_000);

  it('is amended, is not renewed, and ends with the register closed', async () => {
    const caseId = await begin('CONV-2025-001');
    await arrive('operatore', caseId, 'Modifica da fare', () => Promise.resolve());
    const amending = await open('responsabile', caseId, 't_amend');
    expect(await barriersOf(amending, 'convention-amend')).toEqual([]);
    await amending.getByRole('link', { name: /^Atto di modifica della convenzione.*bozza\.pdf$/ }).waitFor();
    await amending.getByRole('textbox', { name: 'Atto di modifica' }).fill('C.C. 20/2032; C.P. 18/2032');
    await amending.getByLabel('In vigore dal').fill('2032-04-01');
    await complete(amending);

    await until('2032-03-31');
    const deciding = await open('segretario', caseId, 't_decideRenewal');
    expect(await barriersOf(deciding, 'convention-renewal')).toEqual([]);
    await deciding.locator('label', { hasText: 'Si conclude alla scadenza' }).click();
    await deciding.getByLabel('Decisa il').fill('2032-03-31');
    await complete(deciding);

    const planning = await open('responsabile', caseId, 't_exitPlan');
    expect(await barriersOf(planning, 'convention-exit-plan')).toEqual([]);
    await planning.getByRole('link', { name: /^Presa d’atto.*bozza\.pdf$/ }).waitFor();
    await complete(planning);

    await until('2032-12-31');
    const handing = await open('operatore', caseId, 't_handOver');
    expect(await barriersOf(handing, 'convention-hand-over')).toEqual([]);
    await handing.getByLabel('Uscita dal').fill('2032-12-31');
    await complete(handing);

    const disabling = await open('gestore', caseId, 't_deactivate');
    await disabling.getByLabel('Disattivate il').fill('2032-12-31');
    await disabling.getByLabel('Utenze disattivate').fill('4');
    await disabling.getByRole('button', { name: 'Completa l’attività' }).click();
    await disabling
      .getByText('vale ancora: la Provincia continuerebbe a servire il Comune')
      .first()
      .waitFor();
    expect(await barriersOf(disabling, 'convention-not-ended')).toEqual([]);
    await people.gestore.post('/registers/conventions/import', {
      csv: [
        'comune;id;province;services;serviceModel;validFrom;validTo;rulesAct',
        'c_borgo;CONV-2025-001;p_demo;disciplina+selezione+formazione+adesione;FULL_UPD;2025-01-01;2032-12-31;Deliberazione della Giunta comunale n. 118 del 12 dicembre 2024',
      ].join('\n'),
      commit: true,
    });
    await complete(disabling);
    expect(faults).toEqual([]);
  }, 180_000);
});
