import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { OneCase } from '../../api/model.ts';
import { useNameOf } from '../../api/people.ts';
import { WordsOf } from '../../process/words-of.tsx';
import { useIsOpen } from '../../session/reading.tsx';
import { formatInstant } from '../../time/format.ts';
import { AskReason, ReservedNote } from '../../ui/feedback.tsx';
import { Page } from '../../ui/page.tsx';
import { CaseState } from '../../ui/state.tsx';
import { CaseActs } from './acts.tsx';
import { Erased, ErasureActs, Held } from './erase.tsx';
import { Comments } from './comments.tsx';
import { CaseDeadlines } from './deadlines.tsx';
import { Documents } from './documents.tsx';
import { JustDone } from './just-done.tsx';
import { Next } from './next.tsx';
import { Path } from './path.tsx';
import { Sheet } from './sheet.tsx';
import { Timeline } from './timeline.tsx';
import { WithCase } from './with-case.tsx';
import { Italian } from '../../ui/mixed.tsx';

const sections = ['path', 'deadlines', 'timeline', 'documents', 'comments', 'sheet'] as const;
type Section = (typeof sections)[number];

/** A case: where it stands, what is due, what happened, and the file. */
export default function Case() {
  const { t } = useTranslation();
  return (
    <WithCase title={t('common.case')} before={<Trail />}>
      {(file) => (
        <WordsOf definition={file.definition}>
          <OpenCase file={file} />
        </WordsOf>
      )}
    </WithCase>
  );
}

function Trail() {
  const { t } = useTranslation();
  return (
    <p className="desk-trail">
      <Link to="/cases">{t('cases.title')}</Link>
    </p>
  );
}

function OpenCase({ file }: { readonly file: OneCase }) {
  const { t, i18n } = useTranslation();
  const [params] = useSearchParams();
  const nameOf = useNameOf();
  const isClosed = file.content === 'closed';
  // Who may only know that the case runs sees what is due in it, and nothing of its content.
  const offered = !isClosed ? sections : sections.filter((one) => one === 'deadlines');
  const section = offered.find((one) => one === params.get('section')) ?? offered[0] ?? 'deadlines';

  return (
    <Page
      title={`${t('common.case')} ${file.code}`}
      lead={
        <>
          <Italian>{file.processName}</Italian> · {file.comuneName}
        </>
      }
      before={<Trail />}
      actions={
        <>
          <CaseActs file={file} />
          <ErasureActs file={file} />
        </>
      }
    >
      <JustDone />
      {file.erasure && <Erased erasure={file.erasure} />}
      {file.holds.map((hold) => (
        <Held key={hold.body} hold={hold} />
      ))}
      <dl className="desk-summary">
        <div>
          <dt>{t('common.state')}</dt>
          <dd>
            <CaseState state={file.state} />
          </dd>
        </div>
        <div>
          <dt>{t('cases.started')}</dt>
          <dd>
            {formatInstant(file.startedAt, i18n.language)}
            {file.startedBy !== '' && (
              <span className="desk-sub">{t('common.by', { who: nameOf(file.startedBy) })}</span>
            )}
          </dd>
        </div>
        {file.endedAt !== null && (
          <div>
            <dt>{t('cases.ended')}</dt>
            <dd>{formatInstant(file.endedAt, i18n.language)}</dd>
          </div>
        )}
        {file.openIncidents + file.openEscalations > 0 && (
          <div>
            <dt>{t('cases.attention')}</dt>
            <dd>
              {file.openIncidents > 0 && (
                <Link className="d-block" to="/incidents">
                  {t('cases.incidents', { count: file.openIncidents })}
                </Link>
              )}
              {file.openEscalations > 0 && (
                <Link className="d-block" to="/escalations">
                  {t('cases.escalations', { count: file.openEscalations })}
                </Link>
              )}
            </dd>
          </div>
        )}
      </dl>
      {(file.state === 'active' || file.state === 'suspended') && <Next file={file} />}
      <nav className="desk-tabs" aria-label={t('case.sections')}>
        <ul>
          {offered.map((one) => (
            <li key={one}>
              <Link
                to={{ search: one === offered[0] ? '' : `?section=${one}` }}
                replace
                preventScrollReset
                aria-current={section === one ? 'page' : undefined}
              >
                {t(`case.section.${one}`)}
              </Link>
            </li>
          ))}
          {!isClosed && (
            <li>
              <Link to={`/cases/${file.id}/replay`}>{t('replay.open')}</Link>
            </li>
          )}
        </ul>
      </nav>
      <section aria-label={t(`case.section.${section}`)} className="desk-section">
        {isClosed && <ReservedNote />}
        <Shown section={section} file={file} />
      </section>
    </Page>
  );
}

function Shown({ section, file }: { readonly section: Section; readonly file: OneCase }) {
  const isOpen = useIsOpen(file);
  // What is due is no content.
  if (!isOpen && section !== 'deadlines') return <AskReason />;
  switch (section) {
    case 'path':
      return <Path file={file} />;
    case 'deadlines':
      return <CaseDeadlines file={file} />;
    case 'timeline':
      return <Timeline file={file} />;
    case 'documents':
      return <Documents caseId={file.id} />;
    case 'comments':
      return <Comments caseId={file.id} />;
    case 'sheet':
      return <Sheet file={file} />;
  }
}
