import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createPool } from '@iter/platform/postgres';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { createTestDatabase } from '../../../../test/support/database.ts';
import type { TestDatabase } from '../../../../test/support/database.ts';
import { copyRows, UnfitValue } from './copy-rows.ts';
import { inTransaction } from './generation.ts';
import { code, createTableSql, upserts } from './table.ts';
import type { Row, Table } from './table.ts';

const things: Table = {
  name: 'things',
  columns: {
    id: code,
    words: 'text',
    data: 'jsonb',
    names: 'text[]',
    n: 'integer',
    share: 'double precision',
    yes: 'boolean',
    at: 'timestamptz',
  },
  indexes: [],
  live: 'true',
};

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url });
  for (const schema of ['copied', 'upserted'])
    await pool.query(`create schema ${schema}; ${createTableSql(schema, things as never)}`);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** What COPY gives a meaning, and what PostgreSQL takes as text: no NUL, whole characters. */
const text = fc.oneof(
  fc.constantFrom('', '\\N', '\\.', '\\', '{', '}', '"', ',', 'NULL', '\t', '\n', '\r\n', 'è\\t', '{"a"}'),
  fc.string({ unit: 'grapheme' }).map((it) => it.replaceAll('\u0000', '')),
  fc
    .array(fc.constantFrom('\\', '"', '\n', '\t', '\r', 'n', 'N', '.', ','), { maxLength: 8 })
    .map((it) => it.join('')),
);
const maybe = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(of, { nil: null });
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(text, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;
const rows = fc.array(
  fc.record({
    words: maybe(text),
    data: maybe(json),
    names: maybe(fc.array(maybe(text), { maxLength: 4 })),
    n: maybe(fc.integer({ min: -2_147_483_648, max: 2_147_483_647 })),
    share: maybe(fc.double({ noNaN: true, noDefaultInfinity: true })),
    yes: maybe(fc.boolean()),
    at: maybe(fc.constantFrom('2026-03-06T09:00:00.000Z', '2026-10-25T02:30:00.123+01:00')),
  }),
  { maxLength: 6 },
);

it('writes the very rows that an upsert writes', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (some) => {
      const of = some.map((row, n) => ({ ...row, id: `id\\${n}` })) as unknown as Row[];
      await pool.query('truncate copied.things, upserted.things');
      await inTransaction(pool, async (db) => {
        await copyRows(db, 'copied', things as never, of);
        for (const statement of upserts('upserted', things as never, of)) await db.query(...statement);
      });
      const { rows: differing } = await pool.query(
        `select c::text as copied, u::text as upserted from copied.things c full join upserted.things u using (id)
         where c::text is distinct from u::text`,
      );
      expect(differing).toEqual([]);
      const { rowCount } = await pool.query('select from copied.things');
      expect(rowCount).toBe(of.length);
    }),
    { numRuns: 200 },
  );
});

it('writes what is no text as the upsert does, and takes nothing for a list that is none', async () => {
  await pool.query('truncate copied.things, upserted.things');
  const row = { data: null, names: null, n: null, share: null, yes: null, at: null };
  const of = [{ ...row, id: 'a', words: { is: ['a\\b', 'line\nbreak'] } }] as unknown as Row[];
  await inTransaction(pool, async (db) => {
    await copyRows(db, 'copied', things as never, of);
    for (const statement of upserts('upserted', things as never, of)) await db.query(...statement);
  });
  const read = async (from: string) =>
    (await pool.query<{ words: string }>(`select words from ${from}.things`)).rows;
  expect(await read('copied')).toEqual(await read('upserted'));
  const wrong = [{ ...row, id: 'b', words: null, names: 'no list' }] as unknown as Row[];
  const copying = inTransaction(pool, (db) => copyRows(db, 'copied', things as never, wrong));
  await expect(copying).rejects.toThrow(UnfitValue);
});

it('leaves nothing behind, and the connection fit for use, when PostgreSQL refuses a row', async () => {
  await pool.query('truncate copied.things');
  const row = { words: null, data: null, names: null, n: null, share: null, yes: null, at: null };
  const many = [...Array(5_000).keys()].map((n) => ({ ...row, id: `${n}`, words: 'x'.repeat(200) }));
  const of = [...many, { ...row, id: 'last', data: 'nul\u0000' }] as Row[];
  const copying = inTransaction(pool, (db) => copyRows(db, 'copied', things as never, of));
  await expect(copying).rejects.toMatchObject({ code: '22P05' });
  await inTransaction(pool, (db) => copyRows(db, 'copied', things as never, many as Row[]));
  expect((await pool.query('select from copied.things')).rowCount).toBe(5_000);
});
