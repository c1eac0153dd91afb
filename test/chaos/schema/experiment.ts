import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createPool } from '@iter/platform/postgres';
import type { LogExperiment, TrialOutcome, TrialPorts } from '../experiment.ts';
import { randomFrom } from '../random.ts';
import { haltAt, passed, schemaOf, watchSchema } from './points.ts';
import type { Pool } from './points.ts';

const kills = 3;
/** A change of the schema that takes longer waits for what nobody will ever release. */
const patienceMs = 60_000;

class Migrating {
  /** Resolves with what went wrong; null: nothing, or it was killed. */
  readonly ended: Promise<string | null>;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
    let trouble = '';
    child.on('message', (said: string) => (trouble = said));
    this.ended = once(child, 'exit').then(([code]) => (code === 0 || code === null ? null : trouble));
  }

  static async load(): Promise<Migrating> {
    const child = fork(join(import.meta.dirname, 'migrate.ts'), [], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    await once(child, 'message');
    return new Migrating(child);
  }

  begin(databaseUrl: string): void {
    this.#child.send(databaseUrl);
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  /** @returns what went wrong; null when it ended well */
  async finish(): Promise<string | null> {
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), patienceMs);
    const trouble = await this.ended;
    clearTimeout(timer);
    return this.#child.signalCode === null ? trouble : 'it did not end';
  }
}

/** What an undisturbed house makes of an empty database, and by how many commands. Learnt once a run. */
let whole: Promise<{ readonly schema: string; readonly commands: number }> | null = null;

async function learn(pool: Pool, databaseUrl: string): Promise<{ schema: string; commands: number }> {
  await watchSchema(pool);
  const first = await Migrating.load();
  first.begin(databaseUrl);
  const trouble = await first.finish();
  if (trouble) throw new Error(trouble);
  return { schema: await schemaOf(pool), commands: await passed(pool) };
}

/**
 * F37: whoever changes the schema is killed at any of its commands, or its session is; two come after it at once. At last the
 * schema is what an undisturbed change makes of it.
 */
async function interrupt({ seed, databaseUrl }: TrialPorts): Promise<TrialOutcome> {
  const random = randomFrom(seed);
  const pool = createPool({ url: databaseUrl, max: 3 });
  const faults: string[] = [];
  let killed = 0;
  try {
    whole ??= learn(pool, databaseUrl);
    const { schema, commands } = await whole;
    await pool.query('drop schema if exists chaos cascade');
    for (const { nspname } of (await pool.query<{ nspname: string }>(ownSchemas)).rows)
      await pool.query(`drop schema "${nspname}" cascade`);
    await pool.query('create schema public');
    await watchSchema(pool);
    for (let n = 0; n < kills; n++) {
      const at = Math.max(await passed(pool), 0) + 1 + Math.floor((random() * commands) / kills);
      await haltAt(pool, at);
      const one = await Migrating.load();
      one.begin(databaseUrl);
      let isOver = false;
      void one.ended.then(() => (isOver = true));
      while (!isOver && (await passed(pool)) < at) await pause(5);
      if (!isOver && random() < 0.3) {
        await pool.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'",
        );
        killed++;
      } else if (!isOver) {
        await pause(random() * 60);
        killed++;
      }
      await one.kill();
    }
    await haltAt(pool, 0);
    const last = await Promise.all([Migrating.load(), Migrating.load()]);
    for (const each of last) each.begin(databaseUrl);
    for (const trouble of await Promise.all(last.map((it) => it.finish())))
      if (trouble) faults.push(`the schema was not made: ${trouble}`);
    const made = await schemaOf(pool);
    if (made !== schema) faults.push(`the schema is another: ${firstDifference(schema, made)}`);
    return { faults, figures: { killed } };
  } finally {
    await pool.end();
  }
}

const ownSchemas = `select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'`;

function firstDifference(wanted: string, made: string): string {
  const [a, b] = [new Set(wanted.split('\n')), new Set(made.split('\n'))];
  const missing = [...a].filter((line) => !b.has(line));
  const added = [...b].filter((line) => !a.has(line));
  return `missing ${missing.slice(0, 2).join(' and ')}; added ${added.slice(0, 2).join(' and ')}`.slice(
    0,
    400,
  );
}

export const schemaExperiment: LogExperiment = {
  id: 'F37',
  what: 'who brings the schema up to date is killed at any of its commands',
  needsDatabase: true,
  trial: interrupt,
};
