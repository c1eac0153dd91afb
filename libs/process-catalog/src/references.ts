import { foreignDeadlines } from '@iter/process-model';
import type { FlowNode, Problem, ProcessModel } from '@iter/process-model';
import { scanXml } from '@iter/process-model/reading';
import type { DecisionDraft, Draft, Known } from './compile.ts';

const latest = { kind: 'latest', versionTag: null } as const;

export const problemAt = (
  { id, place }: Pick<FlowNode, 'id' | 'place'>,
  file: string,
  severity: Problem['severity'],
  rule: string,
  message: string,
): Problem => ({ severity, file, ...place, element: id, rule, message, language: 'it' });

/**
 * What a process refers to must be there: among the files, or deployed already. Names that are computed are judged
 * when they are.
 */
export function referenceProblems(
  draft: Draft,
  drafts: readonly Draft[],
  decisions: readonly DecisionDraft[],
  known: Known,
): readonly Problem[] {
  const { model, files } = draft;
  const [file = ''] = files;
  const processes = (key: string): readonly ProcessModel[] => {
    const deployed = known.find(key);
    return [
      ...drafts.map((it) => it.model).filter((it) => it.key === key),
      ...(deployed ? [deployed.model] : []),
    ];
  };
  const error = (node: Pick<FlowNode, 'id' | 'place'>, rule: string, message: string): Problem =>
    problemAt(node, file, 'error', rule, message);

  const called = ({ call, ...node }: FlowNode): Problem[] => {
    const key = call?.process.constant;
    if (typeof key !== 'string' || processes(key).length > 0) return [];
    return [
      error(node, 'call-unresolved', `Il processo chiamato ${key} non è tra i file e non è installato.`),
    ];
  };
  const decided = ({ decision, ...node }: FlowNode): Problem[] => {
    const id = decision?.decision.constant;
    if (typeof id !== 'string' || known.decision(id, latest, '')) return [];
    if (decisions.some(({ definitions }) => definitions.decisions.has(id))) return [];
    return [error(node, 'decision-unresolved', `La decisione ${id} non è tra i file e non è installata.`)];
  };
  const strangeBases = (node: FlowNode): Problem[] =>
    node.deadlines.flatMap(({ id, term, bases }) =>
      bases
        .filter(({ name }) => known.terms?.hasTerm(term) && !known.terms.hasBase(term, name))
        .map(({ name }) =>
          problemAt(
            node,
            file,
            'warning',
            'base-unknown',
            `Il termine ${term} di ${id} non ha tra le sue decorrenze ${name}.`,
          ),
        ),
    );
  const lawful = (node: FlowNode): Problem[] =>
    node.deadlines.flatMap(({ id, term, ladder, met }) => [
      ...(known.terms && term !== '' && !known.terms.hasTerm(term)
        ? [error(node, 'term-unresolved', `Il termine ${term} di ${id} non è nel catalogo.`)]
        : []),
      ...(known.terms && ladder !== null && !known.terms.hasLadder(ladder)
        ? [error(node, 'ladder-unresolved', `La scala ${ladder} di ${id} non è nel catalogo.`)]
        : []),
      ...met.flatMap(({ by }) => {
        const [process = '', element] = by.split('/');
        // Of a process that is not there the call itself complains.
        const candidates = element === undefined ? [] : processes(process);
        if (candidates.length === 0 || candidates.some(({ nodes }) => nodes.has(element ?? ''))) return [];
        return [
          error(
            node,
            'deadline-met-by',
            `${id} è rispettata con «${by}», che non è un elemento di ${process}.`,
          ),
        ];
      }),
    ]);

  return [
    ...[...model.nodes.values()].flatMap((node) => [
      ...called(node),
      ...decided(node),
      ...lawful(node),
      ...strangeBases(node),
    ]),
    ...undeclared(draft, [...drafts.map((it) => it.model), ...known.list().map((it) => it.model)]),
  ];
}

/** Called processes share the deadlines of the case: what one does not declare, another must. */
function undeclared(
  { model, xml, files: [file = ''] }: Draft,
  all: readonly ProcessModel[],
): readonly Problem[] {
  const missing = foreignDeadlines(model).filter(({ id }) => !all.some(({ deadlines }) => deadlines.has(id)));
  if (missing.length === 0) return [];
  // Flows have no place in the model.
  const { placeOf } = scanXml(xml);
  return missing.map(({ element, rule, message }) => ({
    ...{ severity: 'error' as const, file, ...placeOf(element) },
    ...{ element, rule, message },
  }));
}
