import { randomUUID } from 'node:crypto';
import { createCaseCommands } from '@iter/commands';
import type { CaseReader, CaseReading, Reading } from '@iter/commands';
import { createPostgresSnapshots, foldingCode, snapshotMigrations } from '@iter/commands/snapshots';
import { createInMemoryWorld, worldComune } from '@iter/commands/world';
import type { EventLog } from '@iter/event-store';
import { italianCalendar } from '@iter/legal-calendar';
import { systemClock } from '@iter/platform/clock';
import { createEvaluator } from '@iter/platform/feel';
import { migrate } from '@iter/platform/postgres';
import type { createPool } from '@iter/platform/postgres';
import type { Sealer } from '@iter/platform/sealing';
import { sequence } from '../support/diagrams.ts';
import { middle, round } from './measure.ts';

interface Ports {
  readonly pool: ReturnType<typeof createPool>;
  readonly log: EventLog;
  readonly sealer: Sealer;
  readonly runs: number;
  onProgress(what: string): void;
}

const events = 1_000;
/** Loads a measurement takes the middle of. */
const loads = 60;

/**
 * A case of 1,000 events, loaded as a command does that finds it cold: read, unsealed, folded. Limits: the same rows read and
 * parsed (`rows`); and what a plain store would do, a row per event with nothing sealed, read and folded by a switch (`plain`).
 * `snapshot`: the same where somebody has left a snapshot.
 */
export async function foldStream({ pool, log, sealer, runs, onProgress }: Ports): Promise<object> {
  onProgress(`W2: a case of ${events} events`);
  const world = createInMemoryWorld({
    ...{ log, clock: systemClock, calendar: italianCalendar() },
    catalogue: { term: () => null, ladder: () => null, defaultLadder: () => null },
    evaluator: (now) => createEvaluator({ now }),
  });
  await world.deploy([{ name: 'w2.bpmn', text: sequence('w2', 400) }]);
  const commands = createCaseCommands({ ...world.ports, sealer });
  const principal = world.inRole('DESK_OPERATOR');
  const by = () => ({ principal, route: 'bench', idempotencyKey: randomUUID() });
  const variables = { employeeRef: 'E-1', amount: 12_345, when: '2026-03-06' };
  let outcome = await commands.start({ ...by(), process: 'w2', comune: worldComune, variables });
  for (;;) {
    if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
    if (outcome.revision >= events - 1) break;
    const key = (outcome.events.findLast(({ type }) => type === 'UserTaskCreated')!.data as { key: string })
      .key;
    const command = {
      type: 'CompleteUserTask',
      key,
      variables: { decidedBy: 'operatore', outcome: 'done' },
    } as const;
    outcome = await commands.execute({ ...by(), caseId: outcome.caseId, command });
  }
  const { caseId, revision } = outcome;
  const stream = `case-${caseId}`;
  await copyPlain(pool, stream, await commands.readCase({ caseId, principal }));

  await migrate(pool, snapshotMigrations);
  const onError = (error: unknown): never => {
    throw error;
  };
  const snapshots = createPostgresSnapshots({ pool, sealer, code: foldingCode, onError });
  const ports = { ...world.ports, sealer, hotCases: 0 };
  const load = (from: CaseReader) => async () => {
    const read = await from.readState({ caseId, principal });
    if (read.outcome !== 'read' || read.state.revision !== revision) throw new Error('the case was not read');
  };
  const works = {
    load: load(createCaseCommands(ports)),
    snapshot: load(createCaseCommands({ ...ports, snapshots })),
    rows: async () => {
      const { rows } = await pool.query<{ events: string }>({
        name: 'bench-rows',
        text: `select l.position, l.first_revision, l.events from log l join stream_heads h using (stream_key)
          where h.stream = $1 order by l.first_revision`,
        values: [stream],
      });
      for (const row of rows) JSON.parse(row.events);
    },
    plain: async () => {
      const { rows } = await pool.query<{ data: { type: string; data: { key?: string } } }>({
        name: 'bench-plain',
        text: 'select data from plain_stream where stream = $1 order by revision',
        values: [stream],
      });
      const open = new Set<unknown>();
      for (const { data } of rows) {
        if (data.type === 'UserTaskCreated') open.add(data.data.key);
        else if (data.type === 'UserTaskCompleted') open.delete(data.data.key);
      }
    },
  };
  const taken: Record<keyof typeof works, number[]> = { load: [], snapshot: [], rows: [], plain: [] };
  for (let n = -10; n < runs * loads; n++) {
    for (const [name, work] of Object.entries(works) as [keyof typeof works, () => Promise<void>][]) {
      const before = performance.now();
      await work();
      if (n >= 0) taken[name].push(performance.now() - before);
    }
  }
  await world.close();
  const ms = (name: keyof typeof works): number => middle(taken[name]);
  const [rows, plain] = [ms('rows'), ms('plain')];
  const against = (took: number) => ({ rows: round(rows / took), plain: round(plain / took) });
  return {
    events: revision + 1,
    ms: round(ms('load')),
    eventsPerSecond: Math.round(((revision + 1) * 1_000) / ms('load')),
    limit: { rowsMs: round(rows), plainMs: round(plain) },
    ratio: against(ms('load')),
    snapshot: { ms: round(ms('snapshot')), ratio: against(ms('snapshot')) },
  };
}

/** The same events in clear, a row each. */
async function copyPlain(pool: Ports['pool'], stream: string, read: Reading<CaseReading>): Promise<void> {
  if (read.outcome !== 'read') throw new Error(JSON.stringify(read));
  await pool.query(
    'create table plain_stream (stream text, revision integer, data jsonb, primary key (stream, revision))',
  );
  await pool.query(
    "insert into plain_stream select $1, (e ->> 'revision')::integer, e from jsonb_array_elements($2::jsonb) e",
    [stream, JSON.stringify(read.events)],
  );
}
