import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Ahead, OneCase, TaskItem } from '../../api/model.ts';
import { useNameOf } from '../../api/people.ts';
import { useAdHoc, useAhead, useCaseDeadlines, useCaseTasks } from '../../api/queries.ts';
import { useMay, useSession } from '../../session/session.tsx';
import { formatDay, formatDayOrInstant, formatInstant } from '../../time/format.ts';
import { DueBadge, useWhom } from '../../ui/due.tsx';
import { Icon } from '../../ui/icon.tsx';
import { RoleName } from '../../ui/role.tsx';
import { AdHocActivities } from './ad-hoc.tsx';
import { SurveyCodes } from './survey-codes.tsx';
import { Mixed } from '../../ui/mixed.tsx';
import { inItalian } from '../../ui/italian.ts';
import { TaskName } from '../../ui/task-name.tsx';

/** Terms that are told here; the others are a step away. */
const mostTerms = 3;

/** What happens next and by when: who has something to do, which terms run, and what is awaited. */
export function Next({ file }: { readonly file: OneCase }) {
  const { t } = useTranslation();
  return (
    <section className="desk-todo" aria-labelledby="next">
      <h2 id="next" className="h4">
        {t('next.title')}
      </h2>
      {file.state === 'suspended' && <p>{t('next.suspended')}</p>}
      <div className="desk-next">
        <ToDo file={file} />
        <Terms caseId={file.id} />
      </div>
    </section>
  );
}

/** The open tasks, and what the case waits for beside them. */
function ToDo({ file }: { readonly file: OneCase }) {
  const { t } = useTranslation();
  const may = useMay();
  const tasks = useCaseTasks(file.id);
  const ahead = useAhead(file.id);
  const adHoc = useAdHoc(file.id, may('StartAdHocActivity')).data ?? [];
  const open = (tasks.data ?? []).filter((task) => task.state === 'open');
  const hasSurvey = file.process === 'training-course' && file.state === 'active' && may('HandOutSurvey');
  const awaited = ahead.data ?? [];
  const documents = awaited.filter(({ kind }) => kind === 'incoming');
  const mayRegister = may('RegisterIncoming') && file.state === 'active';
  return (
    <div>
      <h3 className="h6">{t('next.toDo')}</h3>
      {open.length + adHoc.length + awaited.length === 0 && !tasks.isPending && !ahead.isPending && (
        <p className="mb-0">{t('next.nothing')}</p>
      )}
      <ul className="desk-plain-list">
        {open.map((task) => (
          <ToDoTask key={task.id} task={task} file={file} />
        ))}
        {adHoc.length > 0 && <AdHocActivities file={file} open={adHoc} />}
        {hasSurvey && <SurveyCodes caseId={file.id} />}
        {awaited
          .filter(({ kind }) => kind !== 'incoming')
          .map((one, at) => (
            <Line key={at} icon={iconOf[one.kind] ?? 'clock'}>
              <Awaited one={one} />
            </Line>
          ))}
        {documents.length > 0 && (
          <Line icon="mail">
            {mayRegister && (
              <Link to={`/cases/${file.id}/incoming`} className="fw-semibold d-print-none">
                {t('incoming.title')}
              </Link>
            )}
            {/* Nothing is pressed on paper. */}
            <span className={`fw-semibold ${mayRegister ? 'd-none d-print-inline' : ''}`}>
              {t('next.fromOutside')}
            </span>
            <span className="desk-sub">
              <Mixed
                text={t('next.mayArrive', {
                  list: inItalian(documents.map(({ name }) => name).join(', ')),
                })}
              />
            </span>
          </Line>
        )}
      </ul>
    </div>
  );
}

function Line({ icon, children }: { readonly icon: string; readonly children: ReactNode }) {
  return (
    <li>
      <Icon name={icon} size="sm" />
      <div>{children}</div>
    </li>
  );
}

