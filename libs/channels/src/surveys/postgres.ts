import type { createPool } from '@iter/platform/postgres';
import { areMarks, smallestCell } from './surveys.ts';
import type { Survey, Surveys, Totals } from './surveys.ts';

type Pool = ReturnType<typeof createPool>;

/** Tables of questionnaires, for `migrate`. No row is one person's answer, and none says when it was given. */
export const surveyMigrations = [
  {
    name: 'surveys-1',
    sql: `
      create table surveys (
        id text primary key,
        survey jsonb,
        codes integer not null default 0,
        answered integer not null default 0,
        closed boolean not null default false,
        totals jsonb
      );
      create table survey_codes (hash text primary key, survey_id text not null references surveys (id));
      create index on survey_codes (survey_id);
      create table survey_marks (
        survey_id text not null references surveys (id),
        question text not null,
        mark integer not null,
        given integer not null,
        primary key (survey_id, question, mark)
      );`,
  },
] as const;

export function createPostgresSurveys(pool: Pool): Surveys {
  /** Does it while nobody else changes this questionnaire. */
  async function alone<T>(id: string, act: (it: Held) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    try {
      await client.query('begin');
      await client.query('insert into surveys (id) values ($1) on conflict do nothing', [id]);
      const { rows } = await client.query<Row>('select * from surveys where id = $1 for update', [id]);
      const result = await act({ row: rows[0]!, query: (sql, values) => client.query(sql, [...values]) });
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }

  async function find(hash: string): Promise<{ readonly id: string; readonly survey: Survey } | null> {
    const { rows } = await pool.query<{ id: string; survey: Survey }>(
      'select s.id, s.survey from survey_codes c join surveys s on s.id = c.survey_id where c.hash = $1',
      [hash],
    );
    return rows[0] ?? null;
  }

  return {
    issue: (id, survey, hashes, most) =>
      alone(id, async ({ row, query }) => {
        if (row.closed) return 'closed';
        const known = await query('select hash from survey_codes where hash = any($1)', [hashes]);
        if (known.rows.length > 0) return 'issued';
        if (row.codes + hashes.length > most) return 'too-many';
        await query('insert into survey_codes select unnest($2::text[]), $1', [id, hashes]);
        await query('update surveys set survey = coalesce(survey, $2), codes = codes + $3 where id = $1', [
          id,
          JSON.stringify(survey),
          hashes.length,
        ]);
        return 'issued';
      }),
    find: async (hash) => (await find(hash))?.survey ?? null,
    async answer(hash, marks) {
      const found = await find(hash);
      if (!found) return 'unknown';
      if (!areMarks(found.survey, marks)) return 'invalid';
      return alone(found.id, async ({ query }) => {
        const used = await query('delete from survey_codes where hash = $1 returning hash', [hash]);
        if (used.rows.length === 0) return 'unknown';
        await query(
          `insert into survey_marks select $1, key, value::integer, 1 from jsonb_each_text($2)
           on conflict (survey_id, question, mark) do update set given = survey_marks.given + 1`,
          [found.id, JSON.stringify(marks)],
        );
        await query('update surveys set answered = answered + 1 where id = $1', [found.id]);
        return 'counted';
      });
    },
    async given(id) {
      const { rows } = await pool.query<Row>('select * from surveys where id = $1', [id]);
      const [row] = rows;
      return row ? { codes: row.codes, isClosed: row.closed } : null;
    },
    close: (id) =>
      alone(id, async ({ row, query }) => {
        if (row.closed) return row.totals;
        const { rows: means } = await query(
          `select question, sum(given)::integer as answers, round(sum(mark * given)::numeric / sum(given), 2)::float as mean
           from survey_marks where survey_id = $1 group by question having sum(given) >= $2 order by question`,
          [id, smallestCell],
        );
        const isShown = row.answered >= smallestCell;
        const totals = isShown ? { answers: row.answered, means: means as unknown as Totals['means'] } : null;
        await query('delete from survey_codes where survey_id = $1', [id]);
        await query('delete from survey_marks where survey_id = $1', [id]);
        await query('update surveys set closed = true, answered = 0, totals = $2 where id = $1', [
          id,
          totals && JSON.stringify(totals),
        ]);
        return totals;
      }),
  };
}

interface Row {
  readonly codes: number;
  readonly answered: number;
  readonly closed: boolean;
  readonly totals: Totals | null;
}

interface Held {
  readonly row: Row;
  query(sql: string, values: readonly unknown[]): Promise<{ readonly rows: readonly object[] }>;
}
