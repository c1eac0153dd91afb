import { readForm } from '../forms/read-form.ts';
import type { UserTaskSpec } from '../model.ts';
import { isRule } from '../rules.ts';
import type { Context } from './context.ts';
import { extensionsOf, idOf, text } from './element.ts';
import type { Element } from './element.ts';
import { Expressions } from './expressions.ts';
import { readResources } from './read-resources.ts';

/** How a task names a form that is written into its file. Source: docs.camunda.io, user tasks, embedded forms */
const embedded = 'camunda-forms:bpmn:';

/**
 * Form, assignment, schedule and priority of a user task; of a start event only the form.
 * @param isUserTask else it is a start event
 * @param forms the forms of the file by key
 */
export function readUserTask(
  element: Element,
  isUserTask: boolean,
  forms: ReadonlyMap<string, string>,
  context: Context,
): UserTaskSpec | null {
  const id = idOf(element);
  const expressions = new Expressions(context, id);
  const [form] = extensionsOf(element, 'zeebe:FormDefinition');
  if (!isUserTask && !form) return null;
  const [assignment] = extensionsOf(element, 'zeebe:AssignmentDefinition');
  const [schedule] = extensionsOf(element, 'zeebe:TaskSchedule');
  const [priority] = extensionsOf(element, 'zeebe:PriorityDefinition');
  const read = (holder: Element | undefined, property: string) =>
    holder ? expressions.attribute(text(holder, property), property) : null;
  return Object.freeze({
    formId: form ? readFormId(id, form, forms, context) : null,
    ...(isUserTask && !assignment
      ? readResources(element, true, context)
      : {
          assignee: read(assignment, 'assignee'),
          candidateGroups: read(assignment, 'candidateGroups'),
          candidateUsers: read(assignment, 'candidateUsers'),
        }),
    dueDate: read(schedule, 'dueDate'),
    followUpDate: read(schedule, 'followUpDate'),
    priority: read(priority, 'priority'),
  });
}

function readFormId(
  id: string,
  form: Element,
  forms: ReadonlyMap<string, string>,
  { findings }: Context,
): string | null {
  const formId = text(form, 'formId')?.trim() ?? '';
  const formKey = text(form, 'formKey')?.trim() ?? '';
  const isElsewhere = text(form, 'externalReference') !== null;
  if ([formId, formKey].filter((it) => it !== '').length + (isElsewhere ? 1 : 0) > 1) {
    findings.error(id, 'form-id', 'One form to a task: formId, formKey or externalReference.');
  }
  if (text(form, 'bindingType') === 'versionTag') {
    findings.error(
      id,
      'unsupported-extension',
      'A form is deployed with its process: bindingType versionTag is not supported.',
    );
  }
  if (formKey.startsWith(embedded)) {
    const key = formKey.slice(embedded.length);
    if (forms.has(key)) return key;
    findings.error(id, 'form-missing', `The file holds no zeebe:userTaskForm with the id "${key}".`);
    return null;
  }
  if (isElsewhere || formKey !== '') {
    findings.warning(
      id,
      'form-elsewhere',
      'The form lies outside: whoever completes the task here sees no form.',
    );
    return null;
  }
  if (formId === '' || formId.startsWith('=')) {
    findings.error(id, 'form-id', 'zeebe:formDefinition names the form by a fixed formId.');
  }
  return formId === '' ? null : formId;
}

/** The forms written into a process, as JSON text by their key; each can be read, or it is a problem. */
export function readEmbeddedForms(process: Element, { findings }: Context): ReadonlyMap<string, string> {
  const id = idOf(process);
  const forms = new Map<string, string>();
  for (const form of extensionsOf(process, 'zeebe:UserTaskForm')) {
    const key = idOf(form);
    if (key === '' || forms.has(key)) {
      findings.error(id, 'form-id', 'Each zeebe:userTaskForm has an id of its own.');
      continue;
    }
    const json = text(form, 'body') ?? '';
    for (const { element, rule, message } of readForm(json).problems) {
      const at = element === '' ? '' : ` (${element})`;
      findings.error(id, isRule(rule) ? rule : 'form-invalid', `Form ${key}${at}: ${message}`);
    }
    forms.set(key, json);
  }
  return forms;
}