function ToDoTask({ task, file }: { readonly task: TaskItem; readonly file: OneCase }) {
  const { t, i18n } = useTranslation();
  const reads = file.content !== 'closed';
  const { account, grants } = useSession();
  const nameOf = useNameOf();
  const name = <TaskName task={task} />;
  // Who only knows that the case runs reads what is to be done, and opens what is theirs.
  const opens = reads || task.assignee === account || grants.some(({ role }) => role === task.role);
  return (
    <Line icon="pencil">
      {opens ? (
        <Link to={`/tasks/${task.id}`} className="fw-semibold">
          {name}
        </Link>
      ) : (
        <span className="fw-semibold">{name}</span>
      )}
      <span className="desk-sub">
        {task.definition !== file.definition && reads && (
          <>
            <Link to={{ search: `?of=${task.definition}` }} preventScrollReset>
              <Mixed text={t('case.inside', { name: inItalian(task.partName ?? task.processName) })} />
            </Link>
            {' · '}
          </>
        )}
        {task.role !== null && (
          <>
            <RoleName role={task.role} />
            {' · '}
          </>
        )}
        {task.assignee === null
          ? t('inbox.free')
          : task.assignee === account
            ? t('task.yours')
            : t('task.others', { who: nameOf(task.assignee) })}
        {' · '}
        {t('next.since', { date: formatDay(task.createdAt, i18n.language) })}
      </span>
      {task.heads !== null && task.assignee === null && (
        <span className="desk-sub">
          {task.heads.length === 0
            ? t('next.noHead')
            : t('next.head', { who: task.heads.map(nameOf).join(', ') })}
        </span>
      )}
      {task.dueOn !== null && (
        <span className="desk-next-due">
          {t('next.by', { date: formatDayOrInstant(task.dueOn, i18n.language) })}
          <DueBadge
            safe={task.dueOn}
            legal={task.legalDueOn ?? task.dueOn}
            nature={task.dueNature}
            isNamed={false}
            since={task.dueSince ?? undefined}
            short
          />
        </span>
      )}
    </Line>
  );
}

const iconOf: Readonly<Record<string, string>> = { date: 'calendar', limit: 'clock', receipt: 'mail' };

/** A date, or something of another case, in a sentence. */
function Awaited({ one: { kind, name, of, at } }: { readonly one: Ahead }) {
  const { t, i18n } = useTranslation();
  const when = at === null ? '' : formatInstant(at, i18n.language);
  const what = name ?? '';
  switch (kind) {
    case 'limit':
      return of === null
        ? t(name === null ? 'next.until' : 'next.then', { when, what })
        : t(name === null ? 'next.limit' : 'next.otherwise', { when, of, what });
    case 'date':
      return t(name === null ? 'next.until' : 'next.then', { when, what });
    case 'receipt':
      return t('next.receipt', { what, when });
    default:
      return t(name === null ? 'next.waits' : 'next.waitsFor', { what });
  }
}

/** The terms that run, soonest first. */
function Terms({ caseId }: { readonly caseId: string }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'it';
  const running = (useCaseDeadlines(caseId).data ?? []).filter(({ state }) => state === 'open');
  const soonest = running.toSorted((a, b) => a.safeActionDate.localeCompare(b.safeActionDate));
  const whom = useWhom();
  return (
    <div>
      <h3 className="h6">{t('next.terms')}</h3>
      {running.length === 0 && <p className="mb-0">{t('next.noTerm')}</p>}
      <ul className="desk-plain-list">
        {soonest.slice(0, mostTerms).map((one) => (
          <Line key={one.id} icon="calendar">
            <span className="fw-semibold">
              {one.label[language]}
              {one.about !== null && ` (${one.about})`}
            </span>{' '}
            <span className="desk-sub">{whom(one)}</span>
            <DueBadge
              safe={one.safeActionDate}
              legal={one.legalDueDate}
              nature={one.nature}
              earliest={one.earliestActionDate}
              since={one.openedAt}
            />
          </Line>
        ))}
      </ul>
      {running.length > 0 && (
        <Link className="desk-screen-only" to={{ search: '?section=deadlines' }} replace preventScrollReset>
          {t('next.allTerms', { count: running.length })}
        </Link>
      )}
    </div>
  );
}
