import type { Migration } from '@iter/platform/postgres';

/** Where the number of the last append is told. */
export const logChannel = 'iter_log';

/** Between texts that are sent joined: JSON and stream names cannot hold it, and nothing needs escaping. */
export const separator = '\u001e';

/**
 * The log's tables and the one function that writes them (ADR 0001).
 *
 * `append_batch` takes appends to distinct streams: names and packed events joined by the separator, hashes (of 32 bytes)
 * put one behind the other. It locks the counter row, so that batches of all processes follow one another until the commit
 * is flushed; each statement after that sees every earlier batch (READ COMMITTED, volatile). Only winners are numbered:
 * positions have no gaps and grow in the order of commits.
 *
 * It returns a number for each append: its position; 0 when it does not follow from the head's hash; or, when the stream's
 * revision is another than expected, −2 − that revision.
 */
export const logMigrations: readonly Migration[] = [
  {
    name: 'log-1',
    sql: `
      -- Which life of which server this is: another after a restore to a point in time, into a new server, or a failover.
      create function log_life() returns text language plpgsql stable as $$
      begin
        return (select system_identifier from pg_control_system()) || '/'
          || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8);
      exception when insufficient_privilege then
        return null;
      end
      $$;

      create table log_counter (
        one boolean primary key default true check (one),
        -- Stands in every position; new in every life of the log.
        epoch text not null default substr(md5(gen_random_uuid()::text), 1, 8),
        life text default log_life(),
        position bigint not null default 0
      );
      insert into log_counter default values;

      create sequence stream_keys as bigint cache 100;
      create table stream_heads (
        stream_key bigint primary key,
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
      ) with (toast_tuple_target = 8160);
      create unique index log_stream on log (stream_key, first_revision);

      create function append_batch(
        p_streams text, p_expected integer[], p_counts integer[], p_prev bytea, p_hashes bytea, p_events text,
        p_notify boolean
      ) returns bigint[] language plpgsql volatile as $$
      declare
        v_base bigint;
        v_won bigint;
        v_answers bigint[];
        v_head stream_heads;
        v_revision integer;
        v_key bigint;
      begin
        -- One append alone needs no sets: plain statements start in a third of the time.
        if array_length(p_expected, 1) = 1 then
          update log_counter c set position = c.position + 1 where c.one returning c.position into v_base;
          update stream_heads h set revision = h.revision + p_counts[1], hash = p_hashes
            where h.stream = p_streams and h.revision = p_expected[1] and h.hash = p_prev
            returning h.stream_key into v_key;
          if not found then
            select * into v_head from stream_heads h where h.stream = p_streams;
            v_revision := coalesce(v_head.revision, -1);
            if v_revision <> p_expected[1] or found then
              update log_counter c set position = v_base - 1 where c.one;
              return array[case when v_revision <> p_expected[1] then -2 - v_revision else 0 end];
            end if;
            insert into stream_heads (stream_key, stream, revision, hash)
              values (nextval('stream_keys'), p_streams, p_counts[1] - 1, p_hashes)
              returning stream_key into v_key;
          end if;
          insert into log (position, stream_key, first_revision, event_count, events)
            values (v_base, v_key, p_expected[1] + 1, p_counts[1], p_events);
          if p_notify then perform pg_notify('${logChannel}', v_base::text); end if;
          return array[v_base];
        end if;

        select c.position into v_base from log_counter c where c.one for update;
        with checked as materialized (
          select i.n, i.stream, i.expected, i.event_count, i.events, h.stream_key, h.revision,
            coalesce(h.revision, -1) = i.expected as is_next,
            coalesce(h.revision, -1) = i.expected
              and (h.hash is null or h.hash = substring(p_prev from 32 * i.n::int - 31 for 32)) as won
          from unnest(string_to_array(p_streams, E'\\x1e'), p_expected, p_counts, string_to_array(p_events, E'\\x1e'))
            with ordinality as i (stream, expected, event_count, events, n)
          -- The limit keeps this a look-up for each append, whatever the planner knows of the table.
          left join lateral (select * from stream_heads s where s.stream = i.stream limit 1) h on true
        ), winners as materialized (
          select c.*, v_base + row_number() over (order by c.n) as position,
            substring(p_hashes from 32 * c.n::int - 31 for 32) as hash,
            coalesce(c.stream_key, nextval('stream_keys')) as key
          from checked c where c.won
        ), new_heads as (
          insert into stream_heads (stream_key, stream, revision, hash)
          select w.key, w.stream, w.event_count - 1, w.hash from winners w where w.stream_key is null
        ), old_heads as (
          update stream_heads h set revision = w.expected + w.event_count, hash = w.hash
          from winners w where h.stream_key = w.stream_key
        ), rows as (
          insert into log (position, stream_key, first_revision, event_count, events)
          select w.position, w.key, w.expected + 1, w.event_count, w.events from winners w order by w.position
        )
        select count(*) filter (where c.won), array_agg(
            case when not c.is_next then -2 - coalesce(c.revision, -1) when not c.won then 0 else v_base + c.nth end
            order by c.n)
          into v_won, v_answers
          from (select *, count(*) filter (where won) over (order by n) as nth from checked) c;
        if v_won > 0 then
          update log_counter c set position = v_base + v_won where c.one;
          if p_notify then perform pg_notify('${logChannel}', (v_base + v_won)::text); end if;
        end if;
        return v_answers;
      end
      $$;`,
  },
];

/**
 * Settings of the log's own connections. Tables that grow from nothing would otherwise be scanned by plans made while they
 * were empty; every statement here is a look-up in an index.
 */
export const planSettings = {
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  enable_material: 'off',
  plan_cache_mode: 'force_generic_plan',
  jit: 'off',
  work_mem: '32MB',
} as const;
