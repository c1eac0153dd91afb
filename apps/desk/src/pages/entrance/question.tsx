import { useTranslation } from 'react-i18next';
import { useAhead, useDeployed, useTimeline } from '../../api/queries.ts';
import { useMay } from '../../session/session.tsx';
import { formatDay } from '../../time/format.ts';
import { Given } from '../case/given.tsx';

/** What an answer is awaited to: what the office wrote last, and by when it waits. */
export function Question({ caseId }: { readonly caseId: string }) {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const facts = useTimeline(caseId, { about: 'activities' }, may('ReadCase')).items ?? [];
  const last = facts.find(({ type }) => type === 'UserTaskCompleted');
  const [deployed] = useDeployed(last ? [last.definition] : []).data ?? [];
  const ends = (useAhead(caseId).data ?? []).find(
    ({ kind, at, name }) => kind === 'date' && at !== null && name !== null,
  );
  return (
    <>
      {ends?.at && <p>{t('entrance.until', { date: formatDay(ends.at, i18n.language), name: ends.name })}</p>}
      {last && (
        <div className="mb-3">
          <h3 className="h6">{t('entrance.lastWord')}</h3>
          <Given event={last} deployed={deployed} isOpen />
        </div>
      )}
    </>
  );
}
