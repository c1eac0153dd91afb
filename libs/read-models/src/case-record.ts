import type { Json } from '@iter/event-store';
import type { CaseEventType, Variables } from '@iter/engine';
import { caseOf } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';
import { caseVariables, noVariables, variablesOf } from './case-event.ts';
import type { CaseProjection, CaseSeen, SeenOf } from './case-event.ts';

/** A view of one row per case of some process, made of a few of its variables and of what happens to it. */
export interface CaseRecord<R extends { readonly id: string }> {
  readonly table: Table<R>;
  readonly processes: readonly string[];
  begin(event: SeenOf<'CaseStarted'>): R;
  /** Variables that the row knows; an event that sets none of them does not concern it. */
  readonly variables: readonly string[];
  /** Also as they are set inside what the case calls; else only what comes out of it. */
  readonly inside?: true;
  /** @param set those of the variables that the event sets */
  told(row: R, set: Variables): R;
  /** What else changes the row, by type of event; null: this event does not. Asked of cases of every process. */
  readonly happened?: Happenings<R>;
}

type Change<R> = (row: R) => R;
type Happenings<R> = { readonly [T in CaseEventType]?: (event: SeenOf<T>) => Change<R> | null };

/** Events that may bring variables. */
const bringing = ['CaseStarted', 'VariablesSet', 'UserTaskCompleted', 'JobCompleted'] as const;

/** The projection of such a view. */
export function recordOfCases<R extends { readonly id: string }>(view: CaseRecord<R>): CaseProjection {
  const { table, processes, variables, happened = {} } = view;
  const brought = view.inside ? variablesOf : caseVariables;
  const setBy = (event: CaseSeen): Variables => {
    const all = brought(event);
    return Object.fromEntries(variables.flatMap((name) => (name in all ? [[name, all[name] as Json]] : [])));
  };
  const changeBy = (event: CaseSeen): Change<R> | null =>
    (happened[event.type] as ((event: CaseSeen) => Change<R> | null) | undefined)?.(event) ?? null;
  const concerns = (event: CaseSeen): boolean => {
    const all = brought(event);
    const sets = all !== noVariables && variables.some((name) => name in all);
    return sets || changeBy(event) !== null;
  };
  return {
    table: table as never,
    types: [...new Set([...bringing, ...(Object.keys(happened) as CaseEventType[])])],
    opens: bringing,
    touches(event) {
      if (event.type === 'CaseStarted') return processes.includes(event.data.process) ? [] : null;
      return concerns(event) ? [caseOf(event.stream)] : null;
    },
    apply(event, rows) {
      const row = event.type === 'CaseStarted' ? view.begin(event) : rows.get(table, caseOf(event.stream));
      if (!row) return;
      const next = changeBy(event)?.(row) ?? row;
      rows.put(table, view.told(next, setBy(event)));
    },
  };
}

/** What is to be done when a case ends before its time, by people or by a fault. */
export const brokenOff = <R>(change: (row: R) => R) => ({
  CaseTerminated: () => change,
  CaseFailed: () => change,
});

/** A text, or null for what is none. */
export const textIn = (value: Json | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

export const numberIn = (value: Json | undefined): number | null =>
  typeof value === 'number' ? value : null;

const isRecord = (it: Json | undefined): it is Variables =>
  typeof it === 'object' && it !== null && !Array.isArray(it);

/** A context, or null for what is none. */
export const recordIn = (value: Json | undefined): Variables | null => (isRecord(value) ? value : null);

/** The contexts of a list, each read; what cannot be read is left out. */
export const entriesIn = <T>(value: Json | undefined, read: (it: Variables) => T | null): readonly T[] =>
  Array.isArray(value)
    ? (value as readonly Json[]).flatMap((it) => {
        const entry = isRecord(it) ? read(it) : null;
        return entry === null ? [] : [entry];
      })
    : [];

/** The texts of a list; of rows, what they have under a name. */
export const textsIn = (value: Json | undefined, name: string): readonly string[] =>
  Array.isArray(value)
    ? (value as readonly Json[]).flatMap((it) => {
        const text = textIn(isRecord(it) ? it[name] : it);
        return text === null ? [] : [text];
      })
    : [];
