import type { Label } from '@iter/platform/words';
import type { Body } from '../body.ts';
import { checkLocalCalendar, readLocalCalendar } from '../local-calendar.ts';
import type { Closure, LocalCalendar, PatronSaint } from '../local-calendar.ts';
import { column } from './column.ts';
import type { ImportKind } from './report.ts';
import { dayIn } from './table.ts';

/** A line: a patron saint or a closure of a body. */
export type CalendarLine = { readonly body: string } & (
  { readonly saint: PatronSaint } | { readonly closure: Closure }
);

/** The calendar of a body as the lines of a file make it, and the version that it is made from. */
export interface MadeCalendar {
  readonly body: string;
  readonly calendar: LocalCalendar;
  readonly expectedVersion: number;
}

/**
 * Patron saints and closures of bodies, of one or of many in a file. A saint is known by the day since when it is kept, a
 * closure by its first day: lines add and change, and nothing ends because a file does not name it. Whether a patron
 * saint moves terms of law no file can say.
 * @param find a body that is registered
 * @returns also the calendars as the lines make them, to be asked for when the file has been judged
 */
export function calendarsImport(
  find: (ipa: string) => Body | null,
): ImportKind<CalendarLine> & { made(): readonly MadeCalendar[] } {
  const made = new Map<string, LocalCalendar>();
  return {
    columns: [
      column('body', ['ente', 'codice IPA', 'ipa']),
      column('what', ['voce', 'what']),
      column('from', ['dal', 'from'], false),
      column('to', ['al', 'to'], false),
      column('day', ['giorno del patrono', 'day'], false),
      column('name', ['descrizione', 'motivo', 'name']),
    ],
    read: ({ cells }) => lineOf((key) => cells[key] ?? ''),
    nameOf: (line) =>
      'saint' in line
        ? `${line.body} patrono ${line.saint.validFrom ?? ''}`.trimEnd()
        : `${line.body} ${line.closure.from}`,
    judge(line) {
      const body = find(line.body);
      if (!body) return { why: { it: 'L’ente non è registrato.', en: 'The body is not registered.' } };
      const before = made.get(line.body) ?? body.calendar;
      const after = withLine(before, line);
      const why = checkLocalCalendar(after);
      if (why !== null) return { why };
      const isKnown =
        'saint' in line
          ? before.patronSaints.some(({ validFrom }) => validFrom === line.saint.validFrom)
          : before.closures.some(({ from }) => from === line.closure.from);
      if (JSON.stringify(before) === JSON.stringify(after)) return 'same';
      made.set(line.body, after);
      return isKnown ? 'changed' : 'new';
    },
    made: () =>
      [...made].map(([body, calendar]) => ({
        ...{ body, calendar, expectedVersion: find(body)?.calendarVersion ?? 0 },
      })),
  };
}

function lineOf(cell: (key: string) => string): { readonly item: CalendarLine } | { readonly why: Label } {
  const [body, what] = [cell('body').toLowerCase(), cell('what').toLowerCase()];
  const [from, to] = [dayIn(cell('from')), dayIn(cell('to'))];
  if (what === 'chiusura' || what === 'closure') {
    return { item: { body, closure: { from, to: to || from, reason: cell('name') } } };
  }
  if (what !== 'patrono' && what !== 'saint')
    return {
      why: {
        it: 'La voce è patrono o chiusura.',
        en: 'The entry is patrono (patron saint) or chiusura (closure).',
      },
    };
  const saint = { day: yearlyDayIn(cell('day')), name: cell('name') };
  return { item: { body, saint: { ...saint, validFrom: from || null, validTo: to || null } } };
}

/** `24/06` as people write it, or as the register has it. */
function yearlyDayIn(text: string): string {
  const [, day, month] = /^(\d{1,2})[/.](\d{1,2})$/.exec(text) ?? [];
  return month === undefined ? text : `${month.padStart(2, '0')}-${day!.padStart(2, '0')}`;
}

/** The calendar with one line more, in the order in which the register keeps it. */
function withLine({ patronSaints, closures, ...rest }: LocalCalendar, line: CalendarLine): LocalCalendar {
  return readLocalCalendar({
    ...rest,
    patronSaints:
      'saint' in line
        ? [...patronSaints.filter(({ validFrom }) => validFrom !== line.saint.validFrom), line.saint]
        : patronSaints,
    closures:
      'closure' in line
        ? [...closures.filter(({ from }) => from !== line.closure.from), line.closure]
        : closures,
  });
}
