import { toldWith } from '@iter/process-catalog';
import type { Definition, Definitions } from '@iter/process-catalog';
import type { TermCatalogue } from '@iter/process-catalog/catalogue';
import type { Label } from '@iter/process-model';

export interface Labels {
  /** Of an element or a flow, in Italian; a flow without a name is called by what it joins. */
  element(id: string): string | null;
  /** Of a deadline, by its declaration. */
  deadline(id: string): Label | null;
}

/**
 * What a case's process, and all that it calls, call their parts, for lists that do not fold a case to learn which version each
 * event is of: a name counts only where all processes and versions agree that have the id.
 * @param began what the case began with
 */
export async function labelsIn(
  began: Definition,
  catalog: Pick<Definitions, 'byHash' | 'called' | 'decision' | 'readVersions'>,
  terms: Pick<TermCatalogue, 'terms'>,
): Promise<Labels> {
  const { family } = toldWith(began, catalog);
  const models: Definition['model'][] = [];
  for (const key of new Set(family.map((each) => each.key))) {
    for await (const { model } of catalog.readVersions(key)) models.push(model);
  }
  /** What all say that say something; null: nobody does, or they differ. */
  const agreed = (said: readonly (string | undefined)[]): string | null => {
    const different = new Set(said.filter((it) => it !== undefined && it !== ''));
    return different.size === 1 ? ([...different][0] ?? null) : null;
  };
  return {
    element: (id) =>
      agreed(
        models.map(({ nodes, flows }) => {
          const flow = flows.get(id);
          const end = (node: string) => nodes.get(node)?.name || node;
          return flow ? flow.name || `${end(flow.source)} → ${end(flow.target)}` : nodes.get(id)?.name;
        }),
      ),
    deadline: (id) => {
      const term = agreed(models.map(({ deadlines }) => deadlines.get(id)?.term));
      return terms.terms().findLast(({ key }) => key === term)?.label ?? null;
    },
  };
}
