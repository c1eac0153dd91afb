import type { FlowNode, IoMapping, JobSpec } from '../model.ts';
import type { Context } from './context.ts';
import { child, children, extensionsOf, idOf, text } from './element.ts';
import type { Element } from './element.ts';
import { constant, Expressions } from './expressions.ts';
import { isVariable, isVariablePath } from './names.ts';

/**
 * `zeebe:taskDefinition`, `zeebe:taskHeaders`. A service or send task without one is work named like the operation
 * it refers to, else like itself.
 * @param publishes whether the element sends a message of its own
 */
export function readJob(element: Element, publishes: boolean, context: Context): JobSpec | null {
  const id = idOf(element);
  const { findings } = context;
  const expressions = new Expressions(context, id);
  const [definition] = extensionsOf(element, 'zeebe:TaskDefinition');
  const isWork = element.$type === 'bpmn:ServiceTask' || (element.$type === 'bpmn:SendTask' && !publishes);
  const headers = readHeaders(id, element, context);
  if (!definition) {
    if (Object.keys(headers).length > 0 && !isWork && !/UserTask$/.test(element.$type)) {
      findings.error(id, 'extension-misplaced', 'Headers belong to a zeebe:taskDefinition.');
    }
    if (!isWork) return null;
    const operation = child(element, 'operationRef');
    const type = (operation && text(operation, 'name')?.trim()) || id;
    findings.warning(id, 'job-type-missing', `Without zeebe:taskDefinition the job is called "${type}".`);
    return Object.freeze({ type: constant(type), retries: constant('3'), headers });
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
  return Object.freeze({ type: type ?? constant(id), retries, headers });
}

function readHeaders(id: string, element: Element, { findings }: Context): JobSpec['headers'] {
  const headers: Record<string, string> = {};
  for (const holder of extensionsOf(element, 'zeebe:TaskHeaders')) {
    for (const header of children(holder, 'values')) {
      const key = text(header, 'key')?.trim() ?? '';
      if (key === '' || key === '__proto__' || Object.hasOwn(headers, key)) {
        findings.error(id, 'job-header', 'Each header of a job has a key of its own.');
      } else headers[key] = text(header, 'value') ?? '';
    }
  }
  return Object.freeze(headers);
}

function definesMessage(element: Element): boolean {
  return [...children(element, 'eventDefinitions'), ...children(element, 'eventDefinitionRef')].some(
    ({ $type }) => $type === 'bpmn:MessageEventDefinition',
  );
}

/**
 * `zeebe:script`, or BPMN's own script in FEEL. Without a result variable the result, when it is a context, sets its
 * entries.
 */
export function readScript(element: Element, context: Context): FlowNode['script'] {
  const id = idOf(element);
  const { findings } = context;
  const expressions = new Expressions(context, id);
  const [script] = extensionsOf(element, 'zeebe:Script');
  const own = text(element, 'script');
  const format = text(element, 'scriptFormat') ?? text(element, 'scriptLanguage');
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
  const expression = expressions.feel(body, 'Script');
  if (resultVariable === null) {
    const value = expression?.constant;
    if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value))) {
      findings.warning(
        id,
        'script-result',
        'The result of the script goes nowhere: give zeebe:script a resultVariable.',
      );
    }
  } else if (!isVariable(resultVariable)) {
    findings.error(id, 'variable-name', `"${resultVariable}" is no name of a variable.`);
  }
  return expression && Object.freeze({ expression, resultVariable });
}

/** `zeebe:input` or `zeebe:output` in their order. */
export function readMappings(
  element: Element,
  which: 'input' | 'output',
  context: Context,
): readonly IoMapping[] {
  const id = idOf(element);
  const expressions = new Expressions(context, id);
  const mappings = extensionsOf(element, 'zeebe:IoMapping').flatMap((mapping) =>
    children(mapping, which === 'input' ? 'inputParameters' : 'outputParameters'),
  );
  return mappings.flatMap((mapping): IoMapping[] => {
    const target = text(mapping, 'target')?.trim() ?? '';
    if (!isVariablePath(target)) {
      context.findings.error(
        id,
        'variable-name',
        `The target "${target}" of the ${which} mapping is no name of a variable.`,
      );
    }
    const written = text(mapping, 'source') ?? '';
    // An empty source is the empty text, as in Camunda 8.8.
    const source = written === '' ? constant('') : expressions.attribute(written, `The ${which} "${target}"`);
    return source ? [Object.freeze({ source, target })] : [];
  });
}
