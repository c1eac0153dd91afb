import { mkdtempSync } from 'node:fs'; import { tmpdir } from 'node:os'; import { join } from 'node:path'; import { randomBytes } from 'node:crypto';
import { startEmbeddedPostgres } from '@iter/platform/embedded-postgres';
import { createPostgresLog } from '@iter/event-store/postgres';
import pg from 'pg';
const server = await startEmbeddedPostgres({ home: mkdtempSync(join(tmpdir(), 'iter-prof-')) });
const log = await createPostgresLog({ url: server.url }); await log.close();
const opts = '-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c plan_cache_mode=force_generic_plan -c jit=off';
const c = new pg.Client({ connectionString: server.url, options: opts }); await c.connect();
import { readFileSync } from 'node:fs';
await c.query('set synchronous_commit=off');
const pid = (await c.query('select pg_backend_pid() as p')).rows[0].p;
const cpu = () => { const f = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' '); return (Number(f[11]) + Number(f[12])) * 10000; };
async function variant(name, f, n = 4000) {
  for (let i = 0; i < 300; i++) await f(i);
  const s = performance.now(), t = cpu(); for (let i = 0; i < n; i++) await f(300 + i);
  console.log(name.padEnd(40), ((performance.now() - s) / n * 1000).toFixed(0), 'us', ((cpu() - t) / n).toFixed(0), 'cpu us');
}
const h = Buffer.alloc(32); const ev = 'x'.repeat(1200);
let k = 0;
const call = (fn) => () => c.query({ name: fn, text: `select ${fn}($1,$2,$3,$4,$5,$6)::text`, values: ['case-' + (k++), [-1], [3], h, h, ev] });
await variant('select 1', () => c.query({ name: 's', text: 'select 1' }));
await variant('append_batch', call('append_batch'));
const def = (await c.query("select pg_get_functiondef('append_batch'::regproc) as d")).rows[0].d;
await c.query(def.replace('append_batch(', 'ab_nonotify(').replace(/perform pg_notify[^;]*;/, ''));
await variant('without notify', call('ab_nonotify'));
await c.query(def.replace('append_batch(', 'ab_nowin(').replace('row_number() over (order by c.n)', '1').replace("from (select *, count(*) filter (where won) over (order by n) as nth from checked) c", "from (select *, 1 as nth from checked) c"));
await variant('without windows', call('ab_nowin'));
await c.query(`create function ab_one(p_stream text, p_expected int, p_count int, p_prev bytea, p_hash bytea, p_events text) returns bigint language plpgsql volatile as $$
declare v_base bigint; v_head record; v_key bigint;
begin
  select c.position + 1 into v_base from log_counter c where c.one for update;
  select s.stream_key, s.revision, s.hash into v_head from stream_heads s where s.stream = p_stream;
  if coalesce(v_head.revision, -1) <> p_expected then return -2 - coalesce(v_head.revision, -1); end if;
  if v_head.hash <> p_prev then return 0; end if;
  v_key := v_head.stream_key;
  if v_key is null then v_key := nextval('stream_keys'); insert into stream_heads values (v_key, p_stream, p_count - 1, p_hash);
  else update stream_heads s set revision = p_expected + p_count, hash = p_hash where s.stream_key = v_key; end if;
  insert into log values (v_base, v_key, p_expected + 1, p_count, p_events);
  update log_counter c set position = v_base where c.one;
  perform pg_notify('iter_log', v_base::text);
  return v_base;
end $$`);
const one = () => c.query({ name: 'one', text: `select ab_one($1,$2,$3,$4,$5,$6)`, values: ['case-' + (k++), -1, 3, h, h, ev] });
await variant('single', one);
await c.query('create table r (position bigint generated always as identity primary key, stream text, revision int, data text, unique(stream,revision))');
await variant('raw row', () => c.query({ name: 'r', text: 'insert into r (stream,revision,data) values ($1,$2,$3)', values: ['case-' + (k++), 0, ev] }));
const many = (n, fn='append_batch') => { const s = Array.from({length:n}, () => 'case-' + (k++)).join('\x1e'); return c.query({ name: fn, text: `select ${fn}($1,$2,$3,$4,$5,$6)::text`, values: [s, Array(n).fill(-1), Array(n).fill(3), Buffer.alloc(32*n), Buffer.alloc(32*n), Array(n).fill(ev).join('\x1e')] }); };
for (const n of [4, 16, 64, 200]) await variant(`append_batch of ${n}`, () => many(n), 300);
await c.end(); await server.stop();
