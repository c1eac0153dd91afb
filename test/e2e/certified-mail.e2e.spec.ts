import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, openBrowser, shoot, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { DisciplinaryCase, signInAll } from '../support/disciplinary.ts';
import type { Cast, List } from '../support/disciplinary.ts';
import { dovecot } from '../support/dovecot.ts';
import { mailServer } from '../support/mail-server.ts';
import { receiptMail, signedForm } from '../support/pec.ts';
import { eventually, System } from '../support/system.ts';

interface Event {
  readonly type: string;
  readonly occurredAt: string;
  readonly data: Readonly<Record<string, unknown>>;
}
interface Filed {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly draft: object | null;
}

const today = '2032-03-01';
const address = 'provincia@pec.example';

describe('an act that leaves by certified mail', () => {
  let database: TestDatabase;
  let system: System;
  let cast: Cast;
  let smtp: Awaited<ReturnType<typeof mailServer>>;
  let imap: Awaited<ReturnType<typeof dovecot>>;
  let file: DisciplinaryCase;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];
  let messageId = '';

  beforeAll(async () => {
    database = await createTestDatabase();
    smtp = await mailServer();
    imap = await dovecot();
    system = await System.start({
      databaseUrl: database.url,
      env: {
        ...{ PEC_SMTP_URL: smtp.url, PEC_IMAP_URL: imap.imapUrl, PEC_ADDRESS: address },
        NODE_EXTRA_CA_CERTS: join(import.meta.dirname, '../fixtures/mail/server.crt'),
      },
    });
    cast = await signInAll(system);
    await cast.gestore.post('/operations/clock', { to: `${today}T09:00:00+01:00` });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await imap?.close();
    await smtp?.close();
    await database?.drop();
  });

  const history = async (): Promise<readonly Event[]> =>
    (await cast.operatore.get<List<Event>>(`/cases/${file.id}/history?limit=500`)).items;
  const happened = (type: string, count = 1) =>
    eventually(`${count} ${type}`, async () => {
      const found = (await history()).filter((event) => event.type === type);
      return found.length >= count && found;
    });

  /** The signed act takes the place of the draft. */
  async function sign(): Promise<void> {
    const draft = await eventually('the draft of the charge', async () => {
      const { items } = await cast.operatore.get<List<Filed>>(`/cases/${file.id}/documents`);
      return items.find(
        (one) => one.draft !== null && one.mediaType === 'application/pdf' && /ontestazione/.test(one.name),
      );
    });
    const form = new FormData();
    form.set('replaces', draft.id);
    form.set('protocolNo', '77/2032');
    form.set('protocolBody', 'p_demo');
    form.set('protocolRegister', 'Generale');
    form.set('protocolDate', '2032-03-02');
    form.set('file', new Blob(['%PDF-1.7 firmato'], { type: 'application/pdf' }), 'contestazione.pdf');
    // Tomorrow nobody has given a number yet.
    const answer = await cast.operatore.call<{ errors: { pointer: string }[] }>(
      'POST',
      `/cases/${file.id}/documents`,
      form,
    );
    expect([answer.status, answer.body.errors[0]!.pointer]).toEqual([422, '/protocolDate']);
    form.set('protocolDate', today);
    await cast.operatore.post(`/cases/${file.id}/documents`, form);
    const { items } = await cast.operatore.get<List<Filed>>(`/cases/${file.id}/documents`);
    expect(items.find(({ name }) => name === 'contestazione.pdf')).toMatchObject({
      protocol: { body: 'p_demo', register: 'Generale', number: '77/2032', date: today },
    });
  }

  it('is not given over twice when the process is killed before it has noted that', async () => {
    file = await DisciplinaryCase.report(cast, today, 'PD-2032-PEC');
    const { operatore, upd } = cast;
    await file.complete(upd, 't_classify', { route: 'ORDINARY', maxSanction: 'SUSPENSION_1_10D' });
    await file.complete(operatore, 't_preliminaryNote', {
      ...{ proposedReviewOutcome: 'PROCEED', preliminaryNote: 'Segnalazione completa.' },
    });
    await file.complete(upd, 't_preliminaryReview', { reviewOutcome: 'PROCEED' });
    await file.complete(operatore, 't_draftContestation', {
      ...{ charges: 'Assenza ingiustificata.', expectedReceiptAt: today, channel: 'CERTIFIED_MAIL' },
      ...{ hearingAt: '2032-04-26T10:00:00+02:00', hearingPlace: 'Sede della Provincia' },
    });
    await file.task(upd, 't_signContestation');
    await sign();
    await file.complete(upd, 't_signContestation', { signOutcome: 'SIGNED', contestationAdoptedAt: today });
    smtp.behave({ hangOnData: true });
    await file.complete(operatore, 't_send', {
      ...{ channel: 'CERTIFIED_MAIL', recipientMailbox: 'dipendente@pec.example' },
    });
    await eventually('the letter at the provider', async () => smtp.given() === 1);
    const jobs = await happened('JobCreated');
    const job = jobs.find(({ data }) => data['element'] === 'send_certifiedMail')!;
    messageId = `${file.id}.${String(job.data['key'])}@pec.example`;
    await system.kill();
    smtp.behave({ hangOnData: undefined });
    // The letter did arrive: its provider has accepted it. Only the house does not know.
    imap.deliver(
      receiptMail({ messageId, tipo: 'accettazione', id: 'opec1', giorno: '01/03/2032', ora: '09:00:30' }),
    );
    await system.restart();
    const [sent] = await happened('DeliverySent');
    expect(sent!.data).toMatchObject({ messageId, channel: 'CERTIFIED_MAIL' });
    await happened('DeliveryReceiptRecorded');
    expect(smtp.given()).toBe(1);
  });

  /** No barrier at either width; what it looks like is kept when somebody asks for it. */
  async function isOpenToAll(name: string): Promise<void> {
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await barriersOf(page)).toEqual([]);
      await shoot(page, `${name}-${width}`);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  }

  it('recognises a receipt that people drop on the case, and fills in what it says', async () => {
    page = await signIn(browser, { url: system.url, name: 'operatore', faults });
    await page.goto(`${system.url}/cases/${file.id}/incoming`);
    const drop = (name: string, content: string) =>
      page
        .getByLabel('Ricevuta PEC o messaggio di posta (.eml o daticert.xml)')
        .setInputFiles({ name, mimeType: 'message/rfc822', buffer: Buffer.from(content, 'latin1') });
    const receipt = {
      ...{ messageId, id: 'opec2', to: ['dipendente@pec.example'] },
      ...{ giorno: '01/03/2032', ora: '09:02:00' },
    };
    await drop('consegna.eml', receiptMail(receipt));
    await page.getByText('Riguarda un invio di questa pratica.').waitFor();
    await page.getByText('La firma del gestore non si può verificare.').waitFor();
    expect(await page.getByLabel('Consegnato il').inputValue()).toBe(today);
    expect(await page.getByLabel('Estremi della ricevuta').inputValue()).toBe(
      'Ricevuta di avvenuta consegna opec2',
    );
    await isOpenToAll('receipt');

    // A moment before the sending cannot be: nothing is filled in.
    await drop('strana.eml', receiptMail({ ...receipt, giorno: '28/02/2032' }));
    await page.getByText('I dati non tornano').waitFor();
    expect(await page.getByLabel('Estremi della ricevuta').inputValue()).toBe('');
    await drop('altra.eml', 'Subject: saluti\r\n\r\nciao');
    await page.getByText('Messaggio di posta ordinaria').waitFor();
    await drop('foto.png', 'x');
    await page.getByText('Il file non si legge come posta certificata').waitFor();
    expect(faults).toEqual([]);
  });

  it('shows people what came and belongs to no letter, until they have seen to it', async () => {
    imap.deliver(signedForm({ from: '"Comune" <comune@pec.example>', subject: 'Richiesta di accesso' }));
    await eventually('the mail', async () => {
      const { items } = await cast.operatore.get<{ items: readonly object[] }>('/certified-mail');
      return items.length === 1;
    });
    await page.goto(`${system.url}/certified-mail`);
    await page.getByText('Richiesta di accesso').first().waitFor();
    await isOpenToAll('arrived');
    await page.getByRole('button', { name: 'Fatto: Richiesta di accesso' }).click();
    await page.getByText('Niente da smistare').waitFor();
    expect(faults).toEqual([]);
  });

  it('gets the date of its deadline from the receipt, whenever that is read', async () => {
    await cast.gestore.post('/operations/clock', { to: '2032-03-03T08:00:00+01:00' });
    imap.deliver(
      receiptMail({
        messageId,
        id: 'opec1',
        to: ['dipendente@pec.example'],
        giorno: '01/03/2032',
        ora: '23:58:00',
      }),
    );
    const [, delivered] = await happened('DeliveryReceiptRecorded', 2);
    expect(delivered!.data).toMatchObject({
      kind: 'delivery',
      state: 'delivered',
      at: '2032-03-01T23:58:00+01:00',
    });
    expect(Date.parse(delivered!.occurredAt)).toBe(Date.parse('2032-03-01T23:58:00+01:00'));

    const task = await file.task(cast.operatore, 't_recordDelivery');
    const { variables } = await cast.operatore.get<{ variables: Record<string, unknown> }>(
      `/tasks/${task.id}`,
    );
    expect(variables).toMatchObject({
      ...{ sentAt: today, receivedAt: today, receiptDoc: 'Ricevuta di avvenuta consegna opec1' },
    });
    await cast.operatore.post(`/tasks/${task.id}/complete`, {
      variables: {
        ...{
          deliveryOutcome: 'DELIVERED',
          receivedAt: variables['receivedAt'],
          receiptDoc: variables['receiptDoc'],
        },
      },
    });
    const met = await eventually('the notice is kept', async () =>
      (await history()).find(
        ({ type, data }) => type === 'DeadlineMet' && data['id'] === 'DL_HEARING_NOTICE',
      ),
    );
    expect(met.data).toMatchObject({ on: today });
    const { items } = await cast.operatore.get<List<Filed>>(`/cases/${file.id}/documents`);
    expect(items.filter(({ mediaType }) => mediaType === 'message/rfc822')).toHaveLength(2);
  });
});
