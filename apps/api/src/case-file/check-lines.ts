import type { CheckLine } from '@iter/engine';
import type { Principal } from '@iter/access';
import type { Language } from '../http/language.ts';
import { toldIn } from '../problems/problem.ts';
import type { ApiPorts } from '../ports.ts';

/** The lines of a check-list as people read them: what the view knows of their terms is put to them. */
export async function describedLines(
  { views }: Pick<ApiPorts, 'views'>,
  principal: Principal,
  caseId: string,
  lines: readonly CheckLine[],
  language: Language,
): Promise<readonly object[]> {
  const isTerm = ({ kind }: CheckLine): boolean => kind === 'term' || kind === 'wait';
  const terms = lines.some(isTerm) ? await views.deadlinesOf(principal, caseId) : [];
  return lines.map((line) => {
    const { kind, code, holds, label, norm, message, key, at } = line;
    const id = key === null ? null : `${caseId}.${key}`;
    const term = isTerm(line) ? terms.find((one) => one.id === id) : undefined;
    return {
      ...{ kind, code, holds, id, at },
      ...(message === null ? { message } : toldIn({ message }, language)),
      label: term?.label ?? (label === null ? null : { it: label, en: label }),
      norm: term?.norm ?? norm,
    };
  });
}
