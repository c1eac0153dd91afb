import type { Json } from '@iter/process-model';
import { deadlineContext } from './deadlines/context.ts';
import type { Models } from './env.ts';
import type { Key, Variables } from './events.ts';
import { visibleVariables } from './state.ts';
import type { Asking, CaseState, ElementInstance } from './state.ts';

/** What the template of an act is given of a case, as seen from the element that asks for it. */
export interface ActSight {
  readonly element: string;
  readonly scope: Key | null;
  /** Definition that the task is of: inside a call, the called one. */
  readonly definition: string;
  readonly variables: Variables;
  readonly deadlines: Json;
  /** Names the act by its template and its place in the flow: each instance of a repeated task has its own. */
  readonly series: (template: string) => string;
}

/** @returns null when the task neither lives in this state nor has asked for acts */
export function actSight(state: CaseState, task: Key): ActSight | null {
  const seen = state.asked.get(task) ?? openTask(state, task);
  if (!seen) return null;
  const { element, scope, definition, place, variables } = seen;
  const around = scope !== null && state.elements.has(scope) ? scope : null;
  return {
    ...{ element, scope, definition },
    variables: { ...visibleVariables(state, around), ...variables },
    deadlines: deadlineContext(state),
    series: (template) => `${template}@${place}`,
  };
}

function openTask(state: CaseState, task: Key): Asking | null {
  const instance = state.elements.get(task);
  return instance ? { ...instance, place: placeOf(state, instance) } : null;
}

type Placed = Pick<ElementInstance, 'element' | 'scope' | 'iteration'>;

/** Element and, where something around it is repeated, which instance: `t_send`, `sub_each#2/t_send`. */
export function placeOf(state: CaseState, of: Placed): string {
  const named = ({ element, iteration }: Placed): string =>
    iteration > 0 ? `${element}#${iteration}` : element;
  const path = [named(of)];
  for (let key = of.scope; key !== null;) {
    const instance = state.elements.get(key);
    if (!instance) break;
    // The repeated activity as a whole says nothing that its instance does not.
    if (!instance.loop) path.unshift(named(instance));
    key = instance.scope;
  }
  return path.join('/');
}

/** The document that has taken the place of this one, and of that in turn; itself when none has. */
export function newestVersion({ documents }: Pick<CaseState, 'documents'>, key: Key): Key {
  let newest = key;
  // What replaces comes later: one pass in the order of filing finds the whole chain.
  for (const { key: next, replaces } of documents.values()) if (replaces === newest) newest = next;
  return newest;
}

/** The file as it is read: of each document the newest version, without other forms of the same. In the order of filing. */
export function newestDocuments({ documents }: Pick<CaseState, 'documents'>): readonly Key[] {
  const filed = [...documents.values()];
  const replaced = new Set(filed.map(({ replaces }) => replaces));
  return filed.flatMap(({ key, formOf }) => (formOf === undefined && !replaced.has(key) ? [key] : []));
}

/**
 * The documents that lie with a task: those filed for it, and of those that it is there to read (`iter:reads`) the newest
 * version. What is no longer open reads nothing any more.
 */
export function documentsWith(state: CaseState, models: Models, task: Key): ReadonlySet<Key> {
  const filed = [...state.documents.values()].filter((it) => it.task === task).map(({ key }) => key);
  const instance = state.elements.get(task);
  const reads = instance && models(instance.definition)?.nodes.get(instance.element)?.reads;
  if (!reads) return new Set(filed);
  const seen = visibleVariables(state, task);
  const read = reads
    .flatMap((name) => seen[name] ?? [])
    .flatMap((reference) => (typeof reference === 'string' ? (reference.split('.')[1] ?? []) : []))
    .filter((key) => state.documents.has(key))
    .map((key) => newestVersion(state, key));
  return new Set([...filed, ...read]);
}

/** The version of an act that was drafted last, and from which revision; null: it was never drafted. */
export function lastDraft(
  { documents }: Pick<CaseState, 'documents'>,
  series: string,
): { readonly document: Key; readonly revision: number } | null {
  let last: { readonly document: Key; readonly revision: number } | null = null;
  for (const { key, draft, formOf } of documents.values()) {
    if (draft?.series === series && formOf === undefined) last = { document: key, revision: draft.revision };
  }
  return last;
}
