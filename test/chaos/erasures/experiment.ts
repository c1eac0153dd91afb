import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { forgetSnapshots, snapshotMigrations, createPostgresSnapshots } from '@iter/commands/snapshots';
import { isClear } from '@iter/engine';
import type { CaseEventType } from '@iter/engine';
import { chainEvents, hashEvent } from '@iter/event-store';
import type { ActorRef, EventLog, JsonObject } from '@iter/event-store';
import { sealEvents } from '@iter/event-store/ledger';
import { createPostgresLog } from '@iter/event-store/postgres';
import { uuidV5 } from '@iter/platform/ids';
import { createPool, migrate } from '@iter/platform/postgres';
import { createPostgresDataKeys, createSealer, dataKeyMigrations } from '@iter/platform/sealing';
import type { DataKeyStore } from '@iter/platform/sealing';
import { createViewsProjector } from '@iter/read-models';
import { carryOut, destroyAgain, keysOf } from '@iter/reactions/erasures';
import { createErasures } from '@iter/registers/erasures';
import type { LogExperiment, TrialOutcome, TrialPorts } from '../experiment.ts';
import { randomFrom } from '../random.ts';
import { compareViews, dumpViews } from '../views/oracle.ts';
import { tableNames } from '../views/projector.ts';
import type { Pool } from '../views/projector.ts';
import { oneOf, readLog } from '../views/trial.ts';

const persons = 24;
const erased = 12;
/** How long a process may know nothing of an order, and write. */
const latestMs = 400;
const patienceMs = 60_000;

const actor: ActorRef = { account: 'responsabile', role: 'DESK_SUPERVISOR', body: 'p_demo' };
const clock = { now: () => new Date().toISOString() };
const silent = { info: () => undefined, error: () => undefined };
/** Of the house's own views; the tally counts what the experiments of views write. */
const views = tableNames.filter((name) => name !== 'tally');

interface Person {
  readonly caseId: string;
  readonly canary: string;
}

/** What one process holds: keys in memory, the register as far as it has heard, the views when it is the one who keeps them. */
async function openHouse(log: EventLog, pool: Pool, keys: DataKeyStore, pageSize: number) {
  const sealer = createSealer({ store: keys, stock: 16 });
  const erasures = createErasures({ log, clock, sealer });
  const snapshots = createPostgresSnapshots({ pool, sealer, code: () => 'code', onError: () => undefined });
  const projector = await createViewsProjector({
    ...{ log, pool, clock, pageSize, logger: silent },
    unseal: async ({ id, data }) => (await sealer.unseal(id, data)).data,
  });
  projector.start();
  const destroying = {
    ...erasures,
    async destroy(ordered: Parameters<Parameters<typeof carryOut>[0]['destroy']>[0]) {
      const ids = ordered.map(({ caseId }) => caseId);
      await sealer.destroy(
        await keysOf(log, ordered),
        ids.map((id) => `case-${id}`),
      );
      await forgetSnapshots(pool, ids);
    },
  };
  return {
    ...{ sealer, erasures, snapshots, projector, destroying },
    async close() {
      await projector.stop();
      await erasures.close();
    },
  };
}
type House = Awaited<ReturnType<typeof openHouse>>;

interface Written {
  readonly type: CaseEventType;
  readonly data: JsonObject;
}

/** Appends to a case what one process sealed, behind whatever is there. */
async function write(
  log: EventLog,
  { sealer }: Pick<House, 'sealer'>,
  caseId: string,
  events: readonly Written[],
): Promise<void> {
  const stream = `case-${caseId}`;
  for (;;) {
    const last = (await log.readStream(stream)).at(-1);
    const head = last ? { revision: last.revision, hash: hashEvent(last) } : null;
    const commandId = uuidV5(`${stream} ${head?.revision ?? -1} ${Math.random()}`);
    const now = clock.now();
    const cover = {
      ...{ tenant: 'c_borgo', stream, occurredAt: now, recordedAt: now, actor, commandId },
      ...{ requestHash: '0'.repeat(64), causationId: null, correlationId: commandId },
    };
    const sealed = sealEvents(await sealer.keyFor(stream), cover, events, (type, field, value) =>
      isClear(type as CaseEventType, field, value),
    );
    const expectedRevision = head?.revision ?? -1;
    const done = await log.append({ stream, expectedRevision, events: chainEvents(head, sealed) });
    if (done.outcome === 'appended') return;
  }
}

const comment = (canary: string) => ({ type: 'CommentAdded' as const, data: { text: `Ha detto ${canary}` } });
/** What is filed of a case after its end, and shown by a view. */
const filed = (canary: string) => ({
  type: 'DocumentAttached' as const,
  data: {
    ...{ key: `late ${canary.length}`, name: `Lettera a ${canary}.pdf`, mediaType: 'application/pdf' },
    ...{ sizeBytes: 9, sha256: '0'.repeat(64), protocolNo: null, task: null },
  },
});
const told = ({ canary }: Person): readonly Written[] => [
  {
    type: 'CaseStarted',
    data: {
      ...{ process: 'disciplinary-ordinary', version: 1, definition: 'd1', comune: 'c_borgo' },
      ...{ businessKey: canary, startElement: 'start', variables: { name: canary } },
    },
  },
  comment(canary),
  { type: 'CaseCompleted', data: { endElement: 'e_end' } },
];

