import { describe, expect, it } from '@jest/globals';
import { italianCalendar } from '@iter/legal-calendar';
import { loadCatalogue } from '@iter/process-catalog/catalogue';
import { join } from 'node:path';
import { compute } from './compute.ts';

const processes = join(import.meta.dirname, '..', '..', '..', '..', 'processes');
const known = { catalogue: loadCatalogue(processes), calendar: italianCalendar() };

describe('the dates of a term that nobody has opened', () => {
  it('are those of the catalogue, and name its version', () => {
    const found = compute({ term: 'disciplinary.contestation', from: '2026-03-06' }, known);
    expect(found).toMatchObject({
      ...{
        nominalDate: '2026-04-05',
        legalDueDate: '2026-04-07',
        safeActionDate: '2026-04-03',
        extraDays: 0,
      },
      term: { key: 'disciplinary.contestation', nature: 'PEREMPTORY' },
    });
  });

  it('move by suspensions and extensions, each told in the order of the count', () => {
    const asked = {
      ...{ amount: 30, unit: 'd' as const, from: '2026-03-06', extensionDays: 5 },
      suspensions: [
        { from: '2026-03-10', to: '2026-03-20' },
        { from: '2026-03-25', to: '2026-03-26' },
      ],
    };
    const found = compute(asked, known);
    expect(found).toMatchObject({ nominalDate: '2026-04-21', extraDays: 16, term: null });
    expect('explanation' in found && found.explanation).toEqual([
      expect.stringMatching(/^Decorre da venerdì 6 marzo 2026/),
      expect.stringMatching(/^Sospeso da martedì 10 marzo 2026 .*: 10 giorni /),
      expect.stringMatching(/: 1 giorno /),
      'Prorogato di 5 giorni.',
      expect.stringMatching(/Con 16 giorni in più/),
      expect.stringMatching(/lavorativo/),
    ]);
  });

  it.each([
    ['after the end', [['2026-06-01', '2026-09-01']], /scade prima, il 2026-04-07/],
    ['before the base', [['2026-01-01', '2026-02-01']], /decorre solo dal 2026-03-06/],
    [
      'twice for the same days',
      [
        ['2026-03-10', '2026-03-20'],
        ['2026-03-15', '2026-03-25'],
      ],
      /precedente dura fino al 2026-03-20/,
    ],
  ])('are not moved by a suspension %s', (_, days, message) => {
    const suspensions = days.map(([from, to]) => ({ from: from!, to: to! }));
    const asked = { amount: 30, unit: 'd' as const, from: '2026-03-06', suspensions };
    expect(compute(asked, known)).toMatchObject({
      code: 'operation-not-allowed',
      message: { it: expect.stringMatching(message) },
    });
  });

  it('move by a suspension on the first and the last day, and by one within what the former added', () => {
    const moved = (...days: [from: string, to: string][]) => {
      const suspensions = days.map(([from, to]) => ({ from, to }));
      return compute({ amount: 30, unit: 'd', from: '2026-03-06', suspensions }, known);
    };
    expect(moved(['2026-03-06', '2026-03-08'])).toMatchObject({ extraDays: 2 });
    expect(moved(['2026-04-07', '2026-04-08'])).toMatchObject({ extraDays: 1 });
    const afterwards = moved(['2026-03-10', '2026-04-10'], ['2026-04-10', '2026-04-12']);
    expect(afterwards).toMatchObject({ extraDays: 33 });
  });

  it('that are counted backwards move by a suspension before the last day', () => {
    const asked = {
      ...{ amount: 20, unit: 'd' as const, from: '2026-04-15' },
      direction: 'backward' as const,
    };
    const suspended = (from: string, to: string) => compute({ ...asked, suspensions: [{ from, to }] }, known);
    expect(suspended('2026-03-10', '2026-03-12')).toMatchObject({ extraDays: 2 });
    expect(suspended('2026-04-10', '2026-04-12')).toMatchObject({ code: 'operation-not-allowed' });
  });

  it.each([
    [{ term: 'nessuno', from: '2026-03-06' }, 'term-unknown'],
    [{ from: '2026-03-06' }, 'amount-invalid'],
    [{ amount: 48, unit: 'h' as const, from: '2026-03-06' }, 'instant-invalid'],
    [{ term: 'disciplinary.contestation', amount: 60, from: '2026-03-06' }, 'term-fixed'],
    [
      {
        amount: 3,
        unit: 'd' as const,
        from: '2026-03-06',
        suspensions: [{ from: '2026-03-09', to: '2026-03-08' }],
      },
      'operation-not-allowed',
    ],
  ])('%j is refused as %s', (asked, code) => {
    expect(compute(asked, known)).toMatchObject({ code });
  });
});
