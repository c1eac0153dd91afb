import { checkListOf, decide } from '@iter/engine';
import type { CheckLine, Instant, Key, Variables } from '@iter/engine';
import type { Principal } from '@iter/access';
import { romeDate } from '@iter/legal-calendar';
import type {
  AskedCommand,
  CaseRequest,
  CommandRejection,
  CommandRejectionCode,
  HandIn,
  StartRequest,
} from '../outcome.ts';
import type { CasePorts } from '../ports.ts';
import { fieldOf } from './field-of.ts';
import { emptyFile } from './case-file.ts';
import type { CaseFile } from './case-file.ts';
import { judgeTaskForm } from './check-form.ts';
import { checkAsked, checkOccurredAt } from './checks.ts';
import { decidedAt, envAt, nobodys } from './env.ts';
import type { HandInQuestion } from './hand-in.ts';
import type { CaseHandler, Prepared } from './handler.ts';
import { lookUpForTask } from './look-up.ts';
import type { Reading } from './read.ts';
import { prepareStart } from './start.ts';
import { termEffects } from './term-effects.ts';
import type { TermEffect } from './term-effects.ts';

/** Whether an open task would take these values. */
export interface TaskQuestion {
  readonly caseId: string;
  readonly principal: Principal;
  readonly key: Key;
  readonly variables: Variables;
  readonly occurredAt?: Instant;
}

/** Whether what arrived could be registered with these values; of its cover, what is filled in already. */
export interface IncomingQuestion {
  readonly caseId: string;
  readonly principal: Principal;
  readonly message: string;
  readonly variables: Variables;
  readonly cover: {
    readonly protocolNo?: string;
    readonly receivedOn?: string;
    readonly sender?: string;
  };
  readonly occurredAt?: Instant;
}

/** Whether what a body hands in for itself would be taken with these values. */
export type HandInCheck = HandInQuestion & Omit<HandIn, 'type' | 'body'>;

/** Whether a case would start with these values. */
export type StartQuestion = Omit<StartRequest, 'route' | 'idempotencyKey'>;

/** What is wrong with the values, each at its place in the request; nothing: they would be taken. */
export interface ValuesVerdict {
  readonly errors: NonNullable<CommandRejection['errors']>;
  /** What it would do to the terms by law; nothing when the values would be refused. */
  readonly terms: readonly TermEffect[];
}

/** What must be true before a task is completed. */
export interface TaskCheckList {
  readonly lines: readonly CheckLine[];
  /** As in the verdict on the values; a refusal of another kind is no fault of theirs. */
  readonly errors: ValuesVerdict['errors'];
}

/** Refusals that speak of the values; others are of the task or the case, and whoever asks is told so. */
const ofValues: ReadonlySet<CommandRejectionCode> = new Set<CommandRejectionCode>([
  'form-invalid',
  'refused-by-process',
  'variables-invalid',
  'date-invalid',
  'date-in-the-future',
]);

const unasked = { route: 'check', idempotencyKey: 'check' } as const;

/**
 * Judges values as the command that carries them would: the same rights, the same form, the same rules, by deciding the
 * very command; appends nothing.
 * @param authorise whether whoever asks may give a command, and as whom
 * @param prepare how a command to a case that exists is authorised and checked
 * @returns what is wrong with the values; a refusal of another kind (not allowed, task done) as rejected
 */
