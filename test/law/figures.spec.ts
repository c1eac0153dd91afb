import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parseTermSpec } from '@iter/legal-calendar';
import type { Term } from '@iter/legal-calendar';
import { catalogue } from './compare.ts';
import { readRule } from './golden/rules.ts';

// The catalogue against the tables of deadlines of the domain pages, read from them a second time.

interface Figure {
  readonly of: string;
  readonly term: string;
  readonly inForce?: string;
  readonly rule?: string;
  readonly on?: object;
  readonly until?: string;
  readonly earliest?: string;
  readonly shifts?: boolean;
  readonly nature: string;
  /** `*`: the page does not say. */
  readonly binds?: string;
  readonly min?: string;
  readonly max?: string;
}

const text = readFileSync(join(import.meta.dirname, 'golden/figures.yaml'), 'utf8');
const pages = parse(text, { schema: 'core' }) as Readonly<Record<string, readonly Figure[]>>;

/** What the page prints, in the words of the catalogue. */
function printed({
  rule,
  on,
  until,
  earliest,
  shifts,
  nature,
  binds = 'administration',
  min,
  max,
}: Figure): object {
  const counted =
    rule === undefined ? { rollover: shifts ?? true, earliest: earliest ?? null } : readRule(rule);
  // A backward term shifts by R6 whatever its entry says, and its first lawful day is not printed.
  const { rollover, earliest: first, ...reach } = { direction: 'forward', ...counted };
  const isBackward = reach.direction === 'backward';
  const bounds = { ...(min && { min: parseTermSpec(min) }), ...(max && { max: parseTermSpec(max) }) };
  return {
    ...reach,
    ...(!isBackward && { rollover, earliest: first }),
    ...(on && { on }),
    ...(until && { until }),
    ...(Object.keys(bounds).length > 0 && { bounds }),
    nature,
    ...(binds !== '*' && { binds }),
  };
}

describe.each(Object.entries(pages))('%s', (_, figures) => {
  it.each(figures)('$of is $term: $rule $nature', (figure) => {
    expect(catalogue.term(figure.term, figure.inForce ?? '2026-03-06')).toMatchObject(printed(figure));
  });
});

describe('the terms of the catalogue', () => {
  const waits = ({ nature }: Term): boolean => nature === 'DILATORY' || nature === 'EFFECT';
  const named = catalogue.terms().map((term) => [`${term.key} since ${term.validFrom}`, term] as const);

  it.each(named)('%s has norm, mark, a candidate base and a ladder', (__, term) => {
    expect([term.norm, term.mark].every((it) => it.trim() !== '')).toBe(true);
    expect(term.bases.length).toBeGreaterThan(0);
    const ladder =
      term.ladder === null ? catalogue.defaultLadder(term.nature) : catalogue.ladder(term.ladder);
    expect(ladder).not.toBeNull();
  });

  it('count from the earliest base where they bind the administration, from the latest where they protect', () => {
    // Its bases are no readings of one fact: each review is the base of the next.
    const renewed = 'disciplinary.penal-review';
    const wrong = catalogue.terms().filter((term) => {
      if (term.key === renewed) return term.prudentBase !== 'latest';
      if (waits(term)) return term.prudentBase !== 'latest';
      return term.binds === 'administration' && term.prudentBase !== 'earliest';
    });
    expect(wrong.map(({ key }) => key)).toEqual([]);
  });

  it('have a first lawful day only where something is waited for', () => {
    const wrong = catalogue.terms().filter((term) => term.earliest !== null && !waits(term));
    expect(wrong.map(({ key }) => key)).toEqual([]);
  });
});
