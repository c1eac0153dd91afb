import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, openBrowser, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { DisciplinaryCase, signInAll } from '../support/disciplinary.ts';
import type { Cast, List } from '../support/disciplinary.ts';
import { System, eventually } from '../support/system.ts';

const today = '2032-02-27';

interface Term {
  readonly key: string;
  readonly validFrom: string;
  readonly inForce: boolean;
  readonly marks: readonly string[];
  readonly questions: readonly { readonly id: string }[];
}
interface Calendar {
  readonly version: number;
  readonly calendar: string;
  readonly closures: readonly { readonly from: string; readonly by: string | null }[];
  readonly patronSaints: readonly object[];
  readonly editable: boolean;
  readonly daysOff: readonly { readonly date: string; readonly kind: string }[];
}
interface Deadline {
  readonly id: string;
  readonly deadline: string;
  readonly state: string;
  readonly safeActionDate: string;
  readonly legalDueDate: string;
  readonly calendar: string;
  readonly termFrom: string;
  readonly changes: readonly {
    readonly what: string;
    readonly role: string;
    readonly before: { readonly legalDueDate: string } | null;
    readonly after: { readonly legalDueDate: string };
  }[];
}

describe('the law on the desk', () => {
  let database: TestDatabase;
  let system: System;
  let browser: Browser;
  let cast: Cast;
  let file: DisciplinaryCase;
  const faults: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    browser = await openBrowser();
    cast = await signInAll(system);
    await cast.gestore.post('/operations/clock', { to: `${today}T09:00:00+01:00` });
    file = await DisciplinaryCase.report(cast, today, 'PD-2032-077');
    await file.task(cast.upd, 't_classify');
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await database?.drop();
  });

  /** Somebody at a computer far from Rome: what the desk shows and asks is Italy's time all the same. */
  const signedIn = (name: string, viewport = { width: 1280, height: 900 }): Promise<Page> =>
    signIn(browser, { url: system.url, name, viewport, faults, timezoneId: 'America/New_York' });
  const contestation = async (): Promise<Deadline> => {
    const { items } = await cast.upd.get<List<Deadline>>(`/cases/${file.id}/deadlines`);
    return items.find(({ deadline }) => deadline === 'DL_CONTESTATION')!;
  };

  it('answers for every version of every term, and finds by word, service, nature, mark and day', async () => {
    const ask = async (query: string) => (await cast.personale.get<List<Term>>(`/terms${query}`)).items;
    const all = await ask('');
    expect(all.length).toBeGreaterThan(60);
    expect(new Set(all.map(({ key }) => key.split('.')[0])).size).toBe(4);
    const found = await ask('?text=contestazione&service=disciplinary&nature=PEREMPTORY');
    expect(found.map(({ key }) => key)).toContain('disciplinary.contestation');
    expect(found.find(({ key }) => key === 'disciplinary.contestation')).toMatchObject({
      inForce: true,
      questions: expect.arrayContaining([expect.objectContaining({ id: 'Q3' })]),
    });
    for (const { marks } of await ask('?mark=prudential')) expect(marks).toContain('prudential');
    const versions = (await ask('?service=selection')).filter(({ key }) => key === 'selection.34bis');
    expect(versions.map(({ inForce }) => inForce)).toEqual([false, false, true]);
    const then = (await ask('?on=2020-01-15')).filter(({ key }) => key === 'selection.34bis');
    expect(then.map(({ validFrom }) => validFrom)).toEqual(['2019-07-07']);
    const wrong = await cast.personale.call<{ code: string }>('GET', '/terms?on=2026-02-30');
    expect([wrong.status, wrong.body.code]).toEqual([422, 'request-invalid']);
  });

  it('sets a calendar with a reason, for who may, once, and without touching what is open', async () => {
    const before = await contestation();
    expect(before).toMatchObject({ termFrom: '2017-06-22', calendar: 'it-2026-01-01+c_borgo.1' });
    const read = await cast.responsabile.get<Calendar>('/bodies/c_borgo/calendar?year=2032');
    expect(read).toMatchObject({ version: 1, editable: true });
    expect(read.daysOff).toContainEqual(expect.objectContaining({ date: '2032-06-24', kind: 'patron' }));
    const set = (who: Cast[keyof Cast], more: object = {}, ifMatch = '"1"') =>
      who.call<Calendar & { code: string }>(
        'PUT',
        '/bodies/c_borgo/calendar',
        {
          patronSaints: read.patronSaints,
          closures: [{ from: before.safeActionDate, to: before.safeActionDate, reason: 'sanificazione' }],
          patronSaintShiftsLegalTerm: false,
          reason: 'ordinanza 4/2032',
          ...more,
        },
        { 'if-match': ifMatch },
      );
    expect((await set(cast.upd)).status).toBe(403);
    expect((await set(cast.personale, { reason: '' })).status).toBe(422);
    const overlapping = [{ from: '2032-03-02', to: '2032-03-01', reason: 'x' }];
    expect((await set(cast.personale, { closures: overlapping })).body.code).toBe('calendar-invalid');
    const done = await set(cast.personale);
    expect([done.status, done.headers.get('etag'), done.body.version]).toEqual([200, '"2"', 2]);
    expect(done.body.closures).toMatchObject([{ from: before.safeActionDate, by: 'personale' }]);
    const late = await set(cast.responsabile, { closures: [] });
    expect([late.status, late.body.code]).toEqual([412, 'calendar-changed']);
    const seen = await cast.upd.get<Calendar>('/bodies/c_borgo/calendar');
    expect([seen.editable, seen.closures[0]?.by]).toEqual([false, null]);
    // The deadline that was open keeps its dates; computed again, its safe date leaves the closed day out.
    expect(await contestation()).toEqual(before);
    const preview = await cast.upd.post<{ before: Deadline; after: Deadline }>(
      `/deadlines/${before.id}/preview`,
      { operation: 'rebase', baseName: 'reportReceived', date: today },
    );
    expect(preview.before.safeActionDate).toBe(before.safeActionDate);
    expect(preview.after.safeActionDate < before.safeActionDate).toBe(true);
    expect(preview.after.legalDueDate).toBe(before.legalDueDate);
    expect(await contestation()).toEqual(before);
  });

  it('shows the catalogue with its marks, at desktop and phone width, and on paper whole', async () => {
    const found: string[] = [];
    const page = await signedIn('segretario');
    await page.goto(`${system.url}/terms`);
    await page.getByRole('heading', { level: 1, name: 'Termini di legge' }).waitFor();
    await page.getByRole('searchbox', { name: 'Cerca' }).fill('contestazione dell');
    const card = page.locator('#disciplinary\\.contestation');
    await card.getByText(/30 giorni dopo: ricezione della segnalazione/i).waitFor();
    await card.getByText('Perentorio').first().waitFor();
    await card.getByText('Verificato').first().waitFor();
    await card.getByText('Questione aperta Q3').waitFor();
    await card.getByText('Come si conta, da quando e chi viene avvisato').press('Enter');
    await card.getByText('15 giorni prima della data prudente, alle 08:00').waitFor();
    await card.getByText(/Vincola l’amministrazione\./).waitFor();
    found.push(...(await barriersOf(page, 'terms')));
    // The notice of a hearing is left to the employee: the offices have to give it.
    await page.goto(`${system.url}/terms?text=preavviso`);
    const notice = page.locator('#disciplinary\\.hearing-notice');
    await notice.getByText('Come si conta, da quando e chi viene avvisato').press('Enter');
    await notice.getByText(/Tutela il dipendente\./).waitFor();
    await page.goto(`${system.url}/terms?service=selection`);
    await page
      .getByText(/altre versioni|altra versione/)
      .first()
      .waitFor();
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(`window.dispatchEvent(new Event('beforeprint'))`);
    expect(await page.evaluate(`document.querySelectorAll('.desk-term details:not([open])').length`)).toBe(0);
    expect(await page.getByRole('navigation').first().isVisible()).toBe(false);
    await page.evaluate(`window.dispatchEvent(new Event('afterprint'))`);
    expect(await page.evaluate(`document.querySelectorAll('.desk-term details[open]').length`)).toBe(0);

    const phone = await signedIn('responsabile', { width: 390, height: 844 });
    for (const path of ['/terms', '/calendars', `/cases/${file.id}?section=deadlines`]) {
      await phone.goto(system.url + path);
      await phone
        .getByRole('heading', { level: 2 })
        .or(phone.getByRole('heading', { level: 3 }))
        .first()
        .waitFor();
      found.push(...(await barriersOf(phone, `phone ${path}`)));
    }
    expect(found).toEqual([]);
  });

  it('changes a calendar on the page, by keyboard, and shows who did it and what changed', async () => {
    const page = await signedIn('responsabile');
    await page.goto(`${system.url}/calendars?body=c_borgo`);
    await page.getByRole('button', { name: 'Modifica il calendario' }).press('Enter');
    await page.getByRole('heading', { name: /Modifica il calendario di Comune di Borgo Sereno/ }).waitFor();
    await page.getByRole('button', { name: 'Aggiungi una chiusura' }).press('Enter');
    await page.locator('#closure-1-from').fill('2032-12-24');
    await page.locator('#closure-1-to').fill('2032-12-31');
    await page.locator('#closure-1-reason').fill('chiusura natalizia');
    await page.getByRole('button', { name: 'Salva il calendario' }).press('Enter');
    await page.getByText('Compila questo campo').waitFor();
    await page.getByLabel('Motivo').last().fill('delibera 12/2032');
    const barred = await barriersOf(page, 'edit calendar');
    await page.getByRole('button', { name: 'Salva il calendario' }).press('Enter');
    await page.getByText('Il calendario è salvato: versione 3.').waitFor();
    await page.getByText('Motivo: delibera 12/2032').waitFor();
    await page
      .getByText(/aggiunta la chiusura .*chiusura natalizia/)
      .first()
      .waitFor();
    expect([...barred, ...(await barriersOf(page, 'calendars'))]).toEqual([]);
  });

  it('shows what an operation would change before it is confirmed, and in the history what it changed', async () => {
    const before = await contestation();
    const page = await signedIn('upd');
    await page.goto(`${system.url}/cases/${file.id}?section=deadlines`);
    const card = page.locator('article').filter({ hasText: 'Contestazione dell’addebito' }).first();
    await card.getByRole('button', { name: 'Proroga' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Completa i campi per vedere che cosa cambierebbe.').waitFor();
    await dialog.getByLabel('Giorni in più').fill('7');
    await dialog.getByRole('row', { name: /Termine di legge/ }).waitFor();
    const barred = await barriersOf(page, 'extend');
    await dialog.getByLabel('Motivo').fill('differimento dell’audizione');
    await dialog.getByRole('button', { name: 'Conferma' }).click();
    await dialog.waitFor({ state: 'detached' });
    const after = await eventually('the extension', async () => {
      cast.upd.sees(cast.gestore);
      const now = await contestation();
      return now.legalDueDate === before.legalDueDate ? null : now;
    });
    expect(after.changes.at(-1)).toMatchObject({
      what: 'DeadlineExtended',
      role: 'UPD',
      before: { legalDueDate: before.legalDueDate },
      after: { legalDueDate: after.legalDueDate },
    });
    await card.getByText(/Storia del termine/).click();
    await card.getByText('7 giorni in più · Motivo: differimento dell’audizione').waitFor();
    await card.getByText(/^termine di legge .* → /).waitFor();

    await card.getByRole('button', { name: 'Sospendi' }).click();
    await dialog.getByLabel('Sospeso dal').fill('2032-12-24');
    await dialog.getByText('La data è dopo oggi: un fatto si registra quando è accaduto.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect([...barred, ...(await barriersOf(page, 'deadlines'))]).toEqual([]);
  });

  it('refuses a time that never was, and asks which of two is meant, far from Rome as well', async () => {
    const page = await signedIn('upd');
    const task = await file.task(cast.upd, 't_classify');
    await page.goto(`${system.url}/tasks/${task.id}`);
    await page.locator('#field-field_route').selectOption('ACCELERATED');
    await page.locator('#field-field_maxSanction').selectOption('DISMISSAL_NO_NOTICE');
    const time = page.locator('#field-field_knownAtInstant');
    const complete = page.getByRole('button', { name: 'Completa l’attività' });
    await time.fill('2031-03-30T02:30');
    await complete.click();
    await page
      .getByText(/Quest’ora non esiste/)
      .first()
      .waitFor();
    await time.fill('2031-10-26T02:30');
    await page.getByText('Prima o seconda volta?').waitFor();
    await complete.click();
    await page
      .getByText(/indica se è la prima o la seconda/)
      .first()
      .waitFor();
    const barred = await barriersOf(page, 'which');
    await page.getByText('Seconda volta (ora solare, +01:00)').click();
    const sent = page.waitForRequest((request) => request.url().endsWith('/complete'));
    await complete.click();
    const { variables } = (await sent).postDataJSON() as { variables: Record<string, unknown> };
    expect(variables['knownAtInstant']).toBe('2031-10-26T02:30:00+01:00');
    expect(barred).toEqual([]);
  });

  it('is pressed where the button was, whatever comes meanwhile', async () => {
    const page = await signedIn('upd');
    const task = (await DisciplinaryCase.report(cast, today, 'PD-2032-079')).task(cast.upd, 't_classify');
    await page.goto(`${system.url}/tasks/${(await task).id}`);
    await page.locator('#field-field_route').selectOption('ACCELERATED');
    await page.locator('#field-field_maxSanction').selectOption('DISMISSAL_NO_NOTICE');
    await page.locator('#field-field_knownAtInstant').fill('2039-01-10T10:00');
    const complete = page.getByRole('button', { name: 'Completa l’attività' });
    await complete.hover();
    const judged = page.waitForResponse((answer) => answer.url().endsWith('/check'));
    await page.mouse.down();
    await (await judged).finished();
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
    await page.mouse.up();
    await page
      .getByRole('alert')
      .getByText(/Istante della conoscenza/)
      .waitFor();
    expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('alert');
  });

  let other: DisciplinaryCase;

  it('refuses the same on the server, with the field', async () => {
    other = await DisciplinaryCase.report(cast, today, 'PD-2032-078');
    const task = await other.task(cast.upd, 't_classify');
    const answer = await cast.upd.call<{ code: string; errors: readonly object[] }>(
      'POST',
      `/tasks/${task.id}/complete`,
      {
        variables: {
          route: 'ACCELERATED',
          maxSanction: 'DISMISSAL_NO_NOTICE',
          knownAtInstant: '2031-03-30T02:30:00+01:00',
        },
      },
    );
    expect([answer.status, answer.body.code]).toEqual([422, 'form-invalid']);
    expect(answer.body.errors).toMatchObject([
      { pointer: '/variables/knownAtInstant', code: 'time-not-existing' },
    ]);
  });

  it('shows a term that was missed, as far as anybody knew, as kept once the fact is recorded', async () => {
    await cast.gestore.post('/operations/clock', { to: '2032-04-05T09:00:00+02:00' });
    const page = await signedIn('upd');
    const card = page.locator('article').filter({ hasText: 'Contestazione dell’addebito' }).first();
    await page.goto(`${system.url}/cases/${other.id}?section=deadlines`);
    await card.getByText('Scaduto', { exact: true }).waitFor();
    await card.getByRole('button', { name: 'Rettifica' }).press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Giorno in cui è accaduto').fill('2032-03-20');
    await dialog.getByText('Lo stato diventa: Rispettato.').waitFor();
    await dialog.getByLabel('Motivo').fill('firmata in tempo, registrata oggi');
    await dialog.getByRole('button', { name: 'Conferma' }).press('Enter');
    // What happened may be told by the stream before the answer closes the dialog: until then no key reaches the page.
    await dialog.waitFor({ state: 'detached' });
    await card.getByText('risultato rispettato, registrato dopo').waitFor();
    await card.getByText(/poi si è registrato il fatto del/).waitFor();
    await card.getByText(/Storia del termine/).press('Enter');
    await card.getByText(/Scaduto → Rispettato/).waitFor();
    expect(await barriersOf(page, 'kept late')).toEqual([]);
  });

  it('met no fault', () => {
    expect(faults).toEqual([]);
  });
});
