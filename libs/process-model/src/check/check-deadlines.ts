import { expressionsOf } from '../expressions-of.ts';
import type { RuleFindings } from '../rules.ts';
import type { ProcessModel } from '../model.ts';

/** What deadlines refer to exists; the same id means the same term wherever it is declared. */
export function checkDeadlines(model: ProcessModel, findings: RuleFindings): void {
  const nodes = [...model.nodes.values()];
  for (const { id: bearer, deadlines } of nodes) {
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
          if (nodes.every(({ call }) => call === null)) {
            findings.error(
              bearer,
              'deadline-met-by',
              `${id} is met by "${by}", but this process calls no other.`,
            );
          }
        } else if (by !== '' && !model.nodes.has(by)) {
          findings.error(
            bearer,
            'deadline-met-by',
            `${id} is met by "${by}", which is no element of this process.`,
          );
        }
      }
    }
  }
}

/** A deadline that a process speaks of and does not declare: the process that calls it may. */
export interface ForeignDeadline {
  readonly id: string;
  readonly element: string;
  readonly rule: 'deadline-change-ref' | 'deadline-unknown';
  readonly message: string;
}

/** Called processes share the deadlines of the case: what this one does not declare, another must. */
export function foreignDeadlines(model: ProcessModel): readonly ForeignDeadline[] {
  const changed = [...model.nodes.values()].flatMap(({ id: element, deadlineChanges }) =>
    deadlineChanges
      .filter(({ ref }) => ref !== '' && !model.deadlines.has(ref))
      .map(({ ref, kind }) => ({
        id: ref,
        element,
        rule: 'deadline-change-ref' as const,
        message: `There is no deadline ${ref} to ${kind}.`,
      })),
  );
  const read = expressionsOf(model).flatMap(({ element, expression }) => {
    if (!expression.names.includes('deadlines')) return [];
    return [...expression.text.matchAll(/\bdeadlines\s*\.\s*([A-Za-z_]\w*)/g)].flatMap(([, id = '']) =>
      model.deadlines.has(id)
        ? []
        : [
            {
              id,
              element,
              rule: 'deadline-unknown' as const,
              message: `The expression reads the deadline ${id}, which no process declares.`,
            },
          ],
    );
  });
  return [...changed, ...read];
}
