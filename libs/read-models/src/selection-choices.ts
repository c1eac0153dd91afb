import { mayAct } from '@iter/access';
import type { Principal } from '@iter/access';
import { sql } from 'kysely';
import type { SqlBool } from 'kysely';
import { findNeeds } from './needs/queries.ts';
import { firstSeen, isCalled, mostEntries } from './querying/choices.ts';
import type { AskedChoices, EntryChoice } from './querying/choices.ts';
import { caseConditions, beyond } from './querying/conditions.ts';
import type { Condition } from './querying/conditions.ts';
import { ofCase } from './querying/list.ts';
import type { Lists, OfCase } from './querying/list.ts';
import { escapeLike } from './querying/search.ts';
import { viewerOf } from './querying/viewer.ts';

const mostWords = 8;

/**
 * What people may choose in the forms of selections. A need is its case's: whoever sees the case is offered it. A list and a
 * ranking belong to the bodies that joined in them: their staff offices and the desk that serves them are offered its name.
 */
export function selectionChoices(
  lists: Lists,
): Readonly<
  Record<'needs' | 'eligibility-list' | 'ranking', (asked: AskedChoices) => Promise<readonly EntryChoice[]>>
> {
  const nameOf = (ipa: string): string => lists.names.body(ipa) ?? ipa;
  const choice = (
    { id, code }: { readonly id: string; readonly code: string },
    it: readonly string[],
    en: readonly string[],
    entry: object,
  ): EntryChoice => ({
    value: id,
    label: { it: [...it, code].join(' · '), en: [...en, code].join(' · ') },
    names: [id, code],
    entry: { ...entry, code } as never,
  });

  return {
    async needs({ principal, called, text, limit: most = mostEntries }) {
      const viewer = viewerOf(principal);
      const rows = await firstSeen<NeedCase, NeedCase>(lists, principal, most, {
        fetch: (key, limit) =>
          lists.views
            .selectFrom('needs as n')
            .innerJoin('cases as c', 'c.id', 'n.id')
            .select(['c.id as case_id', 'c.comune', 'c.process', 'c.started_at', ...ofCase])
            .where((eb) =>
              eb.and([
                ...caseConditions('c', viewer, {}, lists),
                ...narrowed(lists, called, text, sql`n.profile`),
                // What is over is chosen no more; who names it is told so by the process.
                ...(called ? [] : [sql<SqlBool>`n.stage not in ('COVERED', 'WITHDRAWN')`]),
                ...(key ? [beyond(['c.started_at', 'c.id'], key, 'desc')] : []),
              ]),
            )
            .orderBy('c.started_at', 'desc')
            .orderBy('c.id', 'desc')
            .limit(limit)
            .execute() as Promise<NeedCase[]>,
        keyOf: (row) => [row.started_at, row.case_id],
        shape: ['', ''],
        acts: ['SeeCase'],
        toItem: (row) => row,
      });
      const needs = await findNeeds(
        lists.views,
        rows.map(({ case_id: id }) => id),
      );
      return rows.flatMap(({ case_id: id, case_code: code, started_at }) => {
        const need = needs.get(id);
        if (!need) return [];
        const what = [need.profile ?? code, nameOf(need.comune), started_at.slice(0, 4)];
        const left = need.postsLeft;
        return [
          choice(
            { id, code },
            [...what, left === 1 ? '1 posto' : `${left} posti`],
            [...what, left === 1 ? '1 post' : `${left} posts`],
            need,
          ),
        ];
      });
    },

    async 'eligibility-list'({ principal, called, text, limit: most = mostEntries }) {
      const rows = await lists.views
        .selectFrom('eligibility_lists as l')
        .innerJoin('cases as c', 'c.id', 'l.id')
        .select(['l.id', 'l.comune', 'l.bodies', 'l.profiles', 'c.code', 'c.started_at'])
        .where('l.closed', '=', false)
        .where((eb) =>
          eb.and([
            ofBodies(principal, sql`l.comune`, sql`l.bodies`),
            ...narrowed(lists, called, text, sql`l.profiles::text`),
            // One on which nobody is, before its first edition or after everybody has left, is of no use to anybody.
            ...(called
              ? []
              : [
                  eb.exists(
                    eb
                      .selectFrom('deadlines as d')
                      .select('d.case_id')
                      .whereRef('d.case_id', '=', 'l.id')
                      .where('d.deadline', '=', 'DL_LIST_MEMBERSHIP')
                      .where('d.state', '=', 'open'),
                  ),
                ]),
          ]),
        )
        .orderBy('c.started_at', 'desc')
        .orderBy('c.id', 'desc')
        .limit(most)
        .execute();
      return rows
        .filter((row) => mayChoose(principal, row))
        .map((row) => {
          const what = [row.profiles.join(', '), nameOf(row.comune), row.started_at.slice(0, 4)];
          const { id: listRef, comune: body, bodies, profiles } = row;
          return choice(row, what, what, { listRef, body, bodies, profiles });
        });
    },

    async ranking({ principal, called, text, limit: most = mostEntries }) {
      const rows = await lists.views
        .selectFrom('rankings as r')
        .innerJoin('cases as c', 'c.id', 'r.id')
        .select(['r.id', 'r.comune', 'r.bodies', 'r.profile', 'c.code', 'c.started_at'])
        .select((eb) =>
          eb
            .selectFrom('deadlines as d')
            .select('d.nominal_date')
            .whereRef('d.case_id', '=', 'r.id')
            .where('d.deadline', '=', 'DL_RANKING_VALIDITY')
            .where('d.state', '<>', 'replaced')
            .orderBy('d.opened_at', 'desc')
            .limit(1)
            .as('valid_until'),
        )
        .where('r.revoked', '=', false)
        .where((eb) =>
          eb.and([
            ofBodies(principal, sql`r.comune`, sql`r.bodies`),
            ...narrowed(lists, called, text, sql`r.profile`),
          ]),
        )
        .orderBy('c.started_at', 'desc')
        .orderBy('c.id', 'desc')
        .limit(most)
        .execute();
      return rows
        .filter((row) => row.valid_until !== null && mayChoose(principal, row))
        .map((row) => {
          const { id: rankingRef, comune: body, bodies, profile, valid_until: validUntil } = row;
          const who = bodies.length === 1 ? nameOf(bodies[0]!) : nameOf(body);
          const what = [profile ?? row.code, who, row.started_at.slice(0, 4)];
          return choice(row, what, what, { rankingRef, body, bodies, profile, validUntil });
        });
    },
  };
}

