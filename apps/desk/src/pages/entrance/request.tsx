import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { AwaitedMessage, OneCase } from '../../api/model.ts';
import { isAsked, useAwaited, useCaseTasks } from '../../api/queries.ts';
import { useMay, useSession } from '../../session/session.tsx';
import { formatInstant } from '../../time/format.ts';
import { AskedList } from '../../ui/asked.tsx';
import { DueBadge } from '../../ui/due.tsx';
import { Note, ReservedNote } from '../../ui/feedback.tsx';
import { Page } from '../../ui/page.tsx';
import { RoleName } from '../../ui/role.tsx';
import { Documents } from '../case/documents.tsx';
import { WithCase } from '../case/with-case.tsx';
import { isOwnTask } from './own-task.ts';
import { LastWord, Question } from './question.tsx';
import { Standing } from './standing.tsx';
import { inItalian } from '../../ui/italian.ts';
import { TaskName } from '../../ui/task-name.tsx';

/** One request, for whoever made it: its receipt, how far it has come, what is asked, and its documents. */
export default function Request() {
  const { t } = useTranslation();
  return (
    <WithCase title={t('entrance.request')} before={<Trail />}>
      {(file) => <OpenRequest file={file} />}
    </WithCase>
  );
}

function Trail() {
  const { t } = useTranslation();
  return (
    <p className="desk-trail">
      <Link to="/entrance">{t('entrance.title')}</Link>
    </p>
  );
}

function OpenRequest({ file }: { readonly file: OneCase }) {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const session = useSession();
  const isNew = (useLocation().state as { readonly started?: boolean } | null)?.started === true;
  const language = i18n.language === 'en' ? 'en' : 'it';
  const tasks = useCaseTasks(file.id).data ?? [];
  const awaited = useAwaited(file.id, file.state === 'active' && may('RegisterIncoming')).data ?? [];
  const mayArrive = awaited.filter((one) => !isAsked(one));
  const open = tasks.filter(({ state }) => state === 'open');
  const own = open.filter((task) => isOwnTask(task, session));
  const others = open.filter((task) => !own.includes(task));
  return (
    <Page
      title={inItalian(file.processName)}
      lead={t('entrance.number', { code: file.code })}
      before={<Trail />}
    >
      {isNew && (
        <Note kind="success" title={t('entrance.receipt', { code: file.code })} focus>
          {t('entrance.receiptText', { at: formatInstant(file.startedAt, i18n.language) })}
        </Note>
      )}
      <dl className="desk-summary">
        <div>
          <dt>{t('entrance.where')}</dt>
          <dd>
            <Standing file={file} own={own} awaited={awaited} />
          </dd>
        </div>
        <div>
          <dt>{t('entrance.sent')}</dt>
          <dd>{formatInstant(file.startedAt, i18n.language)}</dd>
        </div>
        {file.endedAt !== null && (
          <div>
            <dt>{t('cases.ended')}</dt>
            <dd>{formatInstant(file.endedAt, i18n.language)}</dd>
          </div>
        )}
        {file.nextDeadline !== null && (
          <div>
            <dt>{file.nextDeadline.label[language]}</dt>
            <dd>
              <DueBadge
                safe={file.nextDeadline.safeActionDate}
                legal={file.nextDeadline.legalDueDate}
                nature={file.nextDeadline.nature}
                isNamed={false}
                since={file.nextDeadline.openedAt}
              />
            </dd>
          </div>
        )}
      </dl>
      {file.state === 'active' && (
        <section className="desk-panel" aria-labelledby="asked">
          <h2 id="asked" className="h4">
            {t('entrance.asked')}
          </h2>
          <AskedList tasks={own} awaited={new Map([[file.id, awaited]])} none={t('entrance.nothingAsked')} />
          {awaited.some(isAsked) ? <Question file={file} /> : open.length === 0 && <LastWord file={file} />}
          {others.length > 0 && (
            <>
              <h3 className="h6">{t('entrance.others')}</h3>
              <ul>
                {others.map((task) => (
                  <li key={task.id}>
                    {task.role !== null && <RoleName role={task.role} />}
                    {task.role !== null && ': '}
                    <TaskName task={task} />
                  </li>
                ))}
              </ul>
            </>
          )}
          {mayArrive.length > 0 && <MayArrive caseId={file.id} messages={mayArrive} />}
        </section>
      )}
      {file.state === 'completed' && <LastWord file={file} isAlone />}
      {file.content === 'closed' && may('ReadCase') && <ReservedNote />}
      {file.content !== 'closed' && (
        <section className="desk-section" aria-labelledby="documents">
          <h2 id="documents" className="h4">
            {t('documents.title')}
          </h2>
          <Documents caseId={file.id} />
        </section>
      )}
      <p>
        <Link to={`/cases/${file.id}`}>{t('entrance.whole')}</Link>
      </p>
    </Page>
  );
}

interface MayArriveProps {
  readonly caseId: string;
  readonly messages: readonly AwaitedMessage[];
}

/** What nobody asks for and may come all the same; who may hand it in is led there. */
function MayArrive({ caseId, messages }: MayArriveProps) {
  const { t } = useTranslation();
  return (
    <>
      <h3 className="h6">{t('entrance.mayArrive')}</h3>
      <ul>
        {messages.map(({ message, label, mayRegister }) => (
          <li key={message}>
            {mayRegister ? (
              <Link to={`/cases/${caseId}/incoming?message=${encodeURIComponent(message)}`}>{label}</Link>
            ) : (
              label
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
