import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { loadCatalogue } from '@iter/process-catalog/catalogue';
import { describeTerms } from './describe-terms.ts';
import { kindsOf, questionsIn } from './marks.ts';

const catalogue = loadCatalogue(join(import.meta.dirname, '..', '..', '..', '..', 'processes'));
const today = '2026-03-06';
const find = (filter: Parameters<typeof describeTerms>[1] = {}) => describeTerms(catalogue, filter, today);
const keys = (filter: Parameters<typeof describeTerms>[1]) => find(filter).map(({ key }) => key);

describe('a mark', () => {
  it.each([
    ['verified: art. 55-bis, Giuffrè', ['verified']],
    ['from memory, verify', ['memory']],
    ['reviewed; article number and first day prudential: Q14', ['reviewed', 'prudential']],
    ['20 days from memory, verify; the shift prudential: Q21', ['memory', 'prudential']],
    ['5 days reviewed; no shift: design choice', ['reviewed', 'design']],
  ])('%s says %j, the figure first', (mark, kinds) => {
    expect(kindsOf(mark)).toEqual(kinds);
  });

  it('is understood of every term of the catalogue', () => {
    expect(find().filter(({ marks }) => marks.length === 0)).toEqual([]);
  });

  it('names its questions', () => {
    expect(questionsIn('reviewed; first day prudential: Q14; CCNL of Q4')).toEqual(['Q14', 'Q4']);
  });
});

describe('the catalogue as people read it', () => {
  it('has every version, with its ladder or that of its nature, and its questions in words', () => {
    const all = find();
    expect(all).toHaveLength(catalogue.terms().length);
    expect(all.filter(({ ladder }) => ladder === null)).toEqual([]);
    const charge = all.find(({ key }) => key === 'disciplinary.contestation');
    expect(charge).toMatchObject({
      service: 'disciplinary',
      reach: { amount: 30, unit: 'd', until: null, month: null },
      ladder: { name: 'contestation', isDefault: false },
      inForce: true,
    });
    expect(charge?.questions.map(({ id }) => id)).toContain('Q3');
    expect(charge?.bases.map(({ name }) => name)).toContain('reportReceived');
  });

  it('finds words whatever their accents and case, all of them', () => {
    expect(keys({ text: 'CONTESTAZIONE addebito' })).toContain('disciplinary.contestation');
    expect(keys({ text: 'contestazione nessuno-lo-dice' })).toEqual([]);
    expect(keys({ text: '55-bis' })).toContain('disciplinary.report');
  });

  it('keeps only what is in force on a day', () => {
    const on = (day: string) => find({ on: day }).filter(({ key }) => key === 'selection.34bis');
    expect(on('2020-01-15').map(({ reach }) => reach.amount)).toEqual([45]);
    expect(on('2026-03-06').map(({ reach }) => reach.amount)).toEqual([20]);
  });

  it('narrows by service, nature and mark', () => {
    expect(find({ service: 'training' }).every(({ key }) => key.startsWith('training.'))).toBe(true);
    expect(find({ nature: 'PEREMPTORY' }).every(({ nature }) => nature === 'PEREMPTORY')).toBe(true);
    expect(find({ mark: 'design' }).every(({ marks }) => marks.includes('design'))).toBe(true);
    expect(find({ mark: 'design' }).length).toBeLessThan(find().length);
  });
});
