import type { CaseEvent } from '@iter/engine';
import { clearFields } from '@iter/engine';
import type { EventLog, StoredEvent } from '@iter/event-store';
import { caseOf, code, createProjector } from '@iter/event-store/following';
import type { Projection, Projector, Table } from '@iter/event-store/following';
import type { Sealer } from '@iter/event-store/ledger';
import { systemClock } from '@iter/platform/clock';
import type { createPool } from '@iter/platform/postgres';
import { createViewsProjector } from '@iter/read-models';
import { fillLog } from './fill-log.ts';
import { middle, round } from './measure.ts';
import { postmasterOf, processorUs } from './processor.ts';
import { playRealCases } from './real-cases.ts';

interface Ports {
  readonly pool: ReturnType<typeof createPool>;
  readonly log: EventLog;
  readonly sealer: Sealer;
  readonly runs: number;
  readonly events: number;
  onProgress(what: string): void;
}

/** Of one measurement: events a second, and µs of processor time for each, here and in PostgreSQL. */
interface Taken {
  readonly rate: number;
  readonly client: number;
  readonly server: number;
}

interface RegisterRow {
  readonly id: string;
  readonly process: string;
  readonly comune: string;
  readonly started_at: string;
  readonly ended_at: string | null;
}

const register: Table<RegisterRow> = {
  name: 'register',
  columns: { id: code, process: code, comune: code, started_at: code, ended_at: code },
  indexes: [],
  live: 'false',
};

type Seen = Omit<StoredEvent, 'type' | 'data'> & CaseEvent;

/** One simple view: a row per case, when it began and when it ended. */
const registerProjection: Projection<Seen> = {
  table: register as never,
  opens: [],
  touches: ({ type, stream }) =>
    type === 'CaseStarted'
      ? []
      : type === 'CaseCompleted' || type === 'CaseTerminated' || type === 'CaseFailed'
        ? [caseOf(stream)]
        : null,
  apply(event, rows) {
    const id = caseOf(event.stream);
    if (event.type === 'CaseStarted') {
      const { process, comune } = event.data;
      return rows.put(register, { id, process, comune, started_at: event.recordedAt, ended_at: null });
    }
    rows.put(register, { ...rows.get(register, id)!, ended_at: event.recordedAt });
  },
};

/**
 * Views made anew from a long log of real cases, mixed as in life: one simple view, and all that the house has. Limits, in the
 * same run: pages of about 10,000 events of the same rows, read and parsed (`rows`); and the same events as a plain store
 * has them, a row each, read and parsed (`plain`).
 */
