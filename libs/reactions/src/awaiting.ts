import type { EventOf } from '@iter/engine';
import type { StoredEvent } from '@iter/event-store';
import { caseOf } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';
import { publicId } from './case-event.ts';
import type { CaseProjection, CaseSeen } from './case-event.ts';

type Subscribed = 'MessageSubscribed' | 'SignalSubscribed';
type Begun<T extends Subscribed> = Omit<StoredEvent, 'type' | 'data'> & EventOf<T>;

interface Row {
  readonly id: string;
  readonly case_id: string;
}

export interface Awaiting<R extends Row, Begins extends Subscribed> {
  readonly table: Table<R>;
  /** A case begins to wait. */
  readonly begins: Begins;
  /** It waits no more, or has what it waited for. */
  readonly ends: readonly (
    'MessageUnsubscribed' | 'MessageCorrelated' | 'SignalUnsubscribed' | 'SignalReceived'
  )[];
  /** Events that must be in clear. */
  readonly opens: CaseProjection['opens'];
  /** The rest of its row; null: nothing can reach it any more. */
  row(event: Begun<Begins>): Omit<R, keyof Row> | null;
}

const caseEnds: ReadonlySet<string> = new Set(['CaseCompleted', 'CaseFailed', 'CaseTerminated']);

/** A view of who awaits something: a row from when a case begins to wait until it has it, gives it up, or ends. */
export function awaitingProjection<R extends Row, Begins extends Subscribed>({
  table,
  begins,
  ends,
  opens,
  row,
}: Awaiting<R, Begins>): CaseProjection {
  const isEnd = (event: CaseSeen): event is CaseSeen & EventOf<'MessageUnsubscribed'> =>
    (ends as readonly string[]).includes(event.type);
  return {
    table: table as never,
    opens,
    touches(event) {
      if (event.type === begins) return [];
      if (isEnd(event)) return [publicId(event, event.data.key)];
      return caseEnds.has(event.type) ? 'live' : null;
    },
    apply(event, rows) {
      if (event.type === begins) {
        const { key } = event.data as EventOf<Subscribed>['data'];
        const rest = row(event as unknown as Begun<Begins>);
        const own = { id: publicId(event, key), case_id: caseOf(event.stream) };
        if (rest) rows.put(table, { ...own, ...rest } as unknown as R);
      } else if (isEnd(event)) rows.remove(table, publicId(event, event.data.key));
      else for (const { id } of rows.of(table)) rows.remove(table, id);
    },
  };
}
