import { romeDate } from '@iter/legal-calendar';
import { sql } from 'kysely';
import type { SqlBool } from 'kysely';
import { firstSeen, isCalled, mostEntries } from './querying/choices.ts';
import type { AskedChoices, EntryChoice } from './querying/choices.ts';
import { caseConditions, beyond } from './querying/conditions.ts';
import { ofCase } from './querying/list.ts';
import type { Lists, OfCase } from './querying/list.ts';
import { viewerOf } from './querying/viewer.ts';

/** Disciplinary procedures that a decision ends. */
const processes = ['disciplinary-ordinary', 'disciplinary-accelerated', 'disciplinary-penal-resumption'];

/**
 * Disciplinary procedures, the latest first: those that are over, which may be reopened after a judgment, or those under way,
 * which another report may join. Whoever sees the case is offered it; how it ended is not told. One that is named is known in
 * any state: the process says why it will not do.
 */
export const proceedingChoices =
  (lists: Lists, state: 'completed' | 'active') =>
  async ({ principal, called, text, limit = mostEntries }: AskedChoices): Promise<readonly EntryChoice[]> => {
    const viewer = viewerOf(principal);
    const found = await firstSeen<Row, EntryChoice>(lists, principal, limit, {
      fetch: (key, most) =>
        lists.views
          .selectFrom('cases as c')
          .select(['c.id as case_id', 'c.comune', 'c.process', 'c.definition', 'c.state', ...ofCase])
          .select(['c.started_at', 'c.ended_at'])
          .where('c.process', 'in', processes)
          .where((eb) =>
            eb.and([
              ...caseConditions('c', viewer, { text }, lists),
              called === undefined ? sql<SqlBool>`c.state = ${state}` : isCalled(called),
              ...(key ? [beyond(['c.started_at', 'c.id'], key, 'desc')] : []),
            ]),
          )
          .orderBy('c.started_at', 'desc')
          .orderBy('c.id', 'desc')
          .limit(most)
          .execute() as Promise<Row[]>,
      keyOf: (row) => [row.started_at, row.case_id],
      shape: ['', ''],
      acts: ['SeeCase'],
      toItem: (row) => choiceOf(lists, row),
    });
    return found.slice(0, limit);
  };

interface Row extends OfCase {
  readonly definition: string;
  readonly state: string;
  readonly started_at: string;
  readonly ended_at: string | null;
}

function choiceOf({ names }: Lists, row: Row): EntryChoice {
  const { case_id: id, case_code: code, process, comune, state } = row;
  const on = row.ended_at && romeDate(row.ended_at);
  const [year, month, day] = on?.split('-') ?? [];
  const what = [code, names.process(row.definition) ?? process, names.body(comune) ?? comune];
  return {
    value: id,
    label: {
      it: [...what, on ? `concluso il ${day}/${month}/${year}` : 'in corso'].join(' · '),
      en: [...what, on ? `ended on ${on}` : 'under way'].join(' · '),
    },
    names: [id, code],
    entry: { case: id, process, comune, state, code, endedOn: on } as never,
  };
}
