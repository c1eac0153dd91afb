import type { Label } from '@iter/platform/words';

/** `MM-DD`, or counted from Easter Sunday as the feasts of some patrons are: `easter+1`. */
export type YearlyDay = string;

/** A patron saint's day and since when and until when it is kept. Dates `YYYY-MM-DD`, both included; null: open. */
export interface PatronSaint {
  readonly day: YearlyDay;
  readonly name: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** Days on which the offices are closed by an act of the body, both included. */
export interface Closure {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

/**
 * What is local in the calendar of working days. The patron saint's day is no holiday at law, but no working day.
 * Norm: CCNL 6.7.1995 art. 18 c. 6; domain/legal-calendar.md § 1
 */
export interface LocalCalendar {
  /** By their beginning; no two at the same time. */
  readonly patronSaints: readonly PatronSaint[];
  /** By their beginning; no two share a day. */
  readonly closures: readonly Closure[];
  /** Whether the patron saint's day moves a legal term as well; the law says no. */
  readonly patronSaintShiftsLegalTerm: boolean;
}

/** How the calendar was written before patron saints and closures had a beginning and an end. */
export interface FormerLocalCalendar {
  readonly patronSaint: { readonly day: string; readonly name: string } | null;
  readonly closures: readonly { readonly date: string; readonly reason: string }[];
}

/** Nothing is local. */
export const noLocalCalendar: LocalCalendar = {
  patronSaints: [],
  closures: [],
  patronSaintShiftsLegalTerm: false,
};

/** A calendar as it is written today, sorted; what was written before means what it meant. */
export function readLocalCalendar(written: LocalCalendar | FormerLocalCalendar): LocalCalendar {
  if ('patronSaints' in written) {
    const { patronSaints, closures, patronSaintShiftsLegalTerm } = written;
    return {
      patronSaints: patronSaints
        .map(({ day, name, validFrom, validTo }) => ({ day, name: name.trim(), validFrom, validTo }))
        .sort((a, b) => order(a.validFrom ?? '', b.validFrom ?? '')),
      closures: closures
        .map(({ from, to, reason }) => ({ from, to, reason: reason.trim() }))
        .sort((a, b) => order(a.from, b.from)),
      patronSaintShiftsLegalTerm,
    };
  }
  const { patronSaint, closures } = written;
  return readLocalCalendar({
    patronSaints: patronSaint === null ? [] : [{ ...patronSaint, validFrom: null, validTo: null }],
    closures: closures.map(({ date, reason }) => ({ from: date, to: date, reason })),
    patronSaintShiftsLegalTerm: false,
  });
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const most = { saints: 20, closures: 400, closedDaysAYear: 60, characters: 200 } as const;

/** What is wrong with a calendar, with what would be right; null: nothing. */
export function checkLocalCalendar({ patronSaints, closures }: LocalCalendar): Label | null {
  if (patronSaints.length > most.saints || closures.length > most.closures) {
    return {
      it: `Al massimo ${most.saints} santi patroni e ${most.closures} chiusure.`,
      en: `At most ${most.saints} patron saints and ${most.closures} closures.`,
    };
  }
  return (
    firstOf(patronSaints, checkSaint) ??
    firstOf(closures, checkClosure) ??
    firstOf(patronSaints.slice(1), ({ validFrom, name }, i) => {
      const before = patronSaints[i];
      const isAfter = typeof before?.validTo === 'string' && validFrom !== null && before.validTo < validFrom;
      return isAfter
        ? null
        : {
            it: `«${before?.name ?? ''}» e «${name}» valgono negli stessi giorni.`,
            en: `“${before?.name ?? ''}” and “${name}” hold on the same days.`,
          };
    }) ??
    firstOf(closures.slice(1), ({ from }, i) =>
      (closures[i]?.to ?? '') < from
        ? null
        : { it: `Due chiusure comprendono il giorno ${from}.`, en: `Two closures include the day ${from}.` },
    ) ??
    checkAmount(closures)
  );
}

function firstOf<T>(items: readonly T[], check: (item: T, index: number) => Label | null): Label | null {
  for (const [index, item] of items.entries()) {
    const wrong = check(item, index);
    if (wrong !== null) return wrong;
  }
  return null;
}

const isText = (text: string): boolean => text !== '' && text.length <= most.characters;

function checkSaint({ day, name, validFrom, validTo }: PatronSaint): Label | null {
  if (!isText(name))
    return {
      it: `Il santo patrono ha un nome, al massimo di ${most.characters} caratteri.`,
      en: `The patron saint has a name, of at most ${most.characters} characters.`,
    };
  if (!isYearlyDay(day)) {
    return {
      it: `Il giorno del santo patrono si scrive MM-GG, oppure easter+1 se dipende dalla Pasqua.`,
      en: `The day of the patron saint is written MM-DD, or easter+1 if it hangs on Easter.`,
    };
  }
  for (const date of [validFrom, validTo]) {
    if (date !== null && !isKept(date))
      return {
        it: `«${date}» non è un giorno del calendario (AAAA-MM-GG).`,
        en: `“${date}” is not a day of the calendar (YYYY-MM-DD).`,
      };
  }
  if (validFrom === null || validTo === null || validFrom <= validTo) return null;
  return { it: `«${name}» finisce di valere prima di cominciare.`, en: `“${name}” ends before it begins.` };
}

/** The calendar knows the years 1990 to 2199. */
const isKept = (date: string): boolean => isDate(date) && date >= '1990' && date < '2200';

/** 29 February is a day of leap years only; Easter and what hangs on it falls between March and July. */
function isYearlyDay(day: string): boolean {
  const fromEaster = /^easter([+-])(\d{1,2})$/.exec(day);
  return fromEaster ? Number(fromEaster[2]) <= (fromEaster[1] === '-' ? 49 : 70) : isDate(`2024-${day}`);
}

function checkClosure({ from, to, reason }: Closure): Label | null {
  if (!isKept(from) || !isKept(to))
    return {
      it: 'Le chiusure si scrivono con il primo e l’ultimo giorno (AAAA-MM-GG).',
      en: 'Closures are written with their first and last day (YYYY-MM-DD).',
    };
  if (to < from)
    return {
      it: `La chiusura dal ${from} finisce prima di cominciare.`,
      en: `The closure from ${from} ends before it begins.`,
    };
  if (daysOf({ from, to }) > most.closedDaysAYear) return tooMany(from.slice(0, 4));
  return isText(reason)
    ? null
    : {
        it: `Di ogni chiusura si indica il motivo, al massimo di ${most.characters} caratteri.`,
        en: `Each closure has its reason, of at most ${most.characters} characters.`,
      };
}

/** A desk that never opens has no last working day to act on. */
function checkAmount(closures: readonly Closure[]): Label | null {
  const closed = new Map<string, number>();
  for (const day of closures.flatMap(expand)) {
    const year = day.slice(0, 4);
    closed.set(year, (closed.get(year) ?? 0) + 1);
  }
  const worst = [...closed].find(([, days]) => days > most.closedDaysAYear);
  return worst ? tooMany(worst[0]) : null;
}

const tooMany = (year: string): Label => ({
  it: `In un anno gli uffici chiudono al massimo ${most.closedDaysAYear} giorni; nel ${year} sarebbero di più.`,
  en: `In a year offices close on at most ${most.closedDaysAYear} days; in ${year} it would be more.`,
});

const dayMs = 86_400_000;

const daysOf = ({ from, to }: Pick<Closure, 'from' | 'to'>): number =>
  (Date.parse(to) - Date.parse(from)) / dayMs + 1;

/** Each day of a closure. */
function expand(closure: Closure): readonly string[] {
  const first = Date.parse(closure.from);
  return Array.from({ length: daysOf(closure) }, (_, i) =>
    new Date(first + i * dayMs).toISOString().slice(0, 10),
  );
}

/** What a calendar of working days is built from. */
export interface LocalDays {
  readonly patrons: readonly Omit<PatronSaint, 'name'>[];
  readonly closures: readonly string[];
  readonly patronSaintShiftsLegalTerm: boolean;
}

/** The days of a calendar, one by one. */
export const localDaysOf = (calendar: LocalCalendar): LocalDays => ({
  patrons: calendar.patronSaints.map(({ day, validFrom, validTo }) => ({ day, validFrom, validTo })),
  closures: calendar.closures.flatMap(expand),
  patronSaintShiftsLegalTerm: calendar.patronSaintShiftsLegalTerm,
});

/** One difference between two calendars. */
export type CalendarChange =
  | { readonly what: 'saint-added' | 'saint-removed'; readonly saint: PatronSaint }
  | { readonly what: 'closure-added' | 'closure-removed'; readonly closure: Closure }
  | { readonly what: 'shift-on' | 'shift-off' };

/** How a calendar differs from the one before it. */
export function changesBetween(before: LocalCalendar, after: LocalCalendar): readonly CalendarChange[] {
  const missing = <T>(here: readonly T[], there: readonly T[]): readonly T[] => {
    const known = new Set(there.map((it) => JSON.stringify(it)));
    return here.filter((it) => !known.has(JSON.stringify(it)));
  };
  const { patronSaintShiftsLegalTerm: shifts } = after;
  return [
    ...missing(before.patronSaints, after.patronSaints).map((saint) => ({
      what: 'saint-removed' as const,
      saint,
    })),
    ...missing(after.patronSaints, before.patronSaints).map((saint) => ({
      what: 'saint-added' as const,
      saint,
    })),
    ...missing(before.closures, after.closures).map((closure) => ({
      what: 'closure-removed' as const,
      closure,
    })),
    ...missing(after.closures, before.closures).map((closure) => ({
      what: 'closure-added' as const,
      closure,
    })),
    ...(shifts === before.patronSaintShiftsLegalTerm
      ? []
      : [{ what: shifts ? ('shift-on' as const) : ('shift-off' as const) }]),
  ];
}

/** Whether the text is a day that the calendar has. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}
