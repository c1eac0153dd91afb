import type { Views } from '../database.ts';

export const dueUnits = ['days', 'hours', 'percent'] as const;

/** From when on a term stands out: when so much is left, or less. Percent are of the term's whole length. */
export interface DueColours {
  readonly unit: (typeof dueUnits)[number];
  /** The nearer threshold, always less than `near`. */
  readonly soon: number;
  readonly near: number;
}

/** Of whoever has not chosen. */
export const usualDueColours: DueColours = { unit: 'days', soon: 3, near: 10 };

/** Ninety days, in each unit; a hundred percent. */
export const mostOfUnit: Readonly<Record<DueColours['unit'], number>> = {
  days: 90,
  hours: 2_160,
  percent: 100,
};

/** What an account has chosen; null: nothing. */
export async function dueColours(
  { views }: { readonly views: Views },
  account: string,
): Promise<DueColours | null> {
  const row = await views
    .selectFrom('desk.due_colours')
    .select(['unit', 'soon', 'near'])
    .where('account', '=', account)
    .executeTakeFirst();
  return row ?? null;
}

export async function setDueColours(
  { views }: { readonly views: Views },
  account: string,
  chosen: DueColours,
): Promise<void> {
  await views
    .insertInto('desk.due_colours')
    .values({ account, ...chosen })
    .onConflict((on) => on.column('account').doUpdateSet({ ...chosen }))
    .execute();
}
