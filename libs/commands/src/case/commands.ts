import { mayAct } from '@iter/access';
import type { Principal } from '@iter/access';
import { visibleVariables } from '@iter/engine';
import type { Variables } from '@iter/engine';
import { caseIdOf, commandIdOf } from '@iter/platform/ids';
import type {
  AskedCommand,
  CaseCommands,
  CaseRequest,
  CommandRejection,
  Outcome,
  Request,
  StartRequest,
} from '../outcome.ts';
import type { CasePorts } from '../ports.ts';
import { judgeEntry, judgeIncomingForm, judgeTaskForm } from './check-form.ts';
import { offerChoices } from './choices.ts';
import type { ChoicesQuestion } from './choices.ts';
import { createValuesCheck } from './check-values.ts';
import { canonicalAsked } from './checks.ts';
import { emptyFile } from './case-file.ts';
import type { CaseFile } from './case-file.ts';
import { actOf, caseFacts, escalationFacts, taskFacts } from './facts.ts';
import { caseErased, caseNotFound, denied } from './denied.ts';
import { createCaseEraser } from './erase.ts';
import type { CaseEraser } from './erase.ts';
import { createDeadlineForecast } from './forecast-deadline.ts';
import { createHandInReader, receiveHandIn } from './hand-in.ts';
import { whyNotHandedOn } from './hand-on.ts';
import { createCaseHandler } from './handler.ts';
import type { CaseHandler, Prepared } from './handler.ts';
import { lookUpForTask } from './look-up.ts';
import { createMigrationForecast, migrationFor } from './migrate.ts';
import { createCaseReader } from './read.ts';
import type { CaseReader } from './read.ts';
import { prepareStart } from './start.ts';
import { historyUntil, rectificationOf, reopeningOf } from './take-back.ts';
import { couldTake, createReceivers } from './who-may-take.ts';

