import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded, Note } from '../ui/feedback.tsx';
import { readDrawing } from './drawing.ts';
import { Outline } from './outline.tsx';
import type { Progress } from './progress.ts';

const place = 'iter.path-view';

/** What was chosen before in this tab; else the drawing, and words on a screen too narrow for it. */
function preferred(): 'diagram' | 'outline' {
  const chosen = sessionStorage.getItem(place);
  if (chosen === 'outline' || chosen === 'diagram') return chosen;
  return matchMedia('(width < 48rem)').matches ? 'outline' : 'diagram';
}

interface DrawnProps {
  readonly process: { readonly key: string; readonly xml: string };
  /** Null: it is about the process itself and no case of it. */
  readonly progress: Progress | null;
  /** An element that the drawing keeps in sight. */
  readonly at?: string | null;
}

/** A process drawn or in words, as each prefers; both say the same. */
export function Drawn({ process, progress, at = null }: DrawnProps) {
  const { t } = useTranslation();
  const [view, setView] = useState(preferred);
  const drawing = useMemo(() => readDrawing(process.xml, process.key), [process.xml, process.key]);
  // Not every file has a picture; words tell the same.
  const isDrawn = /<(\w+:)?BPMNShape\b/.test(process.xml);
  const isPicture = isDrawn && view === 'diagram';
  // What draws is loaded when it is needed, and comes as answers do: it moves nothing that is being pressed, and may be tried again.
  const picture = useQuery({
    queryKey: ['drawing', 'viewer'],
    staleTime: Infinity,
    queryFn: () => import('./diagram.tsx'),
    enabled: isPicture,
  });
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
      {isPicture ? (
        <Loaded query={picture} lines={10}>
          {({ default: Diagram }) => <Diagram xml={process.xml} progress={progress} at={at} />}
        </Loaded>
      ) : drawing === null ? (
        <Note kind="warning">{t('outline.unreadable')}</Note>
      ) : (
        <Outline drawing={drawing} progress={progress} />
      )}
    </>
  );
}
