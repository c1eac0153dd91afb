import { deadlineMissedMessage } from '@iter/engine';
import { caseOf } from '@iter/event-store/following';
import type { Pool } from 'pg';
import { publicId } from '../case-event.ts';
import type { CaseSeen } from '../case-event.ts';
import { sideBySide } from '../side-by-side.ts';
import type { MessageTraffic } from '@iter/engine/messages';

/** Events of cases that move messages. */
export const messageMoves = [
  'MessageThrown',
  'MessageSubscribed',
  'MessageUnsubscribed',
  'MessageCorrelated',
] as const;

/**
 * Brings what cases throw, await and await no more into the streams in which they meet. Done again after a crash, it adds
 * nothing. Who awaits a message without a key is not written anywhere: a message finds him in the view.
 * @param events in clear, in the order of the log
 */
export async function routeMessages(
  pool: Pool,
  traffic: MessageTraffic,
  events: readonly CaseSeen[],
): Promise<void> {
  const begun = new Map<string, string>();
  const ended: string[] = [];
  for (const event of events) {
    if (event.type === 'MessageSubscribed') {
      const stream = streamOf(traffic, event);
      if (stream !== null) begun.set(publicId(event, event.data.key), stream);
    } else if (event.type === 'MessageUnsubscribed' || event.type === 'MessageCorrelated') {
      ended.push(publicId(event, event.data.key));
    }
  }
  await remember(pool, begun);
  const known = new Map([...(await streamsOf(pool, ended)), ...begun]);

  const work = new Map<string, (() => Promise<void>)[]>();
  for (const event of events) {
    const step = stepOf(traffic, known, event);
    if (!step) continue;
    const of = work.get(step.stream);
    if (of) of.push(step.act);
    else work.set(step.stream, [step.act]);
  }
  // Streams to which one page of the log leads are written side by side; within a stream in the order of the log.
  await sideBySide([...work.values()]);
  await forget(pool, ended);
}

interface Step {
  readonly stream: string;
  act(): Promise<void>;
}

function stepOf(traffic: MessageTraffic, known: ReadonlyMap<string, string>, event: CaseSeen): Step | null {
  const { id, tenant } = event;
  switch (event.type) {
    case 'MessageThrown': {
      const { name, correlationKey, element, variables, to = tenant } = event.data;
      // Its case was erased before anybody took it.
      if (correlationKey === undefined) return null;
      const message = {
        ...{ id, tenant: to, name, correlationKey, element, variables: variables ?? {} },
        caseId: caseOf(event.stream),
        revision: event.revision,
        thrownAt: event.recordedAt,
      };
      return { stream: traffic.streamOf(message, message.thrownAt), act: () => traffic.publish(message) };
    }
    case 'MessageSubscribed': {
      const subscription = publicId(event, event.data.key);
      const stream = known.get(subscription);
      const command = { type: 'AddSubscription', subscription } as const;
      return stream === undefined ? null : { stream, act: () => traffic.tell(stream, tenant, command, id) };
    }
    case 'MessageUnsubscribed':
    case 'MessageCorrelated': {
      const subscription = publicId(event, event.data.key);
      const stream = known.get(subscription);
      const command =
        event.type === 'MessageCorrelated'
          ? ({ type: 'ConfirmDelivery', messageId: event.data.messageId, subscription } as const)
          : ({ type: 'RemoveSubscription', subscription } as const);
      return stream === undefined ? null : { stream, act: () => traffic.tell(stream, tenant, command, id) };
    }
    default:
      return null;
  }
}

/** Null: it has no key, or is about the case's own deadlines. */
function streamOf(
  traffic: MessageTraffic,
  { tenant, recordedAt, data }: CaseSeen & { type: 'MessageSubscribed' },
): string | null {
  const { name, correlationKey } = data;
  if (name === deadlineMissedMessage || correlationKey === null || correlationKey === undefined) return null;
  return traffic.streamOf({ tenant, name, correlationKey }, recordedAt);
}

/**
 * Where each subscription waits: its end names it only by its key. Losing this costs no message: a message that is on its
 * way to somebody who awaits it no more is refused and comes back.
 */
async function remember(pool: Pool, streams: ReadonlyMap<string, string>): Promise<void> {
  if (streams.size === 0) return;
  const rows = [...streams].map(([id, stream]) => ({ id, stream }));
  await pool.query(
    `insert into effects.subscription_streams (id, stream)
     select x.id, x.stream from json_to_recordset($1::json) as x(id text, stream text) on conflict do nothing`,
    [JSON.stringify(rows)],
  );
}

async function streamsOf(pool: Pool, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await pool.query<{ id: string; stream: string }>(
    'select id, stream from effects.subscription_streams where id = any($1)',
    [ids],
  );
  return new Map(rows.map(({ id, stream }) => [id, stream]));
}

async function forget(pool: Pool, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await pool.query('delete from effects.subscription_streams where id = any($1)', [ids]);
}
