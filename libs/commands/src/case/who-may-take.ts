import { mayAct } from '@iter/access';
import type { ActFacts, Decision, Principal } from '@iter/access';
import type { Receivers } from '../outcome.ts';
import type { CasePorts } from '../ports.ts';
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
export const createReceivers = (ports: CasePorts, handler: CaseHandler): Receivers => {
  async function fitting(among: readonly string[], fits: (person: Principal) => boolean) {
    const accounts: string[] = [];
    for (const account of among) {
      const person = await ports.people.principal(account);
      if (person && fits(person)) accounts.push(account);
    }
    return accounts;
  }

  return {
    async whoMayTake({ caseId, principal, task: key, among }) {
      const file = await handler.load(caseId);
      if (!file.head) return { outcome: 'rejected', rejection: caseNotFound };
      await handler.modelsAreHere(file);
      const task = taskFacts(file, handler.models, key);
      const facts: ActFacts = { case: caseFacts(file, ports.bodies), ...(task && { task }) };
      const decision = mayAct(principal, task ? 'AssignUserTask' : 'SeeCase', facts);
      if (!decision.allowed)
        return { outcome: 'rejected', rejection: decision.hidden ? caseNotFound : denied(decision) };
      if (!task) {
        const message = {
          it: 'L’attività non esiste o non è più aperta.',
          en: 'The task does not exist or is no longer open.',
        };
        return { outcome: 'rejected', rejection: { code: 'task-not-found', message } };
      }
      return { outcome: 'read', accounts: await fitting(among, (it) => couldTake(it, facts).allowed) };
    },

    async whoMayAnswer({ caseId, principal, escalation: key, among }) {
      const file = await handler.load(caseId);
      if (!file.head) return { outcome: 'rejected', rejection: caseNotFound };
      const isOpen = file.state.escalations.has(key);
      const facts: ActFacts = { case: caseFacts(file, ports.bodies), ...escalationFacts(file, key) };
      const decision = mayAct(principal, isOpen ? 'HandOnEscalation' : 'SeeCase', facts);
      if (!decision.allowed)
        return { outcome: 'rejected', rejection: decision.hidden ? caseNotFound : denied(decision) };
      if (!isOpen) {
        const message = { it: 'Il sollecito non esiste.', en: 'There is no such escalation.' };
        return { outcome: 'rejected', rejection: { code: 'escalation-not-found', message } };
      }
      return { outcome: 'read', accounts: await fitting(among, (it) => whyNotHandedOn(it, facts) === null) };
    },
  };
};