/** Tables in which somebody is named, the keys apart. */
async function tablesNaming(pool: Pool, canary: string): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const { rows: hits } = await pool.query(`select from ${name} t where t::text like $1 limit 1`, [
      `%${canary}%`,
    ]);
    if (hits.length > 0) found.push(name);
  }
  return found;
}

/** F42: what cases say is erased while views are kept and made anew, by processes of which one is always late; keys come back from a copy. */
async function eraseAmidst({ seed, databaseUrl }: TrialPorts): Promise<TrialOutcome> {
  const random = randomFrom(seed);
  const log = await createPostgresLog({ url: databaseUrl });
  const pool = createPool({ url: databaseUrl, name: 'chaos trial' });
  await migrate(pool, [...dataKeyMigrations, ...snapshotMigrations]);
  const keys = createPostgresDataKeys(pool, randomBytes(32));
  const houses: House[] = [];
  const faults: string[] = [];
  const figures = { erased: 0, late: 0, rebuilt: 0 };
  try {
    for (const pageSize of [1 + Math.floor(8 * random()), 1 + Math.floor(40 * random())])
      houses.push(await openHouse(log, pool, keys, pageSize));
    const [office, other] = houses as [House, House];
    const people = Array.from({ length: persons }, (_, n): Person => ({
      caseId: uuidV5(`chaos ${seed} ${n}`),
      canary: `Canarino${seed}x${n}y`,
    }));
    for (const person of people) {
      await write(log, oneOf(random, houses), person.caseId, told(person));
      oneOf(random, houses).snapshots.keep(`case-${person.caseId}`, `Istantanea di ${person.canary}`);
    }
    // A copy of the keys, as somebody's backup holds it.
    await pause(100);
    await pool.query('create table copied_keys as table data_keys');

    let isOver = false;
    const rebuilding = (async () => {
      while (!isOver) {
        await pause(100 * random());
        await oneOf(random, houses)
          .projector.rebuild()
          .then(() => figures.rebuilt++);
      }
    })();
    await Promise.all(
      people.slice(0, erased).map(async (person) => {
        await pause(1_500 * random());
        const stream = await log.readStream(`case-${person.caseId}`);
        const order = {
          ...{ process: 'disciplinary-ordinary', ground: 'SUBJECT_REQUEST' as const, reason: 'r' },
          instruction: { body: 'c_borgo', register: 'Generale', number: '7/2026', date: '2026-03-05' },
          keys: [...new Set(stream.flatMap(({ keyId }) => keyId ?? []))],
        };
        const commandId = uuidV5(`order ${person.caseId}`);
        await office.erasures.execute({
          ...{ caseId: person.caseId, tenant: 'c_borgo', actor, commandId, requestHash: 'x' },
          command: { type: 'OrderErasure', order },
        });
        figures.erased++;
        // Somebody who has not heard of it, with a key of the case in memory or with one taken anew.
        const late = random() < 0.5 ? other : { sealer: createSealer({ store: keys, stock: 4 }) };
        const writing = pause(latestMs * random()).then(async () => {
          await write(log, late, person.caseId, [filed(person.canary)]);
          figures.late++;
        });
        await carryOut(office.destroying, AbortSignal.timeout(patienceMs));
        await writing;
      }),
    );
    isOver = true;
    await rebuilding;

    // The copy of the keys is put back; whoever starts beside a log that knows of the erasures destroys them once more.
    await pool.query('insert into data_keys select * from copied_keys on conflict do nothing');
    await pool.query('drop table copied_keys');
    await pause(100);
    await destroyAgain(office.destroying, AbortSignal.timeout(patienceMs));
    await untilTold(log, pool, faults);

    const fresh = createSealer({ store: keys });
    for (const [n, { caseId, canary }] of people.entries()) {
      const events = await log.readStream(`case-${caseId}`);
      const clear = await Promise.all(events.map(({ id, data }) => fresh.unseal(id, data)));
      const isReadable = JSON.stringify(clear).includes(canary);
      if (isReadable !== n >= erased)
        faults.push(`case ${n} can ${isReadable ? 'still' : 'not'} be unsealed`);
      const tables = await tablesNaming(pool, canary);
      if (n < erased && tables.length > 0) faults.push(`case ${n} is named in ${tables.join()}`);
      if (n >= erased && !tables.includes('views.cases')) faults.push(`case ${n} is gone from the views`);
      if (n < erased && (await other.snapshots.find(`case-${caseId}`)) !== null)
        faults.push(`a snapshot of case ${n} opens`);
    }
    const { rows: aside } = await pool.query('select case_id from views.parked');
    if (aside.length > 0) faults.push(`${aside.length} cases were set aside`);
    const live = await dumpViews(pool, views);
    await office.projector.rebuild();
    faults.push(...compareViews(live, await dumpViews(pool, views)));
    faults.push(...(await readLog(databaseUrl)).faults);
    return { faults, figures };
  } finally {
    await Promise.all(houses.map((house) => house.close()));
    await log.close();
    await pool.end();
  }
}

async function untilTold(log: EventLog, pool: Pool, faults: string[]): Promise<void> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const { rows } = await pool.query<{ position: string | null }>('select position from views.checkpoint');
    if (log.distance(rows[0]?.position ?? null, await log.lastPosition()) === 0) return;
    if (performance.now() > until) return void faults.push('the views did not come to the end of the log');
    await pause(20);
  }
}

export const erasureExperiment: LogExperiment = {
  id: 'F42',
  what: 'what cases say is erased while views are kept and made anew, with late writers and keys from a copy',
  needsDatabase: true,
  trial: eraseAmidst,
};
