/**
 * The log's tables and the one function that writes them (ADR 0001).
 *
 * `append_batch` takes arrays, one element an append, of distinct streams. It locks the counter row, so that batches of all
 * processes follow one another until the commit is flushed; each statement after that sees every earlier batch (READ
 * COMMITTED, volatile). Only winners are numbered: positions have no gaps and grow in the order of commits.
 */
export const logMigrations = [
  {
    name: 'log-1',
    sql: `
      create table log_counter (
        one boolean primary key default true check (one),
        -- Another life of the log has another epoch: set anew after a restore.
        epoch text not null default substr(md5(gen_random_uuid()::text), 1, 8),
        position bigint not null default 0
      );
      insert into log_counter default values;

      create table stream_heads (
        stream_key bigint generated always as identity primary key,
        stream text collate "C" not null unique,
        revision integer not null,
        hash bytea not null
      ) with (fillfactor = 80);

      create table log (
        position bigint primary key,
        stream_key bigint not null,
        first_revision integer not null,
        event_count integer not null,
        events text not null
      );
      create unique index log_stream on log (stream_key, first_revision);

      create function append_batch(
        p_streams text[], p_expected integer[], p_prev bytea[], p_counts integer[], p_hashes bytea[], p_events text[]
      ) returns table (n bigint, outcome text, at_position bigint, actual integer)
      language plpgsql volatile as $$
      declare
        v_base bigint;
        v_won bigint;
      begin
        select c.position into v_base from log_counter c for update;
        return query
          with input as (
            select i.* from unnest(p_streams, p_expected, p_prev, p_counts, p_hashes, p_events)
              with ordinality as i (stream, expected, prev, event_count, hash, events, n)
          ), checked as (
            select i.*, h.stream_key, coalesce(h.revision, -1) as actual,
              case
                when coalesce(h.revision, -1) <> i.expected then 'conflict'
                when h.hash is not null and h.hash <> i.prev then 'broken-chain'
                else 'appended'
              end as outcome
            from input i left join stream_heads h on h.stream = i.stream
          ), winners as (
            select c.*, v_base + row_number() over (order by c.n) as position from checked c where c.outcome = 'appended'
          ), new_heads as (
            insert into stream_heads (stream, revision, hash)
            select w.stream, w.expected + w.event_count, w.hash from winners w where w.stream_key is null order by w.n
            returning stream_heads.stream_key, stream_heads.stream
          ), old_heads as (
            update stream_heads h set revision = w.expected + w.event_count, hash = w.hash
            from winners w where h.stream_key = w.stream_key
          ), rows as (
            insert into log (position, stream_key, first_revision, event_count, events)
            select w.position, coalesce(w.stream_key, h.stream_key), w.expected + 1, w.event_count, w.events
            from winners w left join new_heads h on h.stream = w.stream
          )
          select c.n, c.outcome, w.position, c.actual
          from checked c left join winners w on w.n = c.n
          order by c.n;
        select count(*) into v_won from log l where l.position > v_base;
        if v_won > 0 then
          update log_counter set position = v_base + v_won;
          perform pg_notify('iter_log', '');
        end if;
      end
      $$;`,
  },
] as const;

export const logChannel = 'iter_log';
