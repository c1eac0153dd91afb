import { romeDate } from '@iter/legal-calendar';
import { awaitedDefinitions, awaitsAll, caseStarts, formOfStart, withoutStart } from '@iter/process-model';
import type { FlowNode, ProcessModel } from '@iter/process-model';
import type { CommandRejection, StartRequest } from '../outcome.ts';
import type { CasePorts } from '../ports.ts';
import { judgeForm } from './check-form.ts';
import { evaluatorFor } from './env.ts';
import { headshipIn } from './facts.ts';
import type { Prepared } from './handler.ts';
import { lookUp } from './look-up.ts';
import { mayBegin } from './may-begin.ts';

/**
 * Checks a request to start a case and pins the definition: the version asked for, else the latest one deployed.
 * The start form, when the start event has one, is validated as a task's form is; so is the form of a message that
 * comes from outside. What another case sends is not typed in by anybody, and is taken as it is.
 */
export async function prepareStart(
  ports: CasePorts,
  request: StartRequest,
): Promise<Prepared | CommandRejection> {
  const { process, version, comune, principal } = request;
  if (!ports.bodies.exists(comune)) {
    return {
      code: 'body-not-found',
      message: {
        it: `L’ente ${comune.slice(0, 40)} non è registrato.`,
        en: `The body ${comune.slice(0, 40)} is not registered.`,
      },
    };
  }
  const find = () => ports.definitions.find(process, version);
  let definition = find();
  if (!definition) {
    await ports.definitions.catchUp();
    definition = find();
  }
  if (!definition) {
    const which =
      version === undefined
        ? { it: '', en: '' }
        : { it: ` nella versione ${version}`, en: ` in version ${version}` };
    return {
      code: 'definition-not-found',
      message: {
        it: `Il processo ${process.slice(0, 80)} non è installato${which.it}.`,
        en: `The process ${process.slice(0, 80)} is not installed${which.en}.`,
      },
    };
  }
  const start = startOf(ports, definition.model, request);
  if (!start) {
    return {
      code: 'start-element-not-found',
      message: {
        it: 'Il processo non ha un evento di inizio come quello chiesto.',
        en: 'The process has no start event like the one that is asked for.',
      },
    };
  }
  const decision = mayBegin(ports.bodies, principal, {
    ...{ process, comune, element: start.id, role: start.node.role },
    on: romeDate(request.occurredAt ?? ports.clock.now()),
    headship: headshipIn(process, comune, request.variables, ports.bodies),
  });
  if (!decision.allowed) return { code: 'not-authorised', message: decision.message };

  const verdict =
    start.formId === null
      ? { variables: request.variables }
      : await judgeForm(
          ports,
          { definition: definition.hash, formId: start.formId, comune, principal },
          request.variables,
          {},
        );
  if ('code' in verdict) return verdict;
  const looked = await lookUp(ports, start.node, { comune, process, context: verdict.variables });
  if ('rejection' in looked) return looked.rejection;
  return {
    actor: { account: principal.account, ...decision.as },
    command: {
      type: 'StartCase',
      process,
      version: definition.version,
      definition: definition.hash,
      comune,
      businessKey: request.businessKey ?? null,
      variables: { ...verdict.variables, ...looked.found },
      ...(start.none ? {} : { startElement: start.id }),
      ...(request.startedBy && { startedBy: request.startedBy }),
    },
  };
}

interface Start {
  readonly id: string;
  readonly node: FlowNode;
  readonly formId: string | null;
  readonly none: boolean;
}

/**
 * The start event (or task, or branch of a gateway) that is named, that awaits the message, or that has no trigger;
 * without one, the first whose condition holds for the variables given.
 */
function startOf(ports: CasePorts, model: ProcessModel, request: StartRequest): Start | null {
  const { startElement, message } = request;
  const nodes = caseStarts(model).map(({ node }) => node);
  const found =
    startElement !== undefined
      ? nodes.find(({ id }) => id === startElement)
      : message !== undefined
        ? nodes.find((node) => startsOn(node, message))
        : (nodes.find(({ type, event }) => type === 'bpmn:StartEvent' && event.kind === 'none') ??
          nodes.find((node) => holds(ports, node, request)) ??
          withoutStart(model));
  if (!found) return null;
  const none =
    startElement === undefined &&
    message === undefined &&
    (found.type !== 'bpmn:StartEvent' || found.event.kind === 'none');
  const formId = formOfStart(found, request.isRegistered ? (message ?? null) : null);
  return { id: found.id, node: found, formId, none };
}

/** Whether a start waits for this message; names of message starts are constants. */
export const startsOn = (node: FlowNode, message: string): boolean =>
  !awaitsAll(node) &&
  awaitedDefinitions(node).some((it) => it.kind === 'message' && it.name.constant === message);

/** Whether one of its conditions holds for the variables with which a case would begin. */
function holds(ports: CasePorts, node: FlowNode, { variables, occurredAt, comune }: StartRequest): boolean {
  if (node.type !== 'bpmn:StartEvent' || awaitsAll(node)) return false;
  const evaluate = evaluatorFor(ports, occurredAt ?? ports.clock.now(), comune);
  return awaitedDefinitions(node).some((it) => {
    const result = it.kind === 'conditional' ? evaluate(it.condition, variables) : null;
    return result?.ok === true && result.value === true;
  });
}
