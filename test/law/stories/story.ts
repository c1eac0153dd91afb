import type { Json, Expression, DeadlineChange, DeadlineDecl } from '@iter/process-model';
import { shownInRome, whenRomeShows } from '../by-hand/clocks.ts';
import { catalogue } from '../compare.ts';
import { print, readPrinted } from '../golden/printed.ts';
import { feel, processModel } from '../../../libs/engine/src/testing/model.ts';
import type { Piece } from '../../../libs/engine/src/testing/model.ts';
import { Play } from '../../../libs/engine/src/testing/play.ts';

// A worked example that is a story: a small process with the page's elements, played on a clock in Rome with the terms and
// ladders of the catalogue.

type Declaration = Partial<DeadlineDecl> & Pick<DeadlineDecl, 'id' | 'term'>;

/** `DL_X ← base`: the deadline of a term from a FEEL expression, named as the term's first candidate base. */
export function opens(id: string, term: string, base: string, more: Partial<DeadlineDecl> = {}): Declaration {
  const entry = catalogue.terms().find(({ key }) => key === term);
  if (!entry) throw new Error(`The catalogue has no ${term}`);
  const name = entry.bases[0]?.name ?? 'base';
  return { id, term, bases: [{ name, value: feel(base), proof: null }], ...more };
}

/** "meet `DL_X` by `variable`" */
export function met(
  by: string,
  date: string | null,
  use: 'decides' | 'quiets' | 'both' = 'both',
): DeadlineDecl['met'][number] {
  return { by, date: date === null ? null : feel(date), use };
}

/** An operation on a deadline, at the completion of the element that bears it. */
export function changes(
  ref: string,
  kind: DeadlineChange['kind'],
  by: string | null = null,
  more: { readonly when?: Expression; readonly reason?: string } = {},
): DeadlineChange {
  const change = { ref, kind, on: 'completion', when: null, key: null, reason: null } as const;
  return { ...change, by: by === null ? null : feel(by), ...more };
}

/** 09:00 in Rome of a printed day, or the printed time. */
function instant(printed: string): string {
  const text = readPrinted(printed);
  const [at] = whenRomeShows(text.length === 10 ? `${text}T09:00:00` : text.slice(0, 19));
  if (!at) throw new Error(`No clock in Rome shows ${printed}`);
  return at.toISOString();
}

export class Story {
  readonly play: Play;

  /** Begins on a day as the pages print it, at nine, or at a printed time. */
  constructor(
    on: string,
    pieces: readonly Piece[],
    flows: readonly string[],
    variables: Record<string, Json> = {},
  ) {
    const now = instant(on);
    this.play = new Play(processModel('story', pieces, flows), { now, catalogue });
    this.play.start(dated(variables));
  }

  /** Lets time pass until then; what is due on the way rings. */
  until(printed: string): this {
    this.play.advanceTo(instant(printed));
    return this;
  }

  /** Completes a task, on a day. */
  on(printed: string, element: string, variables: Record<string, Json> = {}): this {
    this.until(printed).play.complete(element, dated(variables));
    return this;
  }

  /** Completes a task in vain. @returns the code of the refusal */
  refused(printed: string, element: string, variables: Record<string, Json> = {}): string {
    const { key } = this.until(printed).play.task(element);
    return this.play.refused({ type: 'CompleteUserTask', key, variables: dated(variables) });
  }

  /** State and legal date of the deadlines of an id, in the order in which they were opened. */
  tells(id: string): readonly string[] {
    const all = [...this.play.state.deadlines.values()].filter((it) => it.id === id);
    return all.map(({ status, plan }) => `${status} ${print(plan.legalDueDate)}`);
  }

  /** The steps of the ladder that have been told of a deadline; not those that another told with it. */
  told(id: string): readonly string[] {
    return this.play.history.flatMap(({ type, data }) =>
      type === 'LadderStepReached' && data.id === id && !data.passed ? [data.step] : [],
    );
  }

  /** When the ladder of a deadline rings, in Rome: `Fri 2026-10-23 08:00`. */
  rings(id: string): readonly string[] {
    return this.play.deadline(id).plan.ladder.steps.map(({ at }) => {
      const shown = shownInRome(new Date(at));
      return `${print(shown)} ${shown.slice(11, 16)}`;
    });
  }

  /** The events of a deadline in short, `DeadlineMet`. */
  events(type: `Deadline${string}`, id: string): readonly object[] {
    return this.play.history.flatMap((event) =>
      event.type === type && 'id' in event.data && event.data.id === id ? [event.data] : [],
    );
  }
}

/** Printed dates among variables are read, weekday and all. */
function dated(variables: Record<string, Json>): Record<string, Json> {
  const read = (value: Json): Json =>
    typeof value === 'string' && /^\w{3} \d{4}-/.test(value) ? readPrinted(value) : value;
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, read(value)]));
}
