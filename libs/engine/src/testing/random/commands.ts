import type { ProcessModel } from '@iter/process-model';
import type { CaseCommand } from '../../commands.ts';
import type { Instruction } from '../../events.ts';
import type { CaseState } from '../../state.ts';
import type { Tape } from './tape.ts';

/** What may be asked of a case now, sensible or not; each once, the sensible first. */
export function randomCommand(state: CaseState, model: ProcessModel, tape: Tape): CaseCommand {
  if (tape.below(12) === 11) return anywhere(state, model, tape);
  const sensible = waitingFor(state, tape);
  return sensible[tape.below(Math.max(1, sensible.length))] ?? { type: 'ContinueCase' };
}

function waitingFor(state: CaseState, tape: Tape): readonly CaseCommand[] {
  const n = tape.below(5);
  const variables = { n };
  const keys = (map: ReadonlyMap<string, unknown>): readonly string[] => [...map.keys()];
  return [
    ...(state.continuation ? [{ type: 'ContinueCase' } as const] : []),
    ...(state.suspended ? [{ type: 'ResumeCase', reason: 'r' } as const] : []),
    ...keys(state.tasks).map((key): CaseCommand => ({ type: 'CompleteUserTask', key, variables })),
    ...keys(state.jobs).map((key): CaseCommand => job(key, n, tape)),
    ...keys(state.timers).map((timer): CaseCommand => ({ type: 'TriggerTimer', timer })),
    ...[...state.subscriptions.values()].map(({ key: subscription, name, correlationKey }): CaseCommand => ({
      type: 'CorrelateMessage',
      name,
      correlationKey,
      messageId: 'm',
      variables,
      ...(n % 2 === 0 && { subscription }),
    })),
    ...[...state.signals.values()].map(({ name }): CaseCommand => ({
      type: 'ReceiveSignal',
      name,
      signalId: 's',
      variables,
    })),
    ...keys(state.incidents).map((key): CaseCommand => ({ type: 'ResolveIncident', key, resolution: 'r' })),
    ...adHocs(state).map((key): CaseCommand => ({
      type: 'StartAdHocActivity',
      key,
      element: element(state, tape),
    })),
    { type: 'SetVariables', variables, reason: 'r' },
  ];
}

function job(key: string, n: number, tape: Tape): CaseCommand {
  switch (tape.below(6)) {
    case 4:
      return { type: 'ThrowJobError', key, code: tape.pick('A', 'B'), message: 'm', variables: { n } };
    case 5:
      return { type: 'FailJob', key, retries: tape.below(2), message: 'm' };
    default:
      return { type: 'CompleteJob', key, variables: { n } };
  }
}

const adHocs = (state: CaseState): readonly string[] =>
  [...state.elements.values()].filter(({ begun }) => begun !== null).map(({ key }) => key);

/** An element that has begun in an ad-hoc sub-process: it may begin once more. */
function element(state: CaseState, tape: Tape): string {
  const begun = [...state.elements.values()].flatMap((it) => it.begun ?? []);
  return begun[tape.below(Math.max(1, begun.length))] ?? 'nobody';
}

/** What people do from outside. */
function anywhere(state: CaseState, model: ProcessModel, tape: Tape): CaseCommand {
  switch (tape.below(8)) {
    case 0:
      return { type: 'SuspendCase', reason: 'r' };
    case 1:
      return { type: 'ResumeCase', reason: 'r' };
    case 2:
      return { type: 'CompleteUserTask', key: 'nobody', variables: {} };
    case 3:
      return tape.below(3) === 2 ? { type: 'CancelCase', reason: 'r' } : { type: 'ContinueCase' };
    default: {
      const instructions = Array.from({ length: 1 + tape.below(2) }, () => instruction(state, model, tape));
      return { type: 'ModifyCase', instructions, reason: 'r' };
    }
  }
}

function instruction(state: CaseState, model: ProcessModel, tape: Tape): Instruction {
  const instances = [...state.elements.values()];
  const instance = instances[tape.below(Math.max(1, instances.length))];
  const scope = tape.below(2) === 0 ? null : (instance?.scope ?? null);
  const nodes = [...model.nodes.keys()];
  const target = nodes[tape.below(nodes.length)] ?? '';
  switch (tape.below(5)) {
    case 0:
      return { kind: 'start', element: target, scope };
    case 1: {
      const flows = [...model.flows.keys()];
      return { kind: 'take', flow: flows[tape.below(Math.max(1, flows.length))] ?? '', scope };
    }
    case 2: {
      const [[join, tokens] = ['', {}]] = Object.entries(state.root.joins ?? {});
      return { kind: 'drop', element: join, flow: Object.keys(tokens)[0] ?? '', scope: null };
    }
    case 3:
      return { kind: 'cancel', key: instance?.key ?? 'nobody' };
    default:
      return { kind: 'move', key: instance?.key ?? 'nobody', element: target };
  }
}
