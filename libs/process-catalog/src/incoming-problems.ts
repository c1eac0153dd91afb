import { awaitedDefinitions } from '@iter/process-model';
import type { Problem } from '@iter/process-model';
import type { Draft } from './compile.ts';
import { problemAt } from './references.ts';

/**
 * Fields that people would fill in for nothing: an event with output mappings keeps what they name and drops everything else
 * that its message brings.
 * Source: Camunda 8, "Input and output mappings", output mappings
 */
export function lostFields({ model, readForms }: Draft, file: string): readonly Problem[] {
  return [...model.nodes.values()].flatMap((node) => {
    if (node.outputs.length === 0) return [];
    const awaited = new Set(
      awaitedDefinitions(node).map((it) => (it.kind === 'message' ? it.name.constant : undefined)),
    );
    const read = new Set(node.outputs.flatMap(({ source }) => [...source.names]));
    return node.incomingMessages
      .filter(({ message }) => awaited.has(message))
      .flatMap(({ message, form, servedForm }) =>
        [form, servedForm].flatMap((id) => {
          const { fields = [], lists = [] } = readForms.get(id ?? '') ?? {};
          const lost = [...fields, ...lists].map(({ key }) => key).filter((key) => !read.has(key));
          return lost.map((key) => {
            const said = `Ciò che si scrive in «${key}» (modulo ${id}) va perduto: nessuna mappatura di ${node.id} legge quel nome dal messaggio ${message}.`;
            return problemAt(node, file, 'warning', 'incoming-field-lost', said);
          });
        }),
      );
  });
}