interface NeedCase extends OfCase {
  readonly started_at: string;
}

/** What is kept by a body or belongs to it, of those whose cases are somebody's at all; which offices, the table of acts says. */
function ofBodies(
  principal: Principal,
  keeper: ReturnType<typeof sql>,
  bodies: ReturnType<typeof sql>,
): Condition {
  const { comuni } = viewerOf(principal);
  if (comuni === 'all') return sql<SqlBool>`true`;
  return sql<SqlBool>`(${keeper} = any(${[...comuni]}::text[]) or ${bodies} ?| ${[...comuni]}::text[])`;
}

const mayChoose = (
  principal: Principal,
  { comune, bodies }: { readonly comune: string; readonly bodies: readonly string[] },
): boolean => [comune, ...bodies].some((body) => mayAct(principal, 'ChooseSelection', { body }).allowed);

/** By its name, or by words in its code, its body's name or its profile. */
function narrowed(
  { names }: Lists,
  called: readonly string[] | undefined,
  text: string | undefined,
  profile: ReturnType<typeof sql>,
): Condition[] {
  if (called !== undefined) return [isCalled(called)];
  const words = (text ?? '').trim().toLowerCase().split(/\s+/).filter(Boolean).slice(0, mostWords);
  return words.map((word) => {
    const pattern = `%${escapeLike(word)}%`;
    return sql<SqlBool>`(c.search like ${pattern} or c.started_at like ${`${escapeLike(word)}-%`}
      or c.comune = any(${[...names.bodiesNamed(word)]}::text[]) or lower(${profile}) like ${pattern})`;
  });
}
