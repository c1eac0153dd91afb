import { Suspense, lazy, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '../../api/model.ts';
import { useDrawing, useHistory } from '../../api/queries.ts';
import { readDrawing } from '../../process/drawing.ts';
import { Outline } from '../../process/outline.tsx';
import { followTokens } from '../../process/progress.ts';
import { Loaded, Note, Skeleton } from '../../ui/feedback.tsx';

const Diagram = lazy(() => import('../../process/diagram.tsx'));
const place = 'iter.path-view';

/** What was chosen before in this tab; else the drawing, and words on a screen too narrow for it. */
function preferred(): 'diagram' | 'outline' {
  const chosen = sessionStorage.getItem(place);
  if (chosen === 'outline' || chosen === 'diagram') return chosen;
  return matchMedia('(width < 768px)').matches ? 'outline' : 'diagram';
}

/** Where the case stands: drawn or in words, as each prefers; both say the same. */
export function Path({ file }: { readonly file: CaseSummary }) {
  const { t } = useTranslation();
  const xml = useDrawing(file.process, file.version);
  const history = useHistory(file.id);
  const [view, setView] = useState(preferred);
  const progress = useMemo(() => followTokens(history.data ?? []), [history.data]);
  const drawing = useMemo(
    () => (xml.data === undefined ? null : readDrawing(xml.data, file.process)),
    [xml.data, file.process],
  );
  return (
    <>
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
      <Loaded query={history} lines={8}>
        {() => (
          <Loaded query={xml} lines={8}>
            {(text) =>
              view === 'diagram' ? (
                <Suspense fallback={<Skeleton lines={10} />}>
                  <Diagram xml={text} progress={progress} />
                </Suspense>
              ) : drawing === null ? (
                <Note kind="warning">{t('outline.unreadable')}</Note>
              ) : (
                <Outline drawing={drawing} progress={progress} />
              )
            }
          </Loaded>
        )}
      </Loaded>
    </>
  );
}
