import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, earliestHearing, localDateOf, workingDayOnOrBefore } from '@iter/legal-calendar';
import { whenRomeShows } from './by-hand/clocks.ts';
import { countHearing, isWithinBounds, warningDay } from './by-hand/clerk.ts';
import { byHand, byTheCalendar, calendar, printedDates, ruleOf, setOf } from './golden/compute.ts';
import { readPrinted } from './golden/printed.ts';
import { readTable } from './golden/table.ts';
import type { Example } from './golden/table.ts';

// Every worked example of the domain pages, as printed there, weekday included. Each row is computed twice: by the
// calendar with the terms of the catalogue, and by hand. Stories about deadlines are played in ./stories.

const root = join(import.meta.dirname, '../..');
const pages = ['legal-calendar', 'disciplinary', 'selection', 'training', 'onboarding'] as const;
const numbers: Readonly<Record<(typeof pages)[number], readonly [string, number]>> = {
  'legal-calendar': ['LC', 57],
  disciplinary: ['D', 18],
  selection: ['S', 18],
  training: ['T', 13],
  onboarding: ['O', 12],
};
const tables = pages.map((page) => [page, readTable(page)] as const);

const examples = tables.flatMap(([, all]) => all);
const rows = examples.flatMap(({ id, tells = '', dates = [] }) =>
  dates.map((row) => ({ id, tells, of: row.of ?? row.rule ?? '', from: row.from, row })),
);
const hearings = examples.flatMap(({ id, hearings: some = [] }) => some.map((row) => ({ id, ...row })));

const each = (printed: string | readonly string[] = []): string[] => [printed].flat().map(readPrinted);

describe('the dates that the pages print', () => {
  it.each(rows.filter(({ row }) => row.refused === undefined))('$id $of from $from', ({ row }) => {
    expect(byTheCalendar(row)).toMatchObject(printedDates(row));
    expect(byHand(row)).toMatchObject(printedDates(row));
  });

  it.each(rows.filter(({ row }) => row.refused !== undefined))(
    '$id $of from $from: $row.refused',
    ({ row }) => {
      expect(byTheCalendar(row)).toEqual({ code: row.refused });
      const set = setOf(row);
      if (set !== undefined) expect(isWithinBounds(ruleOf(row), readPrinted(row.from), { set })).toBe(false);
      else expect(whenRomeShows(readPrinted(row.from))).not.toHaveLength(1);
    },
  );

  it.each(hearings)('$id hearing after a notice received on $received', (row) => {
    const received = readPrinted(row.received);
    const expected = { earliest: row.earliest, ...(row.proposed && { proposed: row.proposed }) };
    const printed = Object.fromEntries(Object.entries(expected).map(([name, it]) => [name, readPrinted(it)]));
    expect(earliestHearing(received, row.notice, { calendar, freeDays: row.free ?? false })).toMatchObject(
      printed,
    );
    const [earliest, proposed] = countHearing(received, row.notice, row.free);
    expect({ earliest, proposed }).toMatchObject(printed);
  });
});

describe('what is in time', () => {
  const decided = rows.filter(({ row }) => row.met ?? row.missed ?? row.over);
  it.each(decided)('$id $of from $from', ({ row }) => {
    const { legal } = byTheCalendar(row);
    const isInTime = (fact: string): boolean =>
      legal?.length === 10
        ? (localDateOf(fact) ?? '') <= legal
        : new Date(fact).getTime() <= new Date(legal ?? '').getTime();
    expect(each(row.met).map(isInTime)).toEqual(each(row.met).map(() => true));
    expect(each(row.missed).map(isInTime)).toEqual(each(row.missed).map(() => false));
    for (const over of each(row.over)) expect(addDays(legal ?? '', 1)).toBe(over);
  });
});

describe('warnings before the safe date', () => {
  const warned = rows.flatMap(({ row, ...rest }) =>
    (row.warned ?? []).map((it) => ({ ...rest, row, ...it })),
  );
  it.each(warned)('$id $of: $days days, on $on', ({ row, days, day, on }) => {
    const { safe } = byTheCalendar(row);
    const reckoned = addDays(safe ?? '', days);
    if (day !== undefined) expect(reckoned).toBe(readPrinted(day));
    expect(workingDayOnOrBefore(reckoned, calendar)).toBe(readPrinted(on));
    expect(warningDay(safe ?? '', days)).toBe(readPrinted(on));
  });
});

describe('the tables', () => {
  it.each(tables)('%s has every example of its page, in order', (page, all) => {
    const [letter, last] = numbers[page];
    const pad = (n: number): string => (letter === 'LC' ? String(n).padStart(2, '0') : String(n));
    expect(all.map(({ id }) => id)).toEqual(
      Array.from({ length: last }, (_, i) => `${letter}-${pad(i + 1)}`),
    );
  });

  it('leave no example without dates, play or reason', () => {
    const empty = ({ dates, hearings: some, played, elsewhere }: Example) =>
      !dates && !some && played === undefined && elsewhere === undefined;
    expect(examples.filter(empty)).toEqual([]);
  });

  it.each(examples.filter(({ played }) => played !== undefined))(
    '$id is played in $played',
    ({ id, played }) => {
      const file = join(root, played ?? '');
      expect(existsSync(file) && readFileSync(file, 'utf8')).toMatch(new RegExp(`${id}\\b`));
    },
  );
});
