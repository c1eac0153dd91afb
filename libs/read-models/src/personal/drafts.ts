import { sql } from 'kysely';
import type { Views } from '../database.ts';

/** A form that was begun and not sent: which one, and when it was kept last. */
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

/** Of forms that can still be sent. */
export const mostDrafts = 50;
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
    .limit(2 * mostDrafts)
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
 * Keeps what was typed, in place of what was kept before.
 * @returns false when the account keeps as many as it may; those of tasks that are done do not count
 */
export function keepDraft(
  { views }: { readonly views: Views },
  account: string,
  { form, typed, keptAt }: DraftText,
): Promise<boolean> {
  return views.transaction().execute(async (within) => {
    // Of two at once, the second counts the first.
    await sql`select pg_advisory_xact_lock(hashtext(${`iter drafts ${account}`}))`.execute(within);
    const others = await within
      .selectFrom('desk.drafts as d')
      .leftJoin('tasks as t', (join) => join.on('d.form', '=', sql`'task.' || t.id`))
      .select(({ fn }) => fn.countAll().as('count'))
      .where('d.account', '=', account)
      .where('d.form', '!=', form)
      .where('d.kept_at', '>=', since(keptAt))
      .where((eb) => eb.or([eb('t.state', 'is', null), eb('t.state', '=', 'open')]))
      .executeTakeFirstOrThrow();
    if (Number(others.count) >= mostDrafts) return false;
    await within
      .insertInto('desk.drafts')
      .values({ account, form, typed, kept_at: keptAt })
      .onConflict((on) => on.columns(['account', 'form']).doUpdateSet({ typed, kept_at: keptAt }))
      .execute();
    return true;
  });
}

/** Forgets a draft; one that is not there is forgotten already. */
export async function forgetDraft(
  { views }: { readonly views: Views },
  account: string,
  form: string,
): Promise<void> {
  await views.deleteFrom('desk.drafts').where('account', '=', account).where('form', '=', form).execute();
}

/**
 * Forgets the drafts of anybody that nobody touched for 30 days.
 * @param now engine time
 */
export async function forgetOldDrafts({ views }: { readonly views: Views }, now: string): Promise<void> {
  await views.deleteFrom('desk.drafts').where('kept_at', '<', since(now)).execute();
}
