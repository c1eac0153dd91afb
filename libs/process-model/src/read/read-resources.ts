import type { Expression } from '../model.ts';
import type { Context } from './context.ts';
import { child, children, extensionsOf, idOf, text } from './element.ts';
import type { Element } from './element.ts';
import { constant, Expressions } from './expressions.ts';
import { bodyOf } from './read-body.ts';

export interface Assigned {
  readonly assignee: Expression | null;
  readonly candidateGroups: Expression | null;
  readonly candidateUsers: Expression | null;
}

type Holder = keyof Assigned;

/** A performer does it; potential owners may. */
const holders: Readonly<Record<string, Holder>> = {
  'bpmn:Performer': 'assignee',
  'bpmn:HumanPerformer': 'assignee',
  'bpmn:PotentialOwner': 'candidateGroups',
};

/**
 * BPMN's own assignment of people, where `zeebe:assignmentDefinition` does not say it: a resource is a group by its
 * name; an expression is FEEL with `=`, else names, also as `user(a), group(b)`.
 * @param isWork whether a person works on the element: elsewhere a resource is only said aloud
 * Source: BPMN 2.0.2 §§8.4.13, 10.3.1, 10.3.4
 */
export function readResources(element: Element, isWork: boolean, context: Context): Assigned {
  const id = idOf(element);
  const found: Record<Holder, Expression[]> = { assignee: [], candidateGroups: [], candidateUsers: [] };
  const roles = children(element, 'resources');
  const isSaid = extensionsOf(element, 'zeebe:AssignmentDefinition').length > 0;
  if (roles.length > 0 && (isSaid || !isWork)) {
    const why = isSaid ? 'zeebe:assignmentDefinition says who acts' : 'no person works on it';
    context.findings.warning(id, 'resource-ignored', `The resources of ${id} are not obeyed: ${why}.`);
    return { assignee: null, candidateGroups: null, candidateUsers: null };
  }
  for (const role of roles) {
    const holder = holders[role.$type];
    const expression = child(child(role, 'resourceAssignmentExpression') ?? role, 'expression');
    const resource = child(role, 'resourceRef');
    if (!holder || children(role, 'resourceParameterBindings').length > 0 || (!expression && !resource)) {
      context.findings.warning(
        id,
        'resource-ignored',
        `${text(role, 'name') ?? 'A resource'} cannot be found by this engine: use zeebe:assignmentDefinition.`,
      );
    } else if (expression) readAssignment(id, holder, expression, found, context);
    else if (resource) found[holder].push(constant(text(resource, 'name')?.trim() || idOf(resource)));
  }
  return {
    assignee: only(id, found.assignee, context),
    candidateGroups: joined(id, found.candidateGroups, context),
    candidateUsers: joined(id, found.candidateUsers, context),
  };
}

function readAssignment(
  id: string,
  holder: Holder,
  expression: Element,
  found: Record<Holder, Expression[]>,
  context: Context,
): void {
  const body = bodyOf(id, expression, context) ?? '';
  const parts = [...body.matchAll(/\b(user|group)\(([^()]*)\)/g)];
  for (const [, kind, names = ''] of parts) {
    const read = new Expressions(context, id).attribute(names.trim(), 'Assignment');
    if (read) found[kind === 'user' ? 'candidateUsers' : 'candidateGroups'].push(read);
  }
  if (parts.length > 0) return;
  const read = new Expressions(context, id).attribute(body, 'Assignment');
  if (read) found[holder].push(read);
}

function only(id: string, found: readonly Expression[], { findings }: Context): Expression | null {
  const [first = null, ...more] = found;
  if (more.length > 0)
    findings.warning(id, 'resource-ignored', 'One person performs a task: the first performer counts.');
  return first;
}

/** Fixed names become one list; a computed one stands alone. */
function joined(id: string, found: readonly Expression[], { findings }: Context): Expression | null {
  const [first = null, ...more] = found;
  if (more.length === 0) return first;
  const names = found.flatMap(({ constant: value }) => (typeof value === 'string' ? [value] : []));
  if (names.length === found.length) return constant(names.join(', '));
  findings.error(
    id,
    'unsupported-attribute',
    'Several potential owners that are computed: put them into one zeebe:assignmentDefinition.',
  );
  return first;
}
