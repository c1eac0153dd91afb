import { useTranslation } from 'react-i18next';
import type { AwaitedMessage, CaseSummary, TaskItem } from '../../api/model.ts';
import { isAsked } from '../../api/queries.ts';
import { Icon } from '../../ui/icon.tsx';
import { Italian } from '../../ui/mixed.tsx';

interface StandingProps {
  readonly file: CaseSummary;
  /** Open tasks that are this person's or its office's. */
  readonly own: readonly TaskItem[];
  readonly awaited: readonly AwaitedMessage[];
}

const icons = { yours: 'pencil', answer: 'comment', working: 'clock', waiting: 'clock' } as const;

/** How far a request has come, in a sentence for whoever made it. */
export function Standing({ file, own, awaited }: StandingProps) {
  const { t } = useTranslation();
  if (file.state !== 'active')
    return (
      <span>
        {t(`standing.${file.state as 'completed'}`)}
        {file.outcome !== null && (
          <>
            {': '}
            <Italian>{file.outcome}</Italian>
          </>
        )}
      </span>
    );
  const where =
    own.length > 0 ? 'yours' : file.openTasks > 0 ? 'working' : awaited.some(isAsked) ? 'answer' : 'waiting';
  return (
    <span className={where === 'yours' || where === 'answer' ? 'fw-semibold' : ''}>
      <Icon name={icons[where]} size="xs" /> {t(`standing.${where}`)}
    </span>
  );
}
