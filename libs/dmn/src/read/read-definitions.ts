import type { Shape } from '@iter/feel';
import type {
  BusinessKnowledge,
  DataType,
  Decision,
  DecisionDefinitions,
  DecisionService,
  InputData,
  Requirements,
} from '../model.ts';
import { everyTag } from '../xml/tag.ts';
import type { Tag } from '../xml/tag.ts';
import { readGraph, requirementsOf } from './graph.ts';
import type { Graph, GraphNode } from './graph.ts';
import { evenName, isSpecial } from './names.ts';
import { readFunction, readLogic, signatureOf } from './read-logic.ts';
import { readService } from './read-service.ts';
import { Types } from './read-types.ts';
import { emptyScope, within } from './scope.ts';
import type { Scope, Signature } from './scope.ts';
import { isTold, shapeOf, shapeOfType } from './shapes.ts';

/** Reads what a file decides, each element after those that it requires. */
export function readDefinitions(tag: Tag, hash: string): DecisionDefinitions {
  const reader = new Reader(tag);
  const id = tag.ownId ?? tag.label('name') ?? '';
  if (id === '') tag.error('id-missing', 'The definitions have neither id nor name: give them one.');
  return { id, name: tag.label('name') ?? id, hash, ...reader.read() };
}

class Reader {
  private readonly types: Types;
  private readonly graph: Graph;
  private readonly outermost: Scope;
  readonly inputs = new Map<string, InputData>();
  readonly decisions = new Map<string, Decision>();
  private readonly knowledge = new Map<string, BusinessKnowledge>();
  private readonly services = new Map<string, DecisionService>();
  /** What the values of inputs and decisions stand for. */
  readonly shapes = new Map<string, Shape | null>();
  private readonly signatures = new Map<string, Signature>();

  constructor(tag: Tag) {
    this.types = new Types(tag);
    this.graph = readGraph(tag);
    if (![...this.graph.nodes.values()].some(({ kind }) => kind === 'Decision')) {
      tag.error('decision-missing', 'The file holds no decision.');
    }
    const named = Array.from(everyTag(tag)).filter(
      ({ type }) => type === 'OutputClause' || type === 'InformationItem',
    );
    const fields = [...this.types.fields, ...named.flatMap((it) => it.label('name') ?? [])].map(evenName);
    const elsewhere = [...this.graph.nodes.values()].flatMap(({ kind, names }) =>
      // Input data and variables of one name are the same, where a variable can have that name.
      kind === 'InputData' ? names.filter(isSpecial) : names,
    );
    this.outermost = {
      ...emptyScope,
      fields: [...new Set(fields)].filter(isSpecial),
      elsewhere: new Set(elsewhere),
    };
  }

  read(): Pick<DecisionDefinitions, 'inputs' | 'decisions' | 'knowledge' | 'services'> {
    for (const node of this.graph.order) this.readNode(node);
    const { inputs, decisions, knowledge, services } = this;
    return { inputs, decisions, knowledge, services };
  }

  private readNode(node: GraphNode): void {
    const { id, kind, tag, name, names } = node;
    const variable = tag.child('variable');
    const element = { id, name, place: tag.place };
    const type = this.types.of(variable);
    switch (kind) {
      case 'InputData':
        this.inputs.set(id, { ...element, names, type });
        this.shapes.set(id, shapeOfType(type));
        return;
      case 'Decision':
        return this.readDecision(node, type);
      case 'BusinessKnowledgeModel':
        return this.readKnowledge(node, type);
      case 'DecisionService': {
        const service = readService(node, type, this);
        this.services.set(id, service);
        const parameters = service.parameters.map((it) => it.name);
        this.signatures.set(id, { parameters, gives: service.gives });
      }
    }
  }

  private readDecision({ id, name, tag, ...node }: GraphNode, type: DataType | null): void {
    const requires = requirementsOf({ id, name, tag, ...node });
    const scope = this.scopeOf(requires);
    const written = tag.child('decisionLogic');
    if (!written) {
      tag.error('logic-missing', `The decision "${name}" has no logic: it decides nothing.`);
      return;
    }
    const logic = readLogic(written, scope, this.types);
    if (!logic) return;
    this.shapes.set(id, isTold(type) ? shapeOfType(type) : shapeOf(logic, scope));
    this.decisions.set(id, { id, name, place: tag.place, type, logic, requires });
  }

  private readKnowledge({ id, name, tag, ...node }: GraphNode, type: DataType | null): void {
    const requires = requirementsOf({ id, name, tag, ...node });
    const written = tag.child('encapsulatedLogic');
    if (!written) {
      tag.error('logic-missing', `The business knowledge "${name}" has no logic.`);
      return;
    }
    const read = readFunction(written, this.scopeOf(requires), this.types);
    if (!read) return;
    const definition = {
      ...read,
      type: read.type ?? type,
      gives: isTold(type) ? shapeOfType(type) : read.gives,
    };
    this.signatures.set(id, signatureOf(definition));
    this.knowledge.set(id, { id, name, place: tag.place, function: definition, requires });
  }

  private scopeOf({ inputs, decisions, knowledge }: Requirements): Scope {
    return within(
      this.outermost,
      [...inputs, ...decisions].flatMap(({ id, names }) =>
        names.map((name): [string, Shape | null] => [name, this.shapes.get(id) ?? null]),
      ),
      knowledge.flatMap(({ id, names }) => {
        const signature = this.signatures.get(id);
        return signature ? names.map((name): [string, Signature] => [name, signature]) : [];
      }),
    );
  }
}
