import { caseStarts } from '@iter/process-model';
import type { ProcessModel } from '@iter/process-model';
import type { CaseCommand } from '../../commands.ts';
import { isLive, nextBell } from '../../deadline-state.ts';
import type { Instant, Instruction, Variables } from '../../events.ts';
import type { CaseState } from '../../state.ts';
import { deskCommands } from './desk.ts';
import type { Tape } from './tape.ts';

/** What begins a case: one of the ways in which its process may begin. */
export function startCommand(model: ProcessModel, tape: Tape): CaseCommand {
  const { key: process, hash: definition } = model;
  const starts = model.kind === 'process' ? caseStarts(model) : [];
  const start = starts[tape.below(Math.max(1, starts.length))];
  const isNone = !start || (start.node.type === 'bpmn:StartEvent' && start.node.event.kind === 'none');
  const about = { process, version: 1, definition, comune: 'c', businessKey: null };
  return {
    type: 'StartCase',
    ...about,
    variables: { n: tape.below(4), day: '2026-01-01' },
    ...(!isNone && { startElement: start.node.id }),
    ...(tape.once(12) && { startedBy: { case: 'case-0', element: 'send' } }),
  };
}

/** What may be asked of a case now, sensible or not; each once, the sensible first. */
export function randomCommand(state: CaseState, model: ProcessModel, tape: Tape): CaseCommand {
  const kind = tape.below(16);
  if (kind === 15) return anywhere(state, model, tape);
  const sensible = kind < 12 ? waitingFor(state, tape) : deskCommands(state, tape);
  return sensible[tape.below(Math.max(1, sensible.length))] ?? { type: 'ContinueCase' };
}

/** When the bell rings that gives this command; null: people give it. */
export function bellOf(state: CaseState, command: CaseCommand): Instant | null {
  if (command.type === 'TriggerTimer') return state.timers.get(command.timer)?.dueAt ?? null;
  const deadline = command.type === 'TriggerDeadline' ? state.deadlines.get(command.deadline) : undefined;
  return deadline ? nextBell(deadline) : null;
}

function waitingFor(state: CaseState, tape: Tape): readonly CaseCommand[] {
  const n = tape.below(5);
  const variables: Variables = { n, ...(tape.once(6) && { day: `2026-01-0${1 + n}` }) };
  const keys = (map: ReadonlyMap<string, unknown>): readonly string[] => [...map.keys()];
  const bells = [...state.deadlines.values()].filter((it) => isLive(it) || nextBell(it) !== null);
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
    ...bells.map(({ key }): CaseCommand => ({ type: 'TriggerDeadline', deadline: key })),
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
      return tape.below(6) === 5 ? { type: 'CancelCase', reason: 'r' } : { type: 'ContinueCase' };
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
  switch (tape.below(6)) {
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
    case 4:
      return { kind: 'set', scope, variables: { n: tape.below(5) } };
    default:
      return { kind: 'move', key: instance?.key ?? 'nobody', element: target };
  }
}
