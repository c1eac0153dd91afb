import type { Variables } from '@iter/engine';
import type { EventLog, JsonObject, StoredEvent } from '@iter/event-store';
import { caseOf } from '@iter/event-store/following';
import type { Pool } from 'pg';
import type { Effected } from '../effects/drain.ts';
import type { Effect } from '../effects/tries.ts';
import type { StartCase } from '../starts/starts.ts';

/** A signal that somebody is still to get. */
export interface PendingSignal extends Effect {
  readonly kind: 'signal';
  readonly signalId: string;
  readonly stream: string;
  readonly revision: number;
  /** Null: it begins a case, at `element` of `process`, of the body `comune`. */
  readonly to: string | null;
  readonly process: string | null;
  readonly element: string | null;
  readonly comune: string | null;
  /** Of a start that needs several events: which of them this is. */
  readonly event: number | null;
}

export type Answer = { readonly outcome: 'done' } | { readonly outcome: 'refused'; readonly code: string };

/** Sends `ReceiveSignal`; `id` is the idempotency key. */
export type ReceiveSignal = (signal: {
  readonly id: string;
  readonly signalId: string;
  readonly caseId: string;
  readonly name: string;
  readonly variables: Variables;
}) => Promise<Answer>;

export interface SignalPorts {
  readonly pool: Pool;
  readonly log: EventLog;
  unseal(event: StoredEvent): Promise<JsonObject>;
  readonly receive: ReceiveSignal;
  readonly start: StartCase;
}

export async function pendingSignals(
  pool: Pool,
  now: string,
  limit: number,
): Promise<readonly PendingSignal[]> {
  const { rows } = await pool.query<PendingSignal>(
    `select d.id, 'signal' as kind, coalesce(d.case_id, d.process) as "caseId", d.name, d.signal_id as "signalId",
       d.stream, d.revision, d.case_id as "to", d.process, d.element, d.comune, d.event
     from effects.signal_deliveries d left join effects.tries t on t.id = d.id
     where t.id is null or t.next_at <= $1 order by d.added, d.id limit $2`,
    [now, limit],
  );
  return rows;
}

/**
 * A case that has ended, or does not await it any more, has nothing to get, and neither has a process that begins otherwise
 * by now; a suspended case gets it when it moves again.
 */
const over: ReadonlySet<string> = new Set([
  'case-not-active',
  'case-not-found',
  'definition-not-found',
  'start-element-not-found',
]);

export async function deliverSignal(ports: SignalPorts, signal: PendingSignal): Promise<Effected> {
  const { id, signalId, to, process, element, comune, name, event, stream, revision } = signal;
  const { variables, startedBy } = await contentOf(ports, signal);
  const answer =
    to !== null
      ? await ports.receive({ id, signalId, caseId: to, name, variables })
      : await ports.start({
          ...{ id, variables, startedBy, causationId: signalId },
          ...{ process: process ?? '', element: element ?? '', comune: comune ?? '' },
          oneOf: event === null ? null : { event, source: { stream, revision } },
        });
  if (answer.outcome === 'refused' && !over.has(answer.code)) return { again: answer.code };
  await ports.pool.query('delete from effects.signal_deliveries where id = $1', [id]);
  return 'done';
}

/** What goes with the signal (nothing, when the key of its thrower was destroyed), and the case that threw it. */
async function contentOf(
  { log, unseal }: SignalPorts,
  { signalId, stream, revision }: PendingSignal,
): Promise<{
  readonly variables: Variables;
  readonly startedBy: { readonly case: string; readonly element: string } | null;
}> {
  const [event] = await log.readStream(stream, { from: revision, limit: 1 });
  if (event?.id !== signalId) throw new Error(`the signal ${signalId} is not where it was`);
  const data = event.keyId === null ? event.data : await unseal(event);
  const element = data['element'];
  return {
    variables: (data['variables'] ?? {}) as Variables,
    startedBy:
      stream.startsWith('case-') && typeof element === 'string' ? { case: caseOf(stream), element } : null,
  };
}