export function createValuesCheck(
  ports: CasePorts,
  handler: CaseHandler,
  authorise: (request: CaseRequest, file: CaseFile) => Pick<Prepared, 'actor'> | CommandRejection,
  prepare: (request: CaseRequest, file: CaseFile) => Promise<Prepared | CommandRejection>,
) {
  function verdict(rejection: CommandRejection): Reading<ValuesVerdict> {
    const { code, message, errors } = rejection;
    if (!ofValues.has(code)) return { outcome: 'rejected', rejection };
    return { outcome: 'read', errors: errors ?? [{ pointer: '/variables', code, message }], terms: [] };
  }

  function decided(
    file: CaseFile,
    comune: string,
    { command, actor }: Prepared,
    asked: Pick<TaskQuestion, 'occurredAt'> & { readonly caseId: string },
  ): Reading<ValuesVerdict> {
    const now = decidedAt(ports, file);
    const occurredAt = checkOccurredAt(asked.occurredAt, now);
    if (typeof occurredAt !== 'string') return verdict(occurredAt);
    const env = envAt(ports, now, comune, nobodys, { actor, occurredAt, caseId: asked.caseId });
    const decision = decide(handler.models, file.state, command, env);
    if ('rejection' in decision) return verdict(decision.rejection);
    return { outcome: 'read', errors: [], terms: termEffects(decision.events, decision.state, env) };
  }

  async function checkCommand(
    question: Omit<TaskQuestion, 'key' | 'variables'>,
    command: AskedCommand,
  ): Promise<Reading<ValuesVerdict>> {
    const { caseId, occurredAt } = question;
    const wrong = checkAsked(command, { occurredAt });
    if (wrong) return verdict(wrong);
    const file = await handler.load(caseId);
    await handler.modelsAreHere(file);
    return judged(file, question, command);
  }

  async function judged(
    file: CaseFile,
    { caseId, principal, occurredAt }: Omit<TaskQuestion, 'key' | 'variables'>,
    command: AskedCommand,
  ): Promise<Reading<ValuesVerdict>> {
    const prepared = await prepare({ ...unasked, caseId, principal, command }, file);
    if ('code' in prepared) return verdict(prepared);
    const at = { caseId, ...(occurredAt !== undefined && { occurredAt }) };
    return decided(file, file.state.comune, prepared, at);
  }

  return {
    checkTask: ({ key, variables, ...question }: TaskQuestion): Promise<Reading<ValuesVerdict>> =>
      checkCommand(question, { type: 'CompleteUserTask', key, variables }),

    /** The same rights as completing it; what is not filled in yet is no fault here, and what cannot be told is said so. */
    async checkListOfTask({
      caseId,
      principal,
      key,
      variables,
    }: TaskQuestion): Promise<Reading<TaskCheckList>> {
      const command = { type: 'CompleteUserTask', key, variables } as const;
      const wrong = checkAsked({ variables });
      if (wrong) return { outcome: 'rejected', rejection: wrong };
      const file = await handler.load(caseId);
      await handler.modelsAreHere(file);
      const allowed = authorise({ ...unasked, caseId, principal, command }, file);
      if ('code' in allowed) return { outcome: 'rejected', rejection: allowed };
      const form = await judgeTaskForm(ports, handler.models, file, key, variables, principal);
      const values = 'code' in form ? variables : form.variables;
      const looked = await lookUpForTask(ports, handler.models, file, key, values);
      const isLookedUp = 'found' in looked;
      const now = decidedAt(ports, file);
      const who = { actor: allowed.actor, occurredAt: now, caseId };
      const env = envAt(ports, now, file.state.comune, nobodys, who);
      const given = isLookedUp ? { ...values, ...looked.found } : values;
      const unfit = new Set('code' in form ? form.errors?.map(({ pointer }) => fieldOf(pointer)) : []);
      const checked = await judged(file, { caseId, principal }, command);
      return {
        outcome: 'read',
        lines: checkListOf(handler.models, file.state, { key, given, unfit, isLookedUp }, env),
        errors: checked.outcome === 'read' ? checked.errors : [],
      };
    },

    /** What it would do to the terms of a case that the body does not see is not told. */
    async checkHandIn({
      body,
      message,
      variables,
      ...question
    }: HandInCheck): Promise<Reading<ValuesVerdict>> {
      const checked = await checkCommand(question, { type: 'HandIn', body, message, variables });
      return checked.outcome === 'read' ? { ...checked, terms: [] } : checked;
    },

    /** What of the cover is not filled in yet stands for what would be right: only the values are asked about. */
    checkIncoming: ({
      message,
      variables,
      cover,
      ...question
    }: IncomingQuestion): Promise<Reading<ValuesVerdict>> =>
      checkCommand(question, {
        type: 'RegisterIncoming',
        message,
        variables,
        protocolNo: cover.protocolNo?.trim() || '-',
        receivedOn: cover.receivedOn ?? romeDate(ports.clock.now()),
        sender: cover.sender?.trim() || '-',
        documents: [],
        note: '',
      }),

    async checkStart(question: StartQuestion): Promise<Reading<ValuesVerdict>> {
      const { principal: _, occurredAt, ...asked } = question;
      const wrong = checkAsked(asked, { occurredAt });
      if (wrong) return verdict(wrong);
      const prepared = await prepareStart(ports, { ...unasked, ...question });
      if ('code' in prepared) return verdict(prepared);
      const at = { caseId: nobodys, ...(occurredAt !== undefined && { occurredAt }) };
      return decided(emptyFile, question.comune, prepared, at);
    },
  };
}
