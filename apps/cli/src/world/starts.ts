import { firing, nextFiring } from '@iter/engine';
import type { Env, Timer, Variables } from '@iter/engine';
import {
  decideGathering,
  evolveGathering,
  needsOf,
  nothingGathered,
  triggersOf,
} from '@iter/commands/starts';
import type { GatheringState } from '@iter/commands/starts';
import type { Definition } from '@iter/process-catalog';
import { awaitedDefinitions, awaitsAll, caseStarts } from '@iter/process-model';
import type { FlowNode } from '@iter/process-model';

/** A way in which a case may begin by itself: an event of a start, by its place among the start's events. */
export interface Start {
  readonly process: string;
  readonly element: string;
  readonly index: number;
}

export type Firing = Pick<Timer, 'dueAt' | 'cycle'>;

/** What begins cases when something happens, over all definitions of a world. */
export class Starts {
  readonly #definitions: () => readonly Definition[];
  /** What has happened of starts that need several events, and what each brought. */
  readonly #gathering = new Map<string, GatheringState>();
  readonly #brought = new Map<string, Variables>();
  #known: readonly { readonly process: string; readonly node: FlowNode }[] | null = null;

  constructor(definitions: () => readonly Definition[]) {
    this.#definitions = definitions;
  }

  /** Starts that await a message or signal of this name. */
  awaiting(kind: 'message' | 'signal', name: string): readonly Start[] {
    const found = this.#all().flatMap(({ process, node }) =>
      awaitedDefinitions(node).flatMap((definition, index) =>
        definition.kind === kind && definition.name.constant === name
          ? [{ process, element: node.id, index, isOneOf: awaitsAll(node) }]
          : [],
      ),
    );
    return kind === 'message' ? oncePerProcess(found) : found;
  }

  /** Timers of starts, with their first firing. */
  timers(now: string, evaluate: Env['evaluate']): readonly (Start & Firing)[] {
    return this.#all().flatMap(({ process, node }) =>
      awaitedDefinitions(node).flatMap((definition, index) => {
        // A branch of a gateway counts from when the gateway is reached, which nothing does here.
        if (definition.kind !== 'timer' || node.type !== 'bpmn:StartEvent') return [];
        const value = evaluate(definition.value, {});
        const first =
          value.ok && typeof value.value === 'string' && firing(definition.timer, value.value, now);
        return first ? [{ process, element: node.id, index, ...first }] : [];
      }),
    );
  }

  /** The firing after this one; null: that was the last. */
  after(firing_: Firing): Firing | null {
    return nextFiring(firing_);
  }

  /**
   * An event of a start has happened.
   * @returns the variables with which its case begins; null while others of its events are awaited
   */
  happened({ process, element, index }: Start, variables: Variables): Variables | null {
    const definition = this.#definitions().find(({ key }) => key === process);
    const triggers = definition ? triggersOf(definition, element) : [];
    const trigger = triggers[index];
    if (!definition || trigger === undefined) return variables;
    const needs = needsOf(definition, triggers);
    const group = needs.messages.includes(trigger) ? needs.body : null;
    const id = String(this.#brought.size);
    this.#brought.set(id, variables);
    const occurrence = { id, trigger, group, tenant: needs.body, source: null, by: null };
    const key = `${process}/${element}`;
    const before = this.#gathering.get(key) ?? nothingGathered;
    const events = decideGathering(before, { type: 'GatherStart', occurrence, needs });
    const after = events.reduce(evolveGathering, before);
    this.#gathering.set(key, after);
    const [gathered] = after.gathered.get(id) ?? [];
    if (!gathered) return null;
    return Object.assign({}, ...gathered.occurrences.map((it) => this.#brought.get(it))) as Variables;
  }

  /** Definitions have come: what starts cases is looked up anew. */
  deployed(): void {
    this.#known = null;
  }

  #all(): readonly { readonly process: string; readonly node: FlowNode }[] {
    return (this.#known ??= this.#definitions().flatMap(({ key: process, model }) =>
      model.kind === 'process' ? caseStarts(model).map(({ node }) => ({ process, node })) : [],
    ));
  }
}

/** A message begins one case of each process: by itself where it may, else as one of the events that a start needs. */
function oncePerProcess(
  starts: readonly (Start & { readonly isOneOf: boolean })[],
): readonly (Start & { readonly isOneOf: boolean })[] {
  const alone = new Map(starts.filter((it) => !it.isOneOf).map((it) => [it.process, it]));
  const first = starts.filter(
    (it, i) =>
      it.isOneOf &&
      !alone.has(it.process) &&
      starts.findIndex((other) => other.process === it.process && other.element === it.element) === i,
  );
  return [...alone.values(), ...first];
}
