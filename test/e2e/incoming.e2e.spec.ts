import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, openBrowser, signIn } from '../support/browser.ts';
import { signer } from '../support/signing.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import type { List, Task } from '../support/disciplinary.ts';
import { System, eventually } from '../support/system.ts';
import type { Person } from '../support/system.ts';

interface Deadline {
  readonly base: string;
}

// What arrives from outside, as a clerk registers it: a report that begins a case, a receipt that moves it on.

const today = '2032-02-27';

const process = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:iter="urn:iter:bpmn:1"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="urn:test">
  <message id="m_report" name="report"/><message id="m_receipt" name="receipt"/>
  <process id="arrivals" name="Arrivi di prova" isExecutable="true">
    <laneSet id="lanes">
      <lane id="lane" name="Sportello">
        <extensionElements><iter:role code="DESK_OPERATOR"/></extensionElements>
        <flowNodeRef>start</flowNodeRef><flowNodeRef>reported</flowNodeRef>
        <flowNodeRef>receipt</flowNodeRef><flowNodeRef>t_check</flowNodeRef><flowNodeRef>t_file</flowNodeRef><flowNodeRef>end</flowNodeRef>
      </lane>
    </laneSet>
    <startEvent id="start" name="Avvio d’ufficio"/>
    <sequenceFlow id="f1" sourceRef="start" targetRef="receipt"/>
    <startEvent id="reported" name="Segnalazione">
      <extensionElements><iter:incoming message="report" label="È arrivata una segnalazione" form="report"/></extensionElements>
      <messageEventDefinition id="d1" messageRef="m_report"/>
    </startEvent>
    <sequenceFlow id="f2" sourceRef="reported" targetRef="receipt"/>
    <intermediateCatchEvent id="receipt" name="Ricevuta">
      <extensionElements>
        <iter:incoming message="receipt" label="Ricevuta di consegna" form="receipt"/>
        <iter:deadline id="DL_PROVA" term="onboarding.desk-answer">
          <iter:base name="received" value="=deliveredOn"/><iter:met by="t_file"/>
        </iter:deadline>
      </extensionElements>
      <messageEventDefinition id="d2" messageRef="m_receipt"/>
    </intermediateCatchEvent>
    <sequenceFlow id="f3" sourceRef="receipt" targetRef="t_check"/>
    <userTask id="t_check" name="Controllare">
      <extensionElements><zeebe:userTask/><iter:about text="=employeeRef"/></extensionElements>
    </userTask>
    <sequenceFlow id="f5" sourceRef="t_check" targetRef="t_file"/>
    <userTask id="t_file" name="Archiviare"><extensionElements><zeebe:userTask/></extensionElements></userTask>
    <sequenceFlow id="f4" sourceRef="t_file" targetRef="end"/>
    <endEvent id="end" name="Archiviato"/>
  </process>
