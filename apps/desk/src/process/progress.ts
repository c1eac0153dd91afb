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

const opening = new Set(['ElementActivated', 'UserTaskCreated', 'JobCreated']);
const closing = new Set(['ElementCompleted', 'UserTaskCompleted', 'JobCompleted']);

/**
 * Where the tokens of a case stand and which way they took, from its facts in order. Elements in which
 * nothing can wait leave only their completion.
 */
export function followTokens(events: readonly HistoryEvent[]): Progress {
  const elements = new Map<string, Visits>();
  const flows = new Map<string, number>();
  const open = new Map<string, string>();

  const visit = (event: HistoryEvent, element: string): Visits => {
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
      flows.set(event.data.flow, (flows.get(event.data.flow) ?? 0) + 1);
    } else if (event.type === 'CaseStarted' && typeof event.data.startElement === 'string') {
      visit(event, event.data.startElement);
    } else if (opening.has(event.type) && element !== null && key !== null) {
      visit(event, element).active += 1;
      open.set(key, element);
    } else if (closing.has(event.type) && element !== null) {
      const visits = visit(event, element);
      visits.completed += 1;
      if (key !== null && open.delete(key)) visits.active -= 1;
    } else if (event.type === 'ElementTerminated' && key !== null) {
      const left = open.get(key) ?? element;
      if (left === null || left === undefined) continue;
      const visits = visit(event, left);
      visits.interrupted += 1;
      if (open.delete(key)) visits.active -= 1;
    } else if (
      event.type === 'CaseTerminated' ||
      event.type === 'CaseCompleted' ||
      event.type === 'CaseFailed'
    ) {
      for (const left of open.values()) visit(event, left).active = 0;
      open.clear();
    }
  }
  for (const [id, visits] of elements)
    if (visits.active + visits.completed + visits.interrupted === 0)
      elements.set(id, { ...visits, completed: 1 });
  return { elements, flows };
}
