import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useOwnTasks, useTasks } from '../../api/inbox.ts';
import type { CaseSummary, TaskItem } from '../../api/model.ts';
import { useCases } from '../../api/queries.ts';
import { useMay } from '../../session/session.tsx';
import { formatDay } from '../../time/format.ts';
import { AskedList } from '../../ui/asked.tsx';
import { DueBadge } from '../../ui/due.tsx';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';
import { CaseState } from '../../ui/state.tsx';
import { More } from '../../ui/table.tsx';
import { Italian } from '../../ui/mixed.tsx';
import { TaskName } from '../../ui/task-name.tsx';

interface OwnCasesProps {
  /** Said where somebody has no part in anything yet. */
  readonly none: string;
}

/** What is to be done now, whatever it belongs to. */
export function ToDo() {
  const { t } = useTranslation();
  const tasks = useOwnTasks();
  return (
    <section className="desk-panel" aria-labelledby="to-do">
      <h2 id="to-do" className="h4">
        {t('part.toDo')}
      </h2>
      <Loaded query={tasks} lines={3}>
        {(items) => (
          <AskedList
            tasks={items}
            codeOf={(id) => items.find(({ caseId }) => caseId === id)?.caseCode ?? ''}
            none={t('part.nothing')}
          />
        )}
      </Loaded>
      <More list={tasks} />
    </section>
  );
}

/** What one has done, where one does not see the cases as such. */
export function Done() {
  const { t } = useTranslation();
  const done = useTasks({ state: 'completed', assigned: 'mine' });
  return (
    <section className="desk-section" aria-labelledby="done">
      <h2 id="done" className="h4">
        {t('part.done')}
      </h2>
      <Loaded query={{ ...done, data: done.items }} lines={3}>
        {(items) =>
          items.length === 0 ? <p>{t('part.nothingDone')}</p> : <DoneTasks tasks={items} withCode />
        }
      </Loaded>
      <More list={done} />
    </section>
  );
}

function DoneTasks({
  tasks,
  withCode = false,
}: {
  readonly tasks: readonly TaskItem[];
  readonly withCode?: boolean;
}) {
  const { t, i18n } = useTranslation();
  return (
    <ul className="desk-lines">
      {tasks.map((task) => (
        <li key={task.id}>
          <Icon name="check" size="sm" />
          <span>
            <TaskName task={task} />
            <span className="desk-sub">
              {withCode && `${t('asked.of', { code: task.caseCode })} · `}
              {task.endedAt !== null && t('part.doneOn', { date: formatDay(task.endedAt, i18n.language) })}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The cases in which somebody has a part, each with what they did in it, and what its next term is. */
export function OwnCases({ none }: OwnCasesProps) {
  const { t } = useTranslation();
  const cases = useCases({ state: 'all', involved: 'true' });
  const done = useTasks({ state: 'completed', assigned: 'mine' });
  return (
    <section className="desk-section" aria-labelledby="own">
      <h2 id="own" className="h4">
        {t('part.own')}
      </h2>
      <Loaded query={{ ...cases, data: cases.items }} lines={6}>
        {(files) =>
          files.length === 0 ? (
            <Empty icon="files" title={none} />
          ) : (
            files.map((file) => (
              <OwnCase
                key={file.id}
                file={file}
                done={(done.items ?? []).filter(({ caseId }) => caseId === file.id)}
              />
            ))
          )
        }
      </Loaded>
      <More list={cases} />
    </section>
  );
}

function OwnCase({ file, done }: { readonly file: CaseSummary; readonly done: readonly TaskItem[] }) {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const next = file.nextDeadline;
  return (
    <article className="desk-panel" aria-labelledby={`own-${file.id}`}>
      <div className="desk-part-head">
        <h3 id={`own-${file.id}`} className="h5 mb-1">
          <Italian>
            {may('SeeCase') ? <Link to={`/cases/${file.id}`}>{file.processName}</Link> : file.processName}
          </Italian>
        </h3>
        <CaseState state={file.state} />
      </div>
      <p className="desk-sub">
        {t('part.caseOf', {
          code: file.code,
          body: file.comuneName,
          date: formatDay(file.startedAt, i18n.language),
        })}
      </p>
      {next !== null && (
        <p className="mb-2">
          {next.label[i18n.language === 'en' ? 'en' : 'it']}{' '}
          <DueBadge
            safe={next.safeActionDate}
            legal={next.legalDueDate}
            nature={next.nature}
            since={next.openedAt}
          />
        </p>
      )}
      {done.length > 0 && (
        <>
          <h4 className="h6 mt-3">{t('part.done')}</h4>
          <DoneTasks tasks={done} />
        </>
      )}
    </article>
  );
}
