import type { Findings } from '../findings.ts';
import type { FlowNode, IoMapping, JobSpec, UserTaskSpec } from '../model.ts';
import { children, extensionsOf, idOf, text } from './element.ts';
import type { Element } from './element.ts';
import { constant, Expressions } from './expressions.ts';
import { isVariable, isVariablePath } from './names.ts';

/** `zeebe:taskDefinition`, `zeebe:taskHeaders`. A service or send task without one is work named like itself. */
export function readJob(element: Element, publishes: boolean, findings: Findings): JobSpec | null {
  const id = idOf(element);
  const expressions = new Expressions(findings, id);
  const [definition] = extensionsOf(element, 'zeebe:TaskDefinition');
  const isWork = element.$type === 'bpmn:ServiceTask' || (element.$type === 'bpmn:SendTask' && !publishes);
  const headers: Record<string, string> = {};
  for (const holder of extensionsOf(element, 'zeebe:TaskHeaders')) {
    for (const header of children(holder, 'values')) {
      const key = text(header, 'key')?.trim() ?? '';
      if (key === '' || key === '__proto__' || Object.hasOwn(headers, key)) {
        findings.error(id, 'job-header', 'Each header of a job has a key of its own.');
      } else headers[key] = text(header, 'value') ?? '';
    }
  }
  if (!definition) {
    if (Object.keys(headers).length > 0 && !isWork) {
      findings.error(id, 'extension-misplaced', 'Headers belong to a zeebe:taskDefinition.');
    }
    if (!isWork) return null;
    findings.warning(id, 'job-type-missing', `Without zeebe:taskDefinition the job is called "${id}".`);
    return Object.freeze({ type: constant(id), retries: constant('3'), headers: Object.freeze(headers) });
  }
  if (element.$type.endsWith('Event') && !definesMessage(element)) {
    findings.error(id, 'extension-misplaced', 'Only a throwing message event can be a job.');
  }
  const type = expressions.attribute(text(definition, 'type')?.trim() ?? null, 'Job type');
  if (!type) findings.error(id, 'job-type-missing', 'zeebe:taskDefinition needs a type: who does the work?');
  const retries = expressions.attribute(text(definition, 'retries'), 'Retries') ?? constant('3');
  if (typeof retries.constant === 'string' && !/^[1-9]\d{0,2}$/.test(retries.constant)) {
    findings.error(id, 'job-retries', 'Retries are a whole number from 1 to 999.');
  }
  return Object.freeze({ type: type ?? constant(id), retries, headers: Object.freeze(headers) });
}

function definesMessage(element: Element): boolean {
  return children(element, 'eventDefinitions').some(({ $type }) => $type === 'bpmn:MessageEventDefinition');
}

/** Form, assignment, schedule and priority of a user task; of a start event only the form. */
export function readUserTask(element: Element, findings: Findings): UserTaskSpec | null {
  const id = idOf(element);
  const expressions = new Expressions(findings, id);
  const [form] = extensionsOf(element, 'zeebe:FormDefinition');
  if (element.$type !== 'bpmn:UserTask' && !form) return null;
  const [assignment] = extensionsOf(element, 'zeebe:AssignmentDefinition');
  const [schedule] = extensionsOf(element, 'zeebe:TaskSchedule');
  const [priority] = extensionsOf(element, 'zeebe:PriorityDefinition');
  const read = (holder: Element | undefined, property: string) =>
    holder ? expressions.attribute(text(holder, property), property) : null;
  return Object.freeze({
    formId: form ? readFormId(id, form, findings) : null,
    assignee: read(assignment, 'assignee'),
    candidateGroups: read(assignment, 'candidateGroups'),
    candidateUsers: read(assignment, 'candidateUsers'),
    dueDate: read(schedule, 'dueDate'),
    followUpDate: read(schedule, 'followUpDate'),
    priority: read(priority, 'priority'),
  });
}

function readFormId(id: string, form: Element, findings: Findings): string | null {
  const formId = text(form, 'formId')?.trim() ?? '';
  if (text(form, 'formKey') !== null || text(form, 'externalReference') !== null) {
    findings.error(
      id,
      'unsupported-extension',
      'Forms are named by formId; formKey and externalReference are not supported.',
    );
  } else if (formId === '' || formId.startsWith('=')) {
    findings.error(id, 'form-id', 'zeebe:formDefinition names the form by a fixed formId.');
  }
  const binding = text(form, 'bindingType');
  if (binding === 'versionTag') {
    findings.error(
      id,
      'unsupported-extension',
      'A form is deployed with its process: bindingType versionTag is not supported.',
    );
  }
  return formId === '' ? null : formId;
}

/** `zeebe:script`, or BPMN's own script in FEEL. */
export function readScript(element: Element, findings: Findings): FlowNode['script'] {
  const id = idOf(element);
  const expressions = new Expressions(findings, id);
  const [script] = extensionsOf(element, 'zeebe:Script');
  const own = text(element, 'script');
  const format = text(element, 'scriptFormat');
  if (format !== null && !/feel/i.test(format)) {
    findings.error(id, 'expression-language', `Scripts are FEEL, not ${format}.`);
  }
  if (script && own !== null)
    findings.error(id, 'script-missing', 'Two scripts: one of them would be ignored.');
  const body = script ? text(script, 'expression') : own;
  if (body === null) {
    findings.error(
      id,
      'script-missing',
      'A script task needs zeebe:script with an expression, or a zeebe:taskDefinition.',
    );
    return null;
  }
  const resultVariable = (script && text(script, 'resultVariable')?.trim()) || null;
  if (resultVariable === null) {
    findings.error(
      id,
      'script-result',
      'The result of the script goes nowhere: give zeebe:script a resultVariable.',
    );
  } else if (!isVariable(resultVariable)) {
    findings.error(id, 'variable-name', `"${resultVariable}" is no name of a variable.`);
  }
  const expression = expressions.feel(body, 'Script');
  return expression && Object.freeze({ expression, resultVariable });
}

/** `zeebe:input` or `zeebe:output` in their order. */
export function readMappings(
  element: Element,
  which: 'input' | 'output',
  findings: Findings,
): readonly IoMapping[] {
  const id = idOf(element);
  const expressions = new Expressions(findings, id);
  const mappings = extensionsOf(element, 'zeebe:IoMapping').flatMap((mapping) =>
    children(mapping, which === 'input' ? 'inputParameters' : 'outputParameters'),
  );
  return Object.freeze(
    mappings.flatMap((mapping): IoMapping[] => {
      const target = text(mapping, 'target')?.trim() ?? '';
      if (!isVariablePath(target)) {
        findings.error(
          id,
          'variable-name',
          `The target "${target}" of the ${which} mapping is no name of a variable.`,
        );
      }
      const written = text(mapping, 'source') ?? '';
      // An empty source is the empty text, as in Camunda 8.8.
      const source =
        written === '' ? constant('') : expressions.attribute(written, `The ${which} "${target}"`);
      return source ? [Object.freeze({ source, target })] : [];
    }),
  );
}
