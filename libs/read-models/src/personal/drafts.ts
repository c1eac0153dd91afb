import { gathered } from '@iter/platform/gathering';
import { sql } from 'kysely';
import type { Views } from '../database.ts';

/** A form that was begun and not sent: which one, and when it was typed last. */
export interface Draft {
  /** `start.<process>`, `start.<process>.<message>` or `task.<id>`. */
  readonly form: string;
  /** Engine time. */
  readonly keptAt: string;
}

/** What was typed, as JSON. */
export interface DraftText extends Draft {
  readonly typed: string;
}

/** A text to keep, and the one that it goes on from. */
export interface DraftToKeep extends DraftText {
  /** When that one was typed; null: there was none; absent: whatever was typed before. */
  readonly basedOn?: string | null | undefined;
}

/** Of forms that can still be sent. */
export const mostDrafts = 50;
/** Of all, those of tasks that are done and of old ones among them: the oldest of these give way. */
export const mostKept = 200;
/** A draft that nobody has touched for so long is forgotten. */
export const draftDays = 30;
const dayMs = 86_400_000;

const since = (now: string): string => new Date(Date.parse(now) - draftDays * dayMs).toISOString();

/**
 * Forms that an account has begun, the last first; never what was typed into them.
 * @param now engine time
 */
export function drafts({ views }: { readonly views: Views }, account: string, now: string): Promise<Draft[]> {
  return views
    .selectFrom('desk.drafts')
    .select(['form', 'kept_at as keptAt'])
    .where('account', '=', account)
    .where('kept_at', '>=', since(now))
    .orderBy('kept_at', 'desc')
    .orderBy('form')
    .limit(mostKept)
    .execute();
}

/**
 * What an account typed into a form; null: nothing is kept.
 * @param now engine time
 */
export async function findDraft(
  { views }: { readonly views: Views },
  account: string,
  form: string,
  now: string,
): Promise<DraftText | null> {
  const found = await views
    .selectFrom('desk.drafts')
    .select(['form', 'kept_at as keptAt', 'typed'])
    .where('account', '=', account)
    .where('form', '=', form)
    .where('kept_at', '>=', since(now))
    .executeTakeFirst();
  return found ?? null;
}

/**
 * Keeps what was typed, unless there is another text than the one that it goes on from.
 * @param draft `keptAt`: when it was typed, engine time
 * @param now engine time
 * @returns what is kept, be it the other text; null: the account keeps as many as it may, those of tasks that are done not counted
 */
export function keepDraft(
  { views }: { readonly views: Views },
  account: string,
  { form, typed, keptAt, basedOn }: DraftToKeep,
  now: string,
): Promise<DraftText | null> {
  return views.transaction().execute(async (within) => {
    // Of two at once, the second counts the first.
    await sql`select pg_advisory_xact_lock(hashtext(${`iter drafts ${account}`}))`.execute(within);
    const others = await within
      .selectFrom('desk.drafts as d')
      .leftJoin('tasks as t', (join) =>
        join.on('d.form', 'like', 'task.%').on('t.id', '=', sql<string>`substr(d.form, 6)`),
      )
      .select(({ eb, or }) => [
        'd.form',
        or([eb('d.kept_at', '<', since(now)), eb(sql`coalesce(t.state, 'open')`, '!=', 'open')]).as('isOver'),
      ])
      .where('d.account', '=', account)
      .where('d.form', '!=', form)
      .orderBy('isOver')
      .orderBy('d.kept_at', 'desc')
      .execute();
    if (others.filter(({ isOver }) => !isOver).length >= mostDrafts) return null;
    const tooMany = others.slice(mostKept - 1).map((one) => one.form);
    if (tooMany.length > 0)
      await within
        .deleteFrom('desk.drafts')
        .where('account', '=', account)
        .where('form', 'in', tooMany)
        .execute();
    await within
      .insertInto('desk.drafts')
      .values({ account, form, typed, kept_at: keptAt, came_at: now })
      .onConflict((on) =>
        on
          .columns(['account', 'form'])
          .doUpdateSet({ typed, kept_at: keptAt, came_at: now })
          // Of two at one instant, the one that came last. What is too old to be found was seen by nobody.
          .where(({ eb, or }) =>
            or([
              basedOn === undefined
                ? eb('desk.drafts.kept_at', '<=', keptAt)
                : eb('desk.drafts.kept_at', '=', basedOn ?? ''),
              eb('desk.drafts.kept_at', '<', since(now)),
            ]),
          ),
      )
      .execute();
    return within
      .selectFrom('desk.drafts')
      .select(['form', 'kept_at as keptAt', 'typed'])
      .where('account', '=', account)
      .where('form', '=', form)
      .executeTakeFirstOrThrow();
  });
}

interface Sent {
  readonly account: string;
  readonly form: string;
  /** Engine time. */
  readonly sentAt: string;
}

/**
 * Forgets a draft; one that is not there is forgotten already, and what came after the sending is another. Every task that is
 * done asks for it, of whomever: those of a moment go together, and nobody waits for it.
 */
export function draftForgetter({ views }: { readonly views: Views }): (sent: Sent) => Promise<Sent> {
  return gathered({
    atOnce: 1,
    restMs: 50,
    async ask(all: readonly Sent[]) {
      const of = (what: keyof Sent): string[] => all.map((sent) => sent[what]);
      await sql`delete from desk.drafts d
        using unnest(${of('account')}::text[], ${of('form')}::text[], ${of('sentAt')}::text[]) s (account, form, sent_at)
        where d.account = s.account and d.form = s.form and d.came_at <= s.sent_at`.execute(views);
      return all;
    },
  });
}

/**
 * Forgets the drafts of anybody that nobody touched for 30 days.
 * @param now engine time
 */
export async function forgetOldDrafts({ views }: { readonly views: Views }, now: string): Promise<void> {
  await views.deleteFrom('desk.drafts').where('kept_at', '<', since(now)).execute();
}

/** Forgets what anybody typed into the forms of some cases, whether or not the views know their tasks. */
export async function forgetDraftsOf(
  { views }: { readonly views: Views },
  caseIds: readonly string[],
): Promise<void> {
  await views
    .deleteFrom('desk.drafts')
    .where(sql<boolean>`form ^@ 'task.' and split_part(form, '.', 2) = any(${caseIds})`)
    .execute();
}
