import { openEvent } from '@iter/commands/case';
import type { RecordedEvent } from '@iter/commands';
import { emptyState, evolveAll } from '@iter/engine';
import type { CaseState } from '@iter/engine';
import type { EventLog, StoredEvent } from '@iter/event-store';
import { caseOf, readCheckpoint } from '@iter/event-store/following';
import { createPool } from '@iter/platform/postgres';
import { createPostgresDataKeys, createSealer, loadMasterKey } from '@iter/platform/sealing';
import { viewsSchema } from '@iter/read-models';
import type { Pool, PoolClient } from 'pg';
import { openTestLog } from '../logs.ts';
import type { Store } from '../logs.ts';

/** What a case is, in the words that both the views and its state have. */
type Told = Readonly<Record<'state' | 'tasks' | 'incidents' | 'deadlines', unknown>> & {
  readonly revision: number;
};

/**
 * The second opinion on a system in a process of its own, which tells nobody what it holds: folds every case out of the log
 * and compares it with the rows that the system keeps of it, as of the same position.
 * @returns how many cases were compared
 * @throws naming every case that the views tell otherwise
 */
export async function compareViews(databaseUrl: string, home: string, store: Store): Promise<number> {
  const pool = createPool({ url: databaseUrl });
  const log = await openTestLog(databaseUrl, store);
  try {
    await untilFollowed(pool, log);
    const { position, told } = await rowsNow(pool);
    const sealer = createSealer({ store: createPostgresDataKeys(pool, loadMasterKey(null, home)) });
    const streams = await streamsUpTo(log, position);
    const wrong: string[] = [];
    for (const [caseId, stored] of streams) {
      const events: readonly RecordedEvent[] = await Promise.all(stored.map((it) => openEvent(sealer, it)));
      const folded = JSON.stringify(toldBy(caseId, evolveAll(emptyState, events)));
      const row = JSON.stringify(told.get(caseId) ?? null);
      if (folded !== row) wrong.push(`case ${caseId}\n  folded: ${folded}\n  view:   ${row}`);
    }
    for (const caseId of told.keys())
      if (!streams.has(caseId)) wrong.push(`case ${caseId} is not in the log`);
    if (wrong.length > 0) throw new Error(`the views tell another story than the log:\n${wrong.join('\n')}`);
    return streams.size;
  } finally {
    await log.close();
    await pool.end();
  }
}

const patienceMs = 15_000;

/** What the test did last is in the views as well. */
async function untilFollowed(pool: Pool, log: EventLog): Promise<void> {
  const end = await log.lastPosition();
  const giveUpAt = performance.now() + patienceMs;
  while (end !== null && performance.now() < giveUpAt) {
    const at = (await readCheckpoint(pool, viewsSchema))?.position ?? null;
    if (at !== null && log.comparePositions(at, end) >= 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The rows of all cases, and the position that they were made up to: one moment of the views. */
async function rowsNow(pool: Pool) {
  const db = await pool.connect();
  try {
    await db.query('begin isolation level repeatable read read only');
    const position = (await readCheckpoint(db, viewsSchema))?.position ?? null;
    const [cases, tasks, incidents, deadlines] = [
      await all(db, 'cases', 'id as case_id, id, state, revision'),
      await all(db, 'tasks', "case_id, id, element, assignee where state = 'open'"),
      await all(db, 'incidents', "case_id, id, code where state = 'open'"),
      await all(db, 'deadlines', 'case_id, id, state, legal_due_date'),
    ];
    await db.query('commit');
    const of = (rows: readonly Row[], id: string, ...fields: readonly string[]): readonly string[] =>
      rows
        .filter(({ case_id }) => case_id === id)
        .map((row) => [row.id, ...fields.map((field) => row[field])].join(' '))
        .sort();
    const told = new Map<string, Told>(
      cases.map(({ id, state, revision }) => [
        id,
        {
          ...{ state, revision: Number(revision) },
          tasks: of(tasks, id, 'element', 'assignee'),
          incidents: of(incidents, id, 'code'),
          deadlines: of(deadlines, id, 'state', 'legal_due_date'),
        },
      ]),
    );
    return { position, told };
  } finally {
    db.release();
  }
}

type Row = { readonly case_id: string; readonly id: string } & Readonly<Record<string, unknown>>;

async function all(db: PoolClient, table: string, what: string): Promise<readonly Row[]> {
  const [columns, condition] = what.split(' where ');
  const where = condition === undefined ? '' : ` where ${condition}`;
  return (await db.query<Row>(`select ${columns} from ${viewsSchema}.${table}${where}`)).rows;
}

/** The same of a folded state. A case that has ended has nothing open any more, whatever its state still holds. */
function toldBy(caseId: string, state: CaseState): Told {
  const isOpen = state.status === 'active';
  const lines = <T extends { readonly key: string }>(
    map: ReadonlyMap<string, T>,
    line: (it: T) => readonly unknown[],
  ): readonly string[] =>
    [...map.values()].map((it) => [`${caseId}.${it.key}`, ...line(it)].join(' ')).sort();
  return {
    state: state.suspended && isOpen ? 'suspended' : state.status,
    revision: state.revision,
    tasks: isOpen ? lines(state.tasks, ({ element, assignee }) => [element, assignee]) : [],
    incidents: isOpen ? lines(state.incidents, ({ code }) => [code]) : [],
    deadlines: lines(state.deadlines, ({ status, plan }) => [status, plan.legalDueDate]),
  };
}

async function streamsUpTo(
  log: EventLog,
  position: string | null,
): Promise<ReadonlyMap<string, readonly StoredEvent[]>> {
  const streams = new Map<string, StoredEvent[]>();
  for (let after: string | null = null; position !== null;) {
    const page = await log.readAll({ after, prefixes: ['case-'] });
    for (const event of page.events) {
      if (log.comparePositions(event.position, position) > 0) return streams;
      const id = caseOf(event.stream);
      streams.set(id, [...(streams.get(id) ?? []), event]);
    }
    after = page.position;
    if (page.atEnd) break;
  }
  return streams;
}
