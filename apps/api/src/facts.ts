import { readsContent } from '@iter/access';
import type { Principal } from '@iter/access';
import type { Definitions } from '@iter/process-catalog';
import type { ProcessModel } from '@iter/process-model';
import type { FactDto } from './dto/views.ts';
import { Problem } from './problems/problem.ts';

/** What somebody may narrow tasks of a process by. */
export const describeFacts = (principal: Principal, process: string, { facts }: ProcessModel): FactDto[] =>
  readsContent(principal, process)
    ? facts.map(({ name, label, values }) => ({
        ...{ name, label },
        values: values?.map(({ code, label }) => ({ value: code, label })) ?? [
          { value: 'true', label: null },
          { value: 'false', label: null },
        ],
      }))
    : [];

/**
 * Only facts that the latest version of the process has, with values that they may have: so that no address asks for
 * anything else, and who reads no content of its cases learns nothing by asking.
 * @param asked `name:value`, separated by commas
 * @throws Problem 403, 422
 */
export function checkFacts(
  catalog: Pick<Definitions, 'find'>,
  principal: Principal,
  asked: string,
  process: string | undefined,
): void {
  const model = process === undefined ? undefined : catalog.find(process)?.model;
  if (process === undefined || !model)
    throw new Problem('fact-unknown', {
      detail: {
        it: 'Indicare il procedimento a cui appartengono le condizioni.',
        en: 'Name the process that the conditions belong to.',
      },
    });
  if (!readsContent(principal, process))
    throw new Problem('not-authorised', {
      detail: {
        it: 'Filtrare per contenuto spetta a chi può leggere i fascicoli di questo procedimento.',
        en: 'Filtering by content is for those who may read the files of this process.',
      },
    });
  const facts = new Map(
    describeFacts(principal, process, model).map(({ name, values }) => [
      name,
      values.map(({ value }) => value),
    ]),
  );
  for (const each of asked.split(',')) {
    const [name = '', value = ''] = each.split(':');
    const values = facts.get(name);
    if (!values)
      throw new Problem('fact-unknown', {
        detail: {
          it: `«${name}» non è tra le condizioni di ${process}.`,
          en: `“${name}” is not among the conditions of ${process}.`,
        },
      });
    if (!values.includes(value))
      throw new Problem('fact-value-unknown', {
        detail: { it: `«${name}» non può essere «${value}».`, en: `“${name}” cannot be “${value}”.` },
      });
  }
}
