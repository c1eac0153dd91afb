import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useOwnTasks } from '../../api/inbox.ts';
import { Note } from '../../ui/feedback.tsx';
import { inItalian } from '../../ui/italian.ts';
import { Mixed } from '../../ui/mixed.tsx';
import { taskName } from '../../ui/task-name.tsx';

/** What the person did a moment ago, said where they arrive. */
export function JustDone() {
  const { t } = useTranslation();
  const state = useLocation().state as Record<string, unknown> | null;
  if (state?.started === true) return <Note kind="success">{t('case.started')}</Note>;
  if (typeof state?.completed === 'string')
    return (
      <Note kind="success">
        <Mixed text={t('case.completed', { task: state.completed })} /> <NextTask completed={state.task} />
      </Note>
    );
  if (typeof state?.registered === 'string')
    return (
      <Note kind="success">
        <Mixed text={t('case.registered', { what: inItalian(state.registered) })} />
      </Note>
    );
  return null;
}

/** The way on to what is due soonest of one's own work: the list may still hold what was completed. */
function NextTask({ completed }: { readonly completed: unknown }) {
  const { t } = useTranslation();
  const own = useOwnTasks().data ?? [];
  const next = own.find(({ id }) => id !== completed);
  if (!next) return null;
  return (
    <Link to={`/tasks/${next.id}`}>
      <Mixed text={t('case.nextTask', { task: taskName(next), case: next.caseCode })} />
    </Link>
  );
}
