import type { Append } from '@iter/event-store';
import type { ClientBase } from 'pg';
import { checkAppend } from '../../../libs/event-store/src/check-append.ts';
import { pack } from '../../../libs/event-store/src/postgres/pack.ts';

/** Appends within a transaction that its owner commits when it likes. */
export async function appendIn(
  client: Pick<ClientBase, 'query'>,
  append: Append,
): Promise<'appended' | 'conflict'> {
  const { stream, expectedRevision, events } = append;
  const hex = (text: string): Buffer => Buffer.from(text, 'hex');
  const { rows } = await client.query<{ answers: string[] }>(
    'select append_batch($1, $2, $3, $4, $5, $6, true)::text[] as answers',
    [
      ...[stream, [expectedRevision], [events.length]],
      ...[hex(events[0]!.prevHash), hex(checkAppend(append).hash), pack(events)],
    ],
  );
  return Number(rows[0]!.answers[0]) > 0 ? 'appended' : 'conflict';
}
