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

export const mostDrafts = 50;
/** A draft that nobody has touched for so long is forgotten. */
export const draftDays = 30;
const dayMs = 86_400_000;

/** Forms that an account has begun, the last first; never what was typed into them. */
export function drafts({ views }: { readonly views: Views }, account: string): Promise<Draft[]> {
  return views
    .selectFrom('desk.drafts')
    .select(['form', 'kept_at as keptAt'])
    .where('account', '=', account)
    .orderBy('kept_at', 'desc')
    .orderBy('form')
    .limit(mostDrafts)
    .execute();
}

/** What an account typed into a form; null: nothing is kept. */
export async function findDraft(
  { views }: { readonly views: Views },
  account: string,
  form: string,
): Promise<DraftText | null> {
  const found = await views
    .selectFrom('desk.drafts')
    .select(['form', 'kept_at as keptAt', 'typed'])
    .where('account', '=', account)
    .where('form', '=', form)
    .executeTakeFirst();
  return found ?? null;
}

/**
 * Keeps what was typed, in place of what was kept before; drafts of anybody that nobody touched for 30 days go.
 * @returns false when the account keeps as many as it may
 */
export async function keepDraft(
  { views }: { readonly views: Views },
  account: string,
  draft: DraftText,
): Promise<boolean> {
  const limit = new Date(Date.parse(draft.keptAt) - draftDays * dayMs).toISOString();
  await views.deleteFrom('desk.drafts').where('kept_at', '<', limit).execute();
  const kept = await drafts({ views }, account);
  if (kept.length >= mostDrafts && !kept.some((one) => one.form === draft.form)) return false;
  const { form, typed, keptAt: kept_at } = draft;
  await views
    .insertInto('desk.drafts')
    .values({ account, form, typed, kept_at })
    .onConflict((on) => on.columns(['account', 'form']).doUpdateSet({ typed, kept_at }))
    .execute();
  return true;
}

/** Forgets a draft; one that is not there is forgotten already. */
export async function forgetDraft(
  { views }: { readonly views: Views },
  account: string,
  form: string,
): Promise<void> {
  await views.deleteFrom('desk.drafts').where('account', '=', account).where('form', '=', form).execute();
}
