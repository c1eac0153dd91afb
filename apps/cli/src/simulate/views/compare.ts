import {
  comuneDashboard,
  everything,
  programmeBoard,
  selectionRegisters,
  statistics,
} from '@iter/read-models';
import type { Count, Names, Views } from '@iter/read-models';
import type { Pool } from 'pg';
import { tally } from '../books.ts';
import type { Entry } from '../books.ts';
import type { SelectionRegisters } from '../selection-registers.ts';
import type { Service } from '../services.ts';

export interface Recounted {
  readonly entries: readonly Entry[];
  readonly selection: SelectionRegisters;
  readonly services: readonly Service[];
  /** Days in Rome, both included. */
  readonly from: string;
  readonly to: string;
}

type Differ = (what: string, view: unknown, recount: unknown) => void;

const names: Names = {
  process: () => null,
  element: () => null,
  body: () => null,
  bodiesNamed: () => [],
  processes: () => [],
};

/** What the views say across cases, against the recount. @returns a sentence for each thing that differs */
export async function viewsAgainst(
  { views, pool }: { readonly views: Views; readonly pool: Pool },
  recounted: Recounted,
): Promise<readonly string[]> {
  const found: string[] = [];
  const differs: Differ = (what, view, recount) => {
    const [a, b] = [JSON.stringify(view), JSON.stringify(recount)];
    if (a !== b) found.push(`${what}: the view says ${a}, the recount ${b}`);
  };
  await compareTables(pool, recounted, differs);
  await compareStatistics(views, recounted, differs);
  await compareSelection(views, recounted, differs);
  await compareTraining(views, recounted, differs);
  await compareProgramme(views, recounted, differs);
  return found;
}

const sorted = (counts: ReadonlyMap<string, number>): readonly (readonly [string, number])[] =>
  [...counts].filter(([, n]) => n > 0).sort(([a], [b]) => (a < b ? -1 : 1));

/** Counts of several cases under one name each, added up. */
function added(counts: Iterable<readonly [string, number]>): Map<string, number> {
  const sum = new Map<string, number>();
  for (const [name, n] of counts) sum.set(name, (sum.get(name) ?? 0) + n);
  return sum;
}

async function compareTables(pool: Pool, { entries }: Recounted, differs: Differ): Promise<void> {
  const counted = async (names: string, from: string): Promise<Map<string, number>> => {
    const query = `select ${names} as name, count(*)::int as n from ${from} group by 1`;
    const { rows } = await pool.query<{ name: string; n: number }>(query);
    return new Map(rows.map(({ name, n }) => [name, n]));
  };
  differs(
    'cases',
    sorted(await counted(`process || ' ' || state`, 'views.cases')),
    sorted(tally(entries.map(({ process, state }) => `${process} ${state}`))),
  );
  differs(
    'tasks',
    sorted(await counted(`process || ' ' || element || ' ' || state`, 'views.tasks')),
    sorted(
      added(entries.flatMap((it) => [...it.tasks].map(([name, n]) => [`${it.process} ${name}`, n] as const))),
    ),
  );
  differs(
    'escalations',
    sorted(await counted('state', 'views.escalations')),
    sorted(added(entries.flatMap((it) => [...it.escalations]))),
  );
  const standing = `case when state in ('met', 'missed') then state when state in ('open', 'suspended') then 'running' else 'ended' end`;
  differs(
    'deadlines',
    sorted(await counted(`process || ' ' || deadline || ' ' || ${standing}`, 'views.deadlines')),
    sorted(
      added(
        entries.flatMap((it) =>
          [...it.terms].flatMap(([id, count]) =>
            (['met', 'missed', 'running', 'ended'] as const).map(
              (state) => [`${it.process} ${id} ${state}`, count[state]] as const,
            ),
          ),
        ),
      ),
    ),
  );
}

/** What is shown must be right; what is hidden, because it is small, is not told. */
async function compareStatistics(
  views: Views,
  { entries, services, from, to }: Recounted,
  differs: Differ,
): Promise<void> {
  for (const { key, processes } of services) {
    const report = await statistics({ views, names }, everything, { processes, told: processes, from, to });
    const cases = entries.filter((it) => processes.includes(it.process) && it.startedOn <= to);
    const shown = (
      what: string,
      counts: readonly (readonly [string, Count])[],
      all: Map<string, number>,
    ): void => {
      const told = counts.filter(([, count]) => count !== null);
      differs(
        `statistics of ${key}: ${what}`,
        told,
        told.map(([name]) => [name, all.get(name) ?? 0]),
      );
      const named = counts.map(([name]) => name).sort();
      differs(`statistics of ${key}: what there is of ${what}`, named, [...all.keys()].sort());
    };
    if (report.started !== null) differs(`statistics of ${key}: started`, report.started, cases.length);
    shown(
      'states',
      report.byState.map(({ name, count }) => [name, count]),
      tally(cases.map(({ state }) => state)),
    );
    shown(
      'outcomes',
      report.byOutcome.map(({ process, name, count }) => [`${process} ${name}`, count]),
      tally(cases.filter(({ isActive }) => !isActive).map(({ process, outcome }) => `${process} ${outcome}`)),
    );
    shown(
      'facts',
      report.byFact.map(({ process, fact, name, count }) => [`${process} ${fact} ${name}`, count]),
      tally(
        cases.flatMap(({ process, said }) => [...said].map(([fact, name]) => `${process} ${fact} ${name}`)),
      ),
    );
    shown(
      'open cases by body',
      report.load.map(({ comune, open }) => [comune, open]),
      added(cases.map(({ comune, isActive }) => [comune, isActive ? 1 : 0] as const)),
    );
    shown(
      'phases',
      report.phases.map(({ process, element, done }) => [`${process} ${element} completed`, done]),
      new Map(
        [
          ...added(
            cases.flatMap((it) => [...it.tasks].map(([name, n]) => [`${it.process} ${name}`, n] as const)),
          ),
        ].filter(([name]) => name.endsWith(' completed')),
      ),
    );
    for (const state of ['met', 'missed'] as const)
      shown(
        `terms ${state}`,
        report.terms.map((term) => [term.deadline, term[state]]),
        added(cases.flatMap((it) => [...it.terms].map(([id, count]) => [id, count[state]] as const))),
      );
  }
}

