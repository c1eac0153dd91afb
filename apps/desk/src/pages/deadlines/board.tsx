import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useDeadlines } from '../../api/queries.ts';
import type { DeadlineFilter } from '../../api/queries.ts';
import { DueBadge, Nature, useTermDay } from '../../ui/due.tsx';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { DeadlineState } from '../../ui/state.tsx';
import { More, Table } from '../../ui/table.tsx';
import { Norm } from '../../ui/norm.tsx';

/** The terms of all cases in one list, soonest first. */
export function Board({ filter }: { readonly filter: DeadlineFilter }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'it';
  const dayOf = useTermDay();
  const deadlines = useDeadlines(filter);
  return (
    <>
      <Loaded query={{ ...deadlines, data: deadlines.items }} lines={8}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon="calendar" title={t('deadlines.empty')}>
              {t('deadlines.emptyText')}
            </Empty>
          ) : (
            <Table
              caption={t('deadlines.title')}
              rows={items}
              rowKey={(one) => one.id}
              columns={[
                {
                  id: 'what',
                  head: t('deadlines.what'),
                  className: 'desk-col-main',
                  cell: (one) => (
                    <>
                      <Link className="fw-semibold" to={`/cases/${one.caseId}?section=deadlines`}>
                        {one.label[language]}
                        {one.about !== null && ` (${one.about})`}
                      </Link>
                      <Norm norm={one.norm} />
                    </>
                  ),
                },
                {
                  id: 'due',
                  head: t('inbox.due'),
                  cell: (one) =>
                    one.state === 'open' ? (
                      <DueBadge
                        safe={one.safeActionDate}
                        legal={one.legalDueDate}
                        nature={one.nature}
                        earliest={one.earliestActionDate}
                        since={one.openedAt}
                        isNamed={false}
                      />
                    ) : (
                      <>
                        <DeadlineState state={one.state} of={one} />
                        <span className="desk-sub">
                          {dayOf({
                            legal: one.legalDueDate,
                            nature: one.nature,
                            earliest: one.earliestActionDate,
                          })}
                        </span>
                      </>
                    ),
                },
                { id: 'nature', head: t('deadlines.nature'), cell: (one) => <Nature nature={one.nature} /> },
                {
                  id: 'case',
                  head: t('common.case'),
                  cell: (one) => (
                    <>
                      <Link to={`/cases/${one.caseId}`}>{one.caseCode}</Link>
                      <span className="desk-sub">{one.comuneName}</span>
                    </>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
      <More list={deadlines} />
    </>
  );
}
