import { Suspense, lazy, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Note, Skeleton } from '../ui/feedback.tsx';
import { readDrawing } from './drawing.ts';
import { Outline } from './outline.tsx';
import type { Progress } from './progress.ts';

const Diagram = lazy(() => import('./diagram.tsx'));
const place = 'iter.path-view';

/** What was chosen before in this tab; else the drawing, and words on a screen too narrow for it. */
function preferred(): 'diagram' | 'outline' {
  const chosen = sessionStorage.getItem(place);
  if (chosen === 'outline' || chosen === 'diagram') return chosen;
  return matchMedia('(width < 768px)').matches ? 'outline' : 'diagram';
}

interface DrawnProps {
  readonly process: { readonly key: string; readonly xml: string };
  /** Null: it is about the process itself and no case of it. */
  readonly progress: Progress | null;
}

/** A process drawn or in words, as each prefers; both say the same. */
export function Drawn({ process, progress }: DrawnProps) {
  const { t } = useTranslation();
  const [view, setView] = useState(preferred);
  const drawing = useMemo(() => readDrawing(process.xml, process.key), [process.xml, process.key]);
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
