import type { ProcessModel } from '@iter/process-model';

/** What a token loop does when the flow leaves it to somebody: the element, and where its tokens go on. */
interface Case {
  readonly waiting: Map<string, string>;
  readonly events: { readonly type: string; readonly element: string }[];
}

/**
 * The least that moves tokens through a process: a map of outgoing flows, a queue, an event for every element begun and
 * completed. No data, no scopes, no joins, no rollback: what is left of an engine when all that is hard is left out.
 */
export class TokenLoop {
  readonly #targets: ReadonlyMap<string, readonly string[]>;
  readonly #waits: ReadonlySet<string>;
  readonly #start: string;

  constructor({ nodes, flows }: ProcessModel) {
    const all = [...nodes.values()];
    const target = (flow: string): string => flows.get(flow)?.target ?? '';
    this.#targets = new Map(all.map(({ id, outgoing }) => [id, outgoing.map(target)]));
    this.#waits = new Set(all.filter(({ type }) => type === 'bpmn:UserTask').map(({ id }) => id));
    this.#start = all.find(({ type }) => type === 'bpmn:StartEvent')?.id ?? '';
  }

  start(): Case {
    const it: Case = { waiting: new Map(), events: [] };
    this.#run(it, [this.#start]);
    return it;
  }

  complete(it: Case, element: string): void {
    if (!it.waiting.delete(element)) throw new Error(`${element} does not wait`);
    it.events.push({ type: 'completed', element });
    this.#run(it, [...(this.#targets.get(element) ?? [])]);
  }

  #run(it: Case, queue: string[]): void {
    for (let element = queue.shift(); element !== undefined; element = queue.shift()) {
      it.events.push({ type: 'activated', element });
      if (this.#waits.has(element)) {
        it.waiting.set(element, element);
        continue;
      }
      it.events.push({ type: 'completed', element });
      for (const target of this.#targets.get(element) ?? []) queue.push(target);
    }
  }
}
