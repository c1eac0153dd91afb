import type { Principal } from '@iter/access';
import { awaitedMessage, clockFault, deadlineContext, visibleVariables } from '@iter/engine';
import type { AwaitedMessage, CaseState, EntryPlace, Key, Models, Variables } from '@iter/engine';
import { validateForm } from '@iter/process-model';
import type { FlowNode, Json } from '@iter/process-model';
import type { CommandRejection, HandIn } from '../outcome.ts';
import type { CasePorts } from '../ports.ts';
import type { CaseFile } from './case-file.ts';
import { entriesOnRegisters } from './choices.ts';
import { evaluatorFor } from './env.ts';
import { definitionOfTask } from './facts.ts';

/** What a form makes of the values given: the values to hand over, or why they are refused. */
export type FormVerdict = { readonly variables: Variables } | CommandRejection;

/**
 * Judges what was entered by the form of an open task, on the server: required fields, kinds, bounds, the form's
 * own conditions, and nothing that the form does not ask for. A task without a form takes anything; of one that
 * is not open the engine says so.
 */
export async function judgeTaskForm(
  ports: CasePorts,
  models: Models,
  { state }: CaseFile,
  key: Key,
  variables: Variables,
  principal: Principal,
): Promise<FormVerdict> {
  const task = state.tasks.get(key);
  const definition = definitionOfTask(state, key);
  const formId = task && models(definition)?.nodes.get(task.element)?.userTask?.formId;
  if (!formId) return { variables };
  return judgeForm(
    ports,
    { definition, formId, comune: state.comune, principal },
    variables,
    seenAt(state, key),
  );
}

/**
 * What the form that had asked for an entry says of other values, as a case stands or stood; nothing where there was none. Of
 * what came otherwise than by the form (another case sent it), only what the form knows is judged.
 */
export async function judgeEntry(
  ports: CasePorts,
  models: Models,
  state: CaseState,
  { element, scope, definition, message }: EntryPlace,
  variables: Variables,
  principal: Principal,
): Promise<CommandRejection | null> {
  const node = models(definition)?.nodes.get(element);
  const formId = node && formOfEntry(node, message, variables);
  const form = formId && ports.definitions.readForm(definition, formId);
  if (!form) return null;
  const around = scope !== null && state.elements.has(scope) ? scope : null;
  const asked = new Set([...form.fields, ...form.lists].map(({ key }) => key));
  const verdict = await judgeForm(
    ports,
    { definition, formId, comune: state.comune, principal, alsoOffered: message !== null },
    Object.fromEntries(Object.entries(variables).filter(([name]) => asked.has(name))),
    { ...seenAt(state, around), servedBody: variables.servedBody ?? null },
  );
  return 'code' in verdict ? verdict : null;
}

/** Of a start that a message made, the message's form; of what a served body handed in, that by which such bodies do. */
function formOfEntry(node: FlowNode, message: string | null, { servedBody }: Variables): string | null {
  const { event } = node;
  const name = message ?? (event.kind === 'message' ? event.name.constant : null);
  const incoming = node.incomingMessages.find((it) => it.message === name);
  return (servedBody && incoming?.servedForm) || (incoming?.form ?? node.userTask?.formId ?? null);
}

/**
 * Judges what was entered for a message that people register, by the form that the process declares for it where the message
 * is awaited. A message without a form takes anything; of one that is not awaited the engine says so.
 */
export async function judgeIncomingForm(
  ports: CasePorts,
  models: Models,
  { state }: CaseFile,
  message: string,
  variables: Variables,
  principal: Principal,
): Promise<FormVerdict> {
  const awaited = awaitedMessage(models, state, message);
  if (!awaited?.form) return { variables };
  const { definition, form: formId } = awaited;
  const about = { definition, formId, comune: state.comune, principal, alsoOffered: true };
  return judgeForm(ports, about, variables, seenAt(state, hostOf(state, awaited)));
}

/**
 * Judges what a body that is served hands in, by the form that the process declares for that: it sees who hands it in as
 * `servedBody`, and the message brings it.
 */
export async function judgeHandIn(
  ports: CasePorts,
  { state }: CaseFile,
  awaited: AwaitedMessage & { readonly servedForm: string },
  { body, variables }: HandIn,
  principal: Principal,
): Promise<FormVerdict> {
  const servedBody = { servedBody: body };
  const context = { ...seenAt(state, hostOf(state, awaited)), ...servedBody };
  const { definition, servedForm: formId } = awaited;
  const form = { definition, formId, comune: body, principal: inOneBody(principal, body) };
  const verdict = await judgeForm(ports, form, variables, context);
  return 'code' in verdict ? verdict : { variables: { ...verdict.variables, ...servedBody } };
}

/** What a form sees of a case at a place in it; null: at its root. */
const seenAt = (state: CaseState, at: Key | null): Readonly<Record<string, Json>> => ({
  ...visibleVariables(state, at),
  deadlines: deadlineContext(state),
});

const hostOf = ({ subscriptions }: CaseState, { subscription }: AwaitedMessage): Key | null =>
  subscriptions.get(subscription)?.host ?? null;

/** Whoever acts for one body chooses from its registers alone. */
const inOneBody = (principal: Principal, body: string): Principal => ({
  ...principal,
  grants: principal.grants.filter((grant) => grant.body === body),
  serves: {},
});

/**
 * @param principal whoever hands it in: what is chosen from a register is among what they may see there
 * @param context variables and deadlines that the form's conditions may read
 */
export async function judgeForm(
  ports: CasePorts,
  {
    definition,
    formId,
    comune,
    principal,
    alsoOffered = false,
  }: {
    readonly definition: string;
    readonly formId: string;
    readonly comune: string;
    readonly principal: Principal;
    /** What is chosen from a register must be what the form offers of it: where the process has no rules to say so. */
    readonly alsoOffered?: boolean;
  },
  given: Variables,
  context: Readonly<Record<string, Json>>,
): Promise<FormVerdict> {
  const form = ports.definitions.readForm(definition, formId);
  if (!form) return { variables: given };
  const result = validateForm(form, given, {
    variables: context,
    evaluate: evaluatorFor(ports, ports.clock.now(), comune),
    clock: clockFault,
    isOnRegister: await entriesOnRegisters(ports, form, given, { principal, comune, alsoOffered }),
  });
  if (result.ok) return { variables: result.values };
  return {
    code: 'form-invalid',
    message: { it: 'Alcuni campi del modulo non sono validi.', en: 'Some fields of the form are not valid.' },
    errors: result.errors.map((error) => ({ ...error, pointer: `/variables${error.pointer}` })),
  };
}
