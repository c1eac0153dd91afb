import { sql } from 'kysely';
import type { RawBuilder, SqlBool } from 'kysely';
import type { Names } from '../names.ts';

const mostWords = 8;
/** A stem shorter than this is no beginning of another. */
const shortestStem = 5;

/**
 * Each word must be found: in the case's code or business key, in the Comune's name, or in the name of the process, there by
 * its Italian stem ("disciplinari" finds "disciplinare"). Words without a meaning of their own ("di") ask for nothing.
 * @param row alias with `comune` and `process`; the case is `c`
 */
export function searchConditions(
  row: string,
  text: string,
  names: Pick<Names, 'bodiesNamed' | 'processes'>,
): RawBuilder<SqlBool>[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean).slice(0, mostWords);
  const processes = names.processes();
  const [keys, titles] = [processes.map(({ key }) => key), processes.map(({ name }) => name)];
  return words.map((word) => {
    const of = [sql<SqlBool>`c.search like ${`%${escapeLike(word)}%`}`];
    const bodies = names.bodiesNamed(word);
    of.push(sql<SqlBool>`${sql.ref(`${row}.comune`)} = any(${[...bodies]}::text[])`);
    const stems = sql`tsvector_to_array(to_tsvector('italian', ${word}))`;
    of.push(sql<SqlBool>`(${word} ~ '[[:alnum:]]' and ${stems} = '{}')`);
    // Endings are cut off in several ways: of two stems the shorter one begins the longer.
    of.push(sql<SqlBool>`${sql.ref(`${row}.process`)} in (
      select key from unnest(${keys}::text[], ${titles}::text[]) as named (key, name),
        unnest(tsvector_to_array(to_tsvector('italian', name))) as stem, unnest(${stems}) as asked
      where starts_with(stem, asked) or length(stem) >= ${shortestStem} and starts_with(asked, stem))`);
    return sql<SqlBool>`(${sql.join(of, sql` or `)})`;
  });
}

/** A text as a pattern of `like` that means exactly it. */
export const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');
