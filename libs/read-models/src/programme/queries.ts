import type { Views } from '../database.ts';
import { boardOf, cardOf } from './board.ts';
import type { ProgrammeBoard, ProvinceCard } from './board.ts';
import type { EditionRow, PathRow } from './table.ts';

interface Facts {
  readonly editions: readonly EditionRow[];
  readonly paths: readonly PathRow[];
}

/** Of all bodies, or of one programme's body. Editions are a handful a year. */
async function factsOf(views: Views, body?: string): Promise<Facts> {
  const all = views.selectFrom('programme_editions').selectAll().orderBy('id');
  const editions = await (body === undefined ? all : all.where('body', '=', body)).execute();
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

/** The board of a programme's body; of all, without one. */
export async function programmeBoard(views: Views, body?: string): Promise<ProgrammeBoard> {
  const { editions, paths } = await factsOf(views, body);
  return boardOf(editions, paths);
}

/** What a Province has been in the programme: tutor, participant, author of project works. */
export async function provinceCard(views: Views, province: string): Promise<ProvinceCard> {
  const { editions, paths } = await factsOf(views);
  return cardOf(province, editions, paths);
}
