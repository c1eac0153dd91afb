import type { EventLog } from '@iter/event-store';
import { LogMissing } from '@iter/event-store';
import { createEventStoreLog } from '@iter/event-store/eventstoredb';
import { createPostgresLog } from '@iter/event-store/postgres';
import type { Config } from '@iter/platform/config';
import type { Logger } from '@iter/platform/logging';
import type { Label } from '@iter/platform/words';

/** The event store that was configured cannot be opened; the cause says why, and no password. */
export class LogUnreached extends Error {
  override readonly name = 'LogUnreached';
  constructor(override readonly cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause));
  }
}

export interface OpenLog {
  readonly log: EventLog;
  /** Why the log is out of reach; null: it is not. */
  trouble(): Label | null;
}

/**
 * Opens the log where the configuration has it; everything else stays in PostgreSQL.
 * @param where `onlyRead`: nothing is made or changed there
 * @throws LogMissing when it is only to be read and is not there
 */
export async function openLog(where: {
  readonly databaseUrl: string;
  readonly eventStore: Config['eventStore'];
  readonly logger?: Logger;
  readonly onlyRead?: boolean;
}): Promise<OpenLog> {
  const { databaseUrl, eventStore, logger, onlyRead = false } = where;
  if (!eventStore)
    return { log: await createPostgresLog({ url: databaseUrl, onlyRead }), trouble: () => null };
  const log = await createEventStoreLog({ ...eventStore, onlyRead, ...(logger && { logger }) }).catch(
    (error: unknown) => {
      throw error instanceof LogMissing ? error : new LogUnreached(error);
    },
  );
  return {
    log,
    trouble: () => (log.health().state === 'failing' ? silent : null),
  };
}

const silent: Label = {
  it: 'l’archivio degli eventi non risponde',
  en: 'the event store does not answer',
};
