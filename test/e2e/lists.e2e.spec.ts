import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, openBrowser, shoot, signIn } from '../support/browser.ts';
import { textRows, workbookOf } from '../support/workbook.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { System } from '../support/system.ts';
import type { Person } from '../support/system.ts';

// Lists in forms, as a clerk fills them: by mouse, by keyboard and from a file.

const today = '2032-02-27';

const process = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:iter="urn:iter:bpmn:1"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="urn:test">
  <process id="enrolments" name="Iscrizioni di prova" isExecutable="true">
    <laneSet id="lanes">
      <lane id="lane" name="Sportello">
        <extensionElements><iter:role code="DESK_OPERATOR"/></extensionElements>
        <flowNodeRef>start</flowNodeRef><flowNodeRef>t_enrol</flowNodeRef>
        <flowNodeRef>t_results</flowNodeRef><flowNodeRef>end</flowNodeRef>
      </lane>
    </laneSet>
    <startEvent id="start" name="Corso fissato"/>
    <sequenceFlow id="f1" sourceRef="start" targetRef="t_enrol"/>
    <userTask id="t_enrol" name="Raccogliere le iscrizioni">
      <extensionElements><zeebe:userTask/><zeebe:formDefinition formId="t_enrol"/></extensionElements>
    </userTask>
    <sequenceFlow id="f2" sourceRef="t_enrol" targetRef="t_results"/>
    <userTask id="t_results" name="Registrare le presenze">
      <extensionElements><zeebe:userTask/><zeebe:formDefinition formId="t_results"/></extensionElements>
    </userTask>
    <sequenceFlow id="f3" sourceRef="t_results" targetRef="end"/>
    <endEvent id="end" name="Corso concluso"/>
  </process>
