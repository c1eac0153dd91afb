import { sql } from 'kysely';
import type { Views } from '../database.ts';
import type { NeedStage } from './table.ts';

/** A need of a Comune, with the posts that nobody has been found for yet. */
export interface Need {
  readonly needRef: string;
  readonly comune: string;
  readonly profile: string | null;
  readonly area: string | null;
  readonly contractType: string | null;
  readonly contractMonths: number | null;
  /** Hours in per cent of full time, which is 100. */
  readonly partTimePct: number | null;
  readonly seat: string | null;
  readonly posts: number;
  readonly postsLeft: number;
  readonly channel: string | null;
  readonly state: NeedStage;
  readonly publishSubjectTo34bis: boolean;
  /** Procedures on it that are under way, the first one first. */
  readonly uses: readonly { readonly case: string; readonly process: string; readonly since: string }[];
}

/**
 * Needs by their references. A post is taken from the day on which its hiring begins, and free again when that ends
 * without a hire; so it follows from the hirings, wherever they came from.
 */
export async function findNeeds(views: Views, refs: readonly string[]): Promise<ReadonlyMap<string, Need>> {
  if (refs.length === 0) return new Map();
  const rows = await views
    .selectFrom('needs as n')
    .selectAll('n')
    .select((eb) => [
      eb
        .selectFrom('hires as h')
        .select(sql<number>`count(*)::int`.as('count'))
        .whereRef('h.need_ref', '=', 'n.id')
        .where('h.returned', '=', false)
        .as('taken'),
      eb
        .exists(
          eb.selectFrom('need_uses as u').select('u.id').where(isOnNeed).where('u.withdrawn', '=', true),
        )
        .as('given_up'),
      eb
        .selectFrom('need_uses as u')
        .select(
          sql<
            Need['uses']
          >`coalesce(jsonb_agg(jsonb_build_object('case', u.id, 'process', u.process, 'since', u.since)
            order by u.since, u.id), '[]')`.as('uses'),
        )
        .where(isOnNeed)
        .where('u.open', '=', true)
        .as('uses'),
    ])
    .where('n.id', 'in', [...refs])
    .execute();
  return new Map(
    rows.map((row) => {
      const postsLeft = Math.max(0, row.posts - (row.taken ?? 0));
      const need: Need = {
        needRef: row.id,
        comune: row.comune,
        profile: row.profile,
        area: row.area,
        contractType: row.contract_type,
        contractMonths: row.contract_months,
        partTimePct: row.part_time_pct,
        seat: row.seat,
        posts: row.posts,
        postsLeft,
        channel: row.channel,
        state: row.given_up ? 'WITHDRAWN' : stateOf(row.stage, postsLeft),
        publishSubjectTo34bis: row.publish_early,
        uses: row.uses ?? [],
      };
      return [row.id, need];
    }),
  );
}

const isOnNeed = sql<boolean>`u.need_refs @> to_jsonb(n.id)`;

/** Covered while no post is left; a post that comes back after mobility has no channel yet. */
function stateOf(stage: NeedStage, postsLeft: number): NeedStage {
  if (stage === 'COVERED') return postsLeft > 0 ? 'OPEN' : stage;
  return stage.startsWith('READY_') && postsLeft === 0 ? 'COVERED' : stage;
}
