import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, openBrowser, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import type { List, Task } from '../support/disciplinary.ts';
import { System, eventually } from '../support/system.ts';
import type { Person } from '../support/system.ts';

interface Board {
  readonly total: object;
  readonly themes: readonly { readonly editions: readonly { readonly stage: string }[] }[];
  readonly provinces: readonly { readonly ipa: string }[];
}

describe('courses and programme on the desk', () => {
  let database: TestDatabase;
  let system: System;
  let browser: Browser;
  let people: Readonly<Record<'operatore' | 'responsabile' | 'programma' | 'tutor' | 'gestore', Person>>;
  const faults: string[] = [];

  /** Does the one open task of a case with this name. */
  const complete = async (who: Person, caseId: string, element: string, variables: object) => {
    const task = await eventually(element, async () => {
      const { items } = await who.get<List<Task>>(`/tasks?caseId=${caseId}&assigned=all&limit=100`);
      return items.find((it) => it.element === element);
    });
    await who.post(`/tasks/${task.id}/claim`);
    await who.post(`/tasks/${task.id}/complete`, { variables });
  };
  const start = async (who: Person, process: string, comune: string, variables: object) =>
    (await who.post<{ caseId: string }>('/cases', { process, comune, variables })).caseId;

  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    browser = await openBrowser();
    const named = ['operatore', 'responsabile', 'programma', 'tutor', 'gestore'] as const;
    const signedIn = await Promise.all(named.map(async (name) => [name, await system.signIn(name)] as const));
    people = Object.fromEntries(signedIn) as typeof people;
    await people.gestore.post('/operations/clock', { to: '2032-01-22T09:00:00+01:00' });
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await database?.drop();
  });

  const at = (name: string, width = 1280): Promise<Page> =>
    signIn(browser, { url: system.url, name, faults, viewport: { width, height: 900 } });

  it('shows a published course with its free seats to everybody, by keyboard, wide and narrow', async () => {
    const { operatore } = people;
    const course = await start(operatore, 'training-course', 'p_demo', {
      ...{ courseRef: 'FOR-2032-001', title: 'Contratti pubblici', compulsorySubject: 'PUBLIC_CONTRACTS' },
      ...{ hours: 12, mode: 'ROOM', strategic: false, testRequired: false },
    });
    await complete(operatore, course, 't_publishEdition', {
      ...{ mode: 'ROOM', hours: 12, minSeats: 2, maxSeats: 20, attendanceThresholdPct: 75 },
      ...{ trainer: 'docente' },
      sessions: [
        { sessionRef: 'L1', startsAt: '2032-11-04T09:00:00+01:00', endsAt: '2032-11-04T15:00:00+01:00' },
        { sessionRef: 'L2', startsAt: '2032-11-11T09:00:00+01:00', endsAt: '2032-11-11T15:00:00+01:00' },
      ],
    });
    const found: string[] = [];
    for (const [name, width] of [
      ['struttura', 1280],
      ['dipendente', 320],
    ] as const) {
      const page = await at(name, width);
      if (width < 400) await page.getByRole('button', { name: 'Menu', exact: true }).press('Enter');
      await page.getByRole('link', { name: 'Formazione', exact: true }).press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Formazione' }).waitFor();
      await page.getByRole('cell', { name: '20 su 20' }).waitFor();
      found.push(...(await barriersOf(page, `courses-${width}`)));
      if (name === 'dipendente') {
        await page.getByRole('link', { name: 'Le mie ore' }).press('Enter');
        await page.getByText('Nessun percorso formativo a tuo nome').waitFor();
        found.push(...(await barriersOf(page, 'own-320')));
      }
    }
    // Of a year without a path one is told that there is none, not that one may not ask.
    const dipendente = await system.signIn('dipendente');
    expect(await dipendente.get('/training/ledger/dipendente?year=2032')).toMatchObject({ paths: [] });
    expect(
      (await dipendente.call('GET', '/training/ledger/dipendente?year=2032&employer=c_borgo')).status,
    ).toBe(404);
    const page = await at('personale');
    await page.goto(`${system.url}/training?section=comune`);
    await page.getByText('Nessun percorso formativo in questo anno').waitFor();
    found.push(...(await barriersOf(page, 'comune-1280')));
    expect(found).toEqual([]);
  });

  it('lets a Comune enrol and withdraw its own people, and see nobody else’s', async () => {
    const [personale, altrocomune] = [await system.signIn('personale'), await system.signIn('altrocomune')];
    const { items } = await personale.get<List<{ caseId: string; enrols: string[] }>>('/training/catalogue');
    const [{ caseId, enrols }] = items as [(typeof items)[number]];
    expect(enrols).toEqual(['c_borgo']);
    const { items: seen } = await people.operatore.get<{ items: typeof items }>('/training/catalogue');
    expect(seen[0]).toMatchObject({ caseId, enrols: [] });
    const handIn = (who: Person, body: string, message: string, refs: readonly string[]) =>
      who.call<{ code: string; errors?: { code: string }[] }>('POST', `/cases/${caseId}/hand-ins`, {
        ...{ body, message, variables: { people: refs.map((employeeRef) => ({ employeeRef })) } },
      });
    // The same number as one of Borgo’s people, who are not there for others: nobody of Valle’s register is called so.
    expect((await handIn(altrocomune, 'c_valle', 'enrolled', ['V-0201'])).status).toBe(201);
    expect(await handIn(altrocomune, 'c_valle', 'enrolled', ['B-0101'])).toMatchObject({
      ...{ status: 422, body: { code: 'form-invalid', errors: [{ code: 'not-on-register' }] } },
    });
    expect((await handIn(altrocomune, 'c_borgo', 'enrolled', ['B-0101'])).status).toBe(403);
    // Nor does anybody of Valle sign in by the account of one of Borgo’s people.
    const elsewhere = { people: [{ employeeRef: 'V-0202', account: 'dipendente' }] };
    const body = { body: 'c_valle', message: 'enrolled', variables: elsewhere };
    expect(await altrocomune.call('POST', `/cases/${caseId}/hand-ins`, body)).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'not-on-register' }] },
    });
    expect((await altrocomune.call('GET', `/cases/${caseId}`)).status).toBe(404);

    const page = await at('personale');
    const found: string[] = [];
    await page.getByRole('link', { name: 'Formazione', exact: true }).click();
    await page.getByRole('link', { name: 'Iscrivi il personale al corso Contratti pubblici' }).click();
    await page.getByRole('heading', { level: 1, name: 'Contratti pubblici' }).waitFor();
    await page.getByText('Iscrizioni del personale · Comune di Borgo Sereno').waitFor();
    await page.getByText('Nessuno è ancora iscritto').waitFor();
    expect(await page.getByText('V-0201').count()).toBe(0);
    await page.getByText('19 su 20').waitFor();
    found.push(...(await barriersOf(page, 'own-people-none-1280')));
    await page.getByLabel('Matricola o riferimento, riga 1', { exact: true }).selectOption('B-0102');
    await page.getByRole('button', { name: 'Iscrivi', exact: true }).click();
    await page.getByText('Le persone sono iscritte').waitFor();
    await page.getByRole('cell', { name: 'B-0102', exact: true }).waitFor();
    // Who is enrolled already is told beside the row, and the others of a file can be taken without them.
    await page.locator('input[aria-label="Importa da un file CSV o Excel"]').setInputFiles({
      ...{ name: 'elenco.csv', mimeType: 'text/csv' },
      buffer: Buffer.from('matricola o riferimento;utenza\nB-0102;\ndipendente;dipendente\nB-9999;\n'),
    });
    await page.getByText('1 riga buona, 2 da correggere').waitFor();
    await page.getByText('La persona è già iscritta o in lista d’attesa').waitFor();
    found.push(...(await barriersOf(page, 'own-people-file-1280')));
    await page.getByRole('button', { name: /Importa solo/ }).click();
    await page.getByRole('button', { name: 'Iscrivi', exact: true }).click();
    await page.getByRole('cell', { name: 'dipendente', exact: true }).first().waitFor();
    const phone = await at('personale', 390);
    await phone.goto(`${system.url}/training/editions/${caseId}/c_borgo`);
    await phone.getByText('17 su 20').waitFor();
    found.push(...(await barriersOf(phone, 'own-people-390')));

    for (const ref of ['B-0102', 'dipendente']) {
      await page.getByRole('button', { name: `Ritira ${ref} dal corso` }).click();
      const dialog = page.getByRole('dialog', { name: `Ritirare ${ref} dal corso?` });
      if (ref === 'B-0102') found.push(...(await barriersOf(page, 'own-people-withdraw-1280')));
      await dialog.getByRole('button', { name: 'Ritira', exact: true }).click();
      await page.getByText(`${ref} non è più tra gli iscritti`).waitFor();
    }
    expect(await handIn(personale, 'c_borgo', 'withdrawn', ['V-0201'])).toMatchObject({
      ...{ status: 422, body: { code: 'form-invalid', errors: [{ code: 'not-there' }] } },
    });
    expect((await handIn(altrocomune, 'c_valle', 'withdrawn', ['V-0201'])).status).toBe(201);
    expect(found).toEqual([]);
  });

  it('counts the programme for its roles, and for the head of a Province once it takes part', async () => {
    const { programma, responsabile, tutor } = people;
    const before = await responsabile.call<{ code: string }>('GET', '/programme/board');
    expect(before.status).toBe(403);
    const edition = await start(programma, 'accompaniment-edition', 'upi_demo', {
      ...{ theme: 'TRAINING', editionYear: 2032, webinarAt: '2032-05-18T10:00:00+02:00' },
    });
    await complete(programma, edition, 't_callTutors', {
      tutors: [{ province: 'p_demo', model: 'Ufficio unico' }],
    });
    await complete(tutor, edition, 't_focusGroup', {
      ...{ focusOutcome: 'HELD', heldAt: '2032-01-22', modelSheet: 'Convenzione, regolamento, modelli.' },
    });
    const board = await eventually('the focus group', async () => {
      const answer = await responsabile.call<Board>('GET', '/programme/board?year=2032');
      return answer.status === 200 ? answer.body : null;
    });
    expect(board.total).toEqual({ focusTutors: 1, pathTutors: 0, participants: 0, projectWorks: 0 });
    expect(board.provinces.map(({ ipa }) => ipa)).toEqual(['p_demo']);
    expect((await programma.get<Board>('/programme/board?year=2031')).themes).toEqual([]);

    const found: string[] = [];
    for (const [name, width] of [
      ['programma', 1280],
      ['responsabile', 320],
    ] as const) {
      const page = await at(name, width);
      await page.goto(`${system.url}/programme`);
      await page.getByRole('heading', { level: 2, name: 'Per tema' }).waitFor();
      await page.getByLabel('Provincia', { exact: true }).selectOption('p_demo');
      await page.getByRole('cell', { name: 'tutor del focus group' }).waitFor();
      found.push(...(await barriersOf(page, `programme-${width}`)));
    }
    expect(found).toEqual([]);
  });

  it('enrols many people from a file, told line by line, and takes the register of attendance in the place of its rows', async () => {
    const { operatore, gestore } = people;
    const { items } = await operatore.get<List<{ caseId: string }>>('/training/catalogue');
    const course = items[0]!.caseId;
    const enrolled = async (file: readonly string[]) => {
      const page = await at('operatore');
      await page.goto(`${system.url}/cases/${course}/incoming`);
      await page.getByText('Iscrizioni al corso', { exact: true }).click();
      await choose(page, ['matricola o riferimento;ente', ...file]);
      return page;
    };
    const choose = (page: Page, lines: readonly string[]) =>
      page.locator('input[aria-label="Importa da un file CSV o Excel"]').setInputFiles({
        ...{ name: 'elenco.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) },
      });
    const register = async (page: Page, good: string) => {
      await page.getByRole('button', { name: good }).click();
      await page.getByLabel('Numero di protocollo').first().fill('4411/2032');
      await page.getByLabel('Mittente').fill('Comune di Borgo');
      await page.getByRole('button', { name: 'Controlla e registra' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Conferma' }).click();
      await page.waitForURL((url) => !url.pathname.endsWith('/incoming'));
    };
    const first = await enrolled(['M-0101;c_borgo', 'M-0102;c_borgo']);
    await register(first, 'Importa tutte le 2 righe');

    const page = await enrolled(['M-0201;c_valle', 'M-0102;c_borgo', 'M-0201;c_valle', 'M-0103;c_borgo']);
    await page.getByText('2 righe buone, 2 da correggere').waitFor();
    await page.getByText('La persona è già iscritta o in lista d’attesa').waitFor();
    const found = [...(await barriersOf(page, 'enrolments-1280'))];
    await register(page, 'Importa solo le 2 righe buone');
    const names = async (name: string) => {
      const { variables } = await operatore.get<{ variables: Record<string, { employeeRef: string }[]> }>(
        `/cases/${course}/state`,
      );
      return variables[name]?.map(({ employeeRef }) => employeeRef);
    };
    expect(await names('enrolled')).toEqual(['M-0101', 'M-0102', 'M-0201', 'M-0103']);

    await gestore.post('/operations/clock', { to: '2032-10-31T09:00:00+01:00' });
    await complete(operatore, course, 't_convene', {
      convenedAt: '2032-10-31',
      admitWaiting: false,
      late: [],
    });
    await gestore.post('/operations/clock', { to: '2032-11-04T16:00:00+01:00' });
    const docente = await system.signIn('docente');
    const task = await eventually('the register', async () => {
      const { items: open } = await docente.get<List<Task>>('/tasks?limit=100');
      return open.find(({ element }) => element === 't_recordAttendance');
    });
    const sheet = await at('docente');
    await sheet.goto(`${system.url}/tasks/${task.id}`);
    await sheet.getByText('La lezione si è tenuta', { exact: true }).click();
    await choose(sheet, [
      'matricola o riferimento;minuti',
      'M-0101;360',
      'M-0102;300',
      'M-0201;0',
      'M-0103;360',
    ]);
    await sheet.getByText('4 righe buone.').waitFor();
    expect(await sheet.getByLabel('Metti al loro posto quelle del file').isChecked()).toBe(true);
    found.push(...(await barriersOf(sheet, 'attendance-1280')));
    await sheet.getByRole('button', { name: 'Importa tutte le 4 righe' }).click();
    expect(await sheet.getByLabel('Minuti, riga 2').inputValue()).toBe('300');
    expect(await sheet.getByLabel('Matricola o riferimento, riga 5').count()).toBe(0);
    // The change is told before the answer comes: what is done is not asked for again by who may read it no longer.
    const refused: string[] = [];
    sheet.on('response', (answer) => {
      if (answer.status() === 403) refused.push(answer.url());
    });
    await sheet.route('**/api/v1/tasks/*/complete', async (route) => {
      const response = await route.fetch();
      await eventually('the change is told', async () => {
        const { items: open } = await docente.get<List<Task>>('/tasks?limit=100');
        return !open.some(({ id }) => id === task.id);
      });
      await sheet.waitForTimeout(500);
      await route.fulfill({ response });
    });
    await sheet.getByLabel('Data di consegna del registro').fill('2032-11-04');
    await sheet.getByRole('button', { name: 'Completa l’attività' }).click();
    await sheet.getByText('Hai completato «Registrare le presenze').waitFor();
    expect(refused).toEqual([]);
    expect(found).toEqual([]);
  });

  it('met no fault', () => {
    expect(faults).toEqual([]);
  });
});
