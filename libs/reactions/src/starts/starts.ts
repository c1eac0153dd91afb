import type { Variables } from '@iter/engine';
import type { Definition } from '@iter/process-catalog';
import { awaitedDefinitions, awaitsAll, caseStarts } from '@iter/process-model';
import type { SingleEventDefinition } from '@iter/process-model';

/** The definitions as this process knows them; `ProcessCatalog` fits. */
export interface StartSource {
  /** The latest version of every process: an older one starts nothing any more. */
  list(): readonly Pick<Definition, 'key' | 'version' | 'model' | 'deployedAt' | 'deployedFor'>[];
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
}) => Promise<{ readonly outcome: 'done' } | { readonly outcome: 'refused'; readonly code: string }>;

/** A way in which cases of a process begin by themselves. */
export interface Start {
  readonly process: string;
  readonly version: number;
  readonly element: string;
  /** Which of the events of the start. */
  readonly index: number;
  readonly definition: SingleEventDefinition;
  readonly deployedAt: string;
  /** The body in whose name the process was deployed: the cases are this body's. */
  readonly comune: string;
}

/**
 * Every event by itself that begins a case, of some definitions. Starts that need several events are not among them.
 * Source: BPMN 2.0.2 §13.2
 */
export function startsOf(definitions: ReturnType<StartSource['list']>): readonly Start[] {
  return definitions.flatMap(({ key: process, version, model, deployedAt, deployedFor: comune }) =>
    (model.kind === 'process' ? caseStarts(model) : [])
      .filter(({ node }) => !awaitsAll(node))
      .flatMap(({ node, gateway }) =>
        awaitedDefinitions(node).flatMap((definition, index) =>
          // A timer behind a gateway counts from when the gateway is reached, which nothing does here.
          definition.kind === 'timer' && gateway
            ? []
            : [{ process, version, element: node.id, index, definition, deployedAt, comune }],
        ),
      ),
  );
}

/** Processes by the message with which they begin; a message with which several begin begins none. */
export function startsByMessage(starts: readonly Start[]): ReadonlyMap<string, string> {
  const processes = new Map<string, Set<string>>();
  for (const { definition, process } of starts) {
    if (definition.kind !== 'message' || typeof definition.name.constant !== 'string') continue;
    const of = processes.get(definition.name.constant) ?? new Set();
    processes.set(definition.name.constant, of.add(process));
  }
  return new Map([...processes].flatMap(([name, of]) => (of.size === 1 ? [[name, [...of][0]!]] : [])));
}
