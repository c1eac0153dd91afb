import type { Views } from '../database.ts';

/** First those who were called, then the others in order of the ranking: `ranked[drawn + 1]` is the next one. */
export interface RankingOrder {
  readonly ranked: readonly string[];
  readonly drawn: number;
}

/** A ranking, as whoever draws on it needs it, in the order for the contract for which it was made. */
export interface Ranking extends RankingOrder {
  readonly rankingRef: string;
  readonly body: string;
  /** Bodies whose own ranking it is. */
  readonly bodies: readonly string[];
  readonly profile: string | null;
  readonly validUntil: string;
  /** Of a ranking for permanent posts: the order for posts of a fixed term. */
  readonly forFixedTerm: RankingOrder | null;
}

/**
 * Called is who won, while the competition itself hires the winners, whoever has been offered a post from it, whoever has
 * been hired from it, and whoever has withdrawn: places behind which a case has come already stay where they are.
 * Whoever was called to a post of a fixed term from a ranking for permanent ones keeps the place there for those.
 * Norm: D.Lgs. 165/2001 art. 36 c. 2
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
  const calls = await callsFrom(views, rankingRef);
  const orderAfter = (called: ReadonlySet<string>): RankingOrder => {
    const isCalled = ({ candidateRef, winner, gone }: (typeof row.ranked)[number]): boolean =>
      gone || (winner && !row.lapsed) || called.has(candidateRef);
    const [before, after] = [row.ranked.filter(isCalled), row.ranked.filter((it) => !isCalled(it))];
    return { ranked: [...before, ...after].map(({ candidateRef }) => candidateRef), drawn: before.length };
  };
  const isFixed = row.contract_type === 'FIXED';
  return {
    rankingRef,
    body: row.comune,
    bodies: row.bodies,
    profile: row.profile,
    validUntil: validity.nominal_date,
    ...orderAfter(refsOf(isFixed ? calls : calls.filter((call) => !call.isFixed))),
    forFixedTerm: isFixed ? null : orderAfter(refsOf(calls)),
  };
}

interface Call {
  readonly candidateRef: string;
  readonly isFixed: boolean;
}

const refsOf = (calls: readonly Call[]): ReadonlySet<string> =>
  new Set(calls.map(({ candidateRef }) => candidateRef));

async function callsFrom(views: Views, rankingRef: string): Promise<readonly Call[]> {
  const hired = await views
    .selectFrom('hires')
    .select(['candidate_ref', 'contract_type'])
    .where('ranking_ref', '=', rankingRef)
    .execute();
  const uses = await views
    .selectFrom('need_uses')
    .select(['called', 'contract_type'])
    .where('ranking_ref', '=', rankingRef)
    .execute();
  const calls = uses.flatMap(({ called, contract_type: type }) =>
    called.map((it) => ({ candidateRef: it.called, isFixed: type === 'FIXED' })),
  );
  const hires = hired.flatMap(({ candidate_ref: candidateRef, contract_type: type }) =>
    candidateRef === null ? [] : [{ candidateRef, isFixed: type === 'FIXED' }],
  );
  return [...calls, ...hires];
}
