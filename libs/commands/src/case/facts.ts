import { awaitedMessage } from '@iter/engine';
import type { CaseState, Key, Models, Variables } from '@iter/engine';
import { confidential, roles } from '@iter/access';
import type { Act, ActFacts, CaseFacts, Headship } from '@iter/access';
import type { AskedCommand } from '../outcome.ts';
import type { BodyFacts } from '../ports.ts';
import type { CaseFile } from './case-file.ts';

/** Who takes a task that neither its lane nor its groups give to a role: the desk. */
export const defaultRoles = ['DESK_OPERATOR'] as const;

/** What access depends on, of a case as it stands. */
export function caseFacts(file: CaseFile, bodies: BodyFacts): CaseFacts {
  const { comune, process } = file.state;
  return {
    comune,
    process,
    startedBy: file.startedBy,
    ...bodies.standing(comune, process, file.startedOn),
    deeds: file.deeds,
    incompatible: incompatibleIn(file, bodies),
    headship: headshipIn(process, comune, file.state.root.variables, bodies),
  };
}

/** Of whom a disciplinary case is about; of other cases, and where nobody is named, nobody's. */
export function headshipIn(
  process: string,
  comune: string,
  { employeeRef }: Variables,
  bodies: Pick<BodyFacts, 'headship'>,
): Headship {
  const isNamed = typeof employeeRef === 'string' && employeeRef.trim() !== '';
  return confidential(process) && isNamed
    ? bodies.headship(comune, employeeRef.trim())
    : { heads: [], own: [] };
}

/** Who may not judge the person of a disciplinary case; of other cases, nobody is kept away. */
function incompatibleIn({ state, startedBy, deeds }: CaseFile, bodies: BodyFacts): readonly string[] {
  if (!confidential(state.process)) return [];
  const { employeeRef } = state.root.variables;
  const began = deeds.filter(({ element }) => element === null);
  return bodies.incompatible({
    employeeRef: typeof employeeRef === 'string' ? employeeRef.trim() : null,
    reporters: [startedBy, ...began.flatMap(({ onBehalfOf }) => onBehalfOf ?? [])],
  });
}

/** The open task with this key as access sees it; undefined when it is not open. */
export function taskFacts(file: CaseFile, models: Models, key: Key): ActFacts['task'] {
  const task = file.state.tasks.get(key);
  if (!task) return undefined;
  const audience = file.audiences.get(key);
  const lane = models(definitionOfTask(file.state, key))?.nodes.get(task.element)?.role ?? null;
  const groups = (audience?.groups ?? []).filter((group) => (roles as readonly string[]).includes(group));
  return {
    element: task.element,
    roles: lane ? [lane] : groups.length > 0 ? groups : defaultRoles,
    assignee: task.assignee,
    candidateUsers: audience?.users ?? [],
    body: audience?.body ?? null,
  };
}

/** The definition that an open task is of: inside a call, the called one. */
export function definitionOfTask(state: CaseState, key: Key): string {
  return state.elements.get(key)?.definition ?? state.definition;
}

/** Whom an escalation is for: the roles that it calls and was handed to, who has it, who is in charge of the case. */
export function escalationFacts(file: CaseFile, key: Key): Pick<ActFacts, 'addressees' | 'called'> {
  const { owner = null, handedTo = null } = file.state.escalations.get(key) ?? {};
  const roles = file.called.get(key) ?? [];
  const inCharge = roles.includes('IN_CHARGE')
    ? [...file.state.tasks.values()].map(({ assignee }) => assignee)
    : [];
  const people = [owner, handedTo?.account ?? null, ...inCharge];
  return {
    addressees: handedTo?.role ? [...roles, handedTo.role] : roles,
    called: [...new Set(people.filter((it) => it !== null))],
  };
}

/**
 * The act that a command is, and the facts to decide on it. Who asks for something that is no longer there (a
 * task done by another) needs to see the case; the engine then says what is missing.
 */
export function actOf(
  command: AskedCommand,
  file: CaseFile,
  models: Models,
  bodies: BodyFacts,
  reason: string | null,
): { readonly act: Act; readonly facts: ActFacts } {
  const facts: ActFacts = { case: caseFacts(file, bodies), reason };
  switch (command.type) {
    case 'ClaimUserTask':
    case 'ReleaseUserTask':
    case 'AssignUserTask':
    case 'CompleteUserTask': {
      const task = taskFacts(file, models, command.key);
      return task ? { act: command.type, facts: { ...facts, task } } : { act: 'SeeCase', facts };
    }
    case 'AttachDocument': {
      const task = command.task === null ? undefined : taskFacts(file, models, command.task);
      return { act: command.type, facts: { ...facts, ...(task && { task }) } };
    }
    case 'AcknowledgeEscalation':
    case 'TakeOverEscalation':
    case 'HandOnEscalation':
    case 'ResolveEscalation':
      return { act: command.type, facts: { ...facts, ...escalationFacts(file, command.key) } };
    case 'ResolveIncident': {
      const legal = (file.state.incidents.get(command.key)?.deadline ?? null) !== null;
      return { act: command.type, facts: { ...facts, legal } };
    }
    case 'RegisterIncoming': {
      const awaited = awaitedMessage(models, file.state, command.message);
      return { act: command.type, facts: { ...facts, others: awaited !== null && !awaited.byComune } };
    }
    // Whose case it is, is not theirs to see.
    case 'HandIn':
      return { act: command.type, facts: { body: command.body } };
    // A signal is broadcast to all; here is one of those whom it reaches.
    case 'ReceiveSignal':
      return { act: 'BroadcastSignal', facts };
    default:
      return { act: command.type, facts };
  }
}
