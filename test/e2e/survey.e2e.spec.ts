import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { barriersOf, openBrowser, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import type { List, Task } from '../support/disciplinary.ts';
import { System, eventually } from '../support/system.ts';
import type { Person } from '../support/system.ts';

describe('the questionnaire of a course', () => {
  let database: TestDatabase;
  let system: System;
  let browser: Browser;
  let operatore: Person;
  let docente: Person;
  let gestore: Person;
  const faults: string[] = [];

  const complete = async (who: Person, caseId: string, element: string, variables: object) => {
    const task = await eventually(element, async () => {
      const { items } = await who.get<List<Task>>(`/tasks?caseId=${caseId}&assigned=all&limit=100`);
      return items.find((it) => it.element === element);
    });
    await who.post(`/tasks/${task.id}/complete`, { variables });
  };
  /** Asks without a session. */
  const nobody = async (path: string, content: object) => {
    const answer = await fetch(`${system.url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(content),
    });
    return { status: answer.status, body: (await answer.json()) as unknown };
  };
  const clock = (to: string) => gestore.post('/operations/clock', { to });

  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    browser = await openBrowser();
    [operatore, docente, gestore] = await Promise.all([
      system.signIn('operatore'),
      system.signIn('docente'),
      system.signIn('gestore'),
    ]);
    await clock('2032-01-22T09:00:00+01:00');
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await database?.drop();
  });

  it('is answered by whoever holds a code, without signing in, and comes back as totals', async () => {
    const { caseId } = await operatore.post<{ caseId: string }>('/cases', {
      ...{ process: 'training-course', comune: 'p_demo' },
      variables: {
        ...{ courseRef: 'FOR-2032-009', title: 'Contratti pubblici', compulsorySubject: 'PUBLIC_CONTRACTS' },
        ...{ hours: 6, mode: 'ROOM', strategic: false, testRequired: false },
      },
    });
    await complete(operatore, caseId, 't_publishEdition', {
      ...{
        mode: 'ROOM',
        hours: 6,
        minSeats: 2,
        maxSeats: 20,
        attendanceThresholdPct: 75,
        trainer: 'docente',
      },
      sessions: [
        { sessionRef: 'L1', startsAt: '2032-02-04T09:00:00+01:00', endsAt: '2032-02-04T15:00:00+01:00' },
      ],
    });
    const survey = `/training/editions/${caseId}/survey`;
    // The page of the case asks from the first day on.
    expect(await operatore.get(survey)).toEqual({ participants: 0, codes: 0, isOpen: false });
    await clock('2032-01-31T09:00:00+01:00');
    await complete(operatore, caseId, 't_decideCancel', { cancelDecision: 'RUN', cancelReason: 'Si tiene.' });
    const people = ['A', 'B', 'C', 'D', 'E', 'F'];
    await complete(operatore, caseId, 't_convene', {
      convenedAt: '2032-01-31',
      late: people.map((employeeRef) => ({ employeeRef, employer: 'c_borgo' })),
    });
    expect(await operatore.get(survey)).toEqual({ participants: 6, codes: 0, isOpen: false });
    expect(await operatore.call('POST', `${survey}/codes`, { count: 6 })).toMatchObject({
      body: { code: 'survey-closed' },
    });
    await clock('2032-02-04T15:01:00+01:00');
    await complete(docente, caseId, 't_recordAttendance', {
      ...{ held: true, attendanceFiledAt: '2032-02-04', importSource: 'firma su carta' },
      minutes: people.map((employeeRef) => ({ employeeRef, minutes: 360 })),
    });
    await eventually('the questionnaire', async () => {
      const state = await operatore.get<{ isOpen: boolean }>(survey);
      return state.isOpen;
    });
    expect((await docente.call('GET', survey)).status).toBe(403);

    // The desk makes the codes: they are shown once.
    const desk = await signIn(browser, { url: system.url, name: 'operatore', faults });
    await desk.goto(`${system.url}/cases/${caseId}`);
    await desk.getByRole('button', { name: 'Prepara 6 codici' }).press('Enter');
    const codes = await eventually('the codes', async () => {
      const shown = await desk.locator('.desk-codes code').allTextContents();
      return shown.length === 6 && shown;
    });
    const found = [...(await barriersOf(desk, 'survey-codes-1280'))];
    expect(await operatore.call('POST', `${survey}/codes`, { count: 1 })).toMatchObject({
      body: { code: 'survey-codes-exceeded' },
    });

    // Somebody answers on a telephone, by keyboard.
    const context = await browser.newContext({ viewport: { width: 320, height: 800 }, locale: 'it-IT' });
    const page = await context.newPage();
    await page.goto(`${system.url}/survey`);
    await page.getByRole('heading', { level: 1, name: 'Questionario di gradimento' }).waitFor();
    await page.getByLabel('Codice').fill('zzzzz-zzzzz');
    await page.getByRole('button', { name: 'Continua' }).press('Enter');
    await page.getByText('Il codice non apre nessun questionario').waitFor();
    found.push(...(await barriersOf(page, 'survey-refused-320')));
    await page.getByLabel('Codice').fill(codes[0]!.toLowerCase().replace('-', ' '));
    await page.getByRole('button', { name: 'Continua' }).press('Enter');
    const first = page.getByRole('group', { name: 'Gli argomenti erano esposti con chiarezza' });
    await first.getByLabel('3').press('Space');
    found.push(...(await barriersOf(page, 'survey-320')));
    await page.getByRole('button', { name: 'Invia le risposte' }).press('Enter');
    await page.getByText('Grazie, la risposta è contata').waitFor();
    found.push(...(await barriersOf(page, 'survey-done-320')));

    const marks = [{ question: 'clear', mark: 5 }];
    for (const code of codes.slice(1)) await nobody('/training/survey/answers', { code, marks });
    const again = await nobody('/training/survey/answers', { code: codes[0], marks });
    expect(again).toMatchObject({ status: 404, body: { code: 'survey-code-unknown' } });

    await clock('2032-02-12T09:00:00+01:00');
    const summary = await eventually('the totals', async () => {
      const { variables } = await operatore.get<{ variables: Record<string, unknown> }>(
        `/cases/${caseId}/state`,
      );
      return variables['level1Summary'];
    });
    expect(summary).toEqual({
      ...{ invited: 6, answers: 6, isShown: true },
      means: [
        { question: 'clear', label: 'Gli argomenti erano esposti con chiarezza', answers: 6, mean: 4.67 },
      ],
    });
    const { items } = await operatore.get<List<object>>(`/cases/${caseId}/history?limit=500`);
    for (const code of codes) expect(JSON.stringify(items)).not.toContain(code);
    expect(found).toEqual([]);
    expect(faults).toEqual([]);
  });
});
