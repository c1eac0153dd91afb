import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { DisciplinaryCase, signInAll } from '../support/disciplinary.ts';
import type { Cast, List } from '../support/disciplinary.ts';
import { dovecot } from '../support/dovecot.ts';
import { mailServer } from '../support/mail-server.ts';
import { receiptMail } from '../support/pec.ts';
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
  });
  afterAll(async () => {
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
    form.set('file', new Blob(['%PDF-1.7 firmato'], { type: 'application/pdf' }), 'contestazione.pdf');
    await cast.operatore.post(`/cases/${file.id}/documents`, form);
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
