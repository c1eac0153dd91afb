import { randomBytes } from 'node:crypto';
import type { ResolvedEvent } from '@eventstore/db-client';
import { LogMissing } from '../port.ts';
import type { Connection } from './connection.ts';
import { readUntil, within } from './within.ts';

/** Where a log begins among all that is on the server, and the text that its positions begin with. */
export interface Beginning {
  readonly epoch: string;
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** The first connection may take its time. */
const patienceMs = 30_000;

/**
 * The beginning of the log, made by whoever opens it first to write.
 * @throws LogMissing when it is only to be read and is not there
 */
export async function openBeginning(
  connection: Connection,
  stream: string,
  onlyRead = false,
): Promise<Beginning> {
  const read = async (): Promise<Beginning | null> => {
    let beginning: Beginning | null = null;
    await readUntil<ResolvedEvent>(
      connection,
      patienceMs,
      (client) => client.readStream(stream, { maxCount: 1, requiresLeader: true }),
      ({ event }) => {
        const { epoch } = event!.data as { readonly epoch?: unknown };
        if (typeof epoch !== 'string' || !event!.position)
          throw new Error(`${stream} in EventStoreDB is not the beginning of a log`);
        beginning = { epoch, ...event!.position };
        return false;
      },
    ).catch((error: unknown) => {
      if ((error as { type?: string }).type !== 'stream-not-found') throw error;
    });
    return beginning;
  };
  const found = await read();
  if (found !== null) return found;
  if (onlyRead) throw new LogMissing('this server holds no log of that name');
  const begun = connection.module.jsonEvent({
    type: 'LogBegun',
    data: { epoch: randomBytes(4).toString('hex') },
  });
  await within(connection, patienceMs, (client) =>
    client.appendToStream(stream, begun, { expectedRevision: 'no_stream', requiresLeader: true }),
  ).catch((error: unknown) => {
    // Another was first; of anything else the stream tells.
    if ((error as { type?: string }).type !== 'wrong-expected-version') throw error;
  });
  const made = await read();
  if (made === null) throw new Error('EventStoreDB did not keep the beginning of the log');
  return made;
}
