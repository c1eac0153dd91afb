import type { Shape } from '@iter/feel';
import type { DataType, Decision, DecisionService, InputData } from '../model.ts';
import type { GraphNode } from './graph.ts';
import { entriesOf, isTold, shapeOfType } from './shapes.ts';

/** What has been read before a service. */
interface Known {
  readonly inputs: ReadonlyMap<string, InputData>;
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly shapes: ReadonlyMap<string, Shape | null>;
}

/**
 * Reads a decision service and reports what its decisions need and it does not hold.
 * Source: DMN 1.3 §6.3.9, §10.4
 */
export function readService(
  { id, name, tag, references }: GraphNode,
  type: DataType | null,
  { inputs, decisions, shapes }: Known,
): DecisionService {
  const of = (property: string): readonly GraphNode[] => references.get(property) ?? [];
  const outputs = of('outputDecision');
  if (outputs.length === 0)
    tag.error('output-missing', `The decision service "${name}" has no output decision.`);
  const held = new Set([...outputs, ...of('encapsulatedDecision')].map((it) => it.id));
  const given = new Set([...of('inputDecision'), ...of('inputData')].map((it) => it.id));
  const waiting = outputs.map((it) => it.id);
  const seen = new Set<string>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    for (const required of decisions.get(next)?.requires.decisions ?? []) {
      if (given.has(required.id)) continue;
      if (!held.has(required.id)) {
        tag.error(
          'service-incomplete',
          `"${next}" needs the decision "${required.id}": encapsulate it in the service, or make it an input.`,
        );
      }
      waiting.push(required.id);
    }
    for (const required of decisions.get(next)?.requires.inputs ?? []) {
      if (given.has(required.id)) continue;
      tag.error(
        'service-incomplete',
        `"${next}" needs the input data "${required.id}": add it to the service.`,
      );
    }
  }
  const shown = outputs.map((it) => [nameOf(it), shapes.get(it.id) ?? null] as const);
  const found = shown.length === 1 ? (shown[0]?.[1] ?? null) : entriesOf(shown);
  return {
    id,
    name,
    place: tag.place,
    type,
    parameters: [
      ...of('inputData').map((it) => ({
        id: it.id,
        name: nameOf(it),
        type: inputs.get(it.id)?.type ?? null,
        of: 'input' as const,
      })),
      ...of('inputDecision').map((it) => ({
        id: it.id,
        name: nameOf(it),
        type: decisions.get(it.id)?.type ?? null,
        of: 'decision' as const,
      })),
    ],
    outputs: outputs.map((it) => ({ id: it.id, name: nameOf(it) })),
    gives: isTold(type) ? shapeOfType(type) : found,
  };
}

const nameOf = ({ id, names: [first] }: GraphNode): string => first ?? id;
