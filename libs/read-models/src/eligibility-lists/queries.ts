import type { Views } from '../database.ts';

/** A list of eligible persons that is alive, with who is on it. */
export interface EligibilityList {
  readonly listRef: string;
  /** IPA code of the body that keeps it. */
  readonly body: string;
  readonly bodies: readonly string[];
  readonly profiles: readonly string[];
  readonly members: readonly {
    readonly candidateRef: string;
    readonly since: string;
    readonly until: string;
  }[];
}

/**
 * The list, and who is on it on a day: whose membership runs, and who has not been hired permanently from it.
 * @returns null when there is none, or it is closed
 * Norm: D.L. 80/2021 art. 3-bis c. 5
 */
export async function findEligibilityList(
  views: Views,
  listRef: string,
  on: string,
): Promise<EligibilityList | null> {
  const list = await views
    .selectFrom('eligibility_lists')
    .selectAll()
    .where('id', '=', listRef)
    .executeTakeFirst();
  if (!list || list.closed) return null;
  const memberships = await views
    .selectFrom('deadlines as d')
    .select(['d.instance', 'd.base', 'd.nominal_date'])
    .where('d.case_id', '=', listRef)
    .where('d.deadline', '=', 'DL_LIST_MEMBERSHIP')
    .where('d.state', '=', 'open')
    .where('d.nominal_date', '>=', on)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('hires as h')
            .select('h.id')
            .where('h.list_ref', '=', listRef)
            .whereRef('h.candidate_ref', '=', 'd.instance')
            .where('h.contract_type', '=', 'PERMANENT')
            .where('h.returned', '=', false),
        ),
      ),
    )
    .orderBy('d.instance')
    .execute();
  return {
    listRef,
    body: list.comune,
    bodies: list.bodies,
    profiles: list.profiles,
    members: memberships.flatMap(({ instance, base, nominal_date: until }) =>
      instance === null ? [] : [{ candidateRef: instance, since: base, until }],
    ),
  };
}
