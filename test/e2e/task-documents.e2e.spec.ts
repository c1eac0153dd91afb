import { expect, it } from '@jest/globals';
import { openBrowser, signIn } from '../support/browser.ts';
import { DisciplinaryCase, disciplinaryHouse } from '../support/disciplinary.ts';
import type { List, Task } from '../support/disciplinary.ts';
import { eventually } from '../support/system.ts';
import type { Person } from '../support/system.ts';

interface Filed {
  readonly id: string;
  readonly name: string;
}

const today = '2032-02-27';
const house = disciplinaryHouse(`${today}T09:00:00+01:00`);

/** A verbal reprimand whose record is to be signed by the head. */
async function reprimand() {
  const { struttura } = house.cast;
  const { caseId } = await struttura.post<{ caseId: string }>('/cases', {
    process: 'disciplinary-verbal-reprimand',
    comune: 'c_borgo',
    variables: {
      ...{ employeeRef: 'M-0042', factsKnownAt: today, staffCategory: 'EMPLOYEE' },
      factsDescription: 'Ritardo di venti minuti.',
    },
  });
  const taskOf = (element: string) =>
    eventually(element, async () =>
      (await struttura.get<List<Task>>(`/tasks?assigned=all&caseId=${caseId}`)).items.find(
        (task) => task.element === element,
      ),
    );
  const hearing = await taskOf('t_hearInformally');
  await struttura.post(`/tasks/${hearing.id}/complete`, {
    variables: { heardAt: today, verbalOutcome: 'REPRIMAND', verbalMotivation: 'Ritardo ammesso.' },
  });
  return { caseId, hearing, task: await taskOf('t_formalise') };
}

// By law the same head decides and signs (disciplinary.md §§ 6 and 9), and to nobody else the file is open.
it('lets the head read the record that is to be signed, and nothing else of the file', async () => {
  const { struttura } = house.cast;
  const { caseId, hearing, task } = await reprimand();
  expect(await struttura.get(`/tasks/${task.id}`)).toMatchObject({ readsCase: false });
  const asked = `/cases/${caseId}/documents?task=${task.id}`;
  const drafts = await eventually('the draft', async () => {
    const { items } = await struttura.get<List<Filed>>(asked);
    return items.length > 0 && items;
  });
  expect(drafts).toMatchObject(drafts.map(() => ({ task: task.id, replaceable: false })));
  expect(drafts.map(({ name }) => name)).toEqual([
    'Verbale di rimprovero verbale - bozza.pdf',
    'Verbale di rimprovero verbale - bozza.docx',
  ]);
  const content = `/cases/${caseId}/documents/${drafts[0]!.id}/content`;
  expect((await struttura.download(`${content}?task=${task.id}`)).subarray(0, 5).toString()).toBe('%PDF-');
  for (const path of [content, `/cases/${caseId}/documents`])
    expect((await struttura.call('GET', path)).status).toBe(403);
  // A task that is done opens nothing any more.
  expect((await struttura.call('GET', `${content}?task=${hearing.id}`)).status).toBe(403);
});

// The file of a disciplinary case is closed to the personnel office (docs/adr/0044).
it('lets the personnel office read the act that it carries out, and nothing else of the file', async () => {
  const { struttura, personale } = house.cast;
  const { caseId, task } = await reprimand();
  const form = new FormData();
  form.set('task', task.id);
  form.set('file', new Blob(['%PDF-1.4\n%%EOF'], { type: 'application/pdf' }), 'verbale.pdf');
  const { id: record } = await struttura.post<Filed>(`/cases/${caseId}/documents`, form);
  await struttura.post(`/tasks/${task.id}/complete`, {
    variables: { recordDeliveredAt: today, recordDoc: record },
  });
  const copy = await eventually('t_fileCopy', async () =>
    (await personale.get<List<Task>>(`/tasks?assigned=all&caseId=${caseId}`)).items.find(
      ({ element }) => element === 't_fileCopy',
    ),
  );
  const { items } = await personale.get<List<Filed>>(`/cases/${caseId}/documents?task=${copy.id}`);
  expect(items).toMatchObject([{ id: record, task: task.id, replaceable: false }]);
  // What has only to be read is not offered to be replaced.
  const browser = await openBrowser();
  try {
    const faults: string[] = [];
    const page = await signIn(browser, { url: house.system.url, name: 'personale', faults });
    await page.goto(`${house.system.url}/tasks/${copy.id}`);
    await page.getByRole('link', { name: 'verbale.pdf' }).first().waitFor();
    await page.getByLabel('Documento da allegare').first().waitFor();
    expect(await page.getByLabel(/È la nuova versione di/).count()).toBe(0);
    expect(faults).toEqual([]);
  } finally {
    await browser.close();
  }
  const content = `/cases/${caseId}/documents/${record}/content`;
  expect((await personale.call('GET', `${content}?task=${copy.id}`)).status).toBe(200);
  for (const path of [content, `/cases/${caseId}/documents`])
    expect((await personale.call('GET', path)).status).toBe(403);
  await personale.post(`/tasks/${copy.id}/complete`, { variables: { filedAt: today } });
  expect((await personale.call('GET', `${content}?task=${copy.id}`)).status).toBe(403);
});

