import { clearFields } from '@iter/engine';
import type { CaseEvent, CaseEventType, DeadlineEvent, Variables } from '@iter/engine';
import type { StoredEvent } from '@iter/event-store';
import { caseOf } from '@iter/event-store/following';
import type { Projection } from '@iter/event-store/following';

/** An event of a case in clear, where the log has it. Fields whose key was destroyed are absent. */
export type CaseSeen = Omit<StoredEvent, 'type' | 'data'> & CaseEvent;
export type SeenOf<T extends CaseEventType> = Extract<CaseSeen, { type: T }>;
export type CaseProjection = Projection<CaseSeen>;

/** Types of events about a legal deadline, but for the steps of its ladder. */
export const deadlineTypes = Object.keys(clearFields).filter((type): type is DeadlineEvent['type'] =>
  type.startsWith('Deadline'),
);

/** Types of events that end a case. */
export const endTypes = ['CaseCompleted', 'CaseFailed', 'CaseTerminated'] as const;

/** `<caseId>.<key>`: the public id of what lives in a case. */
export const publicId = (event: CaseSeen, key: string): string => `${caseOf(event.stream)}.${key}`;

/** What an element of the definition left is called in the one that the case follows from here on. */
export const renamed = ({ data }: SeenOf<'CaseMigrated'>, element: string): string =>
  data.elements[element] ?? element;

/** Sealed text; empty when the key that sealed it was destroyed. */
export const textOf = (value: string | undefined): string => value ?? '';

/** What most events bring: one object for all of them, so that nobody need look into it. */
export const noVariables: Variables = Object.freeze({});

/** Variables that an event brings to the case as a whole; none when they were erased or stay in a scope. */
export function caseVariables(event: CaseSeen): Variables {
  switch (event.type) {
    case 'CaseStarted':
      return event.data.variables ?? noVariables;
    case 'VariablesSet':
      return event.data.scope === null ? (event.data.variables ?? noVariables) : noVariables;
    // What is handed over inside a call stays in the called scope; what comes out of it is a `VariablesSet`.
    case 'UserTaskCompleted':
    case 'JobCompleted':
      if (event.data.definition !== undefined) return noVariables;
      return event.data.outputs ?? event.data.variables ?? noVariables;
    default:
      return noVariables;
  }
}

/** Variables that an event brings, in whatever scope: what a case calls says the same of it under the same name. */
export function variablesOf(event: CaseSeen): Variables {
  switch (event.type) {
    case 'CaseStarted':
    case 'VariablesSet':
      return event.data.variables ?? noVariables;
    case 'UserTaskCompleted':
    case 'JobCompleted':
      return event.data.outputs ?? event.data.variables ?? noVariables;
    default:
      return noVariables;
  }
}
