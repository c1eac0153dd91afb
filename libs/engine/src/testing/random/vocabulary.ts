import type { EventDefinition, Expression, LoopSpec, SingleEventDefinition } from '@iter/process-model';
import { deadlineMissedMessage } from '../../run.ts';
import { feel, plain } from '../model.ts';
import type { Tape } from './tape.ts';

/** A condition over the variable `n`, that commands change; rarely one that cannot be judged, or never holds. */
export function condition(tape: Tape): string {
  if (tape.once(16)) return tape.pick('missing % 2 = 0', 'fail', 'false');
  return tape.pick('n % 2 = 0', 'n % 2 = 1', 'n % 3 = 1', 'n < 3');
}

const name = (tape: Tape): Expression => plain(tape.pick('A', 'B'));

type Kind = SingleEventDefinition['kind'];

export function definition(tape: Tape, kinds: readonly [Kind, ...Kind[]]): SingleEventDefinition {
  const kind = tape.pick(...kinds);
  switch (kind) {
    case 'message':
      return { kind, name: name(tape), correlationKey: tape.pick(null, feel('n')) };
    case 'timer':
      if (tape.once(12)) return { kind, timer: 'duration', value: feel('missing') };
      if (tape.once(5)) return { kind, timer: 'date', value: plain('2026-01-02T08:00:00Z') };
      return { kind, timer: 'duration', value: tape.pick(plain('PT1H'), plain('P1D')) };
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

/** A timer that fires again and again, thrice or without end. */
export function cycle(tape: Tape): SingleEventDefinition {
  return { kind: 'timer', timer: 'cycle', value: plain(tape.pick('R3/PT1H', 'R/PT6H')) };
}

/** What a catching event awaits: one thing, or several of which one or all must happen. */
export function awaited(tape: Tape): EventDefinition {
  const kinds = ['message', 'timer', 'signal', 'conditional'] as const;
  if (!tape.once(5)) return definition(tape, kinds);
  const of = [definition(tape, ['message', 'signal']), definition(tape, ['timer', 'conditional', 'message'])];
  return { kind: 'multiple', parallel: tape.below(2) === 1, of };
}

/**
 * On a boundary or at the start of an event sub-process: also what is thrown. Without a code it catches all.
 * @returns whether it must or must not interrupt, beside it; null: both are possible
 */
export function caught(
  tape: Tape,
  more: readonly Kind[] = [],
): { readonly event: EventDefinition; readonly interrupts: boolean | null } {
  if (tape.once(8)) return { event: awaited(tape), interrupts: null };
  if (tape.once(8)) return { event: cycle(tape), interrupts: false };
  if (tape.once(12)) {
    const event = { kind: 'message', name: plain(deadlineMissedMessage), correlationKey: null } as const;
    return { event, interrupts: null };
  }
  const it = definition(tape, ['error', 'message', 'timer', 'signal', 'escalation', 'conditional', ...more]);
  const interrupts = it.kind === 'error' || it.kind === 'cancel' ? true : null;
  return { event: 'code' in it && tape.below(2) === 0 ? { ...it, code: null } : it, interrupts };
}

/** How an activity repeats; mostly not at all. */
export function repetition(tape: Tape): LoopSpec | null {
  if (!tape.once(5)) return null;
  const done = (): Expression | null =>
    tape.once(10)
      ? feel('missing < 1')
      : tape.pick(null, feel('numberOfCompletedInstances % 2 = 0'), feel('numberOfCompletedInstances < 1'));
  if (tape.once(3)) {
    const goesOn = tape.pick(feel('loopCounter < 2'), feel('n < 3'), null);
    return { kind: 'standard', testBefore: tape.below(2) === 1, condition: goesOn, maximum: plain(3) };
  }
  const fromList = tape.below(2) === 1;
  return {
    kind: 'multi',
    sequential: tape.below(2) === 1,
    cardinality: fromList ? null : tape.pick(plain(2), plain(3), plain(0), feel('n')),
    collection: fromList ? tape.pick(feel('[1,2,3]'), feel('[1,2]'), feel('[]'), feel('n')) : null,
    item: fromList ? 'item' : null,
    outputCollection: tape.pick(null, 'results'),
    outputElement: tape.pick(feel('n'), feel('loopCounter')),
    completionCondition: done(),
    behavior: behavior(tape),
  };
}

function behavior(tape: Tape): Extract<LoopSpec, { kind: 'multi' }>['behavior'] {
  if (!tape.once(4)) return { kind: 'all' };
  const event = (): SingleEventDefinition => definition(tape, ['signal', 'escalation', 'message']);
  if (tape.below(3) < 2) return { kind: tape.pick('none', 'one'), event: event() };
  const definitions = [0, 1].map(() => ({ condition: feel(condition(tape)), event: event() }));
  return { kind: 'complex', definitions };
}