it('opens no document by the task of another office, nor of another case', async () => {
  const file = await DisciplinaryCase.report(house.cast, today, 'PD-2032-DOC');
  const { struttura, upd } = house.cast;
  const task = await file.task(upd, 't_classify');
  // It is known by the procedure that it belongs to, also inside a part of it.
  expect(await upd.get(`/tasks/${task.id}`)).toMatchObject({
    processName: 'Procedimento disciplinare ordinario',
    partName: 'Nucleo del procedimento disciplinare',
  });
  const [report] = await eventually('the report', async () => {
    const { items } = await upd.get<List<Filed>>(`/cases/${file.id}/documents`);
    return items.length > 0 && items;
  });
  const content = `/cases/${file.id}/documents/${report!.id}/content`;
  expect((await struttura.call('GET', `/cases/${file.id}/documents?task=${task.id}`)).status).toBe(403);
  expect((await struttura.call('GET', `${content}?task=${task.id}`)).status).toBe(403);
  // It is not of this task, though who has the task may read it as one of the file.
  expect((await upd.call('GET', `${content}?task=${task.id}`)).status).toBe(404);
  expect((await upd.call('GET', content)).status).toBe(200);
  const other = await DisciplinaryCase.report(house.cast, today, 'PD-2032-DOC-2');
  expect((await upd.call('GET', `/cases/${other.id}/documents?task=${task.id}`)).status).toBe(404);
});

// The yearly cycle is the Province's case; the plan is adopted by each Comune, whose Segretario sees no more of it than that task.
it('lets the office of another body read what it signs, and file what it has signed', async () => {
  const { gestore, operatore, responsabile, personale } = house.cast;
  const [segretario, altrocomune] = [
    await house.system.signIn('segretario'),
    await house.system.signIn('altrocomune'),
  ];
  await gestore.post('/operations/clock', { to: '2032-09-01T09:00:00+02:00' });
  const taskOf = (who: Person, element: string) =>
    eventually(element, async () =>
      (await who.get<List<Task>>('/tasks?assigned=all&process=training-needs-cycle')).items.find(
        (task) => task.element === element,
      ),
    );
  const complete = async (who: Person, element: string, variables: object) => {
    const task = await taskOf(who, element);
    await who.post(`/tasks/${task.id}/complete`, { variables });
  };
  await complete(operatore, 't_openSurvey', {
    ...{ surveyOpenedAt: '2032-09-01', askPersons: false },
    comuni: [{ ipa: 'c_borgo', name: 'Comune di Borgo Sereno', yearlyHours: null }],
  });
  await complete(personale, 't_answerSurvey', {
    needs: [{ subject: 'ETHICS', topic: 'Codice', persons: 3, hours: 4, priority: 'HIGH', gap: null }],
    answeredAt: '2032-09-01',
  });
  await complete(operatore, 't_consolidate', {
    catalogueDraft: [
      {
        courseRef: 'ETI-33',
        kind: 'SYLLABUS',
        title: 'Etica',
        compulsorySubject: 'ETHICS',
        mode: 'ASYNC',
        hours: 4,
      },
    ],
  });
  await complete(responsabile, 't_validateCatalogue', {
    ...{ catalogueOutcome: 'APPROVED', approvedAt: '2032-09-01' },
  });
  await complete(personale, 't_draftComunePlan', {
    hoursPerPerson: [{ group: 'Tutti', persons: 3, hours: 40 }],
  });
  const task = await taskOf(segretario, 't_comunePlan');
  const asked = `/cases/${task.caseId}/documents`;
  // The catalogue, which it carries out, lies with it from the start; the plan as soon as it is drafted.
  const names = await eventually('the plan', async () => {
    const { items } = await segretario.get<List<Filed>>(`${asked}?task=${task.id}`);
    const drafts = items.map(({ name }) => name);
    return drafts.includes('Piano della formazione, Comune di Borgo Sereno - bozza.pdf') && drafts;
  });
  expect(names).toContain('Catalogo della formazione - bozza.pdf');
  const file = async (who: Person, key: string | null): Promise<number> => {
    const parts = new FormData();
    if (key !== null) parts.set('task', key);
    parts.set('file', new Blob(['%PDF-1.4\n%%EOF'], { type: 'application/pdf' }), 'piano.pdf');
    return (await who.call('POST', asked, parts)).status;
  };
  expect(await file(altrocomune, task.id)).toBe(404);
  // Without the task it is a paper of the file, and the file is the Province's.
  expect(await file(segretario, null)).toBe(404);
  expect(await file(segretario, task.id)).toBe(201);
});

