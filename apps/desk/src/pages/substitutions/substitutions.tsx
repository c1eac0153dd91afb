import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import type { SubstitutionItem } from '../../api/model.ts';
import { useNameOf, useSubstitutions } from '../../api/people.ts';
import { useSession } from '../../session/session.tsx';
import { formatDate } from '../../time/format.ts';
import { Empty, Loaded, Note } from '../../ui/feedback.tsx';
import { Page } from '../../ui/page.tsx';
import { ReasonDialog } from '../../ui/reason.tsx';
import { RoleName } from '../../ui/role.tsx';
import { Table } from '../../ui/table.tsx';
import { Arrange } from './arrange.tsx';

/** Who stands in for whom: for whoever is away, whoever stands in, and whoever sees to it. */
export default function Substitutions() {
  const { t, i18n } = useTranslation();
  const [all, setAll] = useState(false);
  const [ending, setEnding] = useState<SubstitutionItem | null>(null);
  const substitutions = useSubstitutions(all);
  const end = useCommand(({ id, reason }: { id: string; reason: string }, header) =>
    body(
      api.POST('/api/v1/substitutions/{id}/end', {
        params: { path: { id }, header: { ...header } },
        body: { reason },
      }),
    ),
  );
  const day = (date: string) => formatDate(date, i18n.language);
  return (
    <Page title={t('substitutions.title')} lead={t('substitutions.lead')}>
      <StandingIn />
      <Arrange />
      <div className="desk-baskets" role="group" aria-label={t('common.filters')}>
        <button type="button" aria-pressed={!all} onClick={() => setAll(false)}>
          {t('substitutions.ahead')}
        </button>
        <button type="button" aria-pressed={all} onClick={() => setAll(true)}>
          {t('substitutions.all')}
        </button>
      </div>
      <Loaded query={substitutions} lines={4}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon="user" title={t('substitutions.none')}>
              {t('substitutions.noneText')}
            </Empty>
          ) : (
            <Table
              caption={t('substitutions.title')}
              rows={items}
              rowKey={(one) => one.id}
              columns={[
                {
                  id: 'absent',
                  head: t('substitutions.absent'),
                  className: 'desk-col-main',
                  cell: (one) => <span className="fw-semibold">{one.absentName}</span>,
                },
                { id: 'substitute', head: t('substitutions.substitute'), cell: (one) => one.substituteName },
                {
                  id: 'days',
                  head: t('substitutions.days'),
                  cell: (one) =>
                    one.from === one.to
                      ? t('substitutions.oneDay', { from: day(one.from) })
                      : t('substitutions.period', { from: day(one.from), to: day(one.to) }),
                },
                {
                  id: 'covers',
                  head: t('substitutions.covers'),
                  cell: (one) =>
                    one.roles === null
                      ? t('substitutions.coversAll')
                      : one.roles.map((role, at) => (
                          <span key={role}>
                            {at > 0 && ', '}
                            <RoleName role={role} />
                          </span>
                        )),
                },
                { id: 'reason', head: t('substitutions.reason'), cell: (one) => one.reason ?? '–' },
                {
                  id: 'state',
                  head: t('substitutions.state'),
                  cell: (one) => t(`substitutions.states.${one.state}`),
                },
                {
                  id: 'actions',
                  head: t('substitutions.actions'),
                  quiet: true,
                  cell: (one) =>
                    one.mayEnd && (
                      <button
                        type="button"
                        className="btn btn-sm btn-outline-primary"
                        aria-label={`${t('substitutions.end')}: ${one.absentName}`}
                        onClick={() => {
                          end.reset();
                          setEnding(one);
                        }}
                      >
                        {t('substitutions.end')}
                      </button>
                    ),
                },
              ]}
            />
          )
        }
      </Loaded>
      {ending !== null && (
        <ReasonDialog
          title={`${t('substitutions.end')}: ${ending.absentName}`}
          text={t('substitutions.endText')}
          label={t('substitutions.endLabel')}
          submit={t('substitutions.end')}
          about={ending.id}
          busy={end.isPending}
          error={end.error}
          onClose={() => setEnding(null)}
          onSubmit={(reason) => end.mutate({ id: ending.id, reason }, { onSuccess: () => setEnding(null) })}
        />
      )}
    </Page>
  );
}

/** For whom I stand in today, and what that means. */
function StandingIn() {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const { grants } = useSession();
  const absent = [...new Set(grants.flatMap(({ onBehalfOf }) => (onBehalfOf ? [onBehalfOf] : [])))];
  if (absent.length === 0) return null;
  return (
    <Note
      kind="info"
      title={t('substitutions.today', { count: absent.length, who: absent.map(nameOf).join(', ') })}
    >
      {t('substitutions.todayText')}
    </Note>
  );
}
