import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Daticert } from './daticert.ts';
import { readDaticert } from './daticert.ts';
import { deliveredAt, stateOf, submitted, withReceipt, withTimeOut } from './delivery.ts';
import type { Delivery } from './delivery.ts';
import { daticertXml } from '../../../../test/support/pec.ts';
import type { ReceiptParts } from '../../../../test/support/pec.ts';

const sentAt = '2026-03-25T10:00:00+01:00';
const now = '2026-03-27T12:00:00+01:00';
const both = ['rita@pec.example', 'ugo@pec.example'];

function receipt(parts: ReceiptParts = {}): Daticert {
  const read = readDaticert(new TextEncoder().encode(daticertXml(parts)));
  if (!read.ok) throw new Error(read.fault.code);
  return read.daticert;
}
const after = (delivery: Delivery, ...receipts: readonly Daticert[]): Delivery =>
  receipts.reduce((known, next) => withReceipt(known, next, now).delivery, delivery);
const one = submitted('lettera-1@iter.example', ['Rita@PEC.example'], sentAt);
const two = submitted('lettera-1@iter.example', both, sentAt);
const accepted = receipt({ tipo: 'accettazione', to: both, ora: '10:00:05' });
const toRita = receipt({ to: both, deliveredTo: 'RITA@pec.example' });
const toUgo = receipt({ to: both, deliveredTo: 'ugo@pec.example', ora: '10:15:00' });
const noUgo = receipt({
  tipo: 'errore-consegna',
  errore: 'no-dest',
  to: both,
  deliveredTo: 'ugo@pec.example',
  giorno: '26/03/2026',
});
const warnUgo = receipt({
  tipo: 'preavviso-errore-consegna',
  errore: 'altro',
  to: both,
  deliveredTo: 'ugo@pec.example',
  ora: '22:00:00',
});

describe('a certified letter on its way', () => {
  it('is submitted, accepted, delivered', () => {
    expect(stateOf(one)).toBe('submitted');
    const taken = after(one, receipt({ tipo: 'accettazione', ora: '10:00:05' }));
    expect([stateOf(taken), taken.acceptedAt]).toEqual(['accepted', '2026-03-25T10:00:05+01:00']);
    const arrived = after(taken, receipt());
    expect([stateOf(arrived), deliveredAt(arrived)]).toEqual(['delivered', '2026-03-25T10:12:13+01:00']);
  });

  it('is delivered when all have it, at the moment of the last', () => {
    expect(stateOf(after(two, accepted, toRita))).toBe('accepted');
    expect(deliveredAt(after(two, toRita))).toBeNull();
    expect(deliveredAt(after(two, accepted, toUgo, toRita))).toBe('2026-03-25T10:15:00+01:00');
  });

  it('fails when the provider refuses it, or one recipient cannot get it', () => {
    expect(stateOf(after(one, receipt({ tipo: 'non-accettazione', errore: 'virus' })))).toBe('failed');
    expect(stateOf(after(two, accepted, toRita, noUgo))).toBe('failed');
    expect(stateOf(after(two, accepted, warnUgo))).toBe('accepted');
    expect(after(two, warnUgo).recipients[1]!.warnedAt).toBe('2026-03-25T22:00:00+01:00');
  });

  it('is delivered by a proof that comes after the notice of non-delivery or the end of waiting', () => {
    expect(stateOf(after(two, noUgo, toRita, toUgo))).toBe('delivered');
    const ended = withTimeOut(after(two, accepted, toRita), now);
    expect(stateOf(ended)).toBe('timed-out');
    expect(stateOf(after(ended, toUgo))).toBe('delivered');
    expect(withTimeOut(after(one, receipt()), now).timedOutAt).toBeNull();
  });

  it('counts a receipt once, and none that is not its own', () => {
    const arrived = after(one, receipt());
    expect(withReceipt(arrived, receipt(), now)).toEqual({ delivery: arrived, news: 'duplicate' });
    expect(withReceipt(one, receipt({ messageId: 'altra@iter.example' }), now).news).toBe('other-message');
    expect(withReceipt(one, receipt({ tipo: 'presa-in-carico' }), now).news).toBe('unrelated');
  });

  it.each([
    ['before it was sent', { ora: '09:40:00' }],
    ['that is still to come', { giorno: '28/03/2026' }],
    ['about somebody else', { deliveredTo: 'eva@pec.example' }],
  ])('derives nothing from a receipt %s', (_, parts) => {
    expect(withReceipt(one, receipt(parts), now)).toEqual({ delivery: one, news: 'doubtful' });
  });

  it('knows who will never give a receipt', () => {
    const mixed = receipt({ tipo: 'accettazione', to: [both[0]!], external: [both[1]!], ora: '10:00:05' });
    expect(after(two, mixed).recipients.map(({ certified }) => certified)).toEqual([true, false]);
  });

  it('stands the same in whatever order and however often receipts come', () => {
    const all = [
      accepted,
      toRita,
      toUgo,
      noUgo,
      warnUgo,
      receipt({ to: both, deliveredTo: 'ugo@pec.example', ora: '11:00:00' }),
    ];
    const view = ({ seen, ...rest }: Delivery) => ({ ...rest, seen: seen.toSorted() });
    fc.assert(
      fc.property(fc.subarray(all), fc.func(fc.nat(1_000)), (some, order) => {
        const mixed = [...some, ...some].toSorted((a, b) => order(a) - order(b));
        const decided = (known: Delivery) => [stateOf(known), deliveredAt(known), known.acceptedAt];
        expect(decided(after(two, ...mixed))).toEqual(decided(after(two, ...some)));
        expect(view(after(two, ...mixed))).toEqual(view(after(two, ...some)));
      }),
    );
  });
});
