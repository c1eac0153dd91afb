import { createHash } from 'node:crypto';
import { chainEvents } from '../chain.ts';
import type { JsonObject } from '../envelope.ts';
import type { Append, StreamHead } from '../port.ts';

const idOf = (text: string): string => {
  const hex = createHash('sha1').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** An append of so many events, as a command would make it; the same command gives the same bytes. */
export function appendOf(
  stream: string,
  head: StreamHead | null,
  command: string,
  data: readonly JsonObject[] = [{ n: 1 }],
): Append {
  const commandId = idOf(command);
  const events = chainEvents(
    head,
    data.map((fields, i) => ({
      id: idOf(`${command}/${i}`),
      type: 'SomethingHappened',
      schemaVersion: 1,
      tenant: 'c_borgo',
      stream,
      occurredAt: '2026-03-06T08:00:00.000Z',
      recordedAt: '2026-03-06T08:00:00.000Z',
      actor: { account: 'operatore', role: 'DESK_OPERATOR', body: 'p_demo' },
      commandId,
      requestHash: 'ab'.repeat(32),
      causationId: null,
      correlationId: commandId,
      keyId: null,
      data: fields,
    })),
  );
  return { stream, expectedRevision: head?.revision ?? -1, events };
}
