import { createCaseCommands, createMessages } from '@iter/commands';
import type { CaseCommands, CaseEraser, CasePorts, CaseReader } from '@iter/commands';
import { createPostgresSnapshots, foldingCode, snapshotMigrations } from '@iter/commands/snapshots';
import { createInMemoryWorld } from '@iter/commands/world';
import type { World } from '@iter/commands/world';
import type { EventLog } from '@iter/event-store';
import { italianCalendar } from '@iter/legal-calendar';
import { clockMigrations, databaseClock } from '@iter/platform/clock';
import type { DatabaseClock, DatabaseClockOptions } from '@iter/platform/clock';
import { createEvaluator } from '@iter/platform/feel';
import type { Sealer } from '@iter/event-store/ledger';
import { createPool, migrate } from '@iter/platform/postgres';
import { createPostgresDataKeys, createSealer, dataKeyMigrations } from '@iter/platform/sealing';
import { createQueues, createReactions } from '@iter/reactions';
import type { Bell, Queues, QueueOptions, Reactions, ReactionsPorts } from '@iter/reactions';
import { openTestLog } from './logs.ts';
import { throughCommands } from './reactions.ts';

type Pool = ReturnType<typeof createPool>;

export interface BellHouseOptions {
  readonly databaseUrl: string;
  /** Set: the queue runs on it; else on the database. */
  readonly redisUrl?: string | undefined;
  readonly worker: string;
  readonly clock?: Partial<DatabaseClockOptions>;
  readonly queues?: Partial<QueueOptions>;
  readonly reactions?: Partial<ReactionsPorts>;
  onTrouble?(what: string): void;
  /** Told of every bell whose command is on disk. */
  onRung?(bell: Bell): void;
}

/** What asks and appends: log, keys, clock and commands over a real database. */
export interface WriteSide {
  readonly pool: Pool;
  readonly log: EventLog;
  readonly clock: DatabaseClock;
  readonly sealer: Sealer;
  readonly world: World;
  readonly cases: CaseCommands & CaseReader & CaseEraser;
  readonly messages: ReturnType<typeof createMessages>;
  close(): Promise<void>;
}

/** Everything that bells need, over real servers: the write side, the queue and the reactions. */
export interface BellHouse extends WriteSide {
  readonly queues: Queues;
  readonly reactions: Reactions;
}

/** The write side alone. What it says about bodies and people comes from the world in memory. */
export async function openWriteSide(
  options: Pick<BellHouseOptions, 'databaseUrl' | 'clock'> & {
    /** Opens the log otherwise than tests do. */
    readonly openLog?: (databaseUrl: string) => Promise<EventLog>;
    readonly witness?: CasePorts['witness'];
    /** What it keeps of cases; all of them in memory by default. */
    readonly keeps?: Pick<CasePorts, 'hotCases' | 'snapshotEvery'>;
  },
): Promise<WriteSide> {
  const { databaseUrl } = options;
  const pool = createPool({ url: databaseUrl, max: 20 });
  await migrate(pool, [...dataKeyMigrations, ...clockMigrations, ...snapshotMigrations]);
  const clock = await databaseClock({ pool, url: databaseUrl, movable: true, ...options.clock });
  const log = await (options.openLog ?? openTestLog)(databaseUrl);
  const world = createInMemoryWorld({
    log,
    clock,
    catalogue: { term: () => null, ladder: () => null, defaultLadder: () => null },
    calendar: italianCalendar(),
    evaluator: (now) => createEvaluator({ now }),
    ...(options.witness && { witness: options.witness }),
  });
  await world.catalog.catchUp();
  const sealer = createSealer({ store: createPostgresDataKeys(pool, new Uint8Array(32).fill(7)) });
  const snapshots = createPostgresSnapshots({ pool, sealer, code: foldingCode, onError: () => undefined });
  const ports = { ...world.ports, sealer, snapshots, ...options.keeps };
  const cases = createCaseCommands(ports);
  return {
    ...{ pool, log, clock, sealer, world, cases },
    messages: createMessages(ports, cases),
    async close() {
      await world.close();
      await log.close();
      await clock.close();
      await pool.end();
    },
  };
}

/**
 * The parts of `iter up` that ring bells, without the desk and the registers. Several may be open on one database, in as many
 * processes. The reactions are not started.
 */
export async function openBellHouse(options: BellHouseOptions): Promise<BellHouse> {
  const { databaseUrl, redisUrl, worker, onTrouble = () => undefined } = options;
  const side = await openWriteSide(options);
  const { pool, log, clock } = side;
  const through = throughCommands(side);
  const queues = await createQueues({
    databaseUrl,
    redisUrl,
    onError: (error) => onTrouble(`queue: ${error.message}`),
    ...options.queues,
  });
  const reactions = await createReactions({
    ...{ log, pool, queues, clock, worker },
    logger: {
      info: () => undefined,
      error: (fields, message) => onTrouble(`${message} ${JSON.stringify(fields)}`),
    },
    ...through,
    async ring(bell) {
      const rung = await through.ring(bell);
      if (rung.outcome === 'rung') options.onRung?.(bell);
      return rung;
    },
    ...options.reactions,
  });
  return {
    ...side,
    ...{ queues, reactions },
    async close() {
      await reactions.stop();
      await queues.close();
      await side.close();
    },
  };
}
