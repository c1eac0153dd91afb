import { createPostgresLog } from '@iter/event-store/postgres';
import { createPool, migrate } from '@iter/platform/postgres';
import { createPostgresDataKeys, createSealer, dataKeyMigrations } from '@iter/platform/sealing';
import { foldStream } from './w2-stream.ts';
import { rebuildViews } from './w2-views.ts';

export interface W2Options {
  readonly databaseUrl: string;
  /** Median of so many runs. */
  readonly runs: number;
  /** Events of the log from which views are made; 1,000,000 where nothing else is asked. */
  readonly events: number;
  onProgress(what: string): void;
}

/** W2: folding one long stream, and making the views from a long log; each beside reading and parsing the same. */
export async function w2(options: W2Options): Promise<object> {
  const pool = createPool({ url: options.databaseUrl });
  await migrate(pool, dataKeyMigrations);
  const log = await createPostgresLog({ url: options.databaseUrl });
  const sealer = createSealer({ store: createPostgresDataKeys(pool, new Uint8Array(32).fill(7)) });
  try {
    return {
      stream: await foldStream({ pool, log, sealer, ...options }),
      views: await rebuildViews({ pool, log, sealer, ...options }),
    };
  } finally {
    await log.close();
    await pool.end();
  }
}
