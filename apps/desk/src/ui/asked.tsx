import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AwaitedMessage, TaskItem } from '../api/model.ts';
import { isAsked } from '../api/queries.ts';
import { formatDay } from '../time/format.ts';
import { DueBadge } from './due.tsx';
import { Icon } from './icon.tsx';
import { TaskName } from './task-name.tsx';

interface AskedProps {
  readonly tasks: readonly TaskItem[];
  /** What may be registered in a case, by its id: of it that is told which is asked of whoever reads. */
  readonly awaited?: ReadonlyMap<string, readonly AwaitedMessage[]>;
  /** Whose number goes with it, where cases stand apart. */
  readonly codeOf?: (caseId: string) => string;
  readonly none: ReactNode;
}

/** What is asked of somebody, each leading to where it is done, with the day by which it is wanted. */
export function AskedList({ tasks, awaited = new Map(), codeOf, none }: AskedProps) {
  const { t, i18n } = useTranslation();
  const questions = [...awaited].flatMap(([caseId, messages]) =>
    messages.filter(isAsked).map((one) => ({ caseId, ...one })),
  );
  if (tasks.length + questions.length === 0) return <p>{none}</p>;
  const number = (caseId: string) => (codeOf ? t('asked.of', { code: codeOf(caseId) }) : null);
  return (
    <ul className="desk-lines">
      {tasks.map((task) => (
        <li key={task.id}>
          <Icon name="pencil" size="sm" />
          <div>
            <Link to={`/tasks/${task.id}`} className="fw-semibold">
              <TaskName task={task} />
            </Link>
            <span className="desk-sub">
              {number(task.caseId) ?? t('asked.since', { date: formatDay(task.createdAt, i18n.language) })}
            </span>
            {task.dueOn !== null && (
              <DueBadge
                safe={task.dueOn}
                legal={task.legalDueOn ?? task.dueOn}
                nature={task.dueNature}
                isNamed={false}
                since={task.dueSince ?? undefined}
                short
              />
            )}
          </div>
        </li>
      ))}
      {questions.map(({ caseId, message, label }) => (
        <li key={`${caseId}.${message}`}>
          <Icon name="comment" size="sm" />
          <div>
            <Link
              to={`/cases/${caseId}/incoming?message=${encodeURIComponent(message)}`}
              className="fw-semibold"
            >
              {label}
            </Link>
            <span className="desk-sub">{number(caseId) ?? t('asked.answer')}</span>
          </div>
        </li>
      ))}
    </ul>
  );
}
