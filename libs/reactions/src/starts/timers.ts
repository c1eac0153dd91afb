import { firing, nextFiring } from '@iter/engine';
import type { Env, Instant, Timer } from '@iter/engine';
import { uuidV5 } from '@iter/platform/ids';
import type { Pool } from 'pg';
import type { Bell, Rung } from '../deadlines/ring.ts';
import { startsOf } from './starts.ts';
import type { StartCase, StartSource } from './starts.ts';

export interface StartTimerPorts {
  readonly pool: Pool;
  readonly definitions: StartSource;
  readonly start: StartCase;
  evaluator(now: Instant): Env['evaluate'];
}

type Firing = Pick<Timer, 'dueAt' | 'cycle'>;

interface TimerRow {
  readonly id: string;
  readonly process: string;
  readonly version: number;
  readonly element: string;
  readonly comune: string;
  readonly dueAt: Instant | null;
  readonly cycle: Timer['cycle'];
  /** Of a start that needs several events: its place among them. */
  readonly event: number | null;
}

/**
 * Sets the bells of timer starts for the latest version of every process; those of older versions are gone. Doing it again
 * changes nothing. A cycle counts from the deployment, or from its own start; what of it had passed by then does not begin
 * anything. Nothing is lost with the table: set anew, it rings again what it rang before, which are the same cases.
 * @returns whether there are new ones
 */
export async function armStarts({ pool, definitions, evaluator }: StartTimerPorts): Promise<boolean> {
  await definitions.catchUp();
  const list = definitions.list();
  const rows = startsOf(list).flatMap((start): readonly TimerRow[] => {
    const { process, version, element, index, isOneOf, definition, deployedAt, comune } = start;
    const event = isOneOf ? index : null;
    if (definition.kind !== 'timer') return [];
    const value = evaluator(deployedAt)(definition.value, {});
    const first =
      value.ok && typeof value.value === 'string' && firing(definition.timer, value.value, deployedAt);
    const next = first && notBefore(first, deployedAt);
    const id = `${process}#${element}#${index}`;
    return next ? [{ id, process, version, element, comune, event, ...next }] : [];
  });
  await pool.query(
    `delete from effects.start_timers t using json_to_recordset($1::json) as x(key text, version integer)
     where t.process = x.key and t.version < x.version and not t.id = any($2)`,
    [JSON.stringify(list.map(({ key, version }) => ({ key, version }))), rows.map(({ id }) => id)],
  );
  if (rows.length === 0) return false;
  const { rowCount } = await pool.query(
    `insert into effects.start_timers as t (id, process, version, element, comune, due_at, cycle, event)
     select x.id, x.process, x.version, x.element, x.comune, x."dueAt", x.cycle, x.event
     from json_to_recordset($1::json) as x(id text, process text, version integer, element text, comune text,
       "dueAt" text, cycle jsonb, event integer)
     on conflict (id) do update set version = excluded.version, comune = excluded.comune, due_at = excluded.due_at,
       cycle = excluded.cycle, event = excluded.event where t.version < excluded.version`,
    [JSON.stringify(rows)],
  );
  return (rowCount ?? 0) > 0;
}

/** Occurrences of a cycle that are passed over at most: a cycle a minute, for a year. */
const mostPassed = 530_000;

/** The first firing of a cycle that is not before an instant; a date that has passed is due at once. */
function notBefore(first: Firing, at: Instant): Firing | null {
  let next: Firing | null = first;
  for (let n = 0; next?.cycle && next.dueAt < at; n++) {
    if (n === mostPassed) return null;
    next = nextFiring(next);
  }
  return next;
}

/**
 * Starts the case that a bell is for, once per process, element and due time whatever happens; then sets the bell to the
 * next one. What was missed is made up for, one after the other.
 */
export async function ringStart({ pool, start }: StartTimerPorts, bell: Bell): Promise<Rung> {
  const { rows } = await pool.query<TimerRow>(
    `select id, process, version, element, comune, due_at as "dueAt", cycle, event from effects.start_timers
     where id = $1 and due_at = $2`,
    [bell.key, bell.dueAt],
  );
  const row = rows[0];
  if (!row || row.dueAt === null) return { outcome: 'nothing' };
  const { id, process, version, element, comune, dueAt, cycle, event } = row;
  const answer = await start({
    id: uuidV5(`timer start|${id}|${dueAt}`),
    ...{ process, element, comune, variables: {}, causationId: null, startedBy: null },
    oneOf: event === null ? null : { event, source: null },
  });
  if (answer.outcome === 'refused') return answer;
  const next = nextFiring({ dueAt, cycle });
  await pool.query(
    'update effects.start_timers set due_at = $3, cycle = $4 where id = $1 and due_at = $2 and version = $5',
    [id, dueAt, next?.dueAt ?? null, next?.cycle ? JSON.stringify(next.cycle) : null, version],
  );
  return { outcome: 'rung' };
}
