import { useTranslation } from 'react-i18next';
import type { CaseSummary, DeadlineItem } from '../../api/model.ts';
import { useNameOf } from '../../api/people.ts';
import { useCaseDeadlines, useDocuments, useWholeTimeline } from '../../api/queries.ts';
import { useSession } from '../../session/session.tsx';
import { useNow } from '../../time/clock.tsx';
import { passingOf } from '../../time/due.ts';
import { formatDayOrInstant, formatInstant } from '../../time/format.ts';
import { useTermDay } from '../../ui/due.tsx';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';
import { RoleName } from '../../ui/role.tsx';
import { DeadlineState } from '../../ui/state.tsx';
import { Table } from '../../ui/table.tsx';
import { useFiledColumns } from './documents.tsx';
import { useFacts } from './use-facts.ts';
import { useSignature } from './use-signature.ts';
import { Mixed } from '../../ui/mixed.tsx';
import { Norm } from '../../ui/norm.tsx';

/** The case on paper: its terms, its documents and what happened, oldest first. Comments stay in the house. */
export function Sheet({ file }: { readonly file: CaseSummary }) {
  const { t, i18n } = useTranslation();
  const { account } = useSession();
  const now = formatInstant(useNow().toISOString(), i18n.language);
  return (
    <div className="desk-sheet">
      <p className="desk-sheet-lead">
        {t('sheet.lead')}{' '}
        <button type="button" className="btn btn-primary" onClick={() => window.print()}>
          <Icon name="print" size="sm" /> {t('sheet.print')}
        </button>
      </p>
      <h2 className="h4">{t('deadlines.title')}</h2>
      <Terms caseId={file.id} />
      <h2 className="h4">{t('documents.title')}</h2>
      <Files caseId={file.id} />
      <h2 className="h4">{t('sheet.facts')}</h2>
      <Facts file={file} />
      <p className="desk-sub">{t('sheet.foot', { now, who: account })}</p>
    </div>
  );
}

function Terms({ caseId }: { readonly caseId: string }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'it';
  const date = (day: string) => formatDayOrInstant(day, language);
  const dayOf = useTermDay();
  const isPassing = ({ nature, earliestActionDate, legalDueDate }: DeadlineItem): boolean =>
    passingOf(nature, earliestActionDate, legalDueDate) !== null;
  const proven = ({ bases, base }: DeadlineItem): string => {
    const counting = bases.find((one) => one.date?.slice(0, 10) === base.slice(0, 10));
    return counting?.proof ? t('deadlines.proof', { proof: counting.proof }) : t('deadlines.unproven');
  };
  return (
    <Loaded query={useCaseDeadlines(caseId)} lines={4}>
      {(items) =>
        items.length === 0 ? (
          <p>{t('deadlines.noneHere')}</p>
        ) : (
          <Table
            caption={t('deadlines.title')}
            rows={items.toSorted((a, b) => a.legalDueDate.localeCompare(b.legalDueDate))}
            rowKey={({ id }) => id}
            columns={[
              {
                id: 'what',
                head: t('deadlines.what'),
                className: 'desk-col-main',
                cell: (one) => (
                  <>
                    <span className="fw-semibold">
                      {one.label[language]}
                      {one.about !== null && ` (${one.about})`}
                    </span>
                    <Norm norm={one.norm} />
                  </>
                ),
              },
              {
                id: 'base',
                head: t('deadlines.base'),
                cell: (one) => (
                  <>
                    {date(one.base)}
                    <span className="desk-sub">{proven(one)}</span>
                  </>
                ),
              },
              {
                id: 'safe',
                head: t('deadlines.safe'),
                cell: (one) => !isPassing(one) && date(one.safeActionDate),
              },
              {
                id: 'legal',
                head: t('deadlines.lastDay'),
                cell: (one) =>
                  isPassing(one)
                    ? dayOf({ legal: one.legalDueDate, nature: one.nature, earliest: one.earliestActionDate })
                    : date(one.legalDueDate),
              },
              {
                id: 'state',
                head: t('common.state'),
                cell: (one) => (
                  <>
                    <DeadlineState state={one.state} of={one} />
                    {one.decidedOn !== null && <span className="desk-sub">{date(one.decidedOn)}</span>}
                  </>
                ),
              },
            ]}
          />
        )
      }
    </Loaded>
  );
}

function Files({ caseId }: { readonly caseId: string }) {
  const { t } = useTranslation();
  const filed = useFiledColumns();
  const documents = useDocuments(caseId);
  const signatureOf = useSignature(documents.data ?? []);
  return (
    <Loaded query={documents} lines={3}>
      {(items) =>
        items.length === 0 ? (
          <p>{t('documents.none')}</p>
        ) : (
          <Table
            caption={t('documents.title')}
            rows={items}
            rowKey={({ id }) => id}
            columns={[
              {
                id: 'name',
                head: t('documents.name'),
                className: 'desk-col-main',
                cell: (one) => (
                  <>
                    <span className="fw-semibold">{one.name}</span>
                    <span className="desk-sub">
                      {t('filed.version', { version: one.version })}
                      {signatureOf(one) !== null && ` · ${signatureOf(one)}`}
                    </span>
                    <code className="desk-sheet-hash">SHA-256 {one.sha256}</code>
                  </>
                ),
              },
              ...filed,
            ]}
          />
        )
      }
    </Loaded>
  );
}

function Facts({ file }: { readonly file: CaseSummary }) {
  const { t, i18n } = useTranslation();
  const nameOf = useNameOf();
  const timeline = useWholeTimeline(file.id);
  const { wordsOf } = useFacts(file, timeline.data);
  return (
    <Loaded query={timeline} lines={8}>
      {(events) => {
        const facts = events.filter(({ type }) => type !== 'CommentAdded');
        if (facts.length === 0) return <Empty icon="clock" title={t('timeline.none')} />;
        return (
          <Table
            caption={t('sheet.facts')}
            rows={facts}
            rowKey={({ id }) => id}
            columns={[
              {
                id: 'when',
                head: t('sheet.when'),
                className: 'desk-sheet-when',
                cell: ({ recordedAt }) => formatInstant(recordedAt, i18n.language),
              },
              {
                id: 'what',
                head: t('sheet.what'),
                className: 'desk-col-main',
                cell: (event) => (
                  <>
                    {event.isIntervention && <strong>{t('facts.intervention')}: </strong>}
                    <span className="desk-typed">
                      <Mixed text={wordsOf(event)} />
                    </span>
                  </>
                ),
              },
              {
                id: 'who',
                head: t('sheet.who'),
                cell: ({ actor }) => (
                  <>
                    {nameOf(actor.account)}
                    <span className="desk-sub">
                      <RoleName role={actor.role} />
                      {actor.onBehalfOf &&
                        `, ${t('substitutions.inPlaceOf', { who: nameOf(actor.onBehalfOf) })}`}
                    </span>
                  </>
                ),
              },
            ]}
          />
        );
      }}
    </Loaded>
  );
}
