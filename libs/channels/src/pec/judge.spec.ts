import { describe, expect, it } from '@jest/globals';
import { daticertXml } from '../../../../test/support/pec.ts';
import type { ReceiptParts } from '../../../../test/support/pec.ts';
import { judgeReceipt, readDaticert } from './index.ts';
import type { SentLetter } from './index.ts';

const now = '2026-03-25T12:00:00.000Z';
const letter = (receipts: SentLetter['receipts'] = []): SentLetter => ({
  messageId: 'lettera-1@iter.example',
  to: ['rita@pec.example'],
  submittedAt: '2026-03-25T09:11:00.000Z',
  receipts,
});

function judged(parts: ReceiptParts, of = letter(), isAltered = false) {
  const read = readDaticert(new TextEncoder().encode(daticertXml(parts)));
  if (!read.ok) throw new Error(read.fault.code);
  return judgeReceipt(of, read.daticert, { now, isAltered });
}

describe('what a receipt says of a letter', () => {
  it('completes the delivery with its own moment', () => {
    expect(judged({})).toMatchObject({
      receipt: { kind: 'delivery', news: 'counted', state: 'delivered', at: '2026-03-25T10:12:13+01:00' },
      ...{ isKnown: false, deliveredAt: '2026-03-25T10:12:13+01:00', failure: null },
    });
  });

  it('says again what it said when the letter has it already', () => {
    const { receipt } = judged({})!;
    expect(judged({}, letter([receipt]))).toEqual({ ...judged({}), isKnown: true });
  });

  it('decides nothing once the delivery is proven', () => {
    const { receipt } = judged({})!;
    expect(judged({ tipo: 'errore-consegna', errore: 'no-dest', id: 'x' }, letter([receipt]))).toMatchObject({
      ...{ deliveredAt: null, failure: null },
      receipt: { state: 'delivered' },
    });
  });

  it.each([
    [{ tipo: 'errore-consegna', errore: 'no-dest' }, 'La casella del destinatario non esiste.'],
    [{ tipo: 'non-accettazione', errore: 'virus' }, 'Il gestore ha trovato un virus nel messaggio.'],
    [
      { tipo: 'accettazione', to: [], external: ['rita@pec.example'] },
      'L’indirizzo non è di posta certificata: nessuna ricevuta proverà la consegna.',
    ],
    [{ tipo: 'accettazione' }, null],
    [{ tipo: 'preavviso-errore-consegna' }, null],
  ] as const)('says of %j whether the proof can still come', (parts, failure) => {
    expect(judged(parts)).toMatchObject({ failure, deliveredAt: null });
  });

  it('derives nothing from what was altered or cannot be, and knows what is about another letter', () => {
    const nothing = { deliveredAt: null, failure: null, receipt: { news: 'doubtful', state: 'submitted' } };
    expect(judged({}, letter(), true)).toMatchObject(nothing);
    expect(judged({ giorno: '24/03/2026' })).toMatchObject(nothing);
    expect(judged({ to: ['altri@pec.example'] })).toMatchObject(nothing);
    expect(judged({ messageId: 'altra@iter.example' })).toBeNull();
  });
});
