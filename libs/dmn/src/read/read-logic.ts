import type { FunctionDefinition, Logic, Parameter } from '../model.ts';
import type { Tag } from '../xml/tag.ts';
import { readFeel } from './expressions.ts';
import { evenName, isFeelName } from './names.ts';
import { readTable } from './read-table.ts';
import type { Types } from './read-types.ts';
import { within } from './scope.ts';
import type { Scope, Signature } from './scope.ts';
import { isTold, shapeOf, shapeOfType } from './shapes.ts';

/**
 * Reads logic of any kind but a function, which is no value.
 * @returns null when there is nothing of it to go on with; the problem is reported
 * Source: DMN 1.3 §7.3, §10.2
 */
export function readLogic(tag: Tag, scope: Scope, types: Types): Logic | null {
  switch (tag.type) {
    case 'DecisionTable':
      return readTable(tag, scope, types);
    case 'LiteralExpression':
      return readLiteral(tag, scope, types);
    case 'Context':
      return readContext(tag, scope, types);
    case 'List':
      return { ...base('list', tag, types), items: readEach(tag.children('elements'), scope, types) };
    case 'Relation':
      return readRelation(tag, scope, types);
    case 'Invocation':
      return readInvocation(tag, scope, types);
    case 'FunctionDefinition':
      tag.error(
        'function-misplaced',
        'A function is no value: define it in an entry of a context, or as business knowledge.',
      );
      return null;
    default:
      tag.error('unsupported-element', `${tag.type} is no logic that can be evaluated.`);
      return null;
  }
}

const base = <K extends Logic['kind']>(kind: K, tag: Tag, types: Types) => ({
  kind,
  id: tag.ownId,
  type: types.of(tag),
});

function readEach(tags: readonly Tag[], scope: Scope, types: Types): readonly Logic[] {
  return tags.flatMap((tag) => readLogic(tag, scope, types) ?? []);
}