</definitions>`;

const ref = {
  type: 'textfield',
  key: 'employeeRef',
  label: 'Matricola',
  validate: { required: true, pattern: '^M-[0-9]{4}$', patternErrorMessage: 'La matricola è come M-0042.' },
  properties: { labelEn: 'Employee number' },
};
const office = {
  type: 'select',
  key: 'area',
  label: 'Area',
  values: [
    { value: 'OPERATORS', label: 'Operatori' },
    { value: 'OFFICERS', label: 'Funzionari' },
  ],
  properties: { labelEn: 'Area' },
};
const enrol = {
  type: 'default',
  id: 't_enrol',
  components: [
    { type: 'datetime', subtype: 'date', key: 'receiptAt', dateLabel: 'Ricevuta attesa' },
    {
      type: 'datetime',
      subtype: 'date',
      key: 'hearingAt',
      dateLabel: 'Audizione',
      validate: { required: '=receiptAt != null' },
      properties: { notBefore: '=first lawful day("disciplinary.hearing-notice", receiptAt)' },
    },
    {
      type: 'dynamiclist',
      path: 'enrolled',
      label: 'Iscritti',
      components: [
        ref,
        office,
        { type: 'datetime', subtype: 'date', key: 'since', dateLabel: 'In servizio dal' },
        {
          type: 'number',
          key: 'hours',
          label: 'Ore già fatte',
          decimalDigits: 1,
          validate: { min: 0, max: 40 },
          conditional: { hide: '=area = "OPERATORS"' },
        },
      ],
      properties: { minRows: 1, maxRows: 600, uniqueBy: 'employeeRef', importCsv: true },
    },
  ],
};
const results = {
  type: 'default',
  id: 't_results',
  components: [
    {
      type: 'dynamiclist',
      path: 'enrolled',
      label: 'Presenze',
      allowAddRemove: false,
      components: [
        { ...ref, readonly: true },
        { type: 'checkbox', key: 'attended', label: 'Presente' },
        { type: 'textarea', key: 'note', label: 'Annotazioni' },
      ],
    },
  ],
};

describe('lists in forms, at the desk', () => {
  let database: TestDatabase;
  let system: System;
  let browser: Browser;
  let operatore: Person;
  const faults: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    browser = await openBrowser();
    const gestore = await system.signIn('gestore');
    await gestore.post('/operations/clock', { to: `${today}T09:00:00+01:00` });
    await gestore.post('/process-definitions', {
      files: [
        { name: 'enrolments.bpmn', text: process },
        ...[enrol, results].map((form) => ({ name: `forms/${form.id}.json`, text: JSON.stringify(form) })),
      ],
    });
    operatore = await system.signIn('operatore');
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await database?.drop();
  });

  /** A new case, whose first task is open in a window of the operator's own. */
  const openTask = async (viewport = { width: 1280, height: 1000 }): Promise<Page> => {
    const { id } = await operatore.post<{ id: string }>('/cases', {
      process: 'enrolments',
      comune: 'c_borgo',
    });
    const { items } = await operatore.get<{ items: { id: string; caseId: string }[] }>(`/tasks?limit=100`);
    const task = items.find(({ caseId }) => caseId === id);
    const page = await signIn(browser, { url: system.url, name: 'operatore', faults, viewport });
    await page.goto(`${system.url}/tasks/${task?.id}`);
    await page.getByRole('heading', { level: 1, name: 'Raccogliere le iscrizioni' }).waitFor();
    return page;
  };
  const complete = (page: Page) => page.getByRole('button', { name: 'Completa l’attività' }).click();
  const focused = (page: Page) =>
    page.evaluate('document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.id ?? ""');

  it('are filled in by keyboard: rows come, move and go, and the focus stays', async () => {
    const page = await openTask();
    const add = page.getByRole('button', { name: 'Aggiungi una riga' });
    // It opens with the row that it must have.
    await page.getByLabel('Matricola, riga 1').fill('M-0001');
    await add.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('M-0002');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Op');
    await shoot(page, 'list-wide');
    // What operators are not asked is not asked of them, in their row alone.
    await page.getByLabel('Ore già fatte, riga 2').waitFor({ state: 'detached' });
    expect(await page.getByLabel('Ore già fatte, riga 1').count()).toBe(1);

    await page.getByRole('button', { name: 'Sposta su la riga 2' }).focus();
    await page.keyboard.press('Enter');
    expect(await page.getByLabel('Matricola, riga 1').inputValue()).toBe('M-0002');
    expect(await focused(page)).toBe('Sposta su la riga 1');
    await page.getByRole('button', { name: 'Togli la riga 1' }).focus();
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('Togli la riga 1');
    expect(await page.getByLabel('Matricola, riga 1').inputValue()).toBe('M-0001');
    await page.keyboard.press('Enter');
    expect(await focused(page)).toContain('add');

    await complete(page);
    await page.getByText('Iscritti: Compila questo campo').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.context().close();
  });

  it('say what is wrong beside the cell and in the summary, and which day is the first lawful one', async () => {
    const page = await openTask();
    await page.getByLabel('Ricevuta attesa').fill('2032-03-01');
    await page.getByLabel('Audizione').fill('2032-03-05');
    await page.getByLabel('Matricola, riga 1').focus();
    // Nothing was sent: the date was only left.
    await page.getByText('«Audizione» non può essere prima del 22 marzo 2032.').waitFor();
    await page.getByLabel('Audizione').fill('2032-03-22');
    await page.getByLabel('Matricola, riga 1').fill('M-1');
    await page.getByText('«Audizione» non può essere').waitFor({ state: 'detached' });
    await complete(page);
    await page.getByRole('link', { name: /Iscritti, riga 1, Matricola/ }).click();
    expect(await focused(page)).toMatch(/employeeRef/);
    await shoot(page, 'list-wrong');
    expect(await barriersOf(page)).toEqual([]);
    await page.context().close();
  });

  it('ask for what has become necessary by what is typed, and no longer when it is taken back', async () => {
    const page = await openTask();
    const optional = page.getByLabel('Audizione (facoltativo)', { exact: true });
    const required = page.getByLabel('Audizione', { exact: true });
    await optional.waitFor();
    await page.getByLabel('Ricevuta attesa').fill('2032-03-01');
    await required.waitFor();
    expect(await required.getAttribute('aria-required')).toBe('true');
    await page.getByLabel('Matricola, riga 1').fill('M-0001');
    await complete(page);
    await page.getByText('Audizione: Compila questo campo').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.getByLabel('Ricevuta attesa').fill('');
    await optional.waitFor();
    await page.context().close();
  });

  it('are cards on a phone', async () => {
    const page = await openTask({ width: 390, height: 844 });
    await page.getByLabel('Matricola, riga 1').fill('M-1');
    await page.getByRole('button', { name: 'Aggiungi una riga' }).click();
    await complete(page);
    await page.getByText(/C’è 1 campo da correggere/).waitFor();
    await shoot(page, 'list-phone');
    expect(await barriersOf(page)).toEqual([]);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    expect(overflow).toBeLessThanOrEqual(1);
    await page.context().close();
  });

  it('are filled from a file: reported line by line, and taken over only when the person says so', async () => {
    const page = await openTask();
    const choose = (lines: readonly string[]) =>
      page.locator('input[aria-label="Importa da un file CSV o Excel"]').setInputFiles({
        name: 'iscritti.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(['Matricola;Area;In servizio dal;Stipendio', ...lines].join('\r\n'), 'latin1'),
      });
    await choose([
      'M-0001;Funzionari;31/02/2026;1',
      'M-2;operatori;;',
      '=1+1;Città;;',
      'M-0004;;15/04/2026;',
    ]);
    await page.getByRole('heading', { name: 'Contenuto del file iscritti.csv' }).waitFor();
    await page.getByText('1 riga buona, 3 da correggere').waitFor();
    await page.getByText('Colonne non riconosciute, che non si importano: Stipendio.').waitFor();
    await page.getByText('Non è una data che esiste, come 15/04/2026').waitFor();
    await page.getByText('Città', { exact: true }).waitFor();
    await shoot(page, 'list-import');
    expect(await barriersOf(page)).toEqual([]);
    // Nothing is taken over yet, and nothing when that is what is chosen.
    await page.getByRole('button', { name: 'Non importare nulla' }).click();
    expect(await page.getByLabel('Matricola, riga 1').inputValue()).toBe('');

    await page.locator('input[aria-label="Importa da un file CSV o Excel"]').setInputFiles({
      ...{ name: 'iscritti.xlsx', mimeType: 'application/octet-stream' },
      buffer: Buffer.from(
        workbookOf(
          `${textRows([['Matricola', 'In servizio dal', 'Ore già fatte']])}
           <row r="2"><c t="inlineStr"><is><t>M-0001</t></is></c><c s="1"><v>46127</v></c><c><v>12.5</v></c></row>
           <row r="9"><c t="inlineStr"><is><t>M-0002</t></is></c><c><v>46127</v></c></row>`,
        ),
      ),
    });
    await page.getByText('1 riga buona, 1 da correggere').waitFor();
    await page.getByText('Foglio letto: «Domande».').waitFor();
    await page.getByRole('row', { name: /^9 .*46127.*Non è una data che esiste/ }).waitFor();
    await shoot(page, 'list-import-workbook');
    await page.getByRole('button', { name: 'Importa solo la riga buona' }).click();
    expect(await page.getByLabel('In servizio dal, riga 1').inputValue()).toBe('2026-04-15');
    expect(await page.getByLabel('Ore già fatte, riga 1').inputValue()).toBe('12,5');
    await page.getByRole('button', { name: 'Togli la riga 1' }).click();

    const all = Array.from({ length: 500 }, (_, at) => `M-${String(at).padStart(4, '0')};OFFICERS;;`);
    await choose(all);
    await page.getByRole('button', { name: 'Importa tutte le 500 righe' }).click();
    await page.getByText('500 righe importate nell’elenco').waitFor();
    await page.getByLabel('Matricola, riga 25').waitFor();
    expect(await page.getByLabel('Matricola, riga 26').count()).toBe(0);
    await page.getByLabel('Ore già fatte, riga 3').fill('12,5');
    await page.getByLabel('Righe da mostrare').selectOption({ label: 'Righe 476–500' });
    await page.getByLabel('Matricola, riga 500').fill('M-0000');
    await shoot(page, 'list-long');
    await complete(page);
    // The summary leads to the row, on whatever page it is.
    await page.getByRole('link', { name: /Iscritti, riga 500, Matricola/ }).click();
    expect(await focused(page)).toMatch(/employeeRef/);
    await page.getByLabel('Matricola, riga 500').fill('M-9999');
    await complete(page);
    await page.getByText(/Hai completato/).waitFor();
    await page.context().close();
  });

  it('show the rows that the case knows, and ask only what is to be said of them', async () => {
    const page = await signIn(browser, { url: system.url, name: 'operatore', faults });
    await page.goto(`${system.url}/tasks`);
    await page.getByRole('link', { name: 'Registrare le presenze' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Registrare le presenze' }).waitFor();
    await page.getByText('M-0024').waitFor();
    expect(await page.getByRole('button', { name: 'Aggiungi una riga' }).count()).toBe(0);
    await page.getByLabel('Presente, riga 1', { exact: true }).check();
    await page.getByLabel('Annotazioni, riga 2 (facoltativo)', { exact: true }).fill('assente');
    await shoot(page, 'list-known');
    expect(await barriersOf(page)).toEqual([]);
    const caseId = new URL(page.url()).pathname.split('/').at(-1)?.split('.')[0];
    await complete(page);
    await page.getByText(/Hai completato/).waitFor();
    // The history shows what was given, as the form asked it.
    await page.goto(`${system.url}/cases/${caseId}?section=timeline`);
    await page.getByText('Che cosa è stato indicato').first().click();
    await page.getByRole('cell', { name: 'assente' }).waitFor();
    await shoot(page, 'list-history');
    expect(await barriersOf(page)).toEqual([]);
    const reader = await system.signIn('operatore');
    const state = await reader.get<{ variables: { enrolled: readonly object[] } }>(`/cases/${caseId}/state`);
    expect(state.variables.enrolled).toHaveLength(500);
    // What this form does not ask of a row stays in it.
    expect(state.variables.enrolled.slice(0, 3)).toMatchObject([
      { employeeRef: 'M-0000', area: 'OFFICERS', attended: true, note: null },
      { employeeRef: 'M-0001', attended: false, note: 'assente' },
      { employeeRef: 'M-0002', hours: 12.5 },
    ]);
    await page.context().close();
  });

  it('met no fault', () => expect(faults).toEqual([]));
});
