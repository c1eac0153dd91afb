import type { Expression, FlowNode, Json } from '@iter/process-model';
import { actsOf } from '../asking.ts';
import { deadlinesOnActivation } from '../deadlines/on-element.ts';
import { Stuck } from '../execution.ts';
import { evaluate } from '../expressions.ts';
import { enter, localsOf } from '../flow.ts';
import { instantAttribute } from '../timers.ts';
import { armBoundary } from '../waiting.ts';
import type { Behaviour } from './behaviour.ts';

/** A person's work, also a manual task: it waits until somebody says that it is done. */
export const userTask: Behaviour = (x, node, step) => {
  const { scope } = step;
  enter(x, node, step, () => {
    deadlinesOnActivation(x, node, scope);
    const variables = localsOf(x, node, step);
    const spec = node.userTask;
    const value = (expression: Expression | null | undefined): Json =>
      expression ? evaluate(x, expression, scope, variables) : null;
    const ref = x.ref(node, step);
    const acts = actsOf(x, node, 'activation', scope, variables);
    const body = name(node, 'L’ufficio', value(node.office));
    const about = words(value(node.about));
    x.emit({
      type: 'UserTaskCreated',
      data: {
        ...ref,
        role: node.role,
        assignee: name(node, 'L’assegnatario', value(spec?.assignee)),
        candidateGroups: names(node, 'I gruppi candidati', value(spec?.candidateGroups)),
        candidateUsers: names(node, 'Le persone candidate', value(spec?.candidateUsers)),
        formId: spec?.formId ?? null,
        dueAt: instantAttribute(node, 'La scadenza', value(spec?.dueDate)),
        followUpAt: instantAttribute(node, 'La data di ripresa', value(spec?.followUpDate)),
        priority: priority(node, value(spec?.priority)),
        ...(acts.length > 0 && { acts }),
        ...(body !== null && { body }),
        ...(about !== null && { about }),
        ...(variables && { variables }),
      },
    });
    armBoundary(x, node, ref.key);
  });
};

function name(node: FlowNode, what: string, value: Json): string | null {
  if (value === null || value === '') return null;
  if (typeof value === 'string') return value;
  throw new Stuck('assignment-invalid', `${what} di ${node.id} non è un nome.`);
}

/** It is only shown: what is no text stops no case. */
const words = (value: Json): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 200) : null;

/** A list, or one text with commas as in Camunda. */
function names(node: FlowNode, what: string, value: Json): readonly string[] {
  if (value === null) return [];
  const list: readonly Json[] =
    typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [0];
  return list.map((it) => {
    if (typeof it !== 'string') throw new Stuck('assignment-invalid', `${what} di ${node.id} non sono nomi.`);
    return it.trim();
  });
}

/** 0 to 100, 50 when not given, as in Camunda. */
function priority(node: FlowNode, value: Json): number {
  if (value === null) return 50;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= 100) return number;
  throw new Stuck('priority-invalid', `La priorità di ${node.id} non è un numero intero da 0 a 100.`);
}
