import type { components } from '../api/schema.d.ts';

/** What is drawn of a case, as the server tells it: all of it, or what a step changed. */
export type Walked = components['schemas']['WalkDto'];
/** What happened at an element of the drawing. */
export type Visits = Omit<Walked['visits'][number], 'definition' | 'element'>;

export interface Progress {
  readonly elements: ReadonlyMap<string, Visits>;
  /** How often each sequence flow was taken. */
  readonly flows: ReadonlyMap<string, number>;
}

/** Of what nothing has happened in yet. */
export const noProgress: Progress = { elements: new Map(), flows: new Map() };

/** By definition, the drawings after some visits and flows; what nothing is said of stays the very same. */
export function progressAfter(
  before: ReadonlyMap<string, Progress>,
  { visits, flows }: Walked,
): ReadonlyMap<string, Progress> {
  if (visits.length + flows.length === 0) return before;
  const next = new Map(before);
  for (const definition of new Set([...visits, ...flows].map((it) => it.definition))) {
    const elements = new Map<string, Visits>(before.get(definition)?.elements);
    const taken = new Map(before.get(definition)?.flows);
    for (const { element, definition: of, ...visit } of visits)
      if (of === definition) elements.set(element, visit);
    for (const { flow, definition: of, count } of flows) if (of === definition) taken.set(flow, count);
    next.set(definition, { elements, flows: taken });
  }
  return next;
}
