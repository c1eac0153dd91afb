import { Suspense, lazy, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { CaseSummary, HistoryEvent } from '../../api/model.ts';
import { useDeployed, useHistory } from '../../api/queries.ts';
import type { Deployed } from '../../api/queries.ts';
import { readDrawing } from '../../process/drawing.ts';
import { Outline } from '../../process/outline.tsx';
import { followTokens } from '../../process/progress.ts';
import type { Progress } from '../../process/progress.ts';
import { Loaded, Note, Skeleton } from '../../ui/feedback.tsx';

const Diagram = lazy(() => import('../../process/diagram.tsx'));
const place = 'iter.path-view';
const nothing: Progress = { elements: new Map(), flows: new Map() };

/** What was chosen before in this tab; else the drawing, and words on a screen too narrow for it. */
function preferred(): 'diagram' | 'outline' {
  const chosen = sessionStorage.getItem(place);
  if (chosen === 'outline' || chosen === 'diagram') return chosen;
  return matchMedia('(width < 768px)').matches ? 'outline' : 'diagram';
}

/** Where the case stands: drawn or in words, as each prefers; both say the same. */
export function Path({ file }: { readonly file: CaseSummary }) {
  const history = useHistory(file.id);
  return (
    <Loaded query={history} lines={8}>
      {(events) => <Processes file={file} events={events} />}
    </Loaded>
  );
}

/** The case's own process, and those that it called: each has a drawing of its own. */
function Processes({
  file,
  events,
}: {
  readonly file: CaseSummary;
  readonly events: readonly HistoryEvent[];
}) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const walks = useMemo(() => followTokens(events), [events]);
  const hashes = useMemo(
    () => [file.definition, ...[...walks.keys()].filter((hash) => hash !== file.definition)],
    [walks, file.definition],
  );
  const deployed = useDeployed(hashes);
  const shown = hashes.find((hash) => hash === params.get('of')) ?? file.definition;
  const isThere = (hash: string) =>
    [...(walks.get(hash)?.elements.values() ?? [])].some(({ active }) => active > 0);
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
                    if (hash === file.definition) next.delete('of');
                    else next.set('of', hash);
                    setParams(next, { replace: true, preventScrollReset: true });
                  }}
                >
                  {name}
                  {isThere(hash) && <span className="desk-here">{t('case.here')}</span>}
                </button>
              ))}
            </div>
          )}
          {all
            .filter(({ hash }) => hash === shown)
            .map((one) => (
              <Drawn key={one.hash} process={one} progress={walks.get(one.hash) ?? nothing} />
            ))}
        </>
      )}
    </Loaded>
  );
}

function Drawn({ process, progress }: { readonly process: Deployed; readonly progress: Progress }) {
  const { t } = useTranslation();
  const [view, setView] = useState(preferred);
  const drawing = useMemo(() => readDrawing(process.xml, process.key), [process]);
  // Not every file has a picture; words tell the same.
  const isDrawn = /<(\w+:)?BPMNShape\b/.test(process.xml);
  return (
    <>
      {isDrawn && (
        <div className="desk-baskets" role="group" aria-label={t('case.views')}>
          {(['diagram', 'outline'] as const).map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={view === one}
              onClick={() => {
                setView(one);
                sessionStorage.setItem(place, one);
              }}
            >
              {t(`case.view.${one}`)}
            </button>
          ))}
        </div>
      )}
      {isDrawn && view === 'diagram' ? (
        <Suspense fallback={<Skeleton lines={10} />}>
          <Diagram xml={process.xml} progress={progress} />
        </Suspense>
      ) : drawing === null ? (
        <Note kind="warning">{t('outline.unreadable')}</Note>
      ) : (
        <Outline drawing={drawing} progress={progress} />
      )}
    </>
  );
}
