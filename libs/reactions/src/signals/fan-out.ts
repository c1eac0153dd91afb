import type { EventLog, StoredEvent } from '@iter/event-store';
import { caseOf } from '@iter/event-store/following';
import type { Pool } from 'pg';
import { startsOf } from '../starts/starts.ts';
import type { StartSource } from '../starts/starts.ts';

/** A signal that somebody threw, where the log has it. */
export type ThrownSignal = Pick<StoredEvent, 'id' | 'stream' | 'revision' | 'position'> & {
  readonly name: string;
};

/** Receivers a statement. */
const pageSize = 1_000;

/**
 * Writes down who is to get a signal: every case that had begun to await it before it was thrown, but for the one that
 * threw it (whose own were told at once), and every process that began with it then. The view must have reached the throw.
 * Written twice, it is the same list.
 */
export async function addressSignal(
  { pool, log, definitions }: { pool: Pool; log: EventLog; definitions: StartSource },
  signal: ThrownSignal,
): Promise<void> {
  const { id: signalId, stream, revision, name } = signal;
  const thrower = caseOf(stream);
  for (let after = ''; ;) {
    const { rows } = await pool.query<{ id: string; case_id: string; position: string }>(
      'select id, case_id, position from reactions.signal_subscriptions where name = $1 and id > $2 order by id limit $3',
      [name, after, pageSize],
    );
    const waited = rows.filter(
      ({ case_id, position }) => case_id !== thrower && log.comparePositions(position, signal.position) < 0,
    );
    const cases = [...new Set(waited.map(({ case_id }) => case_id))];
    await write(
      pool,
      cases.map((caseId) => ({
        ...{ signalId, stream, revision, name, caseId },
        id: `${signalId}>${caseId}`,
      })),
    );
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) break;
    after = last.id;
  }
  await definitions.catchUp();
  const starts = startsOf(definitions.list()).filter(
    (it) =>
      it.definition.kind === 'signal' &&
      it.definition.name.constant === name &&
      log.comparePositions(it.position, signal.position) < 0,
  );
  await write(
    pool,
    starts.map(({ process, element, comune, isOneOf, index }) => ({
      ...{ signalId, stream, revision, name, process, element, comune },
      ...(isOneOf && { event: index }),
      id: `${signalId}>${process}#${element}`,
    })),
  );
}

async function write(pool: Pool, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return;
  await pool.query(
    `insert into effects.signal_deliveries (id, signal_id, stream, revision, name, case_id, process, element, comune, event)
     select x.id, x."signalId", x.stream, x.revision, x.name, x."caseId", x.process, x.element, x.comune, x.event
     from json_to_recordset($1::json) as x(id text, "signalId" text, stream text, revision integer, name text,
       "caseId" text, process text, element text, comune text, event integer)
     on conflict do nothing`,
    [JSON.stringify(rows)],
  );
}
