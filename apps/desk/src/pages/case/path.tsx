import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { CaseSummary } from '../../api/model.ts';
import { useDeployed, useWalk } from '../../api/queries.ts';
import { Drawn } from '../../process/drawn.tsx';
import { noProgress, progressAfter } from '../../process/progress.ts';
import type { Progress, Walked } from '../../process/progress.ts';
import { Loaded } from '../../ui/feedback.tsx';
import { Italian } from '../../ui/mixed.tsx';

/** Where the case stands: drawn or in words, as each prefers; both say the same. */
export function Path({ file }: { readonly file: CaseSummary }) {
  const walk = useWalk(file.id);
  return (
    <Loaded query={walk} lines={8}>
      {(walked) => <Processes file={file} walked={walked} />}
    </Loaded>
  );
}

/** The case's own process, and those that it called: each has a drawing of its own. */
function Processes({ file, walked }: { readonly file: CaseSummary; readonly walked: Walked }) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const walks = useMemo((): ReadonlyMap<string, Progress> => progressAfter(new Map(), walked), [walked]);
  const hashes = useMemo(
    () => [file.definition, ...[...walks.keys()].filter((hash) => hash !== file.definition)],
    [walks, file.definition],
  );
  const deployed = useDeployed(hashes);
  const isThere = (hash: string) =>
    [...(walks.get(hash)?.elements.values() ?? [])].some(({ active }) => active > 0);
  // What was called last is where something is to be done; what called it only waits.
  const shown =
    hashes.find((hash) => hash === params.get('of')) ?? hashes.findLast(isThere) ?? file.definition;
  return (
    <Loaded query={deployed} lines={8}>
      {(all) => (
        <>
          {all.length > 1 && (
            <div className="desk-baskets" role="group" aria-label={t('case.processes')}>
              {all.map(({ hash, name }) => (
                <button
                  key={hash}
                  type="button"
                  aria-pressed={shown === hash}
                  onClick={() => {
                    const next = new URLSearchParams(params);
                    next.set('of', hash);
                    setParams(next, { replace: true, preventScrollReset: true });
                  }}
                >
                  <Italian>{name}</Italian>
                  {isThere(hash) && <span className="desk-here">{t('case.here')}</span>}
                </button>
              ))}
            </div>
          )}
          {all
            .filter(({ hash }) => hash === shown)
            .map((one) => (
              <Drawn key={one.hash} process={one} progress={walks.get(one.hash) ?? noProgress} />
            ))}
        </>
      )}
    </Loaded>
  );
}
