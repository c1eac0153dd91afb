import type { Views } from '../database.ts';
import { boardOf, cardOf } from './board.ts';
import type { ProgrammeBoard, ProvinceCard } from './board.ts';
import type { EditionRow, PathRow } from './table.ts';

interface Facts {
  readonly editions: readonly EditionRow[];
  readonly paths: readonly PathRow[];
}

interface ProgrammeFilter {
  /** A programme's body; absent: all. */
  readonly body?: string;
  /** Of the editions; absent: all. */
  readonly year?: number;
}

/** Editions are a handful a year. */
async function factsOf(views: Views, { body, year }: ProgrammeFilter = {}): Promise<Facts> {
  const editions = await views
    .selectFrom('programme_editions')
    .selectAll()
    .$if(body !== undefined, (query) => query.where('body', '=', body ?? ''))
    .$if(year !== undefined, (query) => query.where('year', '=', year ?? 0))
    .orderBy('id')
    .execute();
  const ids = editions.map(({ id }) => id);
  const paths =
    ids.length === 0
      ? []
      : await views
          .selectFrom('programme_paths')
          .selectAll()
          .where('edition', 'in', ids)
          .orderBy('id')
          .execute();
  return { editions, paths };
}

/** The board: of all bodies and years, or narrowed. */
export async function programmeBoard(views: Views, filter: ProgrammeFilter = {}): Promise<ProgrammeBoard> {
  const { editions, paths } = await factsOf(views, filter);
  return boardOf(editions, paths);
}

/** What a Province has been in the programme: tutor, participant, author of project works. */
export async function provinceCard(views: Views, province: string): Promise<ProvinceCard> {
  const { editions, paths } = await factsOf(views);
  return cardOf(province, editions, paths);
}
