import type { Expression, IoMapping } from '../model.ts';
import type { Context } from './context.ts';
import { child, children, extensionsOf, idOf, text } from './element.ts';
import type { Element } from './element.ts';
import { Expressions, variable } from './expressions.ts';
import { isVariable, isVariablePath } from './names.ts';
import { bodyOf } from './read-body.ts';

/** What BPMN's own data come to: mappings of variables, and variables that live inside the element. */
export interface NodeData {
  readonly inputs: readonly IoMapping[];
  readonly outputs: readonly IoMapping[];
  readonly locals: readonly string[];
  /** Inputs without which it cannot begin. */
  readonly required: readonly string[];
}

interface Move {
  /** What is written: a data input, a data object …; null: only the assignment says. */
  readonly to: Element | null;
  readonly mapping: IoMapping;
}

/**
 * Lowers data objects, properties, data inputs and outputs with their associations to variables: their names are
 * names of variables; an association copies one into another, or evaluates its transformation or assignments.
 * What is only drawn (associations without both ends, as modelers draw them to data objects) moves nothing.
 * Source: BPMN 2.0.2 §§10.4.1, 10.4.2 (execution semantics for DataAssociation), 13.3.2
 */
export class DataReader {
  private readonly context: Context;
  /** Data objects that some association moves, by their container. */
  private readonly objects = new Map<Element, Set<string>>();
  private readonly labels: ReadonlyMap<Element, string>;

  constructor(process: Element, context: Context) {
    this.context = context;
    const elements = [...within(process)];
    this.labels = labelsOf(elements);
    for (const element of elements) {
      for (const end of movedEnds(element)) {
        const object = end.$type === 'bpmn:DataObjectReference' ? child(end, 'dataObjectRef') : end;
        if (object?.$type !== 'bpmn:DataObject' || !object.$parent) continue;
        const inside = this.objects.get(object.$parent) ?? new Set();
        this.objects.set(object.$parent, inside.add(this.nameOf(object)));
      }
    }
  }

  /** The data of one element. */
  of(element: Element): NodeData {
    const io = child(element, 'ioSpecification');
    const ins = io ? children(io, 'dataInputs') : children(element, 'dataInputs');
    const outs = io ? children(io, 'dataOutputs') : children(element, 'dataOutputs');
    const item = loopItem(element, 'inputDataItem');
    const whole = loopItem(element, 'loopDataInputRef');
    const inputs = this.moves(element, 'dataInputAssociations').filter(({ to }) => !to || to !== whole);
    const result = loopItem(element, 'loopDataOutputRef');
    const resultItem = loopItem(element, 'outputDataItem');
    const outputs = this.moves(element, 'dataOutputAssociations').filter(
      ({ to, mapping }) =>
        (!to || to !== resultItem) && !(result && mapping.source.text === variable(this.nameOf(result)).text),
    );
    const filled = new Set([
      ...inputs.flatMap(({ to }) => to ?? []),
      ...mappedInputs(element, ins, (it) => this.nameOf(it)),
    ]);
    const given = new Set(outputs.flatMap(({ mapping }) => mapping.source.names));
    const named = (items: readonly Element[]): string[] => items.filter(isReal).map((it) => this.nameOf(it));
    const locals = new Set([
      ...named(children(element, 'properties')),
      ...named(ins.filter((it) => filled.has(it))),
      ...named(outs).filter((name) => given.has(name)),
      ...(this.objects.get(element) ?? []),
    ]);
    if (item) locals.delete(this.nameOf(item));
    for (const name of locals) this.checkName(element, name);
    return {
      inputs: inputs.map(({ mapping }) => mapping),
      outputs: outputs.map(({ mapping }) => mapping),
      locals: Object.freeze([...locals]),
      required: Object.freeze(
        named(this.required(element, io).filter((it) => filled.has(it) && it !== whole && it !== item)),
      ),
    };
  }

  /** What the data element of a loop holds for each instance: see `read-loop.ts`. */
  loopSource(element: Element, item: Element): Expression {
    const move = this.moves(element, 'dataInputAssociations').find(({ to }) => to === item);
    return move?.mapping.source ?? variable(this.nameOf(item));
  }

  /** Where the collected output of a loop goes, by the association that leads out of it; else its own name. */
  loopTarget(element: Element, collection: Element): string {
    const source = variable(this.nameOf(collection)).text;
    const move = this.moves(element, 'dataOutputAssociations').find(
      ({ mapping }) => mapping.source.text === source,
    );
    return move?.mapping.target ?? this.nameOf(collection);
  }

  /** What each instance of a loop gives: what an association writes into the item, else the item itself. */
  loopOutput(element: Element, item: Element): Expression {
    const move = this.moves(element, 'dataOutputAssociations').find(({ to }) => to === item);
    return move?.mapping.source ?? variable(this.nameOf(item));
  }

  /** The variable that a data element is. */
  nameOf(item: Element): string {
    return nameOf(item, this.labels);
  }

  private moves(element: Element, property: string): readonly Move[] {
    return children(element, property).flatMap((association) => this.movesOf(element, association));
  }

