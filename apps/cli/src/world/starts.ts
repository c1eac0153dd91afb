import { firing, nextFiring } from '@iter/engine';
import type { Env, Timer, Variables } from '@iter/engine';
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
  /** What has happened already of starts that need several events, with what it brought. */
  readonly #happened = new Map<string, ReadonlyMap<number, Variables>>();

  constructor(definitions: () => readonly Definition[]) {
    this.#definitions = definitions;
  }

  /** Starts that await a message or signal of this name. */
  awaiting(kind: 'message' | 'signal', name: string): readonly Start[] {
    return this.#all().flatMap(({ process, node }) =>
      awaitedDefinitions(node).flatMap((definition, index) =>
        definition.kind === kind && definition.name.constant === name
          ? [{ process, element: node.id, index }]
          : [],
      ),
    );
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
    const node = this.#all().find((it) => it.process === process && it.node.id === element)?.node;
    if (!node || !awaitsAll(node)) return variables;
    const key = `${process}/${element}`;
    const happened = new Map(this.#happened.get(key)).set(index, variables);
    const isComplete = happened.size === awaitedDefinitions(node).length;
    this.#happened.set(key, isComplete ? new Map() : happened);
    return isComplete ? Object.assign({}, ...happened.values()) : null;
  }

  #all(): readonly { readonly process: string; readonly node: FlowNode }[] {
    return this.#definitions().flatMap(({ key: process, model }) =>
      model.kind === 'process' ? caseStarts(model).map(({ node }) => ({ process, node })) : [],
    );
  }
}
