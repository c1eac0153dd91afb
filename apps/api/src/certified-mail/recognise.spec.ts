import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyState } from '@iter/engine';
import type { CaseState, Delivery } from '@iter/engine';
import { daticertXml, receiptMail, signedForm } from '../../../../test/support/pec.ts';
import { recognise } from './recognise.ts';

const signed = readFileSync(join(import.meta.dirname, '../../../../test/fixtures/mail/receipt.eml'));
const now = '2026-03-25T12:00:00.000Z';
const sent = {
  ...{
    messageId: 'lettera-1@iter.example',
    to: ['rita@pec.example'],
    submittedAt: '2026-03-25T09:11:00.000Z',
  },
  receipts: [],
} as unknown as Delivery;
const withLetter: CaseState = { ...emptyState, deliveries: new Map([[sent.messageId, sent]]) };
const awaited = new Set(['deliveryReceipt', 'deliveryFailed']);
const found = (content: Buffer | string, state: CaseState = withLetter, messages = awaited) =>
  recognise(Buffer.from(content as string), state, messages, now);

const suggestion = {
  message: 'deliveryReceipt',
  variables: {
    receivedAt: '2026-03-25',
    receiptDoc: expect.stringMatching(/^Ricevuta di avvenuta consegna opec/),
  },
};

describe('a file of certified mail dropped on a case', () => {
  it('is a receipt of a letter of this case, by its own moment and with its provider’s signature', async () => {
    expect(await found(signed)).toMatchObject({
      ...{ kind: 'receipt', what: 'delivery', isOfThisCase: true, isKnown: false, isDoubtful: false },
      ...{ signature: { format: 'S/MIME', state: 'intact', count: 1 }, suggestion },
    });
  });

  it('suggests nothing when it was altered, cannot be, or is not awaited', async () => {
    const altered = signed.toString('latin1').replace('Ricevuta\r\n', 'Ricevuto\r\n');
    expect(await found(Buffer.from(altered, 'latin1'))).toMatchObject({
      ...{ isDoubtful: true, signature: { state: 'altered' }, suggestion: null },
    });
    expect(await found(receiptMail({ giorno: '24/03/2026' }))).toMatchObject({
      isDoubtful: true,
      suggestion: null,
    });
    expect(await found(signed, withLetter, new Set())).toMatchObject({ suggestion: null });
    expect(await found(receiptMail({ tipo: 'accettazione' }))).toMatchObject({
      what: 'acceptance',
      suggestion: null,
    });
  });

  it('says of a letter sent by other means what the receipt says, and that it is not of this case', async () => {
    expect(await found(signed, emptyState)).toMatchObject({
      isOfThisCase: false,
      isDoubtful: false,
      suggestion,
    });
    expect(
      await found(receiptMail({ tipo: 'errore-consegna', errore: 'no-dest' }), emptyState),
    ).toMatchObject({
      suggestion: { message: 'deliveryFailed' },
    });
  });

  it('reads the certified data alone, which nobody has signed', async () => {
    expect(await found(daticertXml())).toMatchObject({
      signature: null,
      suggestion,
    });
    expect(await found('<html/>')).toMatchObject({
      ...{ kind: 'unreadable', what: 'not-daticert' },
    });
  });

  it('is an ordinary mail, or no mail at all', async () => {
    expect(await found(signedForm({ subject: 'Saluti' }))).toMatchObject({
      kind: 'plain',
      subject: 'Saluti',
      at: null,
    });
    expect(await found('%PDF-1.7')).toBeNull();
  });
});
