import type { Findings } from '../findings.ts';
import type { Expression, ProcessModel } from '../model.ts';

/** What deadlines refer to exists; the same id means the same term wherever it is declared. */
export function checkDeadlines(model: ProcessModel, findings: Findings): void {
  const nodes = [...model.nodes.values()];
  for (const { id: bearer, deadlines, deadlineChanges } of nodes) {
    const here = new Set<string>();
    for (const { id, term, opens, met } of deadlines) {
      const first = model.deadlines.get(id);
      if (first && first.term !== term) {
        findings.error(
          bearer,
          'deadline-term',
          `${id} runs by the term "${first.term}" elsewhere, here by "${term}".`,
        );
      }
      if (here.has(id + opens))
        findings.error(bearer, 'deadline-id', `${id} is declared twice on this element.`);
      here.add(id + opens);
      for (const { by } of met) {
        if (by.includes('/')) {
          findings.error(
            bearer,
            'deadline-met-by',
            `${id} is met by "${by}", but this process calls no other.`,
          );
        } else if (by !== '' && !model.nodes.has(by)) {
          findings.error(
            bearer,
            'deadline-met-by',
            `${id} is met by "${by}", which is no element of this process.`,
          );
        }
      }
    }
    for (const { ref, kind } of deadlineChanges) {
      if (ref !== '' && !model.deadlines.has(ref)) {
        findings.error(bearer, 'deadline-change-ref', `There is no deadline ${ref} to ${kind}.`);
      }
    }
  }
  for (const [element, expression] of expressionsOf(model)) {
    for (const [, id = ''] of expression.text.matchAll(/\bdeadlines\s*\.\s*([A-Za-z_]\w*)/g)) {
      if (expression.names.includes('deadlines') && !model.deadlines.has(id)) {
        findings.error(
          element,
          'deadline-unknown',
          `The expression reads the deadline ${id}, which this process does not declare.`,
        );
      }
    }
  }
}

function* expressionsOf(model: ProcessModel): Generator<readonly [string, Expression]> {
  for (const { id, condition } of model.flows.values()) if (condition) yield [id, condition];
  for (const node of model.nodes.values()) {
    const { id, event, script, inputs, outputs, deadlines, deadlineChanges } = node;
    if (event.kind === 'timer') yield [id, event.value];
    if (script) yield [id, script.expression];
    for (const { source } of [...inputs, ...outputs]) yield [id, source];
    for (const { when, bases, met } of deadlines) {
      for (const it of [when, ...bases.map(({ value }) => value), ...met.map(({ date }) => date)])
        if (it) yield [id, it];
    }
    for (const { when, by } of deadlineChanges) for (const it of [when, by]) if (it) yield [id, it];
  }
}