</definitions>`;
const report = {
  ...{ type: 'default', id: 'report' },
  components: [
    {
      ...{ type: 'textfield', key: 'employeeRef', label: 'Matricola', validate: { required: true } },
      properties: { labelEn: 'Staff number' },
    },
  ],
};
const receipt = {
  ...{ type: 'default', id: 'receipt' },
  components: [
    {
      ...{ type: 'datetime', subtype: 'date', key: 'deliveredOn', dateLabel: 'Consegnato il' },
      validate: { required: true },
      properties: { labelEn: 'Delivered on', notAfter: '=string(today())' },
    },
    {
      ...{ type: 'select', key: 'deliveredBy', label: 'Consegnato da' },
      properties: { labelEn: 'Delivered by', register: 'body' },
    },
  ],
};

describe('what arrives from outside, in a real browser', () => {
  let database: TestDatabase;
  let system: System;
  let browser: Browser;
  let operatore: Person;
  let page: Page;
  let caseId = '';
  const faults: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    browser = await openBrowser();
    operatore = await system.signIn('operatore');
    const gestore = await system.signIn('gestore');
    await gestore.post('/operations/clock', { to: `${today}T09:00:00+01:00` });
    await gestore.post('/process-definitions', {
      files: [
        { name: 'arrivals.bpmn', text: process },
        ...[report, receipt].map((form) => ({ name: `${form.id}.json`, text: JSON.stringify(form) })),
      ],
    });
    operatore.sees(gestore);
    await operatore.get('/process-definitions/arrivals');
    page = await signIn(browser, { url: system.url, name: 'operatore', faults });
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await database?.drop();
  });

  it('begins a case, by the form of the message that is chosen', async () => {
    await page.goto(`${system.url}/cases/new`);
    await page.getByLabel('Procedimento').selectOption({ label: 'Arrivi di prova' });
    const comune = page.locator('#comune');
    if ((await comune.inputValue()) === '') await comune.selectOption('c_borgo');
    await page.getByText('È arrivata una segnalazione').click();
    const send = page.getByRole('button', { name: 'Avvia la pratica' });
    await send.click();
    await page.locator('.desk-field-error').first().waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.getByLabel('Matricola').fill('M-0042');
    await send.click();
    await page.waitForURL(/\/cases\/[0-9a-f-]{36}/);
    caseId = /cases\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
    expect(await operatore.get(`/cases/${caseId}/state`)).toMatchObject({
      variables: { employeeRef: 'M-0042' },
    });
  });

  it('moves it on with its cover and what it says, and a date that cannot be stands beside its field', async () => {
    await page.goto(`${system.url}/cases/${caseId}/incoming`);
    // What the cover lacks and what the form lacks is told at once.
    await page.getByRole('button', { name: 'Controlla e registra' }).click();
    await page.getByText('Ci sono 3 campi da correggere').waitFor();
    expect(await barriersOf(page, 'incoming-missing')).toEqual([]);
    await page.getByRole('link', { name: 'Numero di protocollo: Compila questo campo' }).press('Enter');
    await page.keyboard.type('12/2032');
    await page.getByText('Ci sono 2 campi da correggere').waitFor();
    // A mail that is dropped says who wrote it.
    const mail = await page.evaluateHandle(`(() => {
      const text = 'From: gestore@pec.example\\r\\nSubject: Ricevuta\\r\\nDate: Thu, 26 Feb 2032 10:00:00 +0100\\r\\n\\r\\nTesto';
      const data = new DataTransfer();
      data.items.add(new File([text], 'ricevuta.eml', { type: 'message/rfc822' }));
      return data;
    })()`);
    await page.dispatchEvent('.desk-drop', 'drop', { dataTransfer: mail });
    await page.getByRole('list', { name: 'File scelti' }).getByText('ricevuta.eml').waitFor();
    await eventually('the sender', async () => (await page.getByLabel('Mittente').inputValue()) !== '');
    expect(await page.getByLabel('Mittente').inputValue()).toContain('gestore@pec.example');
    // A signature in a file of its own, chosen before what it signs.
    const letter = Buffer.from('Ricevuta di consegna del 26 febbraio 2032');
    const sign = await signer();
    const signature = await sign(letter, { detached: true });
    const lost = await sign(Buffer.from('Altro'), { detached: true });
    await page.locator('#incoming-file').setInputFiles([
      { name: 'atto.txt.p7s', mimeType: 'application/octet-stream', buffer: signature },
      { name: 'firma.p7s', mimeType: 'application/octet-stream', buffer: lost },
      { name: 'atto.txt', mimeType: 'text/plain', buffer: letter },
    ]);
    const on = page.getByLabel('Consegnato il');
    await on.fill('2032-02-28');
    await on.blur();
    await page.locator('.desk-field-error').getByText('27 febbraio 2032').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await on.fill('2032-02-26');
    // So does one of the cover, which the form does not ask.
    const arrived = page.getByLabel('Data di arrivo');
    await arrived.fill('2032-03-01');
    await page.getByRole('button', { name: 'Controlla e registra' }).click();
    await page.getByRole('link', { name: /^Data di arrivo: .*dopo la data di oggi/ }).press('Enter');
    await page.locator('#incoming-receivedOn:focus').waitFor();
    await page.locator('.desk-field-error').getByText('dopo la data di oggi').waitFor();
    expect(await barriersOf(page, 'incoming-future-1280')).toEqual([]);
    await arrived.fill(today);
    expect(await page.locator('.desk-field-error').count()).toBe(0);
    await page.getByLabel('Consegnato da').selectOption({ label: 'Comune di Valle Chiara' });
    await page.getByRole('button', { name: 'Controlla e registra' }).click();
    // What it does to the terms is seen before it is on record.
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Comincia a decorrere:').waitFor();
    await dialog.getByText('12/2032').waitFor();
    // What was filled in, in its own words.
    await dialog.getByText('26 feb 2032').waitFor();
    await dialog.getByText('Comune di Valle Chiara').waitFor();
    expect(await operatore.get(`/cases/${caseId}/deadlines`)).toEqual({ items: [] });
    expect(await barriersOf(page, 'incoming-confirm-1280')).toEqual([]);
    const colleague = await signIn(browser, { url: system.url, name: 'operatore', faults });
    await colleague.goto(`${system.url}/cases/${caseId}/incoming`);
    await colleague.getByLabel('Numero di protocollo').fill('13/2032');
    await colleague.getByLabel('Consegnato il').fill('2032-02-25');
    await dialog.getByRole('button', { name: 'Conferma' }).click();
    await page.waitForURL(new RegExp(`/cases/${caseId}$`));
    // Who was about to register the same is told, and loses nothing of it.
    await colleague.getByText('Questo documento non è più atteso').waitFor();
    expect(await colleague.getByLabel('Numero di protocollo').inputValue()).toBe('13/2032');
    await colleague.getByRole('region', { name: 'Quello che avevi scritto' }).getByText('25').waitFor();
    expect(await barriersOf(colleague, 'incoming-gone-1280')).toEqual([]);
    await colleague.context().close();
    const told = 'CAdES: firma presente e integra; la validità del certificato non è verificata';
    const row = (name: string) =>
      page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
    await page
      .getByRole('navigation', { name: 'Sezioni della pratica' })
      .getByRole('link', { name: 'Documenti' })
      .click();
    await row('atto.txt').getByText(`${told} · con «atto.txt.p7s»`).waitFor();
    await row('atto.txt.p7s').getByText(`${told} · con «atto.txt»`).waitFor();
    await row('firma.p7s').getByText('allegare anche il file firmato').waitFor();
    expect(await barriersOf(page, 'incoming-signature-1280')).toEqual([]);
    expect(await operatore.get(`/cases/${caseId}/state`)).toMatchObject({
      variables: { employeeRef: 'M-0042', deliveredOn: '2032-02-26' },
    });
  });

  it('is taken back with a reason where it stands: a task is open again, a value is corrected with its term', async () => {
    const check = async () => {
      const { items } = await operatore.get<List<Task>>(`/tasks?caseId=${caseId}&assigned=all`);
      return items.find(({ element }) => element === 't_check');
    };
    await operatore.post(`/tasks/${(await eventually('t_check', check)).id}/complete`, { variables: {} });
    const head = await signIn(browser, { url: system.url, name: 'responsabile', faults });
    await head.goto(`${system.url}/cases/${caseId}?section=timeline`);
    // The head of the service says why the file is read.
    await head.getByLabel('Perché leggi questa pratica?').fill('Controllo');
    await head.getByRole('button', { name: 'Leggi' }).click();
    await head.getByRole('button', { name: 'Riapri l’attività Completato: Controllare · M-0042' }).click();
    const dialog = head.getByRole('dialog');
    await dialog.getByLabel('Motivo').fill('Controllata la pratica sbagliata');
    expect(await barriersOf(head, 'reopen-1280')).toEqual([]);
    await dialog.getByRole('button', { name: 'Riapri l’attività' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await head.getByText('Riaperto: Controllare · M-0042. Controllata la pratica sbagliata').waitFor();
    await eventually('t_check again', check);

    await head.getByRole('button', { name: /^Rettifica un dato .*Ricevuta/ }).click();
    await dialog.getByLabel('Motivo').fill('Letta male la data');
    await dialog.getByLabel('Consegnato il').fill('2032-02-25');
    // An entry of a register is chosen here as well.
    await dialog.getByLabel('Consegnato da').selectOption({ label: 'Comune di Borgo Sereno' });
    expect(await barriersOf(head, 'rectify-1280')).toEqual([]);
    await dialog.getByRole('button', { name: 'Rettifica un dato' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await head.getByText('La pratica è stata rettificata: Letta male la data').waitFor();
    // The view of terms follows the history by itself.
    await eventually('the term from the corrected day', async () => {
      const { items } = await operatore.get<List<Deadline>>(`/cases/${caseId}/deadlines`);
      return items.length === 1 && items[0]?.base === '2032-02-25';
    });
  });

  it('met no fault', () => {
    expect(faults).toEqual([]);
  });
});
