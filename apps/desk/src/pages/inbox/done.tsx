import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TasksDone } from '../../api/inbox.ts';
import { useNameOf } from '../../api/people.ts';
import { formatDay } from '../../time/format.ts';
import { Note, Refusal } from '../../ui/feedback.tsx';
import { Mixed } from '../../ui/mixed.tsx';
import { TaskName, taskName } from '../../ui/task-name.tsx';

/** What became of an act on one task or on many. */
export function Done({ result: { act, done, refused } }: { readonly result: TasksDone }) {
  const { t, i18n } = useTranslation();
  const nameOf = useNameOf();
  const [only] = done.length === 1 ? done : [];
  const words = {
    ...{ count: done.length, task: only ? taskName(only) : '', to: 'to' in act ? nameOf(act.to) : '' },
    day: 'until' in act && act.until !== null ? formatDay(act.until, i18n.language) : '',
  };
  const said = act.type === 'put-off' && act.until === null ? 'wanted' : act.type;
  return (
    <>
      {done.length > 0 && (
        <p className="alert alert-success desk-note">
          <Mixed text={t(only ? `inbox.did.${said}` : `inbox.didMany.${said}`, words)} />{' '}
          {only && <Link to={`/tasks/${only.id}`}>{t('inbox.open')}</Link>}
        </p>
      )}
      {refused.length > 0 && (
        <Note kind="warning" title={t('inbox.refused', { count: refused.length })}>
          <ul className="mb-0">
            {refused.map(({ task, problem }) => (
              <li key={task.id}>
                <Link to={`/tasks/${task.id}`}>
                  <TaskName task={task} />
                </Link>{' '}
                ({task.caseCode}): <Refusal problem={problem} />
              </li>
            ))}
          </ul>
        </Note>
      )}
    </>
  );
}
