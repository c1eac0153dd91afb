import { isDeepStrictEqual } from 'node:util';
import { emptyState, evolveAll } from '@iter/engine';
import type { CaseState, RecordedCaseEvent } from '@iter/engine';
import { withoutErased } from '@iter/commands/case';
import type { JsonObject } from '@iter/event-store';

/** An event as the history of a running system tells it. */
export type ToldEvent = RecordedCaseEvent & { readonly recordedAt: string };

/** A case's state as a running system tells it. */
export interface ToldState {
  readonly revision: number;
  readonly status: string;
  readonly process: string;
  readonly version: number;
  readonly definition: string;
  readonly tokens: readonly { readonly key: string; readonly element: string; readonly definition: string }[];
  readonly variables: JsonObject;
}

/** What stands for what a reader may not see. */
const masked = '•••';

export interface Folded {
  readonly state: CaseState;
  /** The reader sees the history under pseudonyms: what was written or entered is not in it. */
  readonly pseudonymised: boolean;
}

/** Folds a history with this tool's own engine; what is masked counts as if it were erased. */
export function foldHistory(events: readonly ToldEvent[]): Folded {
  const [first] = events;
  const pseudonymised = first?.type === 'CaseStarted' && (first.data.variables as unknown) === masked;
  const readable = pseudonymised ? events.map(unmasked) : events;
  return { state: evolveAll(emptyState, readable), pseudonymised };
}

function unmasked(event: ToldEvent): ToldEvent {
  const data = event.data as JsonObject;
  const hidden = Object.keys(data).filter((field) => data[field] === masked);
  return { ...event, data: withoutErased(data, hidden) } as unknown as ToldEvent;
}

/** Where the state that a history folds to differs from the one that was told; empty: nowhere. */
export function differences({ state, pseudonymised }: Folded, told: ToldState): readonly string[] {
  const tokens = (all: Iterable<ToldState['tokens'][number]>): readonly string[] =>
    [...all].map(({ key, element, definition }) => `${element} ${key} of ${definition.slice(0, 12)}`).sort();
  const compared: readonly (readonly [string, unknown, unknown])[] = [
    ['revision', state.revision, told.revision],
    ['status', state.suspended ? 'suspended' : state.status, told.status],
    ['process', state.process, told.process],
    ['version', state.version, told.version],
    ['definition', state.definition, told.definition],
    ['tokens', tokens(state.elements.values()), tokens(told.tokens)],
    ...(pseudonymised ? [] : ([['variables', plain(state.root.variables), told.variables]] as const)),
  ];
  return compared
    .filter(([, folded, system]) => !isDeepStrictEqual(folded, system))
    .map(
      ([what, folded, system]) => `${what}: ${JSON.stringify(folded)} here, ${JSON.stringify(system)} there`,
    );
}

/** As JSON brings it. */
const plain = (value: object): unknown => JSON.parse(JSON.stringify(value)) as unknown;
