import type { CaseEvent, DeadlinePlan, EventOf, Instant } from '@iter/engine';
import { chainEvents, hashEvent } from '@iter/event-store';
import type { ActorRef, EventLog, JsonObject, StreamHead } from '@iter/event-store';
import { eventId, uuidV5 } from '@iter/platform/ids';

export const operator: ActorRef = { account: 'operatore', role: 'DESK_OPERATOR', body: 'p_demo' };

/** A stable case id for a spec. */
export const caseId = (name: string | number): string => uuidV5(`spec case ${name}`);

export type LooseEvent =
  CaseEvent | { readonly type: string; readonly schemaVersion?: number; readonly data: object };

/** Writes events of cases into a log, unsealed, as the command side would: chained, one append a call. */
export function caseWriter(log: EventLog, now: () => Instant) {
  const heads = new Map<string, StreamHead>();
  let commands = 0;
  return async (
    id: string,
    events: readonly LooseEvent[],
    {
      actor = operator,
      keyId = null,
      causationId = null,
      prefix = 'case-',
    }: { actor?: ActorRef; keyId?: string | null; causationId?: string | null; prefix?: string } = {},
  ): Promise<string> => {
    const stream = `${prefix}${id}`;
    const commandId = uuidV5(`spec command ${++commands}`);
    const chained = chainEvents(
      heads.get(stream) ?? null,
      events.map((event, i) => ({
        id: eventId(commandId, i),
        type: event.type,
        schemaVersion: ('schemaVersion' in event ? event.schemaVersion : undefined) ?? 1,
        tenant: 'c_borgo',
        stream,
        occurredAt: now(),
        recordedAt: now(),
        actor,
        commandId,
        requestHash: '0'.repeat(64),
        causationId,
        correlationId: commandId,
        keyId,
        data: event.data as JsonObject,
      })),
    );
    const last = chained.at(-1)!;
    const head = heads.get(stream) ?? null;
    const result = await log.append({ stream, expectedRevision: head?.revision ?? -1, events: chained });
    if (result.outcome !== 'appended') throw new Error(`spec append to ${stream}: ${result.outcome}`);
    heads.set(stream, { revision: last.revision, hash: hashEvent(last) });
    return result.position;
  };
}

export const started = (data: Partial<EventOf<'CaseStarted'>['data']> = {}): EventOf<'CaseStarted'> => ({
  type: 'CaseStarted',
  data: {
    process: 'disciplinary-ordinary',
    version: 1,
    definition: 'd1',
    comune: 'c_borgo',
    businessKey: null,
    startElement: 'start',
    variables: {},
    ...data,
  },
});

export const taskCreated = (
  key: string,
  data: Partial<EventOf<'UserTaskCreated'>['data']> = {},
): EventOf<'UserTaskCreated'> => ({
  type: 'UserTaskCreated',
  data: {
    key,
    element: 't_review',
    scope: null,
    role: 'UPD',
    assignee: null,
    candidateGroups: [],
    candidateUsers: [],
    formId: null,
    dueAt: null,
    followUpAt: null,
    priority: 50,
    ...data,
  },
});

export const taskCompleted = (
  key: string,
  variables: EventOf<'UserTaskCompleted'>['data']['variables'] = {},
): EventOf<'UserTaskCompleted'> => ({
  type: 'UserTaskCompleted',
  data: { key, element: 't_review', scope: null, variables },
});

export const plan = (safeActionDate: string, more: Partial<DeadlinePlan> = {}): DeadlinePlan => ({
  base: '2026-03-06',
  nominalDate: '2026-04-05',
  legalDueDate: '2026-04-07',
  safeActionDate,
  earliestActionDate: null,
  explanation: ['dal 6 marzo 2026, 30 giorni'],
  expiresAt: '2026-04-07T22:00:00.000Z',
  ladder: {
    name: 'peremptory',
    steps: [
      {
        id: 'first',
        at: '2026-03-19T07:00:00.000Z',
        to: ['DESK_OPERATOR'],
        does: 'notice',
        repeatHours: null,
        label: { it: 'promemoria', en: 'reminder' },
      },
    ],
  },
  ...more,
});

export const deadlineOpened = (
  key: string,
  safeActionDate = '2026-04-03',
  data: Partial<EventOf<'DeadlineOpened'>['data']> = {},
): EventOf<'DeadlineOpened'> => ({
  type: 'DeadlineOpened',
  data: {
    key,
    id: 'DL_CONTESTATION',
    instance: null,
    bell: '2026-03-19T07:00:00.000Z',
    element: 't_registerReport',
    scope: null,
    term: 'disciplinary.contestation',
    label: { it: 'Contestazione dell’addebito', en: 'Charge' },
    norm: 'D.Lgs. 165/2001 art. 55-bis',
    mark: 'verified',
    nature: 'PEREMPTORY',
    binds: 'administration',
    bases: [{ name: 'reportReceived', date: '2026-03-06', proof: null }],
    plan: plan(safeActionDate),
    ...data,
  },
});

export const jobCreated = (
  key: string,
  data: Partial<EventOf<'JobCreated'>['data']> = {},
): EventOf<'JobCreated'> => ({
  type: 'JobCreated',
  data: {
    key,
    element: 'send_notice',
    scope: null,
    jobType: 'desk-notice',
    retries: 3,
    headers: {},
    ...data,
  },
});

export const timerArmed = (key: string, dueAt: Instant): EventOf<'TimerArmed'> => ({
  type: 'TimerArmed',
  data: { key, element: 'evt_wait', host: null, dueAt, cycle: null },
});
