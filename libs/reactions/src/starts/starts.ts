import type { Variables } from '@iter/engine';
import type { MessageStart } from '@iter/engine/messages';
import type { Position } from '@iter/event-store';
import type { Definition } from '@iter/process-catalog';
import { awaitedDefinitions, awaitsAll, caseStarts } from '@iter/process-model';
import type { SingleEventDefinition } from '@iter/process-model';

/** The definitions as this process knows them; `ProcessCatalog` fits. */
export interface StartSource {
  /** The latest version of every process: an older one starts nothing any more. */
  list(): readonly Pick<
    Definition,
    'key' | 'version' | 'model' | 'deployedAt' | 'position' | 'deployedFor'
  >[];
  catchUp(): Promise<void>;
}

/** Starts a case by an event; `id` (of what caused it, and for whom) makes it the same case whenever it is asked again. */
export type StartCase = (start: {
  readonly id: string;
  readonly process: string;
  readonly element: string;
  readonly comune: string;
  readonly variables: Variables;
  readonly causationId: string | null;
  /** Case and element that caused it. */
  readonly startedBy: { readonly case: string; readonly element: string } | null;
  /** Of a start that needs several events: which of them has happened, and where the log has what it brings. */
  readonly oneOf: {
    readonly event: number;
    readonly source: { readonly stream: string; readonly revision: number } | null;
  } | null;
}) => Promise<{ readonly outcome: 'done' } | { readonly outcome: 'refused'; readonly code: string }>;

/** A way in which cases of a process begin by themselves. */
export interface Start {
  readonly process: string;
  readonly version: number;
  readonly element: string;
  /** Which of the events of the start. */
  readonly index: number;
  /** The start needs all of its events. */
  readonly isOneOf: boolean;
  readonly definition: SingleEventDefinition;
  readonly deployedAt: string;
  /** Of the deployment: what happened before it does not begin a case. */
  readonly position: Position;
  /** The body in whose name the process was deployed: the cases are this body's. */
  readonly comune: string;
}

/**
 * Every event that begins a case, of some definitions: by itself, or with the others of its start.
 * Source: BPMN 2.0.2 §13.2
 */
export function startsOf(definitions: ReturnType<StartSource['list']>): readonly Start[] {
  return definitions.flatMap(({ key: process, version, model, deployedAt, position, deployedFor: comune }) =>
    (model.kind === 'process' ? caseStarts(model) : []).flatMap(({ node, gateway }) =>
      awaitedDefinitions(node).flatMap((definition, index) => {
        // A timer behind a gateway counts from when the gateway is reached, which nothing does here.
        if (definition.kind === 'timer' && gateway) return [];
        const isOneOf = awaitsAll(node);
        const of = { process, version, element: node.id, index, isOneOf };
        return [{ ...of, definition, deployedAt, position, comune }];
      }),
    ),
  );
}

/**
 * What begins with each message, once per process: a message that begins a case by itself is not also one of the events
 * that another start of the process needs.
 */
export function startsByMessage(starts: readonly Start[]): ReadonlyMap<string, readonly MessageStart[]> {
  const byName = new Map<string, MessageStart[]>();
  // Those that need nothing else come first.
  for (const { definition, process, element, isOneOf } of [...starts].sort(
    (a, b) => Number(a.isOneOf) - Number(b.isOneOf),
  )) {
    if (definition.kind !== 'message' || typeof definition.name.constant !== 'string') continue;
    const of = byName.get(definition.name.constant) ?? [];
    const isThere = of.some(
      (it) => it.process === process && (it.element === null || it.element === element),
    );
    if (isThere) continue;
    byName.set(definition.name.constant, [...of, { process, element: isOneOf ? element : null }]);
  }
  return byName;
}
