import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, openBrowser, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { DisciplinaryCase, signInAll } from '../support/disciplinary.ts';
import type { Cast, List } from '../support/disciplinary.ts';
import { System, eventually } from '../support/system.ts';
import type { Person } from '../support/system.ts';

interface Escalation {
  readonly id: string;
  readonly caseId: string;
  readonly to: readonly string[];
  readonly state: string;
  readonly owner: string | null;
  readonly handedTo: { readonly account: string | null; readonly role: string | null } | null;
  readonly outcomeCode: string | null;
}
interface Session {
  readonly grants: readonly { readonly role: string; readonly onBehalfOf?: string }[];
}
interface Event {
  readonly type: string;
  readonly actor: { readonly account: string; readonly role: string; readonly onBehalfOf?: string };
}

// Easter of 2032 is 28 March: the charge of a report received on 27 February is to be adopted by Friday 26 March.
const reported = '2032-02-27';

describe('the queue of the service desk, and those who stand in for others', () => {
  let database: TestDatabase;
  let system: System;
  let browser: Browser;
  let cast: Cast;
  let file: DisciplinaryCase;
  const faults: string[] = [];

  const moveClock = (to: string) => cast.gestore.post('/operations/clock', { to });
  const queueOf = async (who: Person, filter = ''): Promise<readonly Escalation[]> =>
    (await who.get<List<Escalation>>(`/escalations?limit=100${filter}`)).items.filter(
      ({ caseId }) => caseId === file.id,
    );
  const one = async (id: string): Promise<Escalation> =>
    (await queueOf(cast.responsabile, '&state=all')).find((it) => it.id === id)!;

  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    browser = await openBrowser();
    cast = await signInAll(system);
    await moveClock(`${reported}T09:00:00+01:00`);
    file = await DisciplinaryCase.report(cast, reported, 'PD-2032-100');
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await database?.drop();
  });

  it('lets a substitute do the work of an absent person, in whose place is said, and no longer', async () => {
    const { upd, operatore, responsabile } = cast;
    await file.task(upd, 't_classify');
    const today = { from: reported, to: reported };
    const arranged = await responsabile.post<{ id: string }>('/substitutions', {
      ...{ absent: 'upd', substitute: 'operatore', reason: 'malattia' },
      ...today,
    });
    expect((await operatore.get<Session>('/session')).grants).toContainEqual(
      expect.objectContaining({ role: 'UPD', onBehalfOf: 'upd' }),
    );
    const task = await file.task(operatore, 't_classify');
    await operatore.post(`/tasks/${task.id}/claim`);
    // It is the absent person’s: the substitute finds it among their own, and so does who comes back.
    for (const who of [operatore, upd.sees(operatore)]) {
      const { items } = await who.get<List<{ id: string; assignee: string }>>('/tasks?assigned=mine');
      expect(items).toContainEqual(expect.objectContaining({ id: task.id, assignee: 'upd' }));
    }
    await responsabile.post(`/substitutions/${arranged.id}/end`, { reason: 'rientro' });
    const late = await operatore.call('POST', `/tasks/${task.id}/complete`, { variables: {} });
    expect(late.status).toBe(403);

    // A Comune’s own office stands in for none of the Province.
    const other = { absent: 'upd', substitute: 'struttura', reason: 'ferie', ...today };
    expect((await upd.call<{ code: string }>('POST', '/substitutions', other)).body.code).toBe(
      'substitution-invalid',
    );

    await responsabile.post('/substitutions', {
      ...{ absent: 'upd', substitute: 'operatore', reason: 'malattia' },
      ...today,
    });
    await operatore.post(`/tasks/${task.id}/complete`, {
      variables: { route: 'ORDINARY', maxSanction: 'SUSPENSION_1_10D' },
    });
    const history = await upd.sees(operatore).get<List<Event>>(`/cases/${file.id}/history?limit=500`);
    expect(history.items.filter(({ actor }) => actor.onBehalfOf === 'upd').map(({ type }) => type)).toEqual(
      expect.arrayContaining(['UserTaskClaimed', 'UserTaskCompleted']),
    );
    const auditor = (await system.signIn('auditor')).sees(operatore);
    const audited = JSON.stringify(await auditor.get(`/cases/${file.id}/history?limit=500`));
    expect(audited).toContain('onBehalfOf');
    expect(audited).not.toContain('"upd"');
    expect(JSON.stringify(await auditor.get('/audit/events?type=SubstitutionArranged'))).not.toMatch(
      /"(upd|operatore)"|malattia/,
    );
  });

  it('hands an escalation on to a person, who sees and answers it, and to an office', async () => {
    await moveClock('2032-03-19T08:00:00+01:00');
    const { id } = await eventually('the alarm five days before', async () =>
      (await queueOf(cast.responsabile)).find(({ to }) => to.includes('DESK_SUPERVISOR')),
    );
    const { responsabile, personale } = cast;
    const act = (who: Person, what: string, body: object) =>
      who.call<{ code: string }>('POST', `/escalations/${id}/${what}`, body);
    await responsabile.post(`/escalations/${id}/take-over`, {});
    expect(await one(id)).toMatchObject({ state: 'taken-over', owner: 'responsabile' });
    expect((await act(responsabile, 'hand-on', { account: 'personale', note: ' ' })).body.code).toBe(
      'reason-required',
    );
    expect((await act(responsabile, 'hand-on', { account: 'ignoto', note: 'n' })).body.code).toBe(
      'account-not-found',
    );
    // Nobody of another Comune has an office in this case, nor is one of them offered.
    const { items: receivers } = await responsabile.get<List<{ account: string }>>(
      `/escalations/${id}/receivers`,
    );
    const offered = receivers.map(({ account }) => account);
    expect(offered).toEqual(expect.arrayContaining(['operatore', 'personale', 'upd']));
    for (const none of ['altrocomune', 'auditor', 'dipendente']) expect(offered).not.toContain(none);
    expect((await act(responsabile, 'hand-on', { account: 'altrocomune', note: 'n' })).status).toBe(403);
    // Who only reads it answers nothing that does not call them.
    for (const to of [{ account: 'auditor' }, { account: 'dpo' }, { role: 'AUDITOR' }])
      expect((await act(responsabile, 'hand-on', { ...to, note: 'n' })).status).toBe(403);
    const both = { account: 'personale', role: 'UPD', note: 'n' };
    expect((await act(responsabile, 'hand-on', both)).status).toBe(422);
    expect((await act(personale, 'acknowledge', {})).status).toBe(403);

    await responsabile.post(`/escalations/${id}/hand-on`, {
      account: 'personale',
      note: 'Sentite il Sindaco',
    });
    expect(await one(id)).toMatchObject({ state: 'raised', owner: null, handedTo: { account: 'personale' } });
    const mine = await queueOf(personale.sees(responsabile), '&assigned=mine');
    expect(mine.map((it) => it.id)).toEqual([id]);
    // It is hers now: others take it with a note only.
    expect((await act(responsabile, 'take-over', {})).body.code).toBe('reason-required');
    await personale.post(`/escalations/${id}/take-over`, {});
    await personale.post(`/escalations/${id}/hand-on`, { role: 'UPD', note: 'Tocca a voi' });
    expect((await act(personale, 'resolve', { code: 'ACTED' })).status).toBe(403);
    await cast.upd.post(`/escalations/${id}/resolve`, { code: 'CONTACTED' });
    responsabile.sees(cast.upd);
    expect(await one(id)).toMatchObject({ state: 'resolved', outcomeCode: 'CONTACTED' });
  });

  it('measures how quickly they were answered', async () => {
    const asked = '/escalations/figures?from=2032-03-01&to=2032-03-31';
    const report = await cast.responsabile.get<{
      total: { raised: number; acknowledged: number; toAcknowledge: { p50: number | null } };
      items: { comune: string; nature: string }[];
    }>(asked);
    expect(report.total.raised).toBeGreaterThanOrEqual(1);
    expect(report.total.toAcknowledge.p50).toBeGreaterThanOrEqual(0);
    expect(report.items[0]).toMatchObject({ comune: 'c_borgo', nature: 'PEREMPTORY' });
    const wrong = await cast.responsabile.call('GET', '/escalations/figures?from=2032-03-01&to=2034-03-31');
    expect(wrong.status).toBe(422);
    const other = await (await system.signIn('altrocomune')).get<typeof report>(asked);
    expect(other.items).toEqual([]);
  });

  describe('in a real browser', () => {
    const open = (name: string, width = 1280): Promise<Page> =>
      signIn(browser, { url: system.url, name, viewport: { width, height: 900 }, faults });

    it('is worked through by keyboard: taken, handed on, taken back with a note, resolved', async () => {
      await moveClock('2032-03-30T08:00:00+02:00');
      const page = await open('responsabile');
      await page.goto(`${system.url}/escalations?nature=PEREMPTORY&kind=escalation`);
      await page.getByRole('heading', { level: 1, name: 'Solleciti' }).waitFor();
      const card = page
        .getByRole('article')
        .filter({ has: page.getByRole('button', { name: 'Ho visto' }) })
        .first();
      await card.getByText('può perdere il potere di agire').waitFor();
      const press = async (name: string, within = card): Promise<void> => {
        await within.getByRole('button', { name }).focus();
        await page.keyboard.press('Enter');
      };
      const title = (await card.getByRole('heading').innerText()).trim();
      const same = page
        .getByRole('article')
        .filter({ has: page.getByRole('heading', { name: title }) })
        .first();
      await press('Prendo in carico');
      await same.getByText(/In carico a te/).waitFor();
      // The button is gone; whoever works by keyboard is still at this escalation.
      await eventually(
        'the heading has the focus',
        async () => (await page.evaluate('document.activeElement?.tagName')) === 'H2',
      );
      await press('Passa ad altri', same);
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Passa ad altri' }).click();
      expect(await dialog.getByText('Compila questo campo').count()).toBeGreaterThan(0);
      await dialog.getByLabel('Persona', { exact: true }).selectOption({ value: 'upd' });
      await dialog.getByLabel('Nota per chi lo riceve').fill('Segui tu, sono in udienza.');
      expect(await barriersOf(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Passa ad altri' }).click();
      // The list may show it before the answer has closed the dialog, where the note stands as well.
      await dialog.waitFor({ state: 'hidden' });
      await same.getByText('Passato a Ugo Presidente UPD').waitFor();
      await same.getByText('Segui tu, sono in udienza.').waitFor();
      await press('Subentro a Ugo Presidente UPD', same);
      await dialog.getByLabel('Perché').fill('Rientrata dall’udienza.');
      await dialog.getByRole('button', { name: 'Prendo in carico' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await same.getByText(/In carico a te/).waitFor();
      await press('Risolvi', same);
      await dialog.getByLabel('Sentito chi deve agire').press('Space');
      expect(await barriersOf(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Risolvi' }).click();
      await page.getByRole('button', { name: 'Risolti' }).click();
      await page.getByText('Sentito chi deve agire').first().waitFor();
    }, 180_000);

    it('keeps what is being typed about an escalation that somebody else resolves, and says so', async () => {
      await moveClock('2032-04-02T08:00:00+02:00');
      const page = await open('responsabile');
      await page.goto(`${system.url}/escalations`);
      await page.getByRole('article').first().getByRole('button', { name: 'Risolvi' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('Il termine era già rispettato').click();
      await dialog.getByLabel('Che cosa è stato fatto').fill('Sentito il Sindaco');
      const read = page.waitForResponse((answer) => /\/escalations\?/.test(answer.url()) && answer.ok());
      for (const { id } of await queueOf(cast.responsabile)) {
        await cast.responsabile.call('POST', `/escalations/${id}/resolve`, { code: 'ACTED' });
      }
      expect(await queueOf(cast.responsabile)).toEqual([]);
      await read;
      await dialog.getByRole('button', { name: 'Risolvi' }).click();
      await dialog.getByText('Il sollecito è già chiuso').first().waitFor();
      expect(await dialog.getByLabel('Che cosa è stato fatto').inputValue()).toBe('Sentito il Sindaco');
      await dialog.getByRole('button', { name: 'Chiudi' }).last().click();
      await page.getByText('Nessun sollecito aperto').waitFor();
      await page.context().close();
    });

    it('shows the figures, and stands in for somebody, at desktop and phone width without a barrier', async () => {
      for (const width of [1280, 390]) {
        const page = await open('responsabile', width);
        await page.goto(`${system.url}/escalations`);
        await page.getByText('metà delle risposte entro').waitFor();
        await page.getByText('Mostra la tabella per Comune').click();
        await page.getByText('Comune di Borgo Sereno').first().waitFor();
        expect(await barriersOf(page)).toEqual([]);

        await page.goto(`${system.url}/substitutions`);
        await page.getByRole('heading', { level: 1, name: 'Sostituzioni' }).waitFor();
        await page.getByText('Disponi una sostituzione').click();
        await page.getByRole('button', { name: 'Disponi', exact: true }).click();
        await page.getByText('Ci sono 4 campi da correggere').waitFor();
        await page.getByLabel('Assente', { exact: true }).selectOption({ value: 'operatore' });
        await page.getByLabel('Sostituto', { exact: true }).selectOption({ value: 'upd' });
        const day = width > 1_000 ? '2032-05-03' : '2032-05-04';
        await page.getByLabel('Primo giorno').fill(day);
        await page.getByLabel('Ultimo giorno').fill(day);
        await page.getByLabel('Motivo').fill('Congedo ordinario');
        expect(await barriersOf(page)).toEqual([]);
        await page.getByRole('button', { name: 'Disponi', exact: true }).click();
        await page.getByText('Sostituzione disposta.').waitFor();
        await page.getByRole('cell', { name: 'Congedo ordinario' }).first().waitFor();
        await page.getByRole('button', { name: 'Termina: Olga Operatore' }).first().click();
        await page.getByRole('dialog').getByLabel('Perché termina').fill('Rimandato.');
        await page.getByRole('dialog').getByRole('button', { name: 'Termina', exact: true }).click();
        await page.getByText('Nessuna sostituzione').waitFor();
      }
    }, 180_000);

    it('met no fault', () => {
      expect(faults).toEqual([]);
    });
  });
});
