import type { Reach, Span, Term } from '@iter/legal-calendar';
import type { CatalogueLadder, TermCatalogue } from '@iter/process-catalog/catalogue';
import type { LadderOfTermDto, ReachDto, TermDto } from '../dto/terms.ts';
import { kindsOf, questionsIn } from './marks.ts';

export interface TermFilter {
  readonly text?: string;
  readonly service?: string;
  readonly nature?: string;
  readonly mark?: string;
  /** Only the versions in force on this day, `YYYY-MM-DD`. */
  readonly on?: string;
}

/**
 * The catalogue as people read it: every version of every term that the filter lets through, by key and time, each with
 * its questions and the ladder that its deadlines follow. Pure.
 * @param today in Rome: which versions are in force
 */
export function describeTerms(
  catalogue: TermCatalogue,
  filter: TermFilter,
  today: string,
): readonly TermDto[] {
  return catalogue
    .terms()
    .filter((term) => isInForce(term, filter.on))
    .map((term) => describe(catalogue, term, today))
    .filter((term) => fits(term, filter));
}

const isInForce = ({ validFrom, validTo }: Pick<Term, 'validFrom' | 'validTo'>, on?: string): boolean =>
  on === undefined || (validFrom <= on && (validTo === null || on <= validTo));

const serviceOf = (key: string): string => key.split('.', 1)[0] ?? '';

function fits(term: TermDto, { text, service, nature, mark }: TermFilter): boolean {
  if (service !== undefined && term.service !== service) return false;
  if (nature !== undefined && term.nature !== nature) return false;
  if (mark !== undefined && !term.marks.includes(mark)) return false;
  if (text === undefined) return true;
  const { key, label, norm, bases, onMissed } = term;
  const said = [label, onMissed.label, ...bases.map((base) => base.label)].flatMap(({ it, en }) => [it, en]);
  const whole = plain([key, norm, ...said].join(' '));
  return plain(text)
    .split(' ')
    .every((word) => whole.includes(word));
}

/** Without accents and case, one space between words. */
const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/’/g, "'").toLowerCase().replace(/\s+/g, ' ').trim();

function describe(catalogue: TermCatalogue, term: Term, today: string): TermDto {
  const { key, label, nature, direction, freeDays, rollover, earliest, duration, binds, prudentBase } = term;
  const { norm, mark, validFrom, validTo, bounds, onMissed, question } = term;
  const asked = [...new Set([...(question === undefined ? [] : [question]), ...questionsIn(mark)])];
  const named = term.ladder === null ? null : catalogue.ladder(term.ladder);
  const ladder = named ?? catalogue.defaultLadder(nature);
  return {
    ...{ key, nature, direction, freeDays, rollover, earliest, duration, binds, prudentBase },
    ...{ norm, mark, validFrom, validTo },
    service: serviceOf(key),
    label: { ...label },
    reach: reachOf(term),
    bounds: bounds ? { min: spanOf(bounds.min), max: spanOf(bounds.max) } : null,
    bases: term.bases.map((base) => ({ name: base.name, label: { ...base.label } })),
    marks: [...kindsOf(mark)],
    questions: asked.flatMap((id) => {
      const found = catalogue.question(id);
      if (!found) return [];
      return { id, text: found.text, meanwhile: found.meanwhile, settled: found.settled === true };
    }),
    onMissed: { incident: onMissed.incident, label: { ...onMissed.label } },
    ladder: ladder && ladderOf(ladder, named === null),
    inForce: isInForce(term, today),
  };
}

const spanOf = (span: Span | undefined): { amount: number; unit: string } | null =>
  span ? { amount: span.amount, unit: span.unit } : null;

const nowhere: ReachDto = {
  amount: null,
  unit: null,
  month: null,
  day: null,
  monthsAfter: null,
  until: null,
};

function reachOf(reach: Reach): ReachDto {
  if ('amount' in reach) return { ...nowhere, amount: reach.amount, unit: reach.unit };
  if ('until' in reach) return { ...nowhere, until: reach.until };
  return { ...nowhere, ...reach.on };
}

function ladderOf({ name, label, steps }: CatalogueLadder, isDefault: boolean): LadderOfTermDto {
  return {
    name,
    isDefault,
    label: { ...label },
    steps: steps.map(({ id, from, days, workingDays, hours, at, to, does, by, repeatHours, ...step }) => ({
      id,
      from,
      days: days ?? null,
      workingDays: workingDays ?? null,
      hours: hours ?? null,
      at: at ?? null,
      to: [...to],
      does,
      by: [...(by ?? ['desk', 'mail'])],
      repeatHours: repeatHours ?? null,
      label: { ...step.label },
    })),
  };
}
