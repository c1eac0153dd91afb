import type { Expression, FlowNode, IoMapping, ProcessModel } from '@iter/process-model';
import { isLive } from '../deadline-state.ts';
import type { Execution } from '../execution.ts';
import type { Variables } from '../events.ts';
import { refuse } from '../refused.ts';
import type { Deadline } from '../state.ts';

/** Where a term would not follow by itself, people set it right. */
export function refuseMoved(): never {
  return refuse('term-moved', {
    it: 'Da questo dato dipende un termine di legge che la rettifica non può ricalcolare: riaprire l’attività, oppure correggere la data del termine dal pannello «Scadenze».',
    en: 'A legal term depends on this value that the rectification cannot compute anew: reopen the task, or correct the date of the deadline in the panel “Deadlines”.',
  });
}

/**
 * Refuses to correct what terms read otherwise than as the date of a base or of a fact: whether and for how long a term runs,
 * what suspends, moves or ends it, and whatever was worked out from the value.
 */
export function refuseUnfollowed(x: Execution, former: Variables): void {
  const names = new Set(Object.keys(former));
  const models = modelsOf(x);
  const derived = derivedFrom(models, names);
  const all = new Set([...names, ...derived]);
  for (const model of models) {
    for (const { when, key, amount, until, bases, met, id } of model.deadlines.values()) {
      // A term that the wrong value kept from opening is not there.
      if (reads(when, all)) refuseMoved();
      const opened = deadlinesOf(x, id);
      if (opened.length === 0) continue;
      const dates = [...bases.flatMap(({ value, proof }) => [value, proof]), ...met.map(({ date }) => date)];
      if ([key, amount, until].some((it) => reads(it, all)) || dates.some((it) => reads(it, derived)))
        refuseMoved();
      const isAmbiguous = opened.some((it) => partsOf(x, it) > 1);
      if (isAmbiguous && dates.some((it) => reads(it, names))) refuseMoved();
    }
    const changes = [...model.nodes.values()].flatMap(({ deadlineChanges }) => deadlineChanges);
    for (const { ref, kind, when, by, key } of changes) {
      const opened = deadlinesOf(x, ref);
      const isAhead =
        kind === 'meet' && opened.every(isLive) && Object.values(former).every((it) => it !== null);
      if (opened.length > 0 && !isAhead && [when, by, key].some((it) => reads(it, all))) refuseMoved();
    }
  }
}

function modelsOf(x: Execution): readonly ProcessModel[] {
  const hashes = [
    x.state.definition,
    ...[...x.state.elements.values()].flatMap(({ called }) => called ?? []),
    ...[...x.state.deadlines.values()].flatMap(({ definition }) => definition ?? []),
  ];
  return [...new Set(hashes)].map((hash) => x.modelOf(hash));
}

const deadlinesOf = (x: Execution, id: string): readonly Deadline[] =>
  [...x.state.deadlines.values()].filter(
    (it) => it.id === id && it.status !== 'replaced' && it.status !== 'closed',
  );

/** How many parts run by the definition that declares it: from the values of which it was read is not known. */
function partsOf(x: Execution, { scope, definition }: Deadline): number {
  if (scope !== null || definition === null) return 0;
  return [...x.state.elements.values()].filter(({ called }) => called === definition).length;
}

const reads = (expression: Expression | null, names: ReadonlySet<string>): boolean =>
  expression?.names.some((name) => names.has(name)) ?? false;

/** Other variables that are worked out from these, and from those in turn. */
function derivedFrom(models: readonly ProcessModel[], names: ReadonlySet<string>): ReadonlySet<string> {
  const mappings = models.flatMap(({ nodes }) => [...nodes.values()].flatMap(mappingsOf));
  const derived = new Set<string>();
  for (let size = -1; size !== derived.size;) {
    size = derived.size;
    for (const { source, target } of mappings) {
      const [name = target] = target.split('.');
      const isCopy = source.text.trim() === name;
      if (!isCopy && (reads(source, names) || reads(source, derived))) derived.add(name);
    }
  }
  return derived;
}

function mappingsOf({ outputs, inputs, call, script }: FlowNode): readonly IoMapping[] {
  const worked = script?.resultVariable ? [{ source: script.expression, target: script.resultVariable }] : [];
  return [...outputs, ...(call ? inputs : []), ...worked];
}
