import { sql } from 'kysely';
import type { RawBuilder, SqlBool } from 'kysely';
import type { Views } from '../database.ts';
import type { ParticipantEntry, PersonEntry, TrainingEditionRow } from './tables.ts';

// An employer enrols its people by a reference of its own, and names the account by which they sign in beside it.

/** Whether an edition convened somebody of whom this is known. */
export const convened = (one: Partial<ParticipantEntry>): RawBuilder<SqlBool> =>
  sql<SqlBool>`participants @> ${JSON.stringify([one])}::jsonb`;

/** A reference is its employer's: the same at another employer is of somebody else. */
export const isSame = (a: PersonEntry, b: PersonEntry): boolean =>
  a.employeeRef === b.employeeRef && a.employer === b.employer;

/** By which references editions know an account: those it was convened by; its own name is one as well. */
export const referencesOf = (
  account: string,
  editions: readonly Pick<TrainingEditionRow, 'participants'>[],
): readonly PersonEntry[] =>
  editions.flatMap(({ participants }) =>
    participants.filter((it) => it.account === account || it.employeeRef === account),
  );

/** The references under which employers enrolled an account, each once. */
export async function givenReferences(views: Views, account: string): Promise<readonly PersonEntry[]> {
  const rows = await views
    .selectFrom('training_editions')
    .select('participants')
    .where(convened({ account }))
    .execute();
  return referencesOf(account, rows).filter(
    (it, at, all) => all.findIndex((other) => isSame(it, other)) === at,
  );
}
