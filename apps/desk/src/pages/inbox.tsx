import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { api } from '../api/client.ts';
import { useCommand } from '../api/commands.ts';
import type { TaskItem } from '../api/model.ts';
import type { ApiProblem } from '../api/problem.ts';
import { useTasks } from '../api/queries.ts';
import type { Assigned } from '../api/queries.ts';
import { useMay, useSession } from '../session/session.tsx';
import { shortcutsOn } from '../shell/shortcuts.tsx';
import { DueBadge } from '../ui/due.tsx';
import { Empty, Loaded, Problem } from '../ui/feedback.tsx';
import { Icon } from '../ui/icon.tsx';
import { Page } from '../ui/page.tsx';
import { RoleName } from '../ui/role.tsx';
import { More, Table } from '../ui/table.tsx';

const baskets = ['mine', 'group', 'all'] as const;

/** The work to do: mine, my group's or all that I may see; what is due soonest comes first. */
export default function Inbox() {
  const { t } = useTranslation();
  const may = useMay();
  const [params, setParams] = useSearchParams();
  const asked = params.get('basket');
  const basket: Assigned = asked === 'mine' || asked === 'all' ? asked : 'group';
  const tasks = useTasks(basket);
  const actions = useTaskActions();
  const said = useRef<HTMLAnchorElement>(null);
  // A task that was claimed leaves the office's list, and the focus must not fall with it.
  useEffect(() => {
    if (document.activeElement === document.body) said.current?.focus();
  }, [tasks.items?.length]);

  return (
    <Page
      title={t('inbox.title')}
      lead={t('inbox.lead')}
      actions={
        may('StartCase') && (
          <Link className="btn btn-primary" to="/cases/new">
            <Icon name="plus" /> {t('inbox.start')}
          </Link>
        )
      }
    >
      <div className="desk-baskets" role="group" aria-label={t('inbox.baskets')}>
        {baskets.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={basket === one}
            onClick={() => setParams(one === 'group' ? {} : { basket: one }, { replace: true })}
          >
            {t(`inbox.${one}`)}
          </button>
        ))}
      </div>
      {actions.error && <Problem error={actions.error} focus />}
      <div aria-live="polite">
        {actions.done !== null && (
          <p className="alert alert-success desk-note">
            {t(actions.done.claimed ? 'inbox.claimed' : 'inbox.released', { task: actions.done.task.name })}{' '}
            <Link ref={said} to={`/tasks/${actions.done.task.id}`}>
              {t('inbox.open')}
            </Link>
          </p>
        )}
      </div>
      <Loaded query={{ ...tasks, data: tasks.items }} lines={8}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t(`inbox.empty.${basket}.title`)}>{t(`inbox.empty.${basket}.text`)}</Empty>
          ) : (
            <TaskTable tasks={items} actions={actions} />
          )
        }
      </Loaded>
      <More list={tasks} />
    </Page>
  );
}

interface TaskActions {
  readonly toggle: (task: TaskItem) => void;
  readonly busy: string | null;
  readonly error: ApiProblem | null;
  readonly done: { readonly task: TaskItem; readonly claimed: boolean } | null;
}

function useTaskActions(): TaskActions {
  const { account } = useSession();
  const [done, setDone] = useState<TaskActions['done']>(null);
  const claim = useCommand((task: TaskItem, header) =>
    api.POST('/api/v1/tasks/{id}/claim', {
      params: { path: { id: task.id }, header: { ...header } },
      body: {},
    }),
  );
  const release = useCommand((task: TaskItem, header) =>
    api.POST('/api/v1/tasks/{id}/release', {
      params: { path: { id: task.id }, header: { ...header } },
      body: {},
    }),
  );
  const running = claim.isPending ? claim.variables : release.isPending ? release.variables : undefined;
  return {
    busy: running?.id ?? null,
    error: claim.error ?? release.error,
    done,
    toggle: (task) => {
      const mine = task.assignee === account;
      claim.reset();
      release.reset();
      (mine ? release : claim).mutate(task, {
        onSuccess: () => setDone({ task, claimed: !mine }),
      });
    },
  };
}

/** The list. Arrow keys walk over the tasks, `c` takes or gives back the one in focus. */
function TaskTable({
  tasks,
  actions,
}: {
  readonly tasks: readonly TaskItem[];
  readonly actions: TaskActions;
}) {
  const { t } = useTranslation();
  const { account } = useSession();
  const may = useMay();
  const box = useRef<HTMLDivElement>(null);

  const walk = (event: KeyboardEvent) => {
    const links = [...(box.current?.querySelectorAll<HTMLAnchorElement>('a[data-task]') ?? [])];
    const row = event.target instanceof Element ? event.target.closest('[data-row]') : null;
    const at = links.findIndex((link) => row?.contains(link));
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const next = links[at + (event.key === 'ArrowDown' ? 1 : -1)];
      if (next) {
        event.preventDefault();
        next.focus();
      }
    } else if (event.key === 'c' && !event.ctrlKey && !event.metaKey && shortcutsOn()) {
      const task = tasks.find((one) => one.id === links[at]?.dataset.task);
      if (task && may('ClaimUserTask')) actions.toggle(task);
    }
  };

  return (
    <div ref={box} onKeyDown={walk}>
      <Table
        caption={t('inbox.caption')}
        rows={tasks}
        rowKey={(task) => task.id}
        columns={[
          {
            id: 'task',
            head: t('inbox.task'),
            className: 'desk-col-main',
            cell: (task) => (
              <>
                <Link to={`/tasks/${task.id}`} data-task={task.id} className="fw-semibold">
                  {task.name}
                  {task.iteration !== null && ` (${task.iteration})`}
                </Link>
                <span className="desk-sub">{task.processName}</span>
              </>
            ),
          },
          {
            id: 'due',
            head: t('inbox.due'),
            cell: (task) =>
              task.dueOn === null ? (
                <span className="text-secondary">{t('due.none')}</span>
              ) : (
                <DueBadge safe={task.dueOn} legal={task.legalDueOn ?? task.dueOn} nature={task.dueNature} />
              ),
          },
          {
            id: 'case',
            head: t('common.case'),
            cell: (task) => (
              <>
                <Link to={`/cases/${task.caseId}`}>{task.caseCode}</Link>
                <span className="desk-sub">{task.comuneName}</span>
              </>
            ),
          },
          {
            id: 'who',
            head: t('inbox.who'),
            cell: (task) => (
              <>
                {task.assignee === null ? (
                  <span>{t('inbox.nobody')}</span>
                ) : task.assignee === account ? (
                  <span className="fw-semibold">{t('inbox.me')}</span>
                ) : (
                  task.assignee
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
            cell: (task) =>
              may('ClaimUserTask', 'ReleaseUserTask') &&
              (task.assignee === null || task.assignee === account) && (
                <button
                  type="button"
                  className="btn btn-sm btn-outline-primary"
                  disabled={actions.busy === task.id}
                  onClick={() => actions.toggle(task)}
                >
                  {t(task.assignee === account ? 'inbox.release' : 'inbox.claim')}
                  <span className="visually-hidden"> {task.name}</span>
                </button>
              ),
          },
        ]}
      />
    </div>
  );
}
