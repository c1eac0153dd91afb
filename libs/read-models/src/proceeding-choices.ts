import type { Principal } from '@iter/access';
import { romeDate } from '@iter/legal-calendar';
import { sql } from 'kysely';
import type { SqlBool } from 'kysely';
import { caseConditions, beyond } from './querying/conditions.ts';
import { greatestLimit, listPage, ofCase } from './querying/list.ts';
import type { Lists, OfCase } from './querying/list.ts';
import { viewerOf } from './querying/viewer.ts';

/** A procedure in words; nothing of what was decided in it, nor of whom. */
export interface ProceedingChoice {
  readonly value: string;
  readonly label: { readonly it: string; readonly en: string };
  readonly names: readonly string[];
  readonly entry: Readonly<Record<string, string | null>>;
}

interface Asked {
  readonly principal: Principal;
  readonly called?: readonly string[];
  readonly text?: string;
  readonly limit?: number;
}

/** Disciplinary procedures that a decision ends. */
const processes = ['disciplinary-ordinary', 'disciplinary-accelerated', 'disciplinary-penal-resumption'];

/** So many are told where nothing is said. */
const mostEntries = 500;

/**
 * Disciplinary procedures that are over, the latest first: what may be reopened after a judgment. Whoever sees the case is
 * offered it; how it ended is not told. One that is named is known also while it is open: the process says why it will not do.
 */
export const proceedingChoices =
  (lists: Lists) =>
  async ({ principal, called, text, limit = mostEntries }: Asked): Promise<readonly ProceedingChoice[]> => {
    const viewer = viewerOf(principal);
    const codes = called?.map((name) => name.trim().toUpperCase());
    const found: ProceedingChoice[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await listPage<Row, ProceedingChoice>(
        lists,
        viewer,
        { limit: greatestLimit, cursor },
        {
          fetch: (key, most) =>
            lists.views
              .selectFrom('cases as c')
              .select(['c.id as case_id', 'c.comune', 'c.process', 'c.definition', 'c.state', ...ofCase])
              .select(['c.started_at', 'c.ended_at'])
              .where('c.process', 'in', processes)
              .where((eb) =>
                eb.and([
                  ...caseConditions('c', viewer, { text }, lists),
                  called === undefined
                    ? sql<SqlBool>`c.state = 'completed'`
                    : sql<SqlBool>`(c.id = any(${[...called]}::text[]) or upper(c.code) = any(${codes}::text[]))`,
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
        },
      );
      found.push(...page.items);
      if (page.nextCursor === null || found.length >= limit) return found.slice(0, limit);
      cursor = page.nextCursor;
    }
  };

interface Row extends OfCase {
  readonly definition: string;
  readonly state: string;
  readonly started_at: string;
  readonly ended_at: string | null;
}

function choiceOf({ names }: Lists, row: Row): ProceedingChoice {
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
    entry: { process, comune, state, code, endedOn: on },
  };
}
