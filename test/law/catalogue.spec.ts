import { describe, expect, it } from '@jest/globals';
import { italianCalendar } from '@iter/legal-calendar';
import { bases, byTheCalendar, catalogue, italy, named } from './compare.ts';
import { runPasses, titled } from './run-passes.ts';

// Every version of every term of the catalogue from every day of 2024 to 2032, by the calendar and by hand.

const { plain, moved, set } = await runPasses('plain', 'moved', 'set');
const calendar = italianCalendar();
const fixed = catalogue.terms().filter((term) => term.bounds === undefined && !('until' in term));

it('every day is a base, and every term is there', () => {
  expect([bases.length, bases[0], bases.at(-1)]).toEqual([3288, '2024-01-01', '2032-12-31']);
  const notByDays = catalogue
    .terms()
    .filter((term) => ('unit' in term && term.unit === 'h') || 'until' in term);
  expect(Object.keys(plain)).toHaveLength(catalogue.terms().length - notByDays.length);
});

describe('from every day of 2024 to 2032', () => {
  it.each(titled(plain))('%s', (_, found) => expect(found).toEqual([]));
});

describe('moved by suspensions and extensions', () => {
  it.each(titled(moved))('%s', (_, found) => expect(found).toEqual([]));
});

describe('with a length or an end that an act sets, within the bounds and beyond', () => {
  it.each(titled(set))('%s', (_, found) => expect(found).toEqual([]));
});

describe('of a length that nobody may set', () => {
  it.each(named(fixed))('%s', (_, term) => {
    const base = 'unit' in term && term.unit === 'h' ? '2026-03-06T10:00:00+01:00' : '2026-03-06';
    for (const setting of [40, '2026-04-20']) {
      expect(byTheCalendar(term, base, { ...italy, set: setting }, calendar)).toBe('term-fixed');
    }
  });
});
