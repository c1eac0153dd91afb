import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Deployed } from '../../api/queries.ts';
import { Drawn } from '../../process/drawn.tsx';
import { noProgress } from '../../process/progress.ts';
import { Skeleton } from '../../ui/feedback.tsx';
import type { Frame } from './film.ts';
import { Italian } from '../../ui/mixed.tsx';

interface DrawnThenProps {
  readonly frame: Frame;
  readonly deployed: readonly Deployed[] | undefined;
  /** Of the step's element, and the one that the case followed then. */
  readonly definition: string;
  readonly own: string;
  /** The element of the step; null: of none. */
  readonly at: string | null;
}

/** The process as the case stood in it: the one in which the step happened, unless another was chosen to look at. */
export function DrawnThen({ frame, deployed, definition, own, at }: DrawnThenProps) {
  const { t } = useTranslation();
  const [chosen, choose] = useState<string | null>(null);
  if (!deployed) return <Skeleton lines={10} />;
  const there = deployed.filter(({ hash }) => hash === own || frame.progress.has(hash));
  const shown =
    there.find(({ hash }) => hash === chosen) ??
    there.find(({ hash }) => hash === definition) ??
    there.find(({ hash }) => hash === own);
  return (
    <>
      {there.length > 1 && (
        <div className="desk-baskets" role="group" aria-label={t('case.processes')}>
          {there.map(({ hash, name, version }) => (
            <button key={hash} type="button" aria-pressed={shown?.hash === hash} onClick={() => choose(hash)}>
              <Italian>{name}</Italian> ({version})
            </button>
          ))}
        </div>
      )}
      {shown && (
        <Drawn
          key={shown.hash}
          process={shown}
          progress={frame.progress.get(shown.hash) ?? noProgress}
          at={shown.hash === definition ? at : null}
        />
      )}
    </>
  );
}