/** The write side of cases, and reading one case from its stream. */
export function createCaseCommands(
  ports: CasePorts,
  handler: CaseHandler = createCaseHandler(ports),
): CaseCommands & CaseReader & CaseEraser {
  function authorise(
    { command, principal, reason }: CaseRequest,
    file: CaseFile,
  ): Pick<Prepared, 'actor'> | CommandRejection {
    if (file.state.status === 'none') return caseNotFound;
    const { act, facts } = actOf(command, file, handler.models, ports.bodies, reason ?? reasonOf(command));
    const decision = mayAct(principal, act, facts);
    if (!decision.allowed) {
      return decision.hidden ? caseNotFound : denied(decision);
    }
    return { actor: { account: principal.account, ...decision.as } };
  }

  /** What the form of a task sees, for whoever may complete it; for others, and where it is done, nothing. */
  async function seenByFiller({ principal, task }: ChoicesQuestion): Promise<Variables> {
    if (!task) return {};
    const { caseId, key } = task;
    const file = await handler.load(caseId);
    if (!file.state.tasks.has(key)) return {};
    await handler.modelsAreHere(file);
    const command = { type: 'CompleteUserTask', key, variables: {} } as const;
    const allowed = authorise({ caseId, principal, command, route: 'choices', idempotencyKey: key }, file);
    return 'code' in allowed ? {} : { caseId, ...visibleVariables(file.state, key) };
  }

  async function prepare(request: CaseRequest, file: CaseFile): Promise<Prepared | CommandRejection> {
    const allowed = authorise(request, file);
    if ('code' in allowed) return allowed;
    // Only what has ended is erased; a process that has not heard of it yet would write anew what must be gone.
    if (file.state.status !== 'active') await ports.erasures?.catchUp();
    if (ports.erasures?.find(request.caseId)) {
      // Nothing is told to a body of a case that may not be its Province's.
      return request.command.type === 'HandIn' ? caseNotFound : caseErased;
    }
    const checked = await check(request, file);
    return 'rejection' in checked ? checked.rejection : { ...allowed, command: checked.command };
  }

  /** @returns the command to decide, with a form's values as the form hands them over; or why it is refused */
  async function check(
    { caseId, command, principal, route, idempotencyKey }: CaseRequest,
    file: CaseFile,
  ): Promise<{ readonly command: Prepared['command'] } | { readonly rejection: CommandRejection }> {
    switch (command.type) {
      case 'MigrateCase': {
        const found = await migrationFor(ports.definitions, file.state, command);
        return 'code' in found ? { rejection: found } : { command: found };
      }
      case 'CompleteUserTask': {
        const verdict = await judgeTaskForm(
          ports,
          handler.models,
          file,
          command.key,
          command.variables,
          principal,
        );
        if ('code' in verdict) return { rejection: verdict };
        const looked = await lookUpForTask(ports, handler.models, file, command.key, verdict.variables);
        if ('rejection' in looked) return looked;
        return { command: { ...command, variables: { ...verdict.variables, ...looked.found } } };
      }
      case 'RegisterIncoming': {
        const { message, variables } = command;
        const verdict = await judgeIncomingForm(ports, handler.models, file, message, variables, principal);
        if ('code' in verdict) return { rejection: verdict };
        return { command: { ...command, variables: verdict.variables } };
      }
      case 'HandIn': {
        const tenant = file.state.comune;
        const messageId = commandIdOf({ tenant, actor: principal.account, route, idempotencyKey });
        return receiveHandIn(ports, handler, file, command, { principal, messageId });
      }
      case 'ReopenUserTask':
        return reopeningOf(await historyUntil(ports, file, caseId), handler.models, file.state, command);
      case 'RectifyCase':
        return rectificationOf(
          await historyUntil(ports, file, caseId),
          file.state,
          command,
          (entry, variables, state) => judgeEntry(ports, handler.models, state, entry, variables, principal),
        );
      case 'HandOnEscalation': {
        const rejection = await checkHandOn(command, file);
        return rejection ? { rejection } : { command };
      }
      case 'AttachDocument': {
        const rejection = checkReplaced(command, file, principal);
        return rejection ? { rejection } : { command };
      }
      case 'AssignUserTask': {
        const rejection = await checkAssignee(command.key, command.to, file, principal);
        return rejection ? { rejection } : { command };
      }
      default:
        return { command };
    }
  }

  /** Who files by a task alone, and by no office of the case, takes the place of nothing but what was filed for that task. */
  function checkReplaced(
    { task, replaces }: Extract<CaseRequest['command'], { type: 'AttachDocument' }>,
    file: CaseFile,
    principal: Principal,
  ): CommandRejection | null {
    if (task === null || replaces === undefined) return null;
    if (file.state.documents.get(replaces)?.task === task) return null;
    const decision = mayAct(principal, 'AttachDocument', { case: caseFacts(file, ports.bodies) });
    return decision.allowed ? null : denied(decision);
  }

  async function checkHandOn(
    { key, account, role }: Extract<CaseRequest['command'], { type: 'HandOnEscalation' }>,
    file: CaseFile,
  ): Promise<CommandRejection | null> {
    const to = account === null ? role : await ports.people.principal(account);
    if (to === null) return account === null ? null : unknownAccount(account);
    const facts = { case: caseFacts(file, ports.bodies), ...escalationFacts(file, key) };
    const why = whyNotHandedOn(to, facts);
    if (why === null) return null;
    const whom = (account ?? role ?? '').slice(0, 64);
    return {
      code: 'not-authorised',
      message: {
        it: `Il sollecito non può passare a ${whom}: ${why.it}`,
        en: `The escalation cannot go to ${whom}: ${why.en}`,
      },
    };
  }

  /** Whoever gets a task must be able to complete it: known, enabled, of the right office, and not incompatible. */
  async function checkAssignee(
    key: string,
    to: string,
    file: CaseFile,
    by: Principal,
  ): Promise<CommandRejection | null> {
    const assignee = to === by.account ? by : await ports.people.principal(to);
    if (!assignee) return unknownAccount(to);
    const task = taskFacts(file, handler.models, key);
    if (!task) return null;
    const decision = couldTake(assignee, { case: caseFacts(file, ports.bodies), task });
    if (decision.allowed) return null;
    return {
      code: denied(decision).code,
      message: {
        it: `L’attività non può essere assegnata a ${to}: ${decision.message.it}`,
        en: `The task cannot be assigned to ${to}: ${decision.message.en}`,
      },
    };
  }

  return {
    async execute(request) {
      const asked = canonicalAsked(askedBy(request.command), givenWith(request));
      if ('code' in asked) return { outcome: 'rejected', rejection: asked };
      return handler.run({
        caseId: request.caseId,
        request,
        body: asked.text,
        tenant: ({ state }) => state.comune,
        isPassing: ringing.has(request.command.type),
        prepare: (file) => prepare(request, file),
      });
    },

    async start(request: StartRequest): Promise<Outcome> {
      const { process, version, comune, businessKey, variables, message, startElement } = request;
      const { principal, route, idempotencyKey } = request;
      const start = { process, version, comune, businessKey, variables, message, startElement };
      const asked = canonicalAsked(start, givenWith(request));
      if ('code' in asked) return { outcome: 'rejected', rejection: asked };
      const caseId = caseIdOf(
        commandIdOf({ tenant: comune, actor: principal.account, route, idempotencyKey }),
      );
      return handler.run({
        caseId,
        request,
        body: asked.text,
        tenant: () => comune,
        // The id is the command's own: the stream exists only if the command was done.
        presumed: emptyFile,
        prepare: () => prepareStart(ports, request),
      });
    },

    ...createReceivers(ports, handler),
    ...createCaseEraser(ports, handler),
    ...createCaseReader(ports, handler),
    readHandIns: createHandInReader(ports, handler),
    ...createValuesCheck(ports, handler, authorise, prepare),
    offerChoices: async (question) => offerChoices(ports, question, await seenByFiller(question)),
    forecastMigration: createMigrationForecast(ports, handler),
    forecastDeadline: createDeadlineForecast(ports, handler),
  };
}

/** Commands that time gives and nobody waits for. */
const ringing: ReadonlySet<string> = new Set(['TriggerTimer', 'TriggerDeadline']);

const unknownAccount = (account: string): CommandRejection => ({
  code: 'account-not-found',
  message: {
    it: `L’utenza ${account.slice(0, 64)} non esiste o non è attiva.`,
    en: `The account ${account.slice(0, 64)} does not exist or is not active.`,
  },
});

/** What the house finds in a file is not what is asked: sent again, the other file of a signature may have come meanwhile. */
function askedBy(command: AskedCommand): object {
  if (command.type !== 'AttachDocument') return command;
  const { signature: _, ...asked } = command;
  return asked;
}

const givenWith = ({ reason, occurredAt }: Request): object => ({ reason, occurredAt });

const reasonOf = (command: AskedCommand): string | null => ('reason' in command ? command.reason : null);