/** What `iter:lookup` would find now, against the registers as they were kept beside the play. */
async function compareSelection(views: Views, { selection, to }: Recounted, differs: Differ): Promise<void> {
  const read = selectionRegisters(views);
  const about = { comune: '', process: '', on: to };
  // A view may say more than the recount knows.
  const same = (what: string, view: unknown, entry: object): void => {
    const names = Object.keys(entry).sort();
    const of = (it: unknown): unknown =>
      typeof it === 'object' && it !== null
        ? names.map((name) => [name, (it as Record<string, unknown>)[name]])
        : it;
    differs(what, of(view), of(entry));
  };
  const isOfCase = (ref: string): boolean => !/^[NL]-/.test(ref);
  for (const [ref, need] of Object.entries(selection.needs))
    if (isOfCase(ref)) same(`need ${ref}`, await read.needs(ref, about), need);
  for (const [ref, list] of Object.entries(selection.lists)) {
    if (!isOfCase(ref)) continue;
    const members = list.members
      .filter(({ until }) => until >= to)
      .sort((a, b) => (a.candidateRef < b.candidateRef ? -1 : 1));
    same(`list ${ref}`, await read['eligibility-list'](ref, about), { ...list, members });
  }
  for (const [ref, { called: _, within: __, contractType: ___, ...ranking }] of Object.entries(
    selection.rankings,
  ))
    same(`ranking ${ref}`, await read.ranking(ref, about), ranking);
  const hires = await views.selectFrom('hires').select(['id', 'returned']).execute();
  differs(
    'hires',
    sorted(tally(hires.map(({ returned }) => (returned ? 'given back' : 'taken')))),
    sorted(tally([...selection.hires.values()].map((it) => (it.isReturned ? 'given back' : 'taken')))),
  );
}

async function compareTraining(views: Views, { entries }: Recounted, differs: Differ): Promise<void> {
  const paths = entries.filter(
    ({ process, facts }) => process === 'training-path' && facts['caseOutcome'] !== 'left',
  );
  for (const key of new Set(paths.map(({ comune, facts }) => `${comune} ${String(facts['year'])}`))) {
    const [comune = '', year] = key.split(' ');
    const theirs = paths.filter((it) => it.comune === comune && String(it.facts['year']) === year);
    const dashboard = await comuneDashboard(views, everything, { comune, year: Number(year) });
    const hours = theirs.map(({ facts }) => Number(facts['creditedHours']));
    differs(
      `training of ${key}`,
      [dashboard?.staff, dashboard?.reached, dashboard?.averageHours],
      [
        theirs.length,
        theirs.filter(({ facts }, at) => hours[at]! >= Number(facts['expectedHours'])).length,
        Math.round((hours.reduce((sum, it) => sum + it, 0) / theirs.length) * 100) / 100,
      ],
    );
  }
  const editions = await views.selectFrom('training_editions').select('certificates').execute();
  const certificates = entries
    .filter(({ process }) => process === 'training-course')
    .map(({ facts: { certificates: list } }) => (Array.isArray(list) ? list.length : 0));
  differs(
    'certificates',
    editions.reduce((sum, row) => sum + row.certificates.length, 0),
    certificates.reduce((sum, n) => sum + n, 0),
  );
}

async function compareProgramme(views: Views, { entries }: Recounted, differs: Differ): Promise<void> {
  const board = await programmeBoard(views);
  const works = entries.filter(({ process }) => process === 'accompaniment-project-work');
  const of = (outcome: string): number => works.filter((it) => it.outcome === outcome).length;
  differs('project works delivered', board.total.projectWorks, of('delivered'));
  differs(
    'paths of Provinces',
    board.themes.reduce((sum, it) => [sum[0]! + it.followedOnly, sum[1]! + it.withdrawn], [0, 0]),
    [of('followedOnly'), of('withdrawn')],
  );
}