export async function rebuildViews({ pool, log, sealer, runs, events, onProgress }: Ports): Promise<object> {
  const logger = {
    info: () => undefined,
    error: (fields: object, what: string) => onProgress(`${what} ${JSON.stringify(fields)}`),
  };
  const unseal = async ({ id, data }: StoredEvent) => (await sealer.unseal(id, data)).data;
  const clock = systemClock;
  const all = await createViewsProjector({ log, pool, clock, logger, unseal });
  const one = createProjector<Seen>({
    ...{ log, pool, clock, logger, unseal, version: 1, schema: 'bench_one', prefixes: ['case-'] },
    projections: [registerProjection],
    isKnown: (type) => Object.hasOwn(clearFields, type),
  });
  for (const projector of [one, all]) {
    projector.start();
    await projector.ready;
    await projector.stop();
  }
  const { written, appends, seconds } = await fill({ log, sealer, events, onProgress });
  onProgress(`W2: ${written} events in ${appends} appends written in ${Math.round(seconds)} s`);
  const { rows: cases } = await pool.query<{ n: number }>(
    "select count(*) as n from stream_heads where stream like 'case-%'",
  );
  await plainCopy(pool);
  await pool.query('vacuum analyze log, stream_heads, plain');

  const rowsAPage = Math.ceil((10_000 * appends) / written);
  const works = {
    rows: () => pages(pool, rowsAPage),
    plain: () => plainPages(pool),
    one: () => one.rebuild(),
    all: () => all.rebuild(),
  };
  const postmaster = await postmasterOf(pool);
  const serverUs = (): number => (postmaster === null ? NaN : processorUs(postmaster));
  const taken: Record<keyof typeof works, Taken[]> = { rows: [], plain: [], one: [], all: [] };
  for (let run = 0; run < runs; run++) {
    for (const [name, work] of Object.entries(works) as [keyof typeof works, () => Promise<unknown>][]) {
      const [before, used, served] = [performance.now(), process.cpuUsage(), serverUs()];
      await work();
      const rate = (written * 1_000) / (performance.now() - before);
      const { user, system } = process.cpuUsage(used);
      taken[name].push({ rate, client: (user + system) / written, server: (serverUs() - served) / written });
      onProgress(`W2: ${name} ${Math.round(rate)} events/s`);
    }
  }
  const parked = await Promise.all([one, all].map((projector: Projector) => projector.parked()));
  if (parked.flat().length > 0)
    throw new Error(`cases were set aside: ${JSON.stringify(parked.flat().slice(0, 3))}`);
  const of = (name: keyof typeof works, what: keyof Taken): number =>
    middle(taken[name].map((it) => it[what]));
  const figures = (name: keyof typeof works) => ({
    eventsPerSecond: Math.round(of(name, 'rate')),
    cpuUs: { client: round(of(name, 'client')), server: round(of(name, 'server')) },
  });
  const against = (name: 'one' | 'all') => ({
    ...figures(name),
    ratio: {
      rows: round(of(name, 'rate') / of('rows', 'rate')),
      plain: round(of(name, 'rate') / of('plain', 'rate')),
    },
  });
  return {
    ...{ events: written, appends, cases: cases[0]!.n },
    one: against('one'),
    all: against('all'),
    limit: { rows: figures('rows'), plain: figures('plain') },
  };
}

/** @returns how many events were written, in how many appends, and how long it took */
async function fill({
  log,
  sealer,
  events,
  onProgress,
}: Pick<Ports, 'log' | 'sealer' | 'events' | 'onProgress'>) {
  onProgress('W2: playing cases');
  const cases = await playRealCases();
  const began = performance.now();
  let [n, written, appends] = [0, 0, 0];
  const next = () => {
    if (written >= events) return null;
    const like = cases[n++ % cases.length]!;
    written += like.flat().length;
    appends += like.length;
    return { like };
  };
  await fillLog({ log, sealer, underWay: 1_000 }, next);
  return { written, appends, seconds: (performance.now() - began) / 1_000 };
}

type Pool = Ports['pool'];

/** The same events, a row each. */
async function plainCopy(pool: Pool): Promise<void> {
  await pool.query(`
    create table plain (position bigint generated always as identity primary key, stream text not null,
      revision integer not null, data jsonb not null);
    insert into plain (stream, revision, data)
    select h.stream, l.first_revision + e.n::integer - 1, e.event
    from (select * from log order by position) l join stream_heads h using (stream_key)
    cross join lateral jsonb_array_elements(l.events::jsonb -> 'e') with ordinality as e (event, n)
    where h.stream like 'case-%'`);
}

async function pages(pool: Pool, limit: number): Promise<void> {
  for (let after = 0; ;) {
    const { rows } = await pool.query<{ position: number; events: string }>({
      name: 'bench-pages',
      text: 'select position, first_revision, events from log where position > $1 order by position limit $2',
      values: [after, limit],
    });
    for (const row of rows) JSON.parse(row.events);
    if (rows.length < limit) return;
    after = rows.at(-1)!.position;
  }
}

async function plainPages(pool: Pool): Promise<void> {
  const limit = 10_000;
  for (let after = 0; ;) {
    const { rows } = await pool.query<{ position: number }>({
      name: 'bench-plain-pages',
      text: 'select position, stream, revision, data from plain where position > $1 order by position limit $2',
      values: [after, limit],
    });
    if (rows.length < limit) return;
    after = rows.at(-1)!.position;
  }
}
