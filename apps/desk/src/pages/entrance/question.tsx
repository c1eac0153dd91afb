import { useTranslation } from 'react-i18next';
import type { OneCase } from '../../api/model.ts';
import { useAhead, useDeployed, useTimeline } from '../../api/queries.ts';
import { useSession } from '../../session/session.tsx';
import { formatDay } from '../../time/format.ts';
import { Given } from '../case/given.tsx';
import { lastWordOf } from './last-word.ts';

/** What an answer is awaited to: what the office wrote last, and by when it waits. */
export function Question({ file }: { readonly file: OneCase }) {
  const { t, i18n } = useTranslation();
  const ends = (useAhead(file.id).data ?? []).find(
    ({ kind, at, name }) => kind === 'date' && at !== null && name !== null,
  );
  return (
    <>
      {ends?.at && <p>{t('entrance.until', { date: formatDay(ends.at, i18n.language), name: ends.name })}</p>}
      <LastWord file={file} />
    </>
  );
}

/** What the office has written last to whoever made the request: a question, an answer, why it is none of its matters. */
export function LastWord({ file, isAlone = false }: { readonly file: OneCase; readonly isAlone?: boolean }) {
  const { t } = useTranslation();
  const { grants } = useSession();
  const facts = useTimeline(file.id, { about: 'activities' }, file.content === 'open').items ?? [];
  const last = lastWordOf(
    facts,
    grants.map(({ role }) => role),
  );
  const [deployed] = useDeployed(last ? [last.definition] : []).data ?? [];
  if (!last) return null;
  const Heading = isAlone ? 'h2' : 'h3';
  return (
    <div className={isAlone ? 'desk-panel' : 'mb-3'}>
      <Heading className={isAlone ? 'h4' : 'h6'}>{t('entrance.lastWord')}</Heading>
      <Given event={last} deployed={deployed} isOpen />
    </div>
  );
}
