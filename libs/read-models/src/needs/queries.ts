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
  readonly posts: number;
  readonly postsLeft: number;
  readonly channel: string | null;
  readonly state: NeedStage;
  readonly publishSubjectTo34bis: boolean;
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
          eb
            .selectFrom('need_uses as u')
            .select('u.id')
            .whereRef('u.need_ref', '=', 'n.id')
            .where('u.withdrawn', '=', true),
        )
        .as('given_up'),
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
        posts: row.posts,
        postsLeft,
        channel: row.channel,
        state: row.given_up ? 'WITHDRAWN' : stateOf(row.stage, postsLeft),
        publishSubjectTo34bis: row.publish_early,
      };
      return [row.id, need];
    }),
  );
}

/** Covered while no post is left; a post that comes back after mobility has no channel yet. */
function stateOf(stage: NeedStage, postsLeft: number): NeedStage {
  if (stage === 'COVERED') return postsLeft > 0 ? 'OPEN' : stage;
  return stage.startsWith('READY_') && postsLeft === 0 ? 'COVERED' : stage;
}
