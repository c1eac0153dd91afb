import type { Views } from '../database.ts';

/** A ranking, as whoever draws on it needs it: `ranked[drawn + 1]` is the next one. */
export interface Ranking {
  readonly rankingRef: string;
  readonly body: string;
  /** Bodies whose own ranking it is. */
  readonly bodies: readonly string[];
  readonly profile: string | null;
  readonly validUntil: string;
  /** First those who were called, then the others in order of the ranking. */
  readonly ranked: readonly string[];
  readonly drawn: number;
}

/**
 * Called is who won, while the competition itself hires the winners, whoever has been offered a post from it, whoever has
 * been hired from it, and whoever has withdrawn: places behind which a case has come already stay where they are.
 * @returns null when there is none, it is not approved yet, or it was revoked
 */
export async function findRanking(views: Views, rankingRef: string): Promise<Ranking | null> {
  const row = await views.selectFrom('rankings').selectAll().where('id', '=', rankingRef).executeTakeFirst();
  if (!row || row.revoked) return null;
  const validity = await views
    .selectFrom('deadlines')
    .select('nominal_date')
    .where('case_id', '=', rankingRef)
    .where('deadline', '=', 'DL_RANKING_VALIDITY')
    .where('state', '<>', 'replaced')
    .orderBy('opened_at', 'desc')
    .executeTakeFirst();
  if (!validity) return null;
  const called = await calledFrom(views, rankingRef);
  const isCalled = ({ candidateRef, winner, gone }: (typeof row.ranked)[number]): boolean =>
    gone || (winner && !row.lapsed) || called.has(candidateRef);
  const [before, after] = [row.ranked.filter(isCalled), row.ranked.filter((it) => !isCalled(it))];
  return {
    rankingRef,
    body: row.comune,
    bodies: row.bodies,
    profile: row.profile,
    validUntil: validity.nominal_date,
    ranked: [...before, ...after].map(({ candidateRef }) => candidateRef),
    drawn: before.length,
  };
}

async function calledFrom(views: Views, rankingRef: string): Promise<ReadonlySet<string>> {
  const hired = await views
    .selectFrom('hires')
    .select('candidate_ref')
    .where('ranking_ref', '=', rankingRef)
    .execute();
  const uses = await views
    .selectFrom('need_uses')
    .select('called')
    .where('ranking_ref', '=', rankingRef)
    .execute();
  const refs = hired.flatMap(({ candidate_ref: ref }) => (ref === null ? [] : [ref]));
  return new Set([...refs, ...uses.flatMap(({ called }) => called.map((it) => it.called))]);
}
