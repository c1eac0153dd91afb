import { useEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TaskAct } from '../../api/inbox.ts';
import type { TaskItem } from '../../api/model.ts';
import { useNameOf } from '../../api/people.ts';
import { useMay, useSession } from '../../session/session.tsx';
import { isTypedInto, shortcutsOn } from '../../shell/shortcuts.tsx';
import { formatDay, formatDayOrInstant } from '../../time/format.ts';
import { DueBadge } from '../../ui/due.tsx';
import { RoleName } from '../../ui/role.tsx';
import { Table } from '../../ui/table.tsx';
import { Mixed } from '../../ui/mixed.tsx';
import { TaskName, taskName } from '../../ui/task-name.tsx';
import { isOffered } from './offered.ts';

interface TaskTableProps {
  readonly tasks: readonly TaskItem[];
  /** They are done: nothing can be done with them any more. */
  readonly isOver: boolean;
  readonly chosen: ReadonlySet<string>;
  readonly busy: readonly TaskItem[];
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
  readonly onAct: (tasks: readonly TaskItem[], act: TaskAct) => void;
}

/** The list. `j` leads to it from anywhere on the page, arrow keys walk over the tasks; `c` takes or gives back the one in focus, `x` ticks it. */
export function TaskTable({ tasks, isOver, chosen, busy, onChoose, onAct }: TaskTableProps) {
  const { t, i18n } = useTranslation();
  const session = useSession();
  const { account } = session;
  const nameOf = useNameOf();
  const may = useMay();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const press = ({ key, target, ctrlKey, metaKey, altKey }: globalThis.KeyboardEvent) => {
      if (key !== 'j' || isTypedInto(target) || ctrlKey || metaKey || altKey || !shortcutsOn()) return;
      if (!document.querySelector('dialog[open]'))
        box.current?.querySelector<HTMLAnchorElement>('a[data-task]')?.focus();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  const toggle = (id: string) =>
    onChoose(new Set(chosen.has(id) ? [...chosen].filter((it) => it !== id) : [...chosen, id]));
  const turnOf = (task: TaskItem): TaskAct | null =>
    isOffered(task, session) && may('ClaimUserTask')
      ? { type: 'claim' }
      : task.assignee === account && may('ReleaseUserTask')
        ? { type: 'release' }
        : null;

  const walk = (event: KeyboardEvent) => {
    const links = [...(box.current?.querySelectorAll<HTMLAnchorElement>('a[data-task]') ?? [])];
    const row = event.target instanceof Element ? event.target.closest('[data-row]') : null;
    const at = links.findIndex((link) => row?.contains(link));
    const task = tasks.find((one) => one.id === links[at]?.dataset.task);
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const next = links[at + (event.key === 'ArrowDown' ? 1 : -1)];
      if (next) {
        event.preventDefault();
        next.focus();
      }
    } else if (task && !isOver && !event.ctrlKey && !event.metaKey && shortcutsOn()) {
      const act = turnOf(task);
      if (event.key === 'c' && act) onAct([task], act);
      if (event.key === 'x') toggle(task.id);
    }
  };

  const choose = {
    id: 'choose',
    head: t('inbox.choose'),
    quiet: true,
    className: 'desk-col-choose',
    cell: (task: TaskItem) => (
      <label>
        <input
          type="checkbox"
          className="form-check-input"
          checked={chosen.has(task.id)}
          onChange={() => toggle(task.id)}
        />
        <span className="visually-hidden">
          <Mixed text={t('inbox.chooseOne', { task: taskName(task), case: task.caseCode })} />
        </span>
      </label>
    ),
  };
  return (
    <div ref={box} onKeyDown={walk}>
      {!isOver && (
        <button
          type="button"
          className="btn btn-sm btn-link px-0"
          onClick={() =>
            onChoose(chosen.size < tasks.length ? new Set(tasks.map(({ id }) => id)) : new Set())
          }
        >
          {t(chosen.size < tasks.length ? 'inbox.chooseAll' : 'inbox.clear')}
        </button>
      )}
      <Table
        caption={t(isOver ? 'inbox.captionDone' : 'inbox.caption')}
        rows={tasks}
        rowKey={(task) => task.id}
        columns={[
          ...(isOver ? [] : [choose]),
          {
            id: 'task',
            head: t('inbox.task'),
            className: 'desk-col-main',
            cell: (task) => (
              <>
                {isOver && !task.seesCase ? (
                  // What lay with it is closed again to whoever may not see the case.
                  <span className="fw-semibold">
                    <TaskName task={task} />
                  </span>
                ) : (
                  <Link to={`/tasks/${task.id}`} data-task={task.id} className="fw-semibold">
                    <TaskName task={task} />
                  </Link>
                )}
                <span className="desk-sub" lang="it">
                  {task.processName}
                </span>
                {task.putOffUntil !== null && (
                  <span className="desk-sub">
                    {t('inbox.isPutOff', { day: formatDay(task.putOffUntil, i18n.language) })}
                  </span>
                )}
              </>
            ),
          },
          {
            id: 'due',
            head: t('inbox.due'),
            cell: (task) =>
              task.dueOn === null ? (
                <span className="text-secondary">{t('due.none')}</span>
              ) : isOver ? (
                formatDayOrInstant(task.dueOn, i18n.language)
              ) : (
                <DueBadge
                  safe={task.dueOn}
                  legal={task.legalDueOn ?? task.dueOn}
                  nature={task.dueNature}
                  since={task.dueSince ?? undefined}
                />
              ),
          },
          {
            id: 'case',
            head: t('common.case'),
            cell: (task) => (
              <>
                {task.seesCase ? <Link to={`/cases/${task.caseId}`}>{task.caseCode}</Link> : task.caseCode}
                <span className="desk-sub">{task.comuneName}</span>
              </>
            ),
          },
          {
            id: 'who',
            head: t(isOver ? 'inbox.doneOn' : 'inbox.who'),
            cell: (task) => (
              <>
                {isOver ? (
                  task.endedAt !== null && formatDay(task.endedAt, i18n.language)
                ) : task.assignee === null ? (
                  <span>{t('inbox.nobody')}</span>
                ) : task.assignee === account ? (
                  <span className="fw-semibold">{t('inbox.me')}</span>
                ) : (
                  nameOf(task.assignee)
                )}
                {task.role !== null && (
                  <span className="desk-sub">
                    <RoleName role={task.role} />
                  </span>
                )}
              </>
            ),
          },
          {
            id: 'act',
            head: t('common.actions'),
            quiet: true,
            className: 'desk-col-act',
            cell: (task) => {
              const act =
                task.putOffUntil === null ? turnOf(task) : ({ type: 'put-off', until: null } as const);
              if (isOver || act === null) return null;
              return (
                <button
                  type="button"
                  className="btn btn-sm btn-outline-primary"
                  disabled={busy.includes(task)}
                  onClick={() => onAct([task], act)}
                >
                  {t(act.type === 'put-off' ? 'inbox.wantAgain' : `inbox.${act.type as 'claim'}`)}
                  <span className="visually-hidden">
                    {' '}
                    <TaskName task={task} />
                  </span>
                </button>
              );
            },
          },
        ]}
      />
    </div>
  );
}
