import { italianCalendar } from '@iter/legal-calendar';
import type { LegalCalendar, Term } from '@iter/legal-calendar';
import { isWithinBounds } from './by-hand/clerk.ts';
import {
  bases,
  byHand,
  byTheCalendar,
  catalogue,
  countsByDays,
  disagreements,
  italy,
  named,
} from './compare.ts';
import type { Place } from './compare.ts';
import { localCalendar, places } from './places.ts';
import { settable } from './settings.ts';

// A program: `node every-day.ts PASS …` prints what each pass over the catalogue found, by term. See ./run-passes.ts.

export type Pass = 'plain' | 'moved' | 'set' | 'borgo' | 'rome' | 'longer';
/** By term, what is wrong: nothing, or the first few bases with both answers. */
export type Findings = Readonly<Record<string, readonly string[]>>;

const terms = catalogue.terms().filter(countsByDays);
const counted = terms.filter((term) => !('until' in term));

function over(some: readonly Term[], look: (term: Term) => readonly string[]): Findings {
  return Object.fromEntries(named(some).map(([name, term]) => [name, look(term)]));
}

/** Answers once for all terms that count alike. */
function onceARule(look: (term: Term) => readonly string[]): (term: Term) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (term) => {
    const { direction, freeDays, rollover, earliest, duration } = term;
    const reach = 'amount' in term ? [term.amount, term.unit] : 'on' in term ? term.on : term.until;
    const rule = JSON.stringify([reach, direction, freeDays, rollover, earliest, duration]);
    const found = known.get(rule) ?? look(term);
    known.set(rule, found);
    return found;
  };
}

/** What an act may set gives the dates by hand, what it may not is refused. */
function wrongSettings(term: Term, calendar: LegalCalendar): readonly string[] {
  const set = settable(term);
  const wrong = bases.filter((base, n) => {
    const asked = { ...italy, set: set(base, n) };
    const answer = byTheCalendar(term, base, asked, calendar);
    if (isWithinBounds(term, base, asked)) return answer !== byHand(term, base, asked);
    return answer !== 'term-too-short' && answer !== 'term-too-long';
  });
  return wrong.slice(0, 5);
}

/** In a place where nothing more is festivo the law says what it says everywhere, and the desk is never later. */
function movedByTheDesk(term: Term): readonly string[] {
  const wrong = bases.filter((base) => {
    const [here, there] = [places.borgo, italy].map((place) => byHand(term, base, place).split(' '));
    const isSameLaw = here?.[0] === there?.[0] && here?.[1] === there?.[1] && here?.[3] === there?.[3];
    return !isSameLaw || (here?.[2] ?? '') > (there?.[2] ?? '');
  });
  return wrong.slice(0, 5);
}

/** Where one day of June more is festivo: the terms that end in June. */
function inJune(place: Place): (term: Term) => readonly string[] {
  return (term) =>
    disagreements(term, localCalendar, (base) =>
      byHand(term, base, italy).slice(5, 7) === '06' ? place : null,
    );
}

const italian = italianCalendar();
const passes: Readonly<Record<Pass, () => Findings>> = {
  plain: () => over(counted, (term) => disagreements(term, italian, () => italy)),
  moved: () =>
    over(
      counted,
      onceARule((term) => disagreements(term, italian, (_, n) => ({ ...italy, extraDays: (n % 61) - 10 }))),
    ),
  set: () =>
    over(
      terms.filter((term) => term.bounds !== undefined || 'until' in term),
      (term) => wrongSettings(term, italian),
    ),
  borgo: () =>
    over(
      counted,
      onceARule((term) => [
        ...disagreements(term, localCalendar, () => places.borgo),
        ...movedByTheDesk(term),
      ]),
    ),
  rome: () => over(counted, onceARule(inJune(places.rome))),
  longer: () => over(counted, onceARule(inJune(places.longer))),
};

const asked = process.argv.slice(2).filter((name): name is Pass => name in passes);
process.stdout.write(JSON.stringify(Object.fromEntries(asked.map((name) => [name, passes[name]()]))));