it('shows on the page of the task what is to be signed, also to a head who reads cases of another Comune', async () => {
  const grants = [
    { role: 'STRUCTURE_HEAD', body: 'c_borgo' },
    { role: 'COMUNE_HR', body: 'c_valle' },
  ];
  await house.cast.gestore.post('/accounts/struttura/roles', { grants, reason: 'Lavora anche a Valle.' });
  const { task } = await reprimand();
  const browser = await openBrowser();
  try {
    const faults: string[] = [];
    const page = await signIn(browser, { url: house.system.url, name: 'struttura', faults });
    await page.goto(`${house.system.url}/tasks/${task.id}`);
    await page.getByRole('link', { name: 'Verbale di rimprovero verbale - bozza.pdf' }).waitFor();
    expect(await page.locator('.alert-danger').count()).toBe(0);
    expect(faults).toEqual([]);
  } finally {
    await browser.close();
  }
});

// Of a case the supervisor reads the rest only with a reason; their own task needs none, and asks nothing that wants one.
it('asks nothing that is refused for a supervisor who approves an answer', async () => {
  const { operatore, responsabile } = house.cast;
  const { caseId } = await operatore.post<{ caseId: string }>('/cases', {
    process: 'desk-request',
    comune: 'c_borgo',
    variables: {
      service: 'TRAINING',
      urgency: 'NORMAL',
      receivedAt: today,
      requestText: 'Quali corsi contano?',
    },
  });
  const taskOf = (who: Person, element: string) =>
    eventually(element, async () =>
      (await who.get<List<Task>>(`/tasks?assigned=all&caseId=${caseId}`)).items.find(
        (task) => task.element === element,
      ),
    );
  const complete = async (element: string, variables: object) =>
    operatore.post(`/tasks/${(await taskOf(operatore, element)).id}/complete`, { variables });
  await complete('t_triage', { topic: 'HOURS', triage: 'ANSWER' });
  await complete('t_draftAnswer', { answerText: 'Quelli del catalogo.', legalContent: true });
  const task = await taskOf(responsabile, 't_approveAnswer');
  expect(await responsabile.get(`/tasks/${task.id}`)).toMatchObject({ readsCase: false });
  expect(await responsabile.get(`/tasks/${task.id}?reason=verifica`)).toMatchObject({ readsCase: true });

  const browser = await openBrowser();
  try {
    const refusals: string[] = [];
    const page = await signIn(browser, { url: house.system.url, name: 'responsabile', faults: refusals });
    page.on('response', (answer) => answer.status() >= 400 && refusals.push(answer.url()));
    await page.goto(`${house.system.url}/tasks/${task.id}`);
    await page.getByRole('heading', { name: 'Documenti' }).waitFor();
    await page.getByText('Da sistemare:').waitFor();
    await page.waitForLoadState('networkidle').catch(() => undefined);
    expect(refusals).toEqual([]);
  } finally {
    await browser.close();
  }
});
