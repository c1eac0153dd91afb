import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { mailContent, useArrivedMail, useSettleMail } from '../../api/certified-mail.ts';
import type { ArrivedMail } from '../../api/certified-mail.ts';
import { useSession } from '../../session/session.tsx';
import { formatInstant } from '../../time/format.ts';
import { Empty, Loaded, Problem } from '../../ui/feedback.tsx';
import { Page } from '../../ui/page.tsx';
import { More, Table } from '../../ui/table.tsx';

/** What came into the certified mailbox and belongs to no letter of the house: a person sees to each. */
export default function CertifiedMail() {
  const { t } = useTranslation();
  const arrived = useArrivedMail();
  return (
    <Page title={t('certifiedMail.title')} lead={t('certifiedMail.lead')}>
      <Loaded query={{ ...arrived, data: arrived.items }}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon="mail" title={t('certifiedMail.none')}>
              {t('certifiedMail.noneText')}
            </Empty>
          ) : (
            <Arrived items={items} />
          )
        }
      </Loaded>
      <More list={arrived} />
    </Page>
  );
}

function Arrived({ items }: { readonly items: readonly ArrivedMail[] }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const settle = useSettleMail();
  const isOperator = useSession().grants.some(({ role }) => role === 'DESK_OPERATOR');
  /** What is filed is read in its case, and what is about a case by who reads its documents without a reason. */
  const isOpenedHere = ({ kind, why, caseId }: ArrivedMail): boolean =>
    kind !== 'too-large' && !['doubtful', 'unrelated'].includes(why) && (caseId === null || isOperator);
  const named = ({ subject }: ArrivedMail): string => subject || t('certifiedMail.noSubject');
  return (
    <>
      {settle.error && <Problem error={settle.error} focus />}
      <p aria-live="polite" className="visually-hidden">
        {settle.isSuccess ? t('certifiedMail.settled') : ''}
      </p>
      <Table
        caption={t('certifiedMail.caption')}
        rows={[...items]}
        rowKey={(one) => one.id}
        columns={[
          {
            id: 'message',
            head: t('certifiedMail.message'),
            className: 'desk-col-main',
            cell: (one) => (
              <>
                <span className="fw-semibold text-break">{named(one)}</span>
                <span className="desk-sub text-break">{one.from ?? ''}</span>
                {isOpenedHere(one) && (
                  <a className="d-block" href={mailContent(one.id)} download>
                    {t('certifiedMail.open')}
                  </a>
                )}
              </>
            ),
          },
          {
            id: 'why',
            head: t('certifiedMail.whyHead'),
            cell: (one) => (
              <>
                {t(`certifiedMail.why.${one.why as 'plain'}`)}
                {one.caseId !== null && (
                  <Link className="d-block" to={`/cases/${one.caseId}`}>
                    {t('certifiedMail.case')}
                  </Link>
                )}
              </>
            ),
          },
          {
            id: 'came',
            head: t('certifiedMail.came'),
            cell: (one) => (
              <>
                {formatInstant(one.cameAt, i18n.language)}
                {one.at !== null && (
                  <span className="desk-sub">
                    {t('certifiedMail.at', { at: formatInstant(one.at, i18n.language) })}
                  </span>
                )}
              </>
            ),
          },
          {
            id: 'settle',
            head: t('certifiedMail.settle'),
            quiet: true,
            cell: (one) => (
              <button
                type="button"
                className="btn btn-sm btn-outline-primary"
                aria-label={t('certifiedMail.settleLabel', { subject: named(one) })}
                disabled={settle.isPending}
                onClick={() =>
                  settle.mutate(
                    { id: one.id },
                    { onSuccess: () => void queries.invalidateQueries({ queryKey: ['certified-mail'] }) },
                  )
                }
              >
                {t('certifiedMail.settle')}
              </button>
            ),
          },
        ]}
      />
    </>
  );
}
