import { mayAct } from '@iter/access';
import type { Act, ActFacts, Decision, Principal } from '@iter/access';
import type { CommandRejection, FoundReceivers, Receivers, ReceiversQuestion } from '../outcome.ts';
import type { CasePorts } from '../ports.ts';
import type { CaseFile } from './case-file.ts';
import { caseNotFound, denied } from './denied.ts';
import { caseFacts, escalationFacts, taskFacts } from './facts.ts';
import { whyNotHandedOn } from './hand-on.ts';
import type { CaseHandler } from './handler.ts';

/**
 * Whether somebody could complete an open task if it were given to them: of the right office, and not incompatible. Who
 * has it now, and those for whom it is reserved, give way: somebody of the board may be replaced.
 */
export const couldTake = (person: Principal, facts: ActFacts): Decision =>
  mayAct(person, 'CompleteUserTask', {
    ...facts,
    ...(facts.task && { task: { ...facts.task, assignee: null, candidateUsers: [] } }),
  });

/** Finds to whom a task or an escalation can be given, for whoever may give it. */
export function createReceivers(ports: CasePorts, handler: CaseHandler): Receivers {
  async function find(
    { caseId, principal, among }: ReceiversQuestion,
    look: (file: CaseFile) => Given,
  ): Promise<FoundReceivers> {
    const file = await handler.load(caseId);
    if (!file.head) return { outcome: 'rejected', rejection: caseNotFound };
    await handler.modelsAreHere(file);
    const { about, act, absent, fits } = look(file);
    const facts: ActFacts = { case: caseFacts(file, ports.bodies), ...about };
    const decision = mayAct(principal, absent ? 'SeeCase' : act, facts);
    if (!decision.allowed)
      return { outcome: 'rejected', rejection: decision.hidden ? caseNotFound : denied(decision) };
    if (absent) return { outcome: 'rejected', rejection: absent };
    const accounts: string[] = [];
    for (const account of among) {
      const person = await ports.people.principal(account);
      if (person && fits(person, facts)) accounts.push(account);
    }
    return { outcome: 'read', accounts };
  }

  return {
    whoMayTake: ({ task: key, ...question }) =>
      find(question, (file) => {
        const task = taskFacts(file, handler.models, key);
        return {
          about: { ...(task && { task }) },
          act: 'AssignUserTask',
          absent: task ? null : noTask,
          fits: (person, facts) => couldTake(person, facts).allowed,
        };
      }),

    whoMayAnswer: ({ escalation: key, ...question }) =>
      find(question, (file) => ({
        about: escalationFacts(file, key),
        act: 'HandOnEscalation',
        absent: file.state.escalations.has(key) ? null : noEscalation,
        fits: (person, facts) => whyNotHandedOn(person, facts) === null,
      })),
  };
}

/** What is to be given to somebody. */
interface Given {
  readonly about: Partial<ActFacts>;
  /** Giving it to somebody. */
  readonly act: Act;
  /** How whoever sees the case is told that it is not there; null: it is. */
  readonly absent: CommandRejection | null;
  fits(person: Principal, facts: ActFacts): boolean;
}

const noTask: CommandRejection = {
  code: 'task-not-found',
  message: {
    it: 'L’attività non esiste o non è più aperta.',
    en: 'The task does not exist or is no longer open.',
  },
};
const noEscalation: CommandRejection = {
  code: 'escalation-not-found',
  message: { it: 'Il sollecito non esiste.', en: 'There is no such escalation.' },
};