function readLiteral(tag: Tag, scope: Scope, types: Types): Logic | null {
  const text = tag.text('text') ?? '';
  if (/^\s*=?\s*function\s*\(/.test(text)) {
    tag.error(
      'function-misplaced',
      'A function is no value: write it as a function definition in a context.',
    );
    return null;
  }
  const expression = readFeel(text, tag, scope, 'Expression');
  return expression && { ...base('literal-expression', tag, types), expression };
}

/** Each entry sees those before it; the one without a name gives the value. DMN 1.3 §10.2.1.4 */
function readContext(tag: Tag, scope: Scope, types: Types): Logic | null {
  const entries: { name: string; logic: Logic }[] = [];
  let result: Logic | null = null;
  let inner = scope;
  for (const entry of tag.children('contextEntry')) {
    const variable = entry.child('variable');
    const value = oneChild(entry, 'value', 'An entry of a context');
    if (!value) continue;
    if (result) entry.error('context-result', 'The entry without a name gives the result: it comes last.');
    if (!variable) {
      result = readLogic(value, inner, types);
      continue;
    }
    const name = readName(variable, 'An entry of a context');
    if (entries.some((it) => it.name === name)) {
      variable.error('name-duplicate', `Two entries are called "${name}": rename one.`);
    }
    const read =
      value.type === 'FunctionDefinition'
        ? readFunction(value, inner, types)
        : readLogic(value, inner, types);
    if (!read) continue;
    const logic = { ...read, type: read.type ?? types.of(variable) };
    entries.push({ name, logic });
    inner =
      logic.kind === 'function-definition'
        ? within(inner, [], [[name, signatureOf(logic)]])
        : within(inner, [[name, shapeOf(logic, inner)]]);
  }
  if (!result && entries.some(({ logic }) => logic.kind === 'function-definition')) {
    tag.error(
      'context-result',
      'A function is no value: a context that defines one needs an entry without a name, for its result.',
    );
  }
  return { ...base('context', tag, types), entries, result };
}

function readRelation(tag: Tag, scope: Scope, types: Types): Logic {
  const columns = tag.children('column').map((column) => readName(column, 'A column of a relation'));
  const twice = columns.find((name, i) => columns.indexOf(name) < i);
  if (twice !== undefined) tag.error('name-duplicate', `Two columns are called "${twice}": rename one.`);
  const rows = tag.children('row').map((row, i) => {
    const cells = row.children('elements');
    if (cells.length !== columns.length) {
      row.error('row-incomplete', `Row ${i + 1} has ${cells.length} cells for ${columns.length} columns.`);
    }
    return readEach(cells, scope, types);
  });
  return { ...base('relation', tag, types), columns, rows };
}

function readInvocation(tag: Tag, scope: Scope, types: Types): Logic | null {
  const written = oneChild(tag, 'calledFunction', 'An invocation');
  if (!written) return null;
  const called = evenName(written.text('text') ?? '');
  const signature = written.type === 'LiteralExpression' ? scope.functions.get(called) : undefined;
  if (!signature) {
    written.error(
      'function-unknown',
      `"${called}" is no function here: name required business knowledge, a decision service or a function of the context.`,
    );
    return null;
  }
  const bindings = tag.children('binding').flatMap((binding) => {
    const parameter = evenName(binding.child('parameter')?.text('name') ?? '');
    if (!signature.parameters.includes(parameter)) {
      const known = signature.parameters.map((it) => `"${it}"`).join(', ');
      binding.error(
        'parameter-unknown',
        `"${called}" has no parameter "${parameter}"; it has ${known || 'none'}.`,
      );
    }
    const value = oneChild(binding, 'bindingFormula', `The parameter "${parameter}"`);
    const logic = value && readLogic(value, scope, types);
    return logic ? [{ parameter, logic }] : [];
  });
  const twice = bindings.find(
    ({ parameter }, i) => bindings.findIndex((it) => it.parameter === parameter) < i,
  );
  if (twice) tag.error('name-duplicate', `The parameter "${twice.parameter}" is bound twice.`);
  return { ...base('invocation', tag, types), called, bindings };
}

/**
 * Reads a function whose body is any logic but another function.
 * Source: DMN 1.3 §10.2.1.7
 */
export function readFunction(tag: Tag, scope: Scope, types: Types): FunctionDefinition | null {
  const kind = tag.text('kind') ?? 'FEEL';
  if (kind !== 'FEEL') {
    tag.error('function-kind', `Functions of kind ${kind} are not supported: write the body in FEEL.`);
    return null;
  }
  const parameters = tag
    .children('formalParameter')
    .map((it): Parameter => ({ name: readName(it, 'A parameter'), type: types.of(it) }));
  const twice = parameters.find(({ name }, i) => parameters.findIndex((it) => it.name === name) < i);
  if (twice) tag.error('name-duplicate', `Two parameters are called "${twice.name}": rename one.`);
  const written = oneChild(tag, 'body', 'A function');
  if (!written) return null;
  const inner = within(
    scope,
    parameters.map(({ name, type }) => [name, shapeOfType(type)]),
  );
  const body = readLogic(written, inner, types);
  if (!body) return null;
  const type = types.of(tag);
  const gives = isTold(type) ? shapeOfType(type) : shapeOf(body, inner);
  return { ...base('function-definition', tag, types), parameters, body, gives };
}

export function signatureOf({ parameters, gives }: FunctionDefinition): Signature {
  return { parameters: parameters.map(({ name }) => name), gives };
}

function oneChild(tag: Tag, property: string, what: string): Tag | null {
  const child = tag.child(property);
  if (!child) tag.error('logic-missing', `${what} has nothing to evaluate: give it an expression.`);
  return child;
}

/** The name of what an expression is to call by it. */
export function readName(tag: Tag, what: string): string {
  const name = evenName(tag.text('name') ?? '');
  if (name === '') tag.error('name-missing', `${what} has no name: give it one.`);
  else if (!isFeelName(name)) {
    tag.error(
      'name-invalid',
      `"${name.slice(0, 80)}" is no name in FEEL: it starts with a letter and holds letters, digits, spaces and . / - ' + *.`,
    );
  }
  return name;
}