  private movesOf(element: Element, association: Element): readonly Move[] {
    const id = idOf(element);
    const [source, target] = endsOf(association);
    for (const end of [source, target]) {
      if (end?.$type === 'bpmn:DataStoreReference' && moves(association)) {
        this.context.findings.error(
          id,
          'unsupported-data',
          'Data stores outside the case are not reached: let a job read and write them.',
        );
      }
    }
    const expressions = new Expressions(this.context, id);
    const read = (holder: Element, what: string): Expression | null =>
      expressions.feel(bodyOf(id, holder, this.context), what);
    const assignments = children(association, 'assignment');
    if (assignments.length > 0) {
      return assignments.flatMap((assignment): Move[] => {
        const from = child(assignment, 'from');
        const path = this.pathOf(id, child(assignment, 'to'), target);
        const value = from && read(from, 'Assignment');
        return value && path !== null ? [this.move(target, value, path)] : [];
      });
    }
    if (!target || !moves(association)) return [];
    const name = this.nameOf(target);
    this.checkName(element, name);
    const transformation = child(association, 'transformation');
    if (transformation) {
      const value = read(transformation, 'Transformation');
      return value ? [this.move(target, value, name)] : [];
    }
    if (!source) return [];
    this.checkName(element, this.nameOf(source));
    return [this.move(target, variable(this.nameOf(source)), name)];
  }

  private move(to: Element | null, source: Expression, target: string): Move {
    return { to, mapping: Object.freeze({ source, target }) };
  }

  /** The variable that an assignment writes: a path, or the data element by its id, as some tools do. */
  private pathOf(id: string, to: Element | null, target: Element | null): string | null {
    const written = (to && bodyOf(id, to, this.context))?.replace(/^=\s*/, '') ?? '';
    if (target && written === idOf(target)) return this.nameOf(target);
    if (isVariablePath(written)) return written;
    this.context.findings.error(
      id,
      'variable-name',
      `An assignment writes to a variable or a path into one, not to "${written.slice(0, 80)}".`,
    );
    return null;
  }

  private checkName(element: Element, name: string): void {
    if (isVariable(name)) return;
    this.context.findings.error(
      idOf(element),
      'variable-name',
      `Data that move need the name of a variable (letters, digits, "_", single spaces): "${name.slice(0, 80)}" is none.`,
    );
  }

  private required(element: Element, io: Element | null): readonly Element[] {
    const sets = io ? children(io, 'inputSets') : [];
    if (sets.length > 1) {
      this.context.findings.error(
        idOf(element),
        'unsupported-data',
        'Alternative input sets are not supported: keep one, with optional inputs.',
      );
    }
    const [set] = sets;
    if (!set) return [];
    const optional = new Set([
      ...children(set, 'optionalInputRefs'),
      ...children(set, 'whileExecutingInputRefs'),
    ]);
    return children(set, 'dataInputRefs').filter((it) => !optional.has(it));
  }
}

/** The variables that the data of a process are, where they move. */
export function dataNames(process: Element): readonly string[] {
  const labels = labelsOf([...within(process)]);
  return [...within(process)].flatMap((element) =>
    [...movedEnds(element), ...children(element, 'properties').filter(isReal)].map((it) =>
      nameOf(it, labels),
    ),
  );
}

/** A data object is called as itself, else as the first of its references. */
function nameOf(item: Element, labels: ReadonlyMap<Element, string>): string {
  const object = item.$type === 'bpmn:DataObjectReference' ? child(item, 'dataObjectRef') : null;
  if (object) return nameOf(object, labels);
  return label(item) || labels.get(item) || idOf(item);
}

function labelsOf(elements: readonly Element[]): ReadonlyMap<Element, string> {
  const labels = new Map<Element, string>();
  for (const element of elements) {
    const object = element.$type === 'bpmn:DataObjectReference' ? child(element, 'dataObjectRef') : null;
    if (object && !labels.has(object)) labels.set(object, label(element));
  }
  return labels;
}

/** Modelers hang what is only drawn on placeholders. */
function isReal(item: Element): boolean {
  return !label(item).startsWith('__targetRef_placeholder');
}

function label(item: Element): string {
  return (text(item, 'name') ?? '').replaceAll(/\s+/g, ' ').trim();
}

function endsOf(association: Element): readonly [Element | null, Element | null] {
  const [source = null] = children(association, 'sourceRef');
  const target = child(association, 'targetRef');
  return [source && isReal(source) ? source : null, target && isReal(target) ? target : null];
}

/** Whether an association moves a value, or is only drawn. */
function moves(association: Element): boolean {
  const [source, target] = endsOf(association);
  if (children(association, 'assignment').length > 0) return true;
  return target !== null && (source !== null || child(association, 'transformation') !== null);
}

function movedEnds(element: Element): readonly Element[] {
  return [...children(element, 'dataInputAssociations'), ...children(element, 'dataOutputAssociations')]
    .filter(moves)
    .flatMap((it) => endsOf(it).filter((end) => end !== null));
}

function mappedInputs(
  element: Element,
  inputs: readonly Element[],
  nameOf: (item: Element) => string,
): readonly Element[] {
  const targets = extensionsOf(element, 'zeebe:IoMapping')
    .flatMap((mapping) => children(mapping, 'inputParameters'))
    .map((it) => text(it, 'target')?.split('.')[0]?.trim());
  return inputs.filter((it) => targets.includes(nameOf(it)));
}

function loopItem(element: Element, property: string): Element | null {
  const loop = child(element, 'loopCharacteristics');
  return loop && child(loop, property);
}

/** Every element with data of its own, and the data objects beside them. */
function* within(container: Element): Generator<Element> {
  yield container;
  for (const element of children(container, 'flowElements')) {
    if (children(element, 'flowElements').length > 0) yield* within(element);
    else yield element;
  }
}
