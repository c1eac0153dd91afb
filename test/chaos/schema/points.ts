import type { createPool } from '@iter/platform/postgres';

export type Pool = ReturnType<typeof createPool>;

/** A command at which one stops is held so long. */
const heldSeconds = 0.15;

/** Counts, in the database itself, every command that changes the schema; it may be told to hold one of them. */
export async function watchSchema(pool: Pool): Promise<void> {
  await pool.query(`
    create schema chaos;
    -- Counts also in transactions that are rolled back.
    create sequence chaos.passed minvalue 0 start 0;
    select nextval('chaos.passed');
    create table chaos.halt (at bigint not null);
    insert into chaos.halt values (0);
    create function chaos.pass() returns event_trigger language plpgsql as $$
    begin
      if nextval('chaos.passed') = (select at from chaos.halt) then
        perform pg_sleep(${heldSeconds});
      end if;
    end
    $$;
    create event trigger chaos_pass on ddl_command_end execute function chaos.pass();`);
}

export async function haltAt(pool: Pool, at: number): Promise<void> {
  await pool.query('update chaos.halt set at = $1', [at]);
}

export async function passed(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ last_value: number }>('select last_value from chaos.passed');
  return rows[0]!.last_value;
}

const isOurs = (schema: string): string =>
  `${schema} !~ '^pg_' and ${schema} not in ('information_schema', 'chaos')`;

/** Columns, keys, indexes, functions, and which steps are done: a line each. */
export async function schemaOf(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ line: string }>(`
    select line from (
      select format('column %s.%s.%s %s %s %s', table_schema, table_name, column_name, data_type, is_nullable,
          column_default) as line
        from information_schema.columns where ${isOurs('table_schema')}
      union all select format('index %s', indexdef) from pg_indexes where ${isOurs('schemaname')}
      union all select format('constraint %s %s', conrelid::regclass, pg_get_constraintdef(c.oid))
        from pg_constraint c join pg_namespace n on n.oid = c.connamespace where ${isOurs('n.nspname')}
      union all select format('function %s.%s %s', n.nspname, p.proname, md5(p.prosrc))
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${isOurs('n.nspname')}
      union all select format('sequence %s.%s', schemaname, sequencename) from pg_sequences where ${isOurs('schemaname')}
      union all select format('done %s', name) from applied_migrations
      union all select format('counters %s', count(*)) from log_counter
    ) lines order by line`);
  return rows.map(({ line }) => line).join('\n');
}
