import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

async function run(connectionString: string | undefined, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

const onServer = (sql: string): Promise<void> => run(process.env['ITER_TEST_DATABASE_URL'], sql);

/** Lets every view of a system that has started commit its pages of events so much later than it would. */
export const slowDownViews = (url: string, milliseconds: number): Promise<void> =>
  run(
    url,
    `create or replace function public.lag() returns trigger language plpgsql as
       $$ begin perform pg_sleep(${milliseconds / 1000}); return new; end $$;
     do $$ declare view text; begin
       for view in select schemaname from pg_tables where tablename = 'checkpoint' loop
         execute format('create or replace trigger lag before update on %I.checkpoint
           for each row when (new.position is distinct from old.position) execute function public.lag()', view);
       end loop;
     end $$`,
  );

/** An empty database of its own for one suite, on the server that the run started. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const address = process.env['ITER_TEST_DATABASE_URL'];
  if (!address) throw new Error('There is no test server: run with `npm test`.');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(`create database ${name}`);
  const url = new URL(address);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(`drop database if exists ${name} with (force)`) };
}
