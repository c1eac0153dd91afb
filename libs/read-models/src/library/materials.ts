import { sql } from 'kysely';
import type { Views } from '../database.ts';
import { beyond } from '../querying/conditions.ts';
import { escapeLike } from '../querying/search.ts';
import { decodeCursor, encodeCursor } from '../querying/cursor.ts';
import type { ListPage } from '../views.ts';

/** A file that the editor had before it when it published a contribution. */
export interface MaterialFile {
  /** Public id of the document. */
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** What a body has given to the community of practice. */
export interface Material {
  readonly caseId: string;
  readonly body: string;
  readonly kind: string;
  readonly theme: string;
  readonly title: string;
  readonly text: string;
  readonly attached: string | null;
  readonly publishedAt: string;
  readonly files: readonly MaterialFile[];
}

export interface MaterialsFilter {
  /** Part of title or text, whatever its case. */
  readonly text?: string;
  readonly theme?: string;
  readonly caseId?: string;
  readonly limit: number;
  readonly cursor: string | null;
}

/**
 * Published contributions, the latest first, with their files: two statements, whatever the page. What was attached after
 * the publication nobody has moderated, and is not among them.
 * @throws InvalidCursor
 */
export async function listMaterials(views: Views, filter: MaterialsFilter): Promise<ListPage<Material>> {
  const { text, theme, caseId, limit, cursor } = filter;
  const like = `%${escapeLike(text?.trim() ?? '')}%`;
  const key = cursor === null ? null : decodeCursor(cursor, ['', '']);
  const rows = await views
    .selectFrom('contributions as m')
    .selectAll()
    .where('m.published_at', 'is not', null)
    .$if(theme !== undefined, (query) => query.where('m.theme', '=', theme ?? ''))
    .$if(caseId !== undefined, (query) => query.where('m.id', '=', caseId ?? ''))
    .$if(like !== '%%', (query) =>
      query.where((eb) => eb.or([eb('m.title', 'ilike', like), eb('m.text', 'ilike', like)])),
    )
    .$if(key !== null, (query) => query.where(beyond(['m.published_at', 'm.id'], key ?? [], 'desc')))
    .orderBy('m.published_at', 'desc')
    .orderBy('m.id', 'desc')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const ids = page.map(({ id }) => id);
  const files =
    ids.length === 0
      ? []
      : await views
          .selectFrom('documents as d')
          .innerJoin('contributions as m', 'm.id', 'd.case_id')
          .select(['d.id', 'd.case_id', 'd.name', 'd.media_type', 'd.size_bytes', 'd.sha256'])
          .where('d.case_id', 'in', ids)
          .where(sql<boolean>`d.attached_at::timestamptz <= m.published_at::timestamptz`)
          .orderBy('d.attached_at')
          .orderBy('d.id')
          .execute();
  const last = page.at(-1);
  return {
    items: page.map(({ id, ...row }) => ({
      ...{ caseId: id, body: row.body, kind: row.kind ?? '', theme: row.theme ?? '' },
      ...{ title: row.title ?? '', text: row.text ?? '', attached: row.attached },
      publishedAt: row.published_at ?? '',
      files: files
        .filter((file) => file.case_id === id)
        .map((file) => ({
          ...{ id: file.id, name: file.name, mediaType: file.media_type, sha256: file.sha256 },
          sizeBytes: Number(file.size_bytes),
        })),
    })),
    nextCursor: last && rows.length > limit ? encodeCursor([last.published_at ?? '', last.id]) : null,
  };
}
