import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, openBrowser, shoot, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import type { List, Task } from '../support/disciplinary.ts';
import { System, eventually } from '../support/system.ts';
import type { Person } from '../support/system.ts';

// What begins with a need of the register, as the Comune's staff office chooses it: in words, and its own alone.

const need = {
  ...{
    profile: 'Istruttore tecnico',
    area: 'ISTRUTTORI',
    posts: 1,
    contractType: 'FIXED',
    contractMonths: 12,
  },
  ...{ partTimePct: 100, seat: 'Municipio', duties: 'Lavori pubblici.', requirements: 'Diploma.' },
  ...{ planRef: 'PIAO 2032-2034, sez. 3.3', budgetOk: true, headcountPermanent: 40, plannedHires: 3 },
  population: 8200,
};

describe('a choice from a register', () => {
  let database: TestDatabase;
  let system: System;
  let browser: Browser;
  let page: Page;
  let personale: Person;
  let needRef: string;
  const faults: string[] = [];

  const complete = async (person: Person, element: string, variables: object): Promise<void> => {
    const task = await eventually(element, async () => {
      const { items } = await person.get<List<Task>>('/tasks?limit=200');
      return items.find((one) => one.caseId === needRef && one.element === element);
    });
    await person.post(`/tasks/${task!.id}/complete`, { variables });
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    const gestore = await system.signIn('gestore');
    await gestore.post('/operations/clock', { to: '2032-02-27T08:00:00+01:00' });
    personale = await system.signIn('personale');
    const begun = await personale.post<{ caseId: string }>('/cases', {
      ...{ process: 'selection-needs-and-mobility', comune: 'c_borgo', variables: need },
    });
    needRef = begun.caseId;
    await complete(await system.signIn('operatore'), 't_checkPlan', { planOk: true });
    await complete(personale, 't_chooseChannel', { channel: 'OTHER_PA_RANKING' });
    browser = await openBrowser();
    page = await signIn(browser, { url: system.url, name: 'personale', faults });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await database?.drop();
  });

  it('offers what is ready in words, and hands in what was chosen', async () => {
    await page.goto(`${system.url}/cases/new?process=selection-ranking-use`);
    const choice = page.getByLabel('Fabbisogno', { exact: true });
    const label = /^Istruttore tecnico · Comune di [^·]+ · 2032 · 1 posto · \w+$/;
    const offered = choice.locator('option').filter({ hasText: label });
    await offered.waitFor({ state: 'attached' });
    await choice.selectOption({ label: await offered.innerText() });
    await page.getByLabel('Codice dello scorrimento').fill('SCO-2032-001');
    await page.getByText('di un altro ente', { exact: true }).click();
    await page.getByLabel('Atto che approva la graduatoria').fill('DD 77/2031');
    await page.getByLabel('Ente titolare').fill('Comune di Altrove');
    await page.getByLabel('Sede di lavoro').fill('Municipio');
    await shoot(page, 'choice-of-a-need');
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Invia la richiesta' }).click();
    await page.waitForURL(/\/(?:entrance|cases)\/[0-9a-f-]{36}$/);
    const started = page.url().split('/').at(-1)!;
    const { state } = await personale.get<{ state: string }>(`/cases/${started}`);
    expect(state).toBe('active');
    expect(faults).toEqual([]);
  });

  it('offers it no more while a procedure uses it, and says so', async () => {
    await page.goto(`${system.url}/cases/new?process=selection-ranking-use`);
    await page.getByText('Non c’è niente da scegliere').waitFor();
  });

  it('is told beside its field to whoever names what is not theirs to see', async () => {
    const stranger = await system.signIn('altrocomune');
    const asked = {
      ...{ process: 'selection-ranking-use', comune: 'c_valle' },
      variables: {
        ...{ caseCode: 'SCO-2', needRef, rankingOwner: 'OTHER', otherRankingRef: 'DD 1' },
        ...{ ownerName: 'Comune di Altrove', seat: 'Municipio' },
      },
    };
    const { errors } = await stranger.post<{ errors: object[] }>('/cases/check', asked);
    expect(errors).toEqual([
      expect.objectContaining({ pointer: '/variables/needRef', code: 'not-on-register' }),
    ]);
  });
});
