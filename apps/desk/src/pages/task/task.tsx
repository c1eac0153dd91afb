import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { api, body, multipart } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import type { TaskDetail } from '../../api/model.ts';
import { useNameOf } from '../../api/people.ts';
import { problemOf, wantsReason } from '../../api/problem.ts';
import type { ApiProblem } from '../../api/problem.ts';
import { keys, useTask, useTimeline } from '../../api/queries.ts';
import { Form } from '../../form/form.tsx';
import type { Values } from '../../form/values.ts';
import { ReadingProvider } from '../../session/reading.tsx';
import { ownEntrance } from '../../session/guest.ts';
import { useMay, useSession } from '../../session/session.tsx';
import { formatInstant } from '../../time/format.ts';
import { AssignDialog } from '../../ui/assign.tsx';
import { DueBadge } from '../../ui/due.tsx';
import { Loaded, Note, Problem, Refusal } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { RoleName } from '../../ui/role.tsx';
import { Documents } from '../case/documents.tsx';
import { CheckList } from './check-list.tsx';
import { Italian } from '../../ui/mixed.tsx';
import { taskName } from '../../ui/task-name.tsx';

/** One task: its form, what is due, and the documents at hand. */
export default function Task() {
  const { id = '' } = useParams();
  return (
    <ReadingProvider key={id} caseId={id.split('.')[0] ?? ''}>
      <LoadedTask id={id} />
    </ReadingProvider>
  );
}

