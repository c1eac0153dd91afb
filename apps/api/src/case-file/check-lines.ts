import type { CheckLine } from '@iter/engine';
import type { Principal } from '@iter/access';
import type { ApiPorts } from '../ports.ts';

/** The lines of a check-list as people read them: what the view knows of their terms is put to them. */
export async function describedLines(
  { views }: Pick<ApiPorts, 'views'>,
  principal: Principal,
  caseId: string,
  lines: readonly CheckLine[],
): Promise<readonly object[]> {
  const terms = lines.some(({ kind }) => kind === 'term') ? await views.deadlinesOf(principal, caseId) : [];
  return lines.map(({ kind, code, holds, label, norm, message, key, at }) => {
    const id = key === null ? null : `${caseId}.${key}`;
    const term = kind === 'term' ? terms.find((one) => one.id === id) : undefined;
    return {
      ...{ kind, code, holds, message, id, at },
      label: term?.label ?? (label === null ? null : { it: label, en: label }),
      norm: term?.norm ?? norm,
    };
  });
}
