import type { CaseReading } from '@iter/commands/case';

type CaseEvent = CaseReading['events'][number];

/** What happened at an element of a drawing. */
export interface Visit {
  readonly definition: string;
  readonly element: string;
  /** Tokens that stand there. */
  readonly active: number;
  /** How often it was completed. */
  readonly completed: number;
  /** How often it was left unfinished because something interrupted it. */
  readonly interrupted: number;
  /** The last time something happened there, and the account that did it. */
  readonly at: string;
  readonly by: string;
}

/** How often a sequence flow was taken. */
export interface Taken {
  readonly definition: string;
  readonly flow: string;
  readonly count: number;
}

interface Place {
  readonly definition: string;
  readonly element: string;
}

/** The whole of a repeated activity: it stands where its instances do, and counts only where there were none. */
interface Whole {
  /** Instances that are open. */
  open: number;
  completed: number;
  interrupted: number;
}

/** Something in which something waits: of a repeated activity the whole, or an instance and the whole that it is of. */
interface Open extends Place {
  readonly whole: Whole | null;
  readonly of: Whole | null;
}

const opening = new Set(['ElementActivated', 'UserTaskCreated', 'JobCreated']);
const closing = new Set(['ElementCompleted', 'UserTaskCompleted', 'JobCompleted']);
const ending = new Set(['CaseTerminated', 'CaseCompleted', 'CaseFailed']);

/**
 * Where the tokens of a case stand and which way they took, counted event by event: by the definition that the elements
 * are of, the case's own and those that it calls. What happened before a migration counts where the case goes on.
 */
export class Walk {
  /** By definition and element; by definition and flow. Entries are replaced, never changed. */
  readonly visits = new Map<string, Visit>();
  readonly flows = new Map<string, Taken>();
  /** By key. */
  readonly #open = new Map<string, Open>();

  /** @param definition that the event's element is of */
  add(event: CaseEvent, definition: string): void {
    const data = event.data as Record<string, unknown>;
    const { key, element, flow, scope, iteration } = data;
    const place = typeof element === 'string' ? { definition, element } : null;
    if (event.type === 'SequenceFlowTaken' && typeof flow === 'string') {
      const count = (this.flows.get(nameOf(definition, flow))?.count ?? 0) + 1;
      this.flows.set(nameOf(definition, flow), { definition, flow, count });
    } else if (opening.has(event.type) && place) {
      const of = iteration === undefined ? null : this.#wholeOf(scope);
      const whole = data['loop'] === undefined ? null : { open: 0, completed: 0, interrupted: 0 };
      this.#open.set(String(key), { ...place, whole, of });
      this.#visit(event, place, { active: of && of.open++ === 0 ? 0 : 1 });
    } else if (closing.has(event.type) && place) {
      this.#leave(event, place, 'completed');
    } else if (event.type === 'ElementTerminated') {
      const left = this.#open.get(String(key)) ?? place;
      if (left) this.#leave(event, left, 'interrupted');
    } else if (ending.has(event.type)) {
      for (const left of this.#open.values())
        if (left.whole === null || left.whole.open === 0)
          this.#visit(event, left, { interrupted: 1, active: -1 });
      this.#open.clear();
    } else if (event.type === 'CaseMigrated') {
      this.#migrate(event.data);
    }
  }

  #wholeOf(scope: unknown): Whole | null {
    return this.#open.get(String(scope))?.whole ?? null;
  }

  #leave(event: CaseEvent, place: Place, how: 'completed' | 'interrupted'): void {
    const { key, scope, iteration } = event.data as Record<string, unknown>;
    const open = this.#open.get(String(key));
    const of = open?.of ?? (iteration === undefined ? null : this.#wholeOf(scope));
    if (of) of[how]++;
    // The last of several leaves the whole where it stood.
    const isLast = open?.of ? --open.of.open === 0 : false;
    this.#open.delete(String(key));
    const counted = open?.whole ? open.whole[how] === 0 : true;
    this.#visit(event, place, { [how]: counted ? 1 : 0, active: open && !isLast ? -1 : 0 });
  }

  #visit(
    { recordedAt: at, actor }: CaseEvent,
    { definition, element }: Place,
    { active = 0, completed = 0, interrupted = 0 },
  ): void {
    const name = nameOf(definition, element);
    const before = this.visits.get(name) ?? { active: 0, completed: 0, interrupted: 0 };
    this.visits.set(name, {
      ...{ definition, element, at, by: actor.account },
      active: before.active + active,
      completed: before.completed + completed,
      interrupted: before.interrupted + interrupted,
    });
  }

  #migrate({
    from,
    definition,
    elements,
    flows,
  }: Extract<CaseEvent, { type: 'CaseMigrated' }>['data']): void {
    for (const [name, visit] of [...this.visits]) {
      if (visit.definition !== from) continue;
      this.visits.delete(name);
      const element = elements[visit.element] ?? visit.element;
      this.visits.set(nameOf(definition, element), { ...visit, definition, element });
    }
    for (const [name, taken] of [...this.flows]) {
      if (taken.definition !== from) continue;
      this.flows.delete(name);
      const flow = flows[taken.flow] ?? taken.flow;
      this.flows.set(nameOf(definition, flow), { ...taken, definition, flow });
    }
    for (const [key, place] of this.#open) {
      if (place.definition !== from) continue;
      this.#open.set(key, { ...place, definition, element: elements[place.element] ?? place.element });
    }
  }
}

const nameOf = (definition: string, id: string): string => `${definition} ${id}`;
