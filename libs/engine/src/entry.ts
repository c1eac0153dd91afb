import type { Json } from '@iter/process-model';
import type { Key, Variables } from './events.ts';
import type { RecordedCaseEvent } from './evolve.ts';
import { isSent, isWithinTheHouse } from './sending.ts';

/** How a value came into the case, and whether an act was sent since. */
export interface Entry {
  readonly value: Json;
  readonly isSent: boolean;
  /** What people did to enter it; a correction of it is none. */
  readonly event: RecordedCaseEvent;
  /** Around the element that took it; null: the case. */
  readonly scope: Key | null;
}

/**
 * The last entry of a variable by people (a task, what arrived, the start, an earlier correction); null: nobody entered it.
 * What stays inside the house is no act.
 */
export function entryOf(history: readonly RecordedCaseEvent[], name: string): Entry | null {
  const brings = (event: RecordedCaseEvent): boolean => handedIn(event)?.[name] !== undefined;
  const at = history.findLastIndex(brings);
  const event = history.findLast((it) => it.type !== 'CaseRectified' && brings(it));
  const value = history[at] && handedIn(history[at])?.[name];
  if (value === undefined || !event) return null;
  const inside = new Set(
    history.flatMap(({ type, data }) => (type === 'JobCreated' && isWithinTheHouse(data) ? [data.key] : [])),
  );
  const sent = history.slice(at + 1).some((it) => {
    if (it.type === 'DeliverySent' || it.type === 'MessageThrown') return true;
    if (it.type === 'JobCompleted') return !inside.has(it.data.key);
    return it.type === 'UserTaskCompleted' && isSent(it.data.variables);
  });
  return { value, isSent: sent, event, scope: scopeOfEntry(history, event) };
}

/** What was handed in with an entry, as corrected since. */
export function enteredWith(history: readonly RecordedCaseEvent[], entry: RecordedCaseEvent): Variables {
  const given = handedIn(entry) ?? {};
  const since = history.slice(history.indexOf(entry) + 1);
  const corrected = since.flatMap((it) =>
    it.type === 'CaseRectified' ? Object.entries(it.data.variables) : [],
  );
  return { ...given, ...Object.fromEntries(corrected.filter(([name]) => Object.hasOwn(given, name))) };
}

function handedIn(event: RecordedCaseEvent): Variables | undefined {
  switch (event.type) {
    case 'CaseStarted':
    case 'UserTaskCompleted':
    case 'MessageCorrelated':
    case 'CaseRectified':
      return event.data.variables;
    default:
      return undefined;
  }
}

/** What had asked for what people entered: an element, and its form. */
export interface EntryPlace {
  readonly element: string;
  /** Around the element; null: the case. */
  readonly scope: Key | null;
  /** Definition of the element, as the case followed it then: since, another may have other elements and forms. */
  readonly definition: string;
  /** Name of the message that arrived; null: none did, or the case began with it. */
  readonly message: string | null;
}

/** Where an entry was made; null: it is a correction, or the history does not tell. */
export function placeOf(history: readonly RecordedCaseEvent[], event: RecordedCaseEvent): EntryPlace | null {
  switch (event.type) {
    case 'UserTaskCompleted': {
      const { element, scope, definition = followedAt(history, event) } = event.data;
      return definition === undefined ? null : { element, scope, definition, message: null };
    }
    case 'CaseStarted': {
      const { startElement: element, definition } = event.data;
      return { element, scope: null, definition, message: null };
    }
    case 'MessageCorrelated': {
      const { element, name: message } = event.data;
      const scope = scopeOfEntry(history, event);
      const definition = calledAround(history, scope) ?? followedAt(history, event);
      return definition === undefined ? null : { element, scope, definition, message };
    }
    default:
      return null;
  }
}

/** Of a message: around what awaited it, which is over by now; where it began an event sub-process, around that. */
function scopeOfEntry(history: readonly RecordedCaseEvent[], event: RecordedCaseEvent): Key | null {
  if (event.type === 'UserTaskCompleted') return event.data.scope;
  if (event.type !== 'MessageCorrelated') return null;
  const { key } = event.data;
  const awaited = history.find((it) => it.type === 'MessageSubscribed' && it.data.key === key);
  if (awaited?.type !== 'MessageSubscribed') return null;
  const { host, inside } = awaited.data;
  return inside ? host : (activationOf(history, host)?.scope ?? null);
}

/** The definition that the case itself followed as something happened. */
function followedAt(history: readonly RecordedCaseEvent[], event: RecordedCaseEvent): string | undefined {
  const until = history.slice(0, history.indexOf(event));
  const told = until.findLast(({ type }) => type === 'CaseStarted' || type === 'CaseMigrated');
  return told?.type === 'CaseStarted' || told?.type === 'CaseMigrated' ? told.data.definition : undefined;
}

/** The definition that the innermost call around a place runs; undefined: the case's own. */
function calledAround(history: readonly RecordedCaseEvent[], from: Key | null): string | undefined {
  const around = activationOf(history, from);
  return around && (around.called ?? calledAround(history, around.scope));
}

function activationOf(history: readonly RecordedCaseEvent[], key: Key | null) {
  const activated = history.findLast((it) => it.type === 'ElementActivated' && it.data.key === key);
  return activated?.type === 'ElementActivated' ? activated.data : undefined;
}
