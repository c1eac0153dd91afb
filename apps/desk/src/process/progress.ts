import type { HistoryEvent } from '../api/model.ts';

/** What happened at an element of the drawing. */
export interface Visits {
  /** Tokens that stand there now. */
  active: number;
  /** How often it was completed. */
  completed: number;
  /** How often it was left unfinished because something interrupted it. */
  interrupted: number;
  /** The last time something happened there, and who did it. */
  at: string;
  by: string;
}

export interface Progress {
  readonly elements: ReadonlyMap<string, Visits>;
  /** How often each sequence flow was taken. */
  readonly flows: ReadonlyMap<string, number>;
}

/** Of what nothing has happened in yet. */
export const noProgress: Progress = { elements: new Map(), flows: new Map() };

const opening = new Set(['ElementActivated', 'UserTaskCreated', 'JobCreated']);
const closing = new Set(['ElementCompleted', 'UserTaskCompleted', 'JobCompleted']);

interface Walk {
  elements: Map<string, Visits>;
  flows: Map<string, number>;
}

/**
 * Where the tokens of a case stand and which way they took, from its facts in order, by the definition that the elements
 * are of: its own, and those of what it calls. Elements in which nothing can wait leave only their completion. What
 * happened before a migration is shown where the case goes on.
 */
export function followTokens(events: readonly HistoryEvent[]): ReadonlyMap<string, Progress> {
  const walks = new Map<string, Walk>();
  const open = new Map<string, { element: string; definition: string }>();
  const walkOf = (definition: string): Walk => {
    const known = walks.get(definition) ?? { elements: new Map(), flows: new Map() };
    walks.set(definition, known);
    return known;
  };

  const visit = (event: HistoryEvent, element: string, definition = event.definition): Visits => {
    const { elements } = walkOf(definition);
    const visits = elements.get(element) ?? { active: 0, completed: 0, interrupted: 0, at: '', by: '' };
    visits.at = event.recordedAt;
    visits.by = event.actor.account;
    elements.set(element, visits);
    return visits;
  };

  for (const event of events) {
    const element = typeof event.data.element === 'string' ? event.data.element : null;
    const key = typeof event.data.key === 'string' ? event.data.key : null;
    if (event.type === 'SequenceFlowTaken' && typeof event.data.flow === 'string') {
      const { flows } = walkOf(event.definition);
      flows.set(event.data.flow, (flows.get(event.data.flow) ?? 0) + 1);
    } else if (event.type === 'CaseStarted' && typeof event.data.startElement === 'string') {
      visit(event, event.data.startElement);
    } else if (opening.has(event.type) && element !== null && key !== null) {
      visit(event, element).active += 1;
      open.set(key, { element, definition: event.definition });
    } else if (closing.has(event.type) && element !== null) {
      const visits = visit(event, element);
      visits.completed += 1;
      if (key !== null && open.delete(key)) visits.active -= 1;
    } else if (event.type === 'ElementTerminated' && key !== null) {
      const left = open.get(key) ?? (element === null ? null : { element, definition: event.definition });
      if (left === null) continue;
      const visits = visit(event, left.element, left.definition);
      visits.interrupted += 1;
      if (open.delete(key)) visits.active -= 1;
    } else if (
      event.type === 'CaseTerminated' ||
      event.type === 'CaseCompleted' ||
      event.type === 'CaseFailed'
    ) {
      for (const left of open.values()) visit(event, left.element, left.definition).active = 0;
      open.clear();
    } else if (event.type === 'CaseMigrated') {
      migrate(event.data, walks, open);
    }
  }
  for (const { elements } of walks.values())
    for (const [id, visits] of elements)
      if (visits.active + visits.completed + visits.interrupted === 0)
        elements.set(id, { ...visits, completed: 1 });
  return walks;
}

/** What happened under the definition that the case leaves, under the names that things have in the next one. */
function migrate(
  data: HistoryEvent['data'],
  walks: Map<string, Walk>,
  open: Map<string, { element: string; definition: string }>,
): void {
  const from = String(data.from);
  const definition = String(data.definition);
  const named = (names: unknown, id: string) => (names as Record<string, string> | undefined)?.[id] ?? id;
  const left = walks.get(from);
  walks.delete(from);
  walks.set(definition, {
    elements: new Map([...(left?.elements ?? [])].map(([id, it]) => [named(data.elements, id), it])),
    flows: new Map([...(left?.flows ?? [])].map(([id, it]) => [named(data.flows, id), it])),
  });
  for (const [key, it] of open)
    if (it.definition === from) open.set(key, { element: named(data.elements, it.element), definition });
}
