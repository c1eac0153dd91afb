import type { Expression, IoMapping } from '../model.ts';
import type { Context } from './context.ts';
import { DataElements, isNamed, objectOf } from './data-elements.ts';
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
  private readonly elements: DataElements;
  /** Variables that data objects are where they move, by the container that they live in. */
  private readonly objects = new Map<Element, Set<string>>();

  constructor(process: Element, context: Context) {
    this.context = context;
    this.elements = new DataElements(process);
    for (const element of this.elements.all) {
      for (const end of this.elements.movedBy(element)) {
        const object = objectOf(end);
        if (object.$type !== 'bpmn:DataObject' || !object.$parent) continue;
        const inside = this.objects.get(object.$parent) ?? new Set();
        this.objects.set(object.$parent, inside.add(this.nameOf(object)));
      }
    }
  }

  /** The data of one element, those of its loop left out. */
  of(element: Element): NodeData {
    const io = child(element, 'ioSpecification');
    const ins = children(io ?? element, 'dataInputs');
    const outs = children(io ?? element, 'dataOutputs');
    const loop = child(element, 'loopCharacteristics');
    const part = (property: string): Element | null => loop && child(loop, property);
    const [whole, item] = [part('loopDataInputRef'), part('inputDataItem')];
    const [collected, resultItem] = [part('loopDataOutputRef'), part('outputDataItem')];
    const inputs = this.moves(element, 'dataInputAssociations').filter(({ to }) => !to || to !== whole);
    const outputs = this.moves(element, 'dataOutputAssociations').filter(
      ({ to, mapping }) =>
        (!to || to !== resultItem) && !(collected && mapping.source.text === this.textOf(collected)),
    );
    const mapped = mappedInputs(element);
    const filled = new Set(inputs.flatMap(({ to }) => to ?? []));
    const isFilled = (it: Element): boolean => filled.has(it) || mapped.has(this.nameOf(it));
    const given = new Set(outputs.flatMap(({ mapping }) => mapping.source.names));
    const named = (items: readonly Element[]): string[] =>
      items.map((it) => this.nameOf(it)).filter((name) => name !== '');
    const locals = new Set([
      ...named(children(element, 'properties')),
      ...named(ins.filter(isFilled)),
      ...named(outs).filter((name) => given.has(name)),
      ...(this.objects.get(element) ?? []),
    ]);
    if (item) locals.delete(this.nameOf(item));
    for (const name of locals) this.checkName(element, name);
    const required = this.required(element, io).filter((it) => isFilled(it) && it !== whole && it !== item);
    return {
      inputs: inputs.map(({ mapping }) => mapping),
      outputs: outputs.map(({ mapping }) => mapping),
      locals: Object.freeze([...locals]),
      required: Object.freeze(named(required.filter(isNamed))),
    };
  }

  /** The items that a loop goes through: where its data input comes from. */
  loopSource(element: Element, item: Element): Expression {
    const move = this.moves(element, 'dataInputAssociations').find(({ to }) => to === item);
    return move?.mapping.source ?? variable(this.nameOf(item));
  }

  /** Where the collected output of a loop goes, by the association that leads out of it; else its own name. */
  loopTarget(element: Element, collected: Element): string {
    const move = this.moves(element, 'dataOutputAssociations').find(
      ({ mapping }) => mapping.source.text === this.textOf(collected),
    );
    return move?.mapping.target ?? this.nameOf(collected);
  }

  /** What each instance of a loop gives: what an association writes into the item, else the item itself. */
  loopOutput(element: Element, item: Element): Expression {
    const move = this.moves(element, 'dataOutputAssociations').find(({ to }) => to === item);
    return move?.mapping.source ?? variable(this.nameOf(item));
  }

  /** The variable that a data element is. */
  nameOf(item: Element): string {
    return this.elements.nameOf(item);
  }

  private textOf(item: Element): string {
    return variable(this.nameOf(item)).text;
  }

  private moves(element: Element, property: string): readonly Move[] {
    return children(element, property)
      .filter((association) => this.elements.moves(association))
      .flatMap((association) => this.movesOf(element, association));
  }

  private movesOf(element: Element, association: Element): readonly Move[] {
    const id = idOf(element);
    const { findings } = this.context;
    const [source, target] = this.elements.endsOf(association);
    if ([source, target].some((end) => end?.$type === 'bpmn:DataStoreReference')) {
      findings.error(
        id,
        'unsupported-data',
        'Data stores outside the case are not reached: let a job read and write them.',
      );
      return [];
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
        return value && path !== null ? [move(target, value, path)] : [];
      });
    }
    if (!target) return [];
    const name = this.nameOf(target);
    this.checkName(element, name);
    const transformation = child(association, 'transformation');
    if (transformation) {
      const value = read(transformation, 'Transformation');
      return value ? [move(target, value, name)] : [];
    }
    if (!source) return [];
    this.checkName(element, this.nameOf(source));
    return [move(target, variable(this.nameOf(source)), name)];
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
    const [set, ...more] = io ? children(io, 'inputSets') : [];
    if (more.length > 0) {
      this.context.findings.error(
        idOf(element),
        'unsupported-data',
        'Alternative input sets are not supported: keep one, with optional inputs.',
      );
    }
    if (!set) return [];
    const optional = new Set([
      ...children(set, 'optionalInputRefs'),
      ...children(set, 'whileExecutingInputRefs'),
    ]);
    return children(set, 'dataInputRefs').filter((it) => !optional.has(it));
  }
}

function move(to: Element | null, source: Expression, target: string): Move {
  return { to, mapping: Object.freeze({ source, target }) };
}

/** Variables that `zeebe:input` writes. */
function mappedInputs(element: Element): ReadonlySet<string> {
  return new Set(
    extensionsOf(element, 'zeebe:IoMapping')
      .flatMap((mapping) => children(mapping, 'inputParameters'))
      .map((it) => text(it, 'target')?.split('.')[0]?.trim() ?? ''),
  );
}
