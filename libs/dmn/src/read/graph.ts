import { isId } from '@iter/process-model/reading';
import { decisionLimits } from '../model.ts';
import type { Requirement, Requirements } from '../model.ts';
import type { Tag } from '../xml/tag.ts';
import { evenName } from './names.ts';

export type NodeKind = 'InputData' | 'Decision' | 'BusinessKnowledgeModel' | 'DecisionService';

/** An element of the requirements graph before its logic is read. */
export interface GraphNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly tag: Tag;
  /** For people. */
  readonly name: string;
  /** What expressions may call it by, the best first. */
  readonly names: readonly string[];
  /** By property, the nodes that its references name. */
  readonly references: ReadonlyMap<string, readonly GraphNode[]>;
}

export interface Graph {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  /** Each node after all that it requires. */
  readonly order: readonly GraphNode[];
}

const kinds: ReadonlySet<string> = new Set<NodeKind>([
  'InputData',
  'Decision',
  'BusinessKnowledgeModel',
  'DecisionService',
]);

/** Which property of which element may name what. DMN 1.3 §6.3.13–15, §6.3.9 */
const targets: Readonly<Record<string, readonly NodeKind[]>> = {
  requiredInput: ['InputData'],
  requiredDecision: ['Decision'],
  requiredKnowledge: ['BusinessKnowledgeModel', 'DecisionService'],
  outputDecision: ['Decision'],
  encapsulatedDecision: ['Decision'],
  inputDecision: ['Decision'],
  inputData: ['InputData'],
};

/** Reads who requires whom, and reports what is wrong with it: ids, references, cycles, chains without end. */
export function readGraph(definitions: Tag): Graph {
  const nodes = new Map<string, GraphNode & { references: Map<string, GraphNode[]> }>();
  for (const tag of definitions.children('drgElement')) {
    if (!kinds.has(tag.type)) continue;
    const id = tag.ownId;
    if (id === null) tag.error('id-missing', `A ${tag.type} has no id: give it one.`);
    else if (!isId(id)) {
      tag.error(
        'id-invalid',
        `"${id.slice(0, 80)}" is no id: letters, digits, "_", "-" and ".", at most 200.`,
      );
    } else {
      const name = tag.label('name') ?? id;
      const variable = tag.child('variable')?.label('name');
      const names = [...new Set([variable ?? name, name, id].map(evenName))];
      nodes.set(id, { id, kind: tag.type as NodeKind, tag, name, names, references: new Map() });
    }
  }
  for (const node of nodes.values()) connect(node, nodes);
  return { nodes, order: orderOf(nodes) };
}

function connect(
  { tag, references }: GraphNode & { references: Map<string, GraphNode[]> },
  nodes: ReadonlyMap<string, GraphNode>,
): void {
  const holders = [
    tag,
    ...['informationRequirement', 'knowledgeRequirement'].flatMap((property) => tag.children(property)),
  ];
  for (const holder of holders) {
    for (const [property, allowed] of Object.entries(targets)) {
      const refs = [holder.child(property) ?? [], holder.children(property)].flat();
      for (const ref of refs) {
        const href = ref.text('href') ?? '';
        const target = nodes.get(href.replace(/^#/, ''));
        if (!target || !href.startsWith('#')) {
          ref.error('dangling-reference', `${property} names "${href}", which is not in this file.`);
        } else if (!allowed.includes(target.kind)) {
          ref.error('requirement-kind', `${property} names "${target.id}", which is a ${target.kind}.`);
        } else {
          const found = references.get(property) ?? [];
          if (!found.includes(target)) references.set(property, [...found, target]);
        }
      }
    }
  }
}

/** What must be evaluated, or known, before it. A service knows its own decisions. */
const needs = ({ references }: GraphNode): readonly GraphNode[] =>
  [
    'requiredDecision',
    'requiredKnowledge',
    'outputDecision',
    'inputDecision',
    'requiredInput',
    'inputData',
  ].flatMap((property) => references.get(property) ?? []);

/** Depth first, without recursion: a chain may be as long as the file. */
function orderOf(nodes: ReadonlyMap<string, GraphNode>): readonly GraphNode[] {
  const depths = new Map<GraphNode, number>();
  const open = new Set<GraphNode>();
  for (const start of nodes.values()) {
    const stack = [{ node: start, left: [...needs(start)] }];
    if (depths.has(start)) continue;
    open.add(start);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const next = top.left.pop();
      if (next && open.has(next)) {
        const path = [...open];
        const cycle = [...path.slice(path.indexOf(next)), next].map(({ name }) => `"${name}"`);
        next.tag.error('requirement-cycle', `The requirements go in a circle: ${cycle.join(' → ')}.`);
      } else if (next && !depths.has(next)) {
        open.add(next);
        stack.push({ node: next, left: [...needs(next)] });
      } else if (!next) {
        const { node } = top;
        const depth = 1 + Math.max(0, ...needs(node).map((it) => depths.get(it) ?? 0));
        if (depth === decisionLimits.requirements + 1) {
          node.tag.error(
            'requirements-too-deep',
            `Chains of requirements have at most ${decisionLimits.requirements} elements.`,
          );
        }
        depths.set(node, depth);
        open.delete(node);
        stack.pop();
      }
    }
  }
  return [...depths.keys()];
}

/**
 * What expressions of an element may call the elements that it requires: each by its first name, and by its others
 * where those are free.
 */
export function requirementsOf(node: GraphNode): Requirements {
  const [inputs, decisions, knowledge] = ['requiredInput', 'requiredDecision', 'requiredKnowledge'].map(
    (property) => node.references.get(property) ?? [],
  ) as [readonly GraphNode[], readonly GraphNode[], readonly GraphNode[]];
  const taken = new Map<string, GraphNode>();
  const all = [...inputs, ...decisions, ...knowledge];
  for (const it of all) {
    const [first = it.id] = it.names;
    const other = taken.get(first);
    if (other) {
      node.tag.error(
        'name-ambiguous',
        `It requires "${other.id}" and "${it.id}", both called "${first}": rename one.`,
      );
    }
    taken.set(first, it);
  }
  for (const it of all) for (const name of it.names) if (!taken.has(name)) taken.set(name, it);
  const listed = (them: readonly GraphNode[]): readonly Requirement[] =>
    them.map((it) => ({ id: it.id, names: it.names.filter((name) => taken.get(name) === it) }));
  return { inputs: listed(inputs), decisions: listed(decisions), knowledge: listed(knowledge) };
}
