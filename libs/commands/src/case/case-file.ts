import { emptyState, evolveAll } from '@iter/engine';
import type { CaseState, Instant, Key } from '@iter/engine';
import type { StreamHead } from '@iter/event-store';
import type { Deed } from '@iter/access';
import { romeDate } from '@iter/legal-calendar';
import type { RecordedEvent } from '../outcome.ts';

/** Whom a task is meant for, as its creation said. */
export interface Audience {
  readonly users: readonly string[];
  readonly groups: readonly string[];
  /** Whose office does it; null: that of the case's body. */
  readonly body: string | null;
}

/** A case as the handlers hold it: the engine's state, the stream's tip, and who did what in it. */
export interface CaseFile {
  readonly state: CaseState;
  /** Null: nothing is in the stream yet. */
  readonly head: StreamHead | null;
  /** `recordedAt` of the last event: the next one's is never earlier. */
  readonly recordedAt: Instant;
  readonly startedBy: string;
  /** The day it started in the world, in Italy; decides which convention counts. */
  readonly startedOn: string;
  readonly deeds: readonly Deed[];
  /** Of open tasks that name users, groups or a body. */
  readonly audiences: ReadonlyMap<Key, Audience>;
  /** Every definition that it follows or followed, called ones included: all must be at hand to decide. */
  readonly definitions: ReadonlySet<string>;
  /** Roles that each escalation calls. */
  readonly called: ReadonlyMap<Key, readonly string[]>;
}

export const emptyFile: CaseFile = {
  state: emptyState,
  head: null,
  recordedAt: '',
  startedBy: '',
  startedOn: '',
  deeds: [],
  audiences: new Map(),
  called: new Map(),
  definitions: new Set(),
};

/** Duties are kept apart by the names of elements: who drafted has drafted, whatever the task is called now. */
const renamed = (deed: Deed, elements: Readonly<Record<string, string>>): Deed => ({
  ...deed,
  element: deed.element === null ? null : (elements[deed.element] ?? deed.element),
});

/**
 * The case after more events of its stream. Pure.
 * @param head the tip after the last of them
 * @param state what the engine makes of them, when that is known already
 */
export function addEvents(
  file: CaseFile,
  events: readonly RecordedEvent[],
  head: StreamHead,
  state: CaseState = evolveAll(file.state, events),
): CaseFile {
  const last = events.at(-1);
  if (!last) return file;
  let begun: Pick<CaseFile, 'startedBy' | 'startedOn'> = file;
  // Copied once, when something comes in: a long case would be copied for each of its tasks otherwise.
  let deeds: Deed[] | undefined;
  let audiences: Map<Key, Audience> | undefined;
  let called: Map<Key, readonly string[]> | undefined;
  let definitions: Set<string> | undefined;
  for (const event of events) {
    const { account, role, onBehalfOf } = event.actor;
    const by = { account, role, ...(onBehalfOf !== undefined && { onBehalfOf }) };
    switch (event.type) {
      case 'CaseStarted':
        begun = { startedBy: account, startedOn: romeDate(event.occurredAt) };
        (deeds ??= [...file.deeds]).push({ element: null, ...by });
        definitions = new Set([event.data.definition]);
        break;
      case 'CaseMigrated': {
        const { definition, elements } = event.data;
        (definitions ??= new Set(file.definitions)).add(definition);
        deeds = (deeds ?? file.deeds).map((deed) => renamed(deed, elements));
        break;
      }
      case 'ElementActivated':
        if (event.data.called !== undefined)
          (definitions ??= new Set(file.definitions)).add(event.data.called);
        break;
      case 'UserTaskCreated': {
        const { key, candidateUsers: users, candidateGroups: groups, body = null } = event.data;
        if (users.length + groups.length > 0 || body !== null)
          (audiences ??= new Map(file.audiences)).set(key, { users, groups, body });
        break;
      }
      case 'UserTaskCompleted':
        (deeds ??= [...file.deeds]).push({ element: event.data.element, ...by });
        break;
      case 'EscalationRaised':
        (called ??= new Map(file.called)).set(event.data.key, event.data.to);
        break;
      default:
    }
  }
  return {
    state,
    head,
    recordedAt: last.recordedAt,
    startedBy: begun.startedBy,
    startedOn: begun.startedOn,
    deeds: deeds ?? file.deeds,
    audiences: audiences ?? file.audiences,
    called: called ?? file.called,
    definitions: definitions ?? file.definitions,
  };
}
