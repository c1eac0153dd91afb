import { describe, expect, it } from '@jest/globals';
import { bases, byHand, catalogue, italy } from './compare.ts';
import { places } from './places.ts';
import { runPasses, titled } from './run-passes.ts';

// Local calendars move what the desk does, never what the law says, unless the Comune has taken the longer reading;
// 29 June is festivo in the Comune di Roma alone. Every term from every day, as in ./catalogue.spec.ts.

const { borgo, rome, longer } = await runPasses('borgo', 'rome', 'longer');
const report = catalogue.term('disciplinary.report', '2026-03-06');
if (!report) throw new Error('The catalogue has no disciplinary.report');

/** From how many days its dates in a place are others than everywhere. */
const different = (place: keyof typeof places, which: number): number =>
  bases.filter((base) => {
    const [here, there] = [places[place], italy].map((it) => byHand(report, base, it).split(' ')[which]);
    return here !== there;
  }).length;

it('the places differ from the rest of Italy, each in its own way', () => {
  const [legal, safe] = [1, 2];
  expect(different('borgo', legal)).toBe(0);
  // Once a year, less the years in which the day is a Sunday, and twice when it follows one.
  expect(different('rome', legal)).toBe(9 - 2 + 1);
  expect(different('longer', legal)).toBe(9 - 1 + 2);
  for (const place of ['borgo', 'rome', 'longer'] as const) expect(different(place, safe)).toBeGreaterThan(5);
});

describe('patron saints and closures of the Comune and of the seat that serves it', () => {
  it.each(titled(borgo))('%s', (_, found) => expect(found).toEqual([]));
});

describe('29 June in the Comune di Roma', () => {
  it.each(titled(rome))('%s', (_, found) => expect(found).toEqual([]));
});

describe('a patron saint that moves legal terms', () => {
  it.each(titled(longer))('%s', (_, found) => expect(found).toEqual([]));
});