function LoadedTask({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const task = useTask(id);
  if (task.data === undefined)
    return (
      <Page
        title={t('task.title')}
        before={
          <p className="desk-trail">
            <Link to="/tasks">{t('inbox.title')}</Link>
          </p>
        }
      >
        <Loaded query={task} lines={8}>
          {() => null}
        </Loaded>
      </Page>
    );
  return (
    <OpenTask
      key={task.data.id}
      task={task.data}
      gone={
        task.error !== null && (wantsReason(task.error) || [403, 404].includes(problemOf(task.error).status))
      }
    />
  );
}

const conflicts = new Set([
  'task-claimed-by-another',
  'task-not-found',
  'assigned-to-another',
  'case-not-active',
]);

/** @param gone it was open a moment ago, and the server no longer has it open */
function OpenTask({ task, gone }: { readonly task: TaskDetail; readonly gone: boolean }) {
  const { t } = useTranslation();
  const session = useSession();
  const { account } = session;
  const may = useMay();
  const navigate = useNavigate();
  const path = { id: task.id };
  const [sent, setSent] = useState(false);

  const claim = useCommand((_: null, header) =>
    api.POST('/api/v1/tasks/{id}/claim', { params: { path, header: { ...header } }, body: {} }),
  );
  const release = useCommand((_: null, header) =>
    api.POST('/api/v1/tasks/{id}/release', { params: { path, header: { ...header } }, body: {} }),
  );
  const queries = useQueryClient();
  const complete = useCommand(async (variables: Values, header) => {
    const queryKey = [...keys.tasks, task.id];
    const becomes = (state: TaskDetail['state']) =>
      queries.setQueriesData<TaskDetail>({ queryKey }, (it) => it && { ...it, state });
    // An answer that is on its way says that it is open.
    await queries.cancelQueries({ queryKey });
    // At once: that it is done may be told before the answer comes, and it is then no longer asked for.
    becomes('completed');
    try {
      await api.POST('/api/v1/tasks/{id}/complete', {
        params: { path, header: { ...header } },
        body: { variables },
      });
    } catch (error) {
      becomes('open');
      throw error;
    }
  });
  const attach = useCommand(({ file }: { file: File }, header) => {
    const parts = new FormData();
    parts.set('task', task.id);
    parts.set('file', file);
    return body(
      api.POST('/api/v1/cases/{id}/documents', {
        params: { path: { id: task.caseId }, header: { ...header } },
        ...multipart(parts),
      }),
    );
  });

  const assign = useCommand((to: string, header) =>
    api.POST('/api/v1/tasks/{id}/assign', { params: { path, header: { ...header } }, body: { to } }),
  );
  const [assigning, setAssigning] = useState(false);

  const nameOf = useNameOf();
  const mine = task.assignee === account;
  const others = task.assignee !== null && !mine;
  // What is sent from here stands as it was sent until the page leaves.
  const over = !sent && (gone || task.state !== 'open');
  // Whoever opens what is done already was not overtaken.
  const [wasOpen] = useState(!over);
  const forOthers = !over && task.whyNotMine !== null;
  const refused = complete.error ?? claim.error ?? release.error;
  const conflict = refused !== null && conflicts.has(refused.code);
  const named = `${t('common.case')} ${task.caseCode}`;

  return (
    <Page
      title={taskName(task)}
      before={
        <p className="desk-trail">
          <Link to="/tasks">{t('inbox.title')}</Link> <span aria-hidden="true">/</span>{' '}
          {task.seesCase ? <Link to={`/cases/${task.caseId}`}>{named}</Link> : named}
        </p>
      }
      lead={
        <>
          <Italian>{task.processName}</Italian> · {task.comuneName}
        </>
      }
      actions={
        !over && (
          <>
            {(mine || (!others && !forOthers)) && may(mine ? 'ReleaseUserTask' : 'ClaimUserTask') && (
              <button
                type="button"
                className="btn btn-outline-primary"
                disabled={claim.isPending || release.isPending}
                onClick={() => (mine ? release : claim).mutate(null)}
              >
                {t(mine ? 'inbox.release' : 'inbox.claim')}
              </button>
            )}
            {may('AssignUserTask') && (
              <button type="button" className="btn btn-outline-primary" onClick={() => setAssigning(true)}>
                {t('task.assign')}
              </button>
            )}
          </>
        )
      }
    >
      <div className="desk-facts">
        {task.dueOn !== null && !over && (
          <div>
            <DueBadge
              safe={task.dueOn}
              legal={task.legalDueOn ?? task.dueOn}
              nature={task.dueNature}
              since={task.dueSince ?? undefined}
            />
          </div>
        )}
        {/* Of a task that is done, who could take it is no longer to be said. */}
        <div hidden={over}>
          <Icon name="user" size="xs" />{' '}
          {task.assignee === null
            ? t('inbox.free')
            : mine
              ? t('task.yours')
              : t('task.others', { who: nameOf(task.assignee) })}
          {task.role !== null && (
            <>
              {' · '}
              <RoleName role={task.role} />
            </>
          )}
        </div>
      </div>

      {!sent && (over || conflict) && <Faster task={task} problem={refused} wasOpen={wasOpen} />}
      {!conflict && refused !== null && refused.errors.length === 0 && (
        <Problem error={refused} focus retry={undefined} />
      )}
      {forOthers && (
        <Note kind="info" title={t('task.notMineTitle')}>
          <p className="mb-1">{task.whyNotMine}</p>
          <p className="mb-0">{t('task.notMineText')}</p>
        </Note>
      )}
      {others && !forOthers && !conflict && (
        <Note kind="info" title={t('task.othersTitle', { who: nameOf(task.assignee ?? '') })}>
          {t('task.othersText')}
        </Note>
      )}

      <div className="desk-panel">
        <Form
          name={`task.${task.id}`}
          schema={task.form}
          place={{ definition: task.definition, comune: task.comune, task: task.id }}
          variables={task.variables}
          submitLabel={t('task.complete')}
          busy={sent}
          disabled={over || others || forOthers}
          problem={complete.error}
          check={async (variables) =>
            (await body(api.POST('/api/v1/tasks/{id}/check', { params: { path }, body: { variables } })))
              .errors
          }
          beforeSending={
            !over && !others && !forOthers
              ? (filledIn) => <CheckList task={task} filledIn={filledIn} isSent={sent} />
              : undefined
          }
          upload={async (file) => (await attach.mutateAsync({ file })).id}
          onSubmit={async (values) => {
            setSent(true);
            try {
              await complete.mutateAsync(values);
            } catch (error) {
              setSent(false);
              throw error;
            }
            // Who may not read the case goes on where their work begins.
            const onward = task.seesCase ? `/cases/${task.caseId}` : ownEntrance(session);
            await navigate(onward ?? '/tasks?basket=done', {
              state: { completed: taskName(task), task: task.id },
            });
          }}
          actions={
            <Link className="btn btn-outline-secondary" to="/tasks">
              {t('task.later')}
            </Link>
          }
        />
        {attach.error && <Problem error={attach.error} />}
      </div>
      {assigning && (
        <AssignDialog
          tasks={[task.id]}
          busy={assign.isPending}
          error={assign.error}
          onClose={() => setAssigning(false)}
          onAssign={(to) => assign.mutate(to, { onSuccess: () => setAssigning(false) })}
        />
      )}
      {/* What lies with a task is closed again when it is done. */}
      {(task.readsCase || !over) && (
        <section aria-labelledby="documents">
          <h2 id="documents" className="h4">
            {t('documents.title')}
          </h2>
          <Documents caseId={task.caseId} of={{ task: task.id, readsCase: task.readsCase, isSent: sent }} />
        </section>
      )}
    </Page>
  );
}

interface FasterProps {
  readonly task: TaskDetail;
  readonly problem: ApiProblem | null;
  /** When the page was opened. */
  readonly wasOpen: boolean;
}

/** The task is over: by whom and when, from the case's own history; what was typed stays in the form. */
function Faster({ task, problem, wasOpen }: FasterProps) {
  const { t, i18n } = useTranslation();
  const { account } = useSession();
  const nameOf = useNameOf();
  const key = task.id.split('.').at(-1) ?? '';
  const asked = { key, all: true };
  const facts = useTimeline(task.caseId, asked, task.readsCase).items;
  const last = facts?.find((event) =>
    /^(UserTask(Completed|Claimed|Assigned)|ElementTerminated)$/.test(event.type),
  );
  const known = last && `task.faster.${last.type}`;
  // In another window one is faster than oneself; until it is known who it was, nobody is named.
  const isKnown = problem !== null || facts !== undefined || !task.readsCase;
  const overtaken = wasOpen && isKnown && ![task.assignee, last?.actor.account].includes(account);
  return (
    <Note
      kind={overtaken ? 'warning' : 'info'}
      title={t(overtaken ? 'task.fasterTitle' : 'task.overTitle')}
      focus={problem !== null}
    >
      <p className="mb-1">
        {last && known && i18n.exists(known) ? (
          t(known as 'task.faster.UserTaskCompleted', {
            who: nameOf(last.actor.account),
            when: formatInstant(last.recordedAt, i18n.language),
          })
        ) : task.assignee !== null ? (
          t('task.others', { who: nameOf(task.assignee) })
        ) : problem ? (
          <Refusal problem={problem} />
        ) : (
          t('task.fasterUnknown')
        )}
      </p>
      <p className="mb-0">
        {task.seesCase && <Link to={`/cases/${task.caseId}`}>{t('task.openCase')}</Link>}
      </p>
    </Note>
  );
}
