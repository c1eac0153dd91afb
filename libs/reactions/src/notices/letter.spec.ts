import { expect, it } from '@jest/globals';
import { letterTo } from './letter.ts';
import type { Item } from './letter.ts';

it('says of what has effect by itself no day by which to act, and none of the law', () => {
  const item = (id: string, nature: 'EFFECT' | 'PEREMPTORY', safeActionDate: string) => ({
    ...{ id, told: { label: 'La pubblicazione all’albo è finita', toldAt: '2026-03-06T07:00:00.000Z' } },
    of: { id: 'c1', code: 'PD-2026-001', comune: 'c_borgo' } as Item['of'],
    deadline: {
      nature,
      isWait: nature === 'EFFECT',
      legalDueDate: '2026-04-07',
      safeActionDate,
      isSilent: false,
    },
  });
  const options = { publicUrl: 'https://iter.example', nameOf: () => 'Comune di Borgo' };
  const letter = (...items: Item[]) => letterTo('ugo', items, options);
  const { subject, text } = letter(item('1', 'EFFECT', '2026-04-01'));
  expect(subject).toBe('PD-2026-001: La pubblicazione all’albo è finita');
  expect(text).toContain('- La pubblicazione all’albo è finita\n');
  const both = letter(item('1', 'EFFECT', '2026-04-01'), item('2', 'PEREMPTORY', '2026-04-03'));
  expect(both.subject).toBe('2 avvisi, PD-2026-001: il primo entro il 3 aprile 2026');
});

it('says of a term that was over when it was told that it was, and calls to nothing by then', () => {
  const told = (toldAt: string) => ({
    id: '1',
    told: { label: 'Oggi scade un termine perentorio', toldAt },
    of: { id: 'c1', code: 'PD-2026-001', comune: 'c_borgo' } as Item['of'],
    deadline: {
      ...{ nature: 'PEREMPTORY' as const, isWait: false, isSilent: false },
      ...{ safeActionDate: '2026-04-03', legalDueDate: '2026-04-07' },
    },
  });
  const options = { publicUrl: 'https://iter.example', nameOf: () => 'Comune di Borgo' };
  const letter = (toldAt: string) => letterTo('ugo', [told(toldAt)], options);
  // In Italy it is the next day already.
  const late = letter('2026-04-07T22:30:00.000Z');
  expect(late.subject).toBe('PD-2026-001: Oggi scade un termine perentorio');
  expect(late.text).toContain(
    '- Oggi scade un termine perentorio (scadenza di legge 7 aprile 2026, già passata)\n',
  );
  const last = letter('2026-04-07T07:00:00.000Z');
  expect(last.subject).toBe('PD-2026-001, entro il 7 aprile 2026: Oggi scade un termine perentorio');
  expect(last.text).toContain('- Oggi scade un termine perentorio (scadenza di legge 7 aprile 2026)\n');
});
