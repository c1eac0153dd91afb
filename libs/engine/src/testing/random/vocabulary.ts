import type { EventDefinition, Expression, LoopSpec, SingleEventDefinition } from '@iter/process-model';
import { feel, plain } from '../model.ts';
import type { Tape } from './tape.ts';

/** A condition over the variable `n`, that commands change; rarely one that cannot be judged. */
export function condition(tape: Tape): string {
  return tape.pick('n % 2 = 0', 'n % 2 = 1', 'n % 3 = 1', 'n < 3', 'true', 'false', 'missing % 2 = 0');
}

const name = (tape: Tape): Expression => plain(tape.pick('A', 'B'));

type Kind = SingleEventDefinition['kind'];

export function definition(tape: Tape, kinds: readonly [Kind, ...Kind[]]): SingleEventDefinition {
  const kind = tape.pick(...kinds);
  switch (kind) {
    case 'message':
      return { kind, name: name(tape), correlationKey: tape.pick(null, feel('n')) };
    case 'timer':
      return { kind, timer: 'duration', value: tape.pick(plain('PT1H'), plain('P1D'), feel('missing')) };
    case 'signal':
      return { kind, name: name(tape) };
    case 'error':
    case 'escalation':
      return { kind, code: name(tape) };
    case 'conditional':
      return { kind, condition: feel(condition(tape)) };
    case 'compensation':
      return { kind, activity: null, waitForCompletion: tape.below(2) === 0 };
    case 'link':
      return { kind, name: 'L' };
    case 'cancel':
    case 'terminate':
      return { kind };
  }
}

/** What a catching event awaits: one thing, or several of which one or all must happen. */
export function awaited(tape: Tape): EventDefinition {
  const kinds = ['message', 'timer', 'signal', 'conditional'] as const;
  if (!tape.once(5)) return definition(tape, kinds);
  const of = [definition(tape, ['message', 'signal']), definition(tape, ['timer', 'conditional', 'message'])];
  return { kind: 'multiple', parallel: tape.below(2) === 1, of };
}

/** On a boundary or at the start of an event sub-process: also what is thrown. Without a code it catches all. */
export function caught(tape: Tape, more: readonly Kind[] = []): EventDefinition {
  if (tape.once(8)) return awaited(tape);
  const it = definition(tape, ['error', 'message', 'timer', 'signal', 'escalation', 'conditional', ...more]);
  return 'code' in it && tape.once(3) ? { ...it, code: null } : it;
}

/** How an activity repeats; mostly not at all. */
export function repetition(tape: Tape): LoopSpec | null {
  if (!tape.once(5)) return null;
  const done = (): Expression | null =>
    tape.pick(null, feel('numberOfCompletedInstances % 2 = 0'), feel('missing < 1'));
  if (tape.once(3)) {
    const goesOn = tape.pick(feel('loopCounter < 2'), feel('n < 3'), null);
    return { kind: 'standard', testBefore: tape.below(2) === 1, condition: goesOn, maximum: plain(3) };
  }
  const fromList = tape.below(2) === 1;
  return {
    kind: 'multi',
    sequential: tape.below(2) === 1,
    cardinality: fromList ? null : tape.pick(plain(2), plain(3), plain(0), feel('n')),
    collection: fromList ? tape.pick(feel('[1,2,3]'), feel('[]'), feel('n')) : null,
    item: fromList ? 'item' : null,
    outputCollection: tape.pick(null, 'results'),
    outputElement: tape.pick(feel('n'), feel('loopCounter')),
    completionCondition: done(),
    behavior: tape.once(4)
      ? { kind: tape.pick('none', 'one'), event: definition(tape, ['signal', 'escalation', 'message']) }
      : { kind: 'all' },
  };
}
